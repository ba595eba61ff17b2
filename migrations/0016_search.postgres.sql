-- Words to search by (L14): whole words, searched by their beginnings. The reseller is one of the
-- words, so that a search never walks over another's rows.
create table license_search (
    seq bigint primary key,
    words tsvector not null
);

create index license_search_words on license_search using gin (words);

create table customer_search (
    seq bigint primary key,
    words tsvector not null
);

create index customer_search_words on customer_search using gin (words);

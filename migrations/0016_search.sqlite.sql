-- What narrows a list (L14): full-text indexes whose rowid is the `seq` of the row, so that hits come newest first, a page
-- stops when it is full, and several conditions are met in the index, before any row is read.
--
-- Every word begins with six digits, the number of its reseller: no search walks over another's rows, and what others have
-- costs nothing. `words` are searched by their beginnings; those of up to 12 letters stand in the index themselves. `facets`
-- are what a filter asks for, `_` and the first letters of what the row is. No word that somebody types holds a `_`.
-- Small pages make it cheap to leap from hit to hit where few rows meet one condition and many another.
create virtual table license_search using fts5 (
    facets, words,
    detail = none, columnsize = 0, prefix = '7 8 9 10 11 12 13 14 15 16 17 18', tokenize = "ascii tokenchars '_'"
);
insert into license_search (license_search, rank) values ('pgsz', 250);

create view license_facets as
select r.seq, printf('%06x', a.seq) as code, replace(
    '#_' || substr(r.license_type, 1, 3) || ' #_' || substr(r.kind, 1, 3) || ' #_p' || p.seq || ' #_c' || c.seq
        || case when r.payment_status is null then '' else ' #_' || substr(r.payment_status, 1, 3) end
        || case when r.customer_paid_on is null then ' #_no' else ' #_yes' end
        || case when r.valid_until is null then '' else ' #_end' end
        || case
            when r.transferred_at is not null then ' #_tra'
            when r.revoked_at is not null then ' #_rev'
            when r.suspended_at is not null then ' #_sus'
            else ' #_ok'
        end,
    '#', printf('%06x', a.seq)) as facets
from licenses r
join accounts a on a.id = r.reseller_id
join accounts c on c.id = r.customer_id
join products p on p.id = r.product_id;

-- Whoever changes a license changes what it is found by.
create trigger license_search_follows after update of
    reseller_id, customer_id, product_id, kind, license_type, payment_status, customer_paid_on,
    valid_until, suspended_at, revoked_at, transferred_at
on licenses
begin
    update license_search
    set facets = (select facets from license_facets where seq = new.seq)
    where rowid = new.seq;
end;

create virtual table customer_search using fts5 (
    words,
    detail = none, columnsize = 0, prefix = '7 8 9 10 11 12 13 14 15 16 17 18', tokenize = "ascii tokenchars '_'"
);
insert into customer_search (customer_search, rank) values ('pgsz', 250);

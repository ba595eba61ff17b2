-- What narrows a list (L14): full-text indexes whose rowid is the `seq` of the row, so that hits come newest first, a page
-- stops when it is full, and several conditions are met in the index, before any row is read.
--
-- `words` are searched by their beginnings; those of up to 12 letters stand in the index themselves. `facets` are words
-- made of what a filter asks for: `_` and the number of the reseller, by which no search walks over another's rows, and
-- after it the first letters of what the row is. No word that somebody types begins with `_`.
create virtual table license_search using fts5 (
    facets, words,
    detail = none, prefix = '1 2 3 4 5 6 7 8 9 10 11 12', tokenize = "ascii tokenchars '_'"
);

create view license_facets as
select r.seq, replace(
    '_# _#' || substr(r.license_type, 1, 3) || ' _#' || substr(r.kind, 1, 3) || ' _#p' || p.seq || ' _#c' || c.seq
        || case when r.payment_status is null then '' else ' _#' || substr(r.payment_status, 1, 3) end
        || case when r.customer_paid_on is null then ' _#no' else ' _#yes' end
        || case when r.valid_until is null then '' else ' _#end' end
        || case
            when r.transferred_at is not null then ' _#tra'
            when r.revoked_at is not null then ' _#rev'
            when r.suspended_at is not null then ' _#sus'
            else ' _#ok'
        end,
    '#', a.seq) as facets
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
    facets, words,
    detail = none, prefix = '1 2 3 4 5 6 7 8 9 10 11 12', tokenize = "ascii tokenchars '_'"
);

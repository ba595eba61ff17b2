-- What narrows a list (L14). Words are searched by their beginnings; the reseller is one of them, after a `_` that no typed
-- word begins with, so that a search never walks over another's rows.
create table license_search (
    rowid bigint primary key references licenses (seq),
    words tsvector not null
);

create index license_search_words on license_search using gin (words);

create table customer_search (
    rowid bigint primary key references accounts (seq),
    words tsvector not null
);

create index customer_search_words on customer_search using gin (words);

-- Each filter of the reseller's list, newest or oldest first: store/src/licenses/list.rs.
create index licenses_by_payment on licenses (reseller_id, payment_status, seq);
create index licenses_by_product on licenses (reseller_id, product_id, seq);
create index licenses_by_type on licenses (reseller_id, license_type, seq);
create index licenses_by_kind on licenses (reseller_id, kind, seq);
create index licenses_customer_paid on licenses (reseller_id, seq) where customer_paid_on is not null;
create index licenses_customer_unpaid on licenses (reseller_id, seq) where customer_paid_on is null;
create index licenses_suspended on licenses (reseller_id, seq) where suspended_at is not null;
create index licenses_revoked on licenses (reseller_id, seq) where revoked_at is not null;
create index licenses_transferred on licenses (reseller_id, seq) where transferred_at is not null;

-- Accounts: the operator, its resellers, and their end customers. A customer belongs to one
-- reseller for good (A11). Counters that a page needs stand here, so that no page counts rows.
-- All times in this database are microseconds since 1970 in UTC; states are times, not flags.
create table accounts (
    seq {{sequence}},
    id text not null unique,
    kind text not null check (kind in ('operator', 'reseller', 'customer')),
    reseller_id text references accounts (id),
    name text not null,
    time_zone text not null,
    currency text not null,
    ordering_since bigint,
    reselling_since bigint,
    price_list_id text,
    unpaid_cap bigint not null check (unpaid_cap >= 0),
    unpaid_licenses bigint not null default 0 check (unpaid_licenses >= 0),
    license_count bigint not null default 0,
    customer_count bigint not null default 0,
    version bigint not null default 0,
    created_at bigint not null
);

-- The list of a reseller's customers, newest first: store/src/customers.
create index accounts_of_reseller on accounts (reseller_id, seq);

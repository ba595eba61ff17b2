-- Charges: money that a reseller owes the operator, one for each license when it is created, in
-- minor units. A subscription's charge names the period it pays for.
create table charges (
    id text primary key,
    account_id text not null references accounts (id),
    license_id text not null references licenses (id),
    order_line_id text not null references order_lines (id),
    amount bigint not null,
    currency text not null,
    period_start bigint,
    period_end bigint,
    created_at bigint not null
);

-- The charges of a license: store/src/verify.rs.
create index charges_of_license on charges (license_id);

-- Licenses, one key each. The state is computed from the times at every read (L9). The two
-- payments never touch each other: `payment_status` is the reseller's to the operator (null for
-- a trial), `customer_paid_on` the day on which the customer paid the reseller (L8).
create table licenses (
    seq {{sequence}},
    id text not null unique,
    license_key text not null unique,
    order_line_id text not null references order_lines (id),
    reseller_id text not null references accounts (id),
    customer_id text not null references accounts (id),
    product_id text not null references products (id),
    option_id text not null references license_options (id),
    kind text not null check (kind in ('primary', 'additional')),
    license_type text not null check (license_type in ('permanent', 'trial', 'subscription')),
    payment_status text check (payment_status in ('pending', 'paid', 'refunded')),
    customer_paid_on text,
    reseller_notes text,
    customer_details text,
    created_at bigint not null,
    valid_until bigint,
    updates_until bigint,
    suspended_at bigint,
    revoked_at bigint,
    transferred_at bigint
);

-- The reseller's list, newest or oldest first, all of it or by state and day: store/src/licenses/list.rs. The state and
-- the day stand in the index, so that what does not fit is passed over without a look at its row.
create index licenses_of_reseller
    on licenses (reseller_id, seq, created_at, valid_until, suspended_at, revoked_at, transferred_at);
create index licenses_with_end
    on licenses (reseller_id, seq, valid_until, created_at, license_type, suspended_at, revoked_at, transferred_at)
    where valid_until is not null;
-- Ending first, and trials that end soon: store/src/licenses/list.rs.
create index licenses_ending
    on licenses (reseller_id, valid_until, seq, license_type, suspended_at, revoked_at, transferred_at)
    where valid_until is not null;
-- When one ends, for a search: small, so that looking it up is cheap.
create index licenses_ends on licenses (seq, valid_until) where valid_until is not null;
-- The customer's own list, and what a customer has of a product: store/src/licenses.
create index licenses_of_customer on licenses (customer_id, seq);
create index licenses_of_customer_and_product on licenses (customer_id, product_id);
-- The licenses of an order: store/src/licenses.
create index licenses_of_order_line on licenses (order_line_id, seq);

-- Orders and their lines: the one door through which licenses and charges come into being. An
-- order has one beneficiary and is billed to the reseller (O1). `draft_id` is the wizard's draft
-- that became this order: no draft becomes two (O2). Prices are copied to the line (P3).
create table orders (
    number {{sequence}},
    id text not null unique,
    draft_id text not null unique,
    reseller_id text not null references accounts (id),
    customer_id text not null references accounts (id),
    placed_by text not null references contacts (id),
    state text not null check (state in ('submitted', 'executed', 'canceled')),
    submitted_at bigint not null,
    executed_at bigint,
    sent_at bigint
);

create table order_lines (
    id text primary key,
    order_id text not null references orders (id),
    option_id text not null references license_options (id),
    license_type text not null check (license_type in ('permanent', 'trial', 'subscription')),
    quantity bigint not null check (quantity between 1 and 1000),
    unit_amount bigint not null check (unit_amount >= 0),
    currency text not null
);

-- The lines of an order: store/src/orders.
create index order_lines_of_order on order_lines (order_id);

-- Products and their license options, the rows that a reseller picks from. An add-on names the
-- application it belongs to (L6). `trial_days` is null where there is no trial (L4).
create table products (
    seq {{sequence}},
    id text not null unique,
    name text not null,
    description text not null,
    add_on_of text references products (id),
    trial_days bigint,
    deactivated_at bigint
);

create table license_options (
    id text primary key,
    product_id text not null references products (id),
    name text not null,
    kind text not null check (kind in ('primary', 'additional')),
    billing text not null check (billing in ('one_time', 'monthly', 'yearly')),
    activations bigint not null,
    position bigint not null,
    deactivated_at bigint
);

-- The options of a product, in their order: store/src/products.
create index license_options_of_product on license_options (product_id, position);

-- The list price of one, per currency, in minor units (P1).
create table option_prices (
    option_id text not null references license_options (id),
    currency text not null,
    amount bigint not null check (amount >= 0),
    primary key (option_id, currency)
);

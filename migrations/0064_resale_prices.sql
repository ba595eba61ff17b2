-- What a reseller takes from its customers for one of an option (P4), in minor units. It is nobody's business but the reseller's. An
-- order line keeps the one of its day, so that what was sold on stays what it was.
create table resale_prices (
    account_id text not null references accounts (id),
    option_id text not null references license_options (id),
    currency text not null,
    amount bigint not null check (amount >= 0),
    primary key (account_id, option_id, currency)
);
alter table order_lines add column resale_amount bigint check (resale_amount >= 0);

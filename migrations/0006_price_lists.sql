-- Price lists (P1): dates are days, both included; `percent_off` are basis points off every option
-- without an entry. An entry gives a fixed price or a percentage off, from a quantity on.
create table price_lists (
    id text primary key,
    name text not null,
    currency text not null,
    starts_on text not null,
    ends_on text,
    deactivated_at bigint,
    percent_off bigint check (percent_off between 0 and 10000),
    description text not null
);

create table price_list_entries (
    price_list_id text not null references price_lists (id),
    option_id text not null references license_options (id),
    from_quantity bigint not null check (from_quantity >= 1),
    fixed_amount bigint check (fixed_amount >= 0),
    percent_off bigint check (percent_off between 0 and 10000),
    primary key (price_list_id, option_id, from_quantity),
    check ((fixed_amount is null) <> (percent_off is null))
);

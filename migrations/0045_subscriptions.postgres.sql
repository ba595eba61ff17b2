-- Subscriptions: how the licenses of an order line are charged, agreed with the order and kept whatever the account, the option or
-- the price list say later (B1, P3). Days are days in the account's time zone. The cycle has its length, the first day of its
-- first period and the day of the month on which periods start, before it is clamped to the month's end. `charged_until` is
-- the day up to which, that one not included, it was charged; none for nothing yet. What was sold before this was not
-- prorated and was charged in advance; its days are those in UTC.
create table subscriptions (
    order_line_id text primary key references order_lines (id),
    account_id text not null references accounts (id),
    unit_amount bigint not null check (unit_amount >= 0),
    currency text not null,
    quantity bigint not null check (quantity >= 0),
    every text not null check (every in ('monthly', 'yearly')),
    cycle_start text not null,
    cycle_day bigint not null check (cycle_day between 1 and 31),
    starts_on text not null,
    ends_on text,
    timing text not null check (timing in ('advance', 'arrears')),
    proration text not null check (proration in ('per-day', 'whole-period', 'excluded')),
    partial_invoicing text not null,
    charged_until text
);

-- What an account will be charged in arrears: store/src/subscriptions.rs.
create index subscriptions_in_arrears on subscriptions (account_id) where timing = 'arrears';

insert into subscriptions (order_line_id, account_id, unit_amount, currency, quantity, every, cycle_start, cycle_day, starts_on,
    timing, proration, partial_invoicing, charged_until)
select t.id, d.reseller_id, t.unit_amount, t.currency, t.quantity, o.billing, to_char(to_timestamp(c.period_start / 1000000) at time zone 'UTC', 'YYYY-MM-DD'), cast(to_char(to_timestamp(c.period_start / 1000000) at time zone 'UTC', 'DD') as bigint), to_char(to_timestamp(c.period_start / 1000000) at time zone 'UTC', 'YYYY-MM-DD'),
    'advance', 'per-day', 'order-day', to_char(to_timestamp(c.period_end / 1000000) at time zone 'UTC', 'YYYY-MM-DD')
from order_lines t
join orders d on d.id = t.order_id
join license_options o on o.id = t.option_id
join (
    select order_line_id, min(period_start) as period_start, max(period_end) as period_end
    from charges
    where period_start is not null and period_end is not null
    group by order_line_id) c on c.order_line_id = t.id
where t.license_type = 'subscription' and o.billing in ('monthly', 'yearly');

update charges
set part_start = (select starts_on from subscriptions s where s.order_line_id = charges.order_line_id),
    part_end = (select charged_until from subscriptions s where s.order_line_id = charges.order_line_id)
where period_start is not null;

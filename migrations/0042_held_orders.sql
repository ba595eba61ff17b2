-- An order over the credit is held (C3): `held_*` say what it came to, what was available and what was missing when it was placed,
-- in minor units of its currency. `reason` is why staff executed it all the same, or why they canceled it. What was written for
-- its licenses waits here until they are made. A line keeps what it comes to: net and tax, at the rate of that day in basis points;
-- until now nothing was taxed.
alter table orders add column held_total bigint;
alter table orders add column held_available bigint;
alter table orders add column held_missing bigint;
alter table orders add column canceled_at bigint;
alter table orders add column reason text;
alter table orders add column reseller_notes text;
alter table orders add column customer_details text;
alter table orders add column customer_paid_on text;

alter table order_lines add column net bigint not null default 0 check (net >= 0);
alter table order_lines add column tax bigint not null default 0 check (tax >= 0);
alter table order_lines add column rate bigint not null default 0 check (rate between 0 and 10000);
update order_lines set net = unit_amount * quantity;

-- The orders of one state, for the back office: store/src/orders/queue.rs.
create index orders_by_state on orders (state, number);
-- How many orders of a reseller are held: store/src/orders/queue.rs.
create index orders_held on orders (reseller_id, number) where state = 'submitted';

-- A mail with the details of licenses says which ones: all of an order (`order_id`), or one of it (`license_id` as well). Whether it arrived
-- is told at that order, and only a newer mail about the same ones takes its place. One about licenses of several orders says neither, as do
-- those from before.
alter table outbox add column order_id text;
alter table outbox add column license_id text;

-- The latest mail with the details of an order: store/src/mail/people.rs.
create index outbox_of_order on outbox (order_id, seq) where order_id is not null;

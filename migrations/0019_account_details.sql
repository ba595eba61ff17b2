-- What the operator keeps of an account (A1): who it is, how it is billed, what it may owe. An account without a limit has
-- `credit_unlimited_since`; its `credit_limit` then says nothing (C2). `billing_day` is `first`, `last`, `order` or a day
-- from 1 to 31. `edition` is raised by each change of the details, so that of two who edit at once the second is told.
-- A suspended account has `suspended_at`, and nobody of it signs in. Resellers stand in `customer_search` too, as those of
-- the operator.
alter table accounts add column first_name text;
alter table accounts add column last_name text;
alter table accounts add column email text;
alter table accounts add column phone text;
alter table accounts add column address text;
alter table accounts add column postal_code text;
alter table accounts add column city text;
alter table accounts add column country text;
alter table accounts add column tax_number text;
alter table accounts add column payment_days bigint not null default 14 check (payment_days between 0 and 365);
alter table accounts add column credit_limit bigint not null default 0 check (credit_limit >= 0);
alter table accounts add column credit_unlimited_since bigint;
alter table accounts add column prorated_since bigint;
alter table accounts add column billing_day text not null default 'first';
alter table accounts add column partial_invoicing text not null default 'order-day';
alter table accounts add column suspended_at bigint;
alter table accounts add column suspension_reason text;
alter table accounts add column edition bigint not null default 1;

-- The list of accounts, newest first, and its filters: store/src/accounts/list.rs.
create index accounts_by_kind on accounts (kind, seq);
create index accounts_suspended on accounts (kind, seq) where suspended_at is not null;
create index accounts_ordering on accounts (kind, seq) where ordering_since is not null;
create index accounts_not_ordering on accounts (kind, seq) where ordering_since is null;

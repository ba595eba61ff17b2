-- A charge is what has to be paid: `amount` is `net` and `tax` together, at `rate` basis points. `open` is what is not settled
-- of it yet. `part_start` and `part_end` are the days of a subscription that it pays for, the second not included;
-- `invoice_from` is the day from which on it is invoiced (B3), none where that is at once. Until now nothing was taxed, and a
-- charge was open as long as its license was pending.
alter table charges add column net bigint not null default 0;
alter table charges add column tax bigint not null default 0;
alter table charges add column rate bigint not null default 0;
alter table charges add column open bigint not null default 0 check (open >= 0 and open <= amount);
alter table charges add column part_start text;
alter table charges add column part_end text;
alter table charges add column invoice_from text;

update charges set net = amount;
update charges set open = amount
where license_id in (select id from licenses where payment_status = 'pending');

-- What is open of an account, oldest first: store/src/ledger.rs.
create index charges_open on charges (account_id, created_at, id) where open > 0;

-- Reminding of overdue invoices (B8). An account of which an invoice is open after all its reminders were sent may be suspended:
-- `overdue_since` is when the last of them went out, none when nothing is left of it.
alter table accounts add column overdue_since bigint;

-- Which invoices the next reminder is due for: store/src/overdue.rs.
create index invoices_to_remind on invoices (reminded, due_on, number) where open > 0;
-- The accounts that may be suspended, newest first: store/src/accounts/parts.rs.
create index accounts_overdue on accounts (kind, seq) where overdue_since is not null and suspended_at is null;

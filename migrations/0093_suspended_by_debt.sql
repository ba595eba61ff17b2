-- An account that its debt has suspended (C8) may still sign in to pay, and is let in again by itself (V12). `debt_suspended_at` is set
-- beside `suspended_at` where debt did it, and null where staff did. The accounts that debt has suspended before are found by the
-- words that only the program writes.
alter table accounts add column debt_suspended_at bigint check (debt_suspended_at is null or suspended_at is not null);
update accounts
set debt_suspended_at = suspended_at
where suspended_at is not null and exceeded_at is not null
    and suspension_reason like 'More is owed than the credit limit allows: %';
-- Whom debt has suspended: store/src/accounts/watch.rs.
create index accounts_suspended_by_debt on accounts (seq) where debt_suspended_at is not null;

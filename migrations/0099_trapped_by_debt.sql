-- Migration 0093 missed the accounts whose debt had come down while they stayed suspended: an older release took `exceeded_at` back then, and
-- left the suspension. They are found by the words that only the program writes, whatever else is said of them, and are let in again
-- by themselves as all others that debt has suspended.
update accounts
set debt_suspended_at = suspended_at
where suspended_at is not null and debt_suspended_at is null
    and suspension_reason like 'More is owed than the credit limit allows: %';

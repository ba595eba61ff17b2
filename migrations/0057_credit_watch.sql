-- What watches an account's credit. A reminder is sent when `at` basis points of the limit, or less, are left (C7); `sent_at` is when
-- that was for the crossing that lasts, none while it waits for one. `suspend_over` are the basis points by which the limit is exceeded
-- when the account is suspended (C8), none for never; `exceeded_at` is since when it is, so that an account that staff let in again is
-- suspended again only after its debt has come down in between.
create table credit_reminders (
    account_id text not null references accounts (id),
    at bigint not null check (at between 0 and 10000),
    sent_at bigint,
    primary key (account_id, at)
);

alter table accounts add column suspend_over bigint check (suspend_over between 0 and 10000);
alter table accounts add column exceeded_at bigint;

-- Whose debt is looked at: store/src/accounts/watch.rs.
create index accounts_watched on accounts (kind, seq) where suspend_over is not null;

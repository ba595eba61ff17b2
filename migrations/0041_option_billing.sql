-- What a license option says of its own billing (B4): charged before a period or after it, what a part of a period costs, and
-- the billing day that it has in place of the account's: `first`, `last`, `order` or a day from 1 to 31.
alter table license_options add column timing text not null default 'advance' check (timing in ('advance', 'arrears'));
alter table license_options add column proration text not null default 'per-day'
    check (proration in ('per-day', 'whole-period', 'excluded'));
alter table license_options add column billing_day text;

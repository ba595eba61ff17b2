-- What an account owes (C1). `balance` is the sum of its ledger: charges less credits less payments, below nothing when it has
-- paid ahead. `arrears` is the estimate, with tax, of what running subscriptions will be charged in arrears. Both are minor units
-- of the account's currency, and stand here so that an order takes its credit in one guarded update: store/src/accounts/billed.rs.
-- `tax_rate` are the basis points of the tax on what the account is charged. `first_ordered_at` is when its first order was
-- placed, whose day can be its billing day (B1).
alter table accounts add column balance bigint not null default 0;
alter table accounts add column arrears bigint not null default 0 check (arrears >= 0);
alter table accounts add column tax_rate bigint not null default 0 check (tax_rate between 0 and 10000);
alter table accounts add column first_ordered_at bigint;

update accounts
set first_ordered_at = (select min(submitted_at) from orders where reseller_id = accounts.id)
where kind = 'reseller';

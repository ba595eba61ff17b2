-- What money had settled of an invoice when it was issued (V6): the paper says so and asks for the rest alone. It is kept like all else
-- that stands on the paper. Invoices from before keep 0, and so the file that they have always been.
alter table invoices add column paid_ahead bigint not null default 0 check (paid_ahead >= 0);

create trigger invoices_paid_ahead_is_kept before update of paid_ahead on invoices
for each statement execute function invoices_are_immutable();

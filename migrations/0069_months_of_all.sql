-- The month of all resellers together (store/src/month_totals.rs): what happened on any ledger in it, what customers paid in it, and
-- what ends in it. Each reseller's month is on its own calendar; the zones there are, are read from one to the next.
create index ledger_by_time_of_all on ledger_entries (created_at);
create index licenses_by_customer_paid_of_all on licenses (customer_paid_on) where customer_paid_on is not null;
create index licenses_ending_of_all on licenses (valid_until)
    where valid_until is not null and revoked_at is null and transferred_at is null;
create index accounts_by_zone on accounts (kind, time_zone);
-- The office's queue of transfers that were begun and did not come in: store/src/payments/list.rs.
create index payments_to_record on payments (number) where state = 'begun' and method = 'bank-transfer';

-- How payments end. `failure` is what the payer is told of a payment that did not work; `looked_at` is when whoever takes cards was
-- last asked how it stands, of a payment of which nothing was heard. A receipt that was recorded by mistake is taken back: it stays,
-- and its entry in the ledger is taken back by another one.
alter table payments add column failure text;
alter table payments add column looked_at bigint;
alter table receipts add column taken_back_at bigint;
alter table receipts add column taken_back_by text references contacts (id);

-- By what the money is given back of a payment by card: store/src/payments.rs.
create index payments_by_intent on payments (intent) where intent is not null;
-- The receipts of a payment: store/src/verify.rs.
create index receipts_of_payment on receipts (payment_id) where payment_id is not null;

-- Which accounts have charges that are due to be invoiced, whoever they are: store/src/invoices/waiting.rs. What is invoiced at once
-- has no day of its own, and comes first.
create index charges_due_to_invoice on charges (coalesce(invoice_from, ''), account_id) where invoice_id is null and amount > 0;

-- Invoices of which something is open, newest first, of an account and of all: store/src/invoices/list.rs.
create index invoices_unpaid_of_account on invoices (account_id, number) where open > 0;
create index invoices_unpaid on invoices (number) where open > 0;

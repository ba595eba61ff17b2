-- What was issued is never changed and never taken away (B5); what was wrong is credited. Of an invoice only these change: what is open
-- of it, what is credited, and how many reminders were sent. A charge stays on its invoice.
create function invoices_are_immutable() returns trigger language plpgsql as $$
begin
    raise exception 'invoices are immutable';
end
$$;

create trigger invoices_are_kept before update of
    id, number, account_id, customer_id, currency, issued_on, due_on, net, tax, letterhead, created_at
on invoices
for each statement execute function invoices_are_immutable();

create trigger invoices_are_not_lost before delete or truncate on invoices
for each statement execute function invoices_are_immutable();

create trigger invoice_lines_are_kept before update or delete or truncate on invoice_lines
for each statement execute function invoices_are_immutable();

create trigger charges_stay_on_their_invoice before update of invoice_id, invoice_line on charges
for each row when (old.invoice_id is not null) execute function invoices_are_immutable();

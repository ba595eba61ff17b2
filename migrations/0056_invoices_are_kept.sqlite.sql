-- What was issued is never changed and never taken away (B5); what was wrong is credited. Of an invoice only these change: what is open
-- of it, what is credited, and how many reminders were sent. A charge stays on its invoice.
create trigger invoices_are_kept before update of
    id, number, account_id, customer_id, currency, issued_on, due_on, net, tax, letterhead, created_at
on invoices
begin
    select raise(abort, 'invoices are immutable');
end;

create trigger invoices_are_not_lost before delete on invoices
begin
    select raise(abort, 'invoices are immutable');
end;

create trigger invoice_lines_are_kept before update on invoice_lines
begin
    select raise(abort, 'invoices are immutable');
end;

create trigger invoice_lines_are_not_lost before delete on invoice_lines
begin
    select raise(abort, 'invoices are immutable');
end;

create trigger charges_stay_on_their_invoice before update of invoice_id, invoice_line on charges
when old.invoice_id is not null
begin
    select raise(abort, 'invoices are immutable');
end;

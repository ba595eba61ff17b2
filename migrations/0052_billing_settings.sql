-- What the operator says once for all its resellers: where to pay by bank transfer and what is printed on invoices (B5, B7), the
-- terms that are accepted before paying (B6), after how many days behind the due date reminders go out, as numbers with spaces
-- between them (B8), and below how many basis points of the list price a resale price is warned of (P4).
create table billing_settings (
    account_id text primary key references accounts (id),
    bank_holder text,
    bank_iban text,
    bank_bic text,
    bank_name text,
    invoice_note text,
    terms text not null,
    reminders text not null default '7 14 30',
    resale_floor bigint not null default 9000 check (resale_floor between 0 and 10000),
    edition bigint not null default 1
);

insert into billing_settings (account_id, terms)
select id, 'I order and pay in the name of my company, and accept the operator''s terms of sale.'
from accounts
where kind = 'operator';

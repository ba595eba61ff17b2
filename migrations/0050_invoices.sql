-- Documents are numbered from 1 on without gaps (B5): the next number is taken by raising `last` in the transaction that issues
-- the document, so that whoever asks at the same time waits, and a number whose transaction fails is taken by the next.
create table document_numbers (
    kind text primary key check (kind in ('invoice', 'credit-note', 'payment')),
    last bigint not null default 0
);

insert into document_numbers (kind) values ('invoice'), ('credit-note'), ('payment');

-- Invoices (B5): charges collected, immutable once issued. `customer_id` is whose licenses they are, where the account has an
-- invoice for each customer. Days are days in the account's time zone; `net` and `tax` are minor units and sum to what the
-- invoice comes to. `letterhead` says as JSON who wrote to whom, and where to pay, as it was on that day. Only these change:
-- `open`, what is not settled of its charges; `credited`, what its credit notes cancel; and `reminded`, how many of the
-- reminders after the due date count as sent (B8).
create table invoices (
    id text primary key,
    number bigint not null unique,
    account_id text not null references accounts (id),
    customer_id text references accounts (id),
    currency text not null,
    issued_on text not null,
    due_on text not null,
    net bigint not null check (net >= 0),
    tax bigint not null check (tax >= 0),
    open bigint not null check (open >= 0 and open <= net + tax),
    credited bigint not null default 0 check (credited >= 0 and credited <= net + tax),
    reminded bigint not null default 0 check (reminded >= 0),
    letterhead text not null,
    created_at bigint not null
);

-- The invoices of an account, newest first; all, newest first, are found by `number`.
create index invoices_of_account on invoices (account_id, number);
-- What is overdue, of an account and of all, the oldest first.
create index invoices_open_of_account on invoices (account_id, due_on, number) where open > 0;
create index invoices_open on invoices (due_on, number) where open > 0;

-- A line of an invoice, counted from 0: what so many licenses of an order line cost once, or for some days (`part_start` to
-- `part_end`, that one not included) of a period (`period_start` to `period_end`).
create table invoice_lines (
    invoice_id text not null references invoices (id),
    line bigint not null,
    text text not null,
    quantity bigint not null,
    unit_amount bigint not null,
    part_start text,
    part_end text,
    period_start text,
    period_end text,
    rate bigint not null check (rate between 0 and 10000),
    net bigint not null,
    tax bigint not null,
    primary key (invoice_id, line)
);

-- Which line of which invoice a charge is on; none before it is invoiced.
alter table charges add column invoice_id text references invoices (id);
alter table charges add column invoice_line bigint;

-- What an invoice consists of.
create index charges_of_invoice on charges (invoice_id, invoice_line) where invoice_id is not null;
-- What has to be invoiced of an account, oldest first.
create index charges_to_invoice on charges (account_id, created_at, id) where invoice_id is null and amount > 0;

-- Credit notes cancel an invoice or lines of it. `net` and `tax` are what is given back, more than nothing.
create table credit_notes (
    id text primary key,
    number bigint not null unique,
    invoice_id text not null references invoices (id),
    account_id text not null references accounts (id),
    issued_on text not null,
    currency text not null,
    net bigint not null check (net >= 0),
    tax bigint not null check (tax >= 0),
    reason text not null,
    letterhead text not null,
    created_at bigint not null
);

create index credit_notes_of_invoice on credit_notes (invoice_id, number);
create index credit_notes_of_account on credit_notes (account_id, number);

create table credit_note_lines (
    credit_note_id text not null references credit_notes (id),
    line bigint not null,
    net bigint not null,
    tax bigint not null,
    primary key (credit_note_id, line)
);

-- Whether an account has one invoice for all its customers, or one for each (B5).
alter table accounts add column invoice_per text not null default 'reseller' check (invoice_per in ('reseller', 'customer'));

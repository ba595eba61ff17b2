-- Payments that somebody began (B6, B7, C6): for licenses, for invoices, or to top up. `asked` is what is to be paid. Where they
-- stand is `state`; what is told of one may come twice, late and out of order, and counts once. `session` is the page of whoever
-- takes cards, `intent` by what its money is given back, `given_back` how much of it was. The consent to the terms is kept with it:
-- by whom, when, from which address and browser, and the terms as they were shown.
create table payments (
    id text primary key,
    number bigint not null unique,
    account_id text not null references accounts (id),
    purpose text not null check (purpose in ('licenses', 'invoices', 'top-up')),
    method text not null check (method in ('bank-transfer', 'card')),
    state text not null check (state in ('begun', 'received', 'failed', 'expired')),
    asked bigint not null check (asked > 0),
    currency text not null,
    received bigint not null default 0 check (received >= 0),
    given_back bigint not null default 0 check (given_back >= 0 and given_back <= received),
    session text unique,
    intent text,
    page_url text,
    begun_by text not null references contacts (id),
    begun_at bigint not null,
    expires_at bigint,
    ended_at bigint,
    consent_address text,
    consent_browser text,
    consent_terms text,
    -- What somebody has to look at: another amount came in than was asked for.
    problem text
);

-- The payments of an account, newest first.
create index payments_of_account on payments (account_id, number);
-- Those that are under way: what finance waits for, and what is looked at when nothing was heard for long.
create index payments_begun on payments (number) where state = 'begun';
create index payments_with_problem on payments (number) where problem is not null;

-- What a payment is for: so much of a charge as was open when it was begun.
create table payment_charges (
    payment_id text not null references payments (id),
    charge_id text not null references charges (id),
    amount bigint not null check (amount > 0),
    primary key (payment_id, charge_id)
);

-- The payment by which a charge is being paid, so that nobody pays it twice (B6): taken by a guarded update, given up when the
-- payment ends.
alter table charges add column paying text references payments (id);
create index charges_being_paid on charges (paying) where paying is not null;

-- Money that came in by bank transfer, recorded by finance by hand or from the bank's table. Without an account it waits for
-- somebody to say whose it is; `entry_seq` is its entry in the ledger. `bank_id` is by what the bank knows the transfer: the same one is
-- never recorded twice.
create table receipts (
    id text primary key,
    account_id text references accounts (id),
    payment_id text references payments (id),
    invoice_id text references invoices (id),
    received_on text not null,
    amount bigint not null check (amount > 0),
    currency text not null,
    text text,
    bank_id text unique,
    entry_seq bigint references ledger_entries (seq),
    recorded_by text not null references contacts (id),
    created_at bigint not null
);

create index receipts_newest on receipts (created_at, id);
create index receipts_of_account on receipts (account_id, created_at, id);
-- Whose is not known.
create index receipts_unassigned on receipts (created_at, id) where account_id is null;

-- What was told of payments by card, each event once.
create table webhook_events (
    id text primary key,
    heard_at bigint not null
);

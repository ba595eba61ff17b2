-- The ledger: charges, credits and payments of each account, from which what it owes is summed (C1). An entry is never changed
-- and never taken away; a mistake is taken back by an entry of its kind with the opposite amount. Only `rest` changes, what is
-- left of a payment or a credit: it settles the next charge. A settlement says how much of an entry went to which charge; one of
-- less than nothing takes it back.
create table ledger_entries (
    seq {{sequence}},
    account_id text not null references accounts (id),
    kind text not null check (kind in ('charge', 'credit', 'payment')),
    amount bigint not null check (amount <> 0),
    currency text not null,
    charge_id text unique references charges (id),
    credit_note_id text,
    payment_id text,
    note text,
    rest bigint not null default 0,
    created_at bigint not null,
    check ((kind = 'charge') = (charge_id is not null))
);

create table settlements (
    seq {{sequence}},
    entry_seq bigint not null references ledger_entries (seq),
    charge_id text not null references charges (id),
    amount bigint not null check (amount <> 0),
    created_at bigint not null
);

-- The entries of an account, newest first, and what is left of them, oldest first: store/src/ledger.rs.
create index ledger_of_account on ledger_entries (account_id, seq);
create index ledger_with_rest on ledger_entries (account_id, seq) where rest <> 0;
-- What an entry settled, and what settled a charge: store/src/verify.rs.
create index settlements_of_entry on settlements (entry_seq);
create index settlements_of_charge on settlements (charge_id);

-- What there is already: every charge, and a payment for what is not open. The payment is named by its charge until it is settled.
insert into ledger_entries (account_id, kind, amount, currency, charge_id, created_at)
select account_id, 'charge', amount, currency, id, created_at
from charges
where amount > 0
order by created_at, id;

insert into ledger_entries (account_id, kind, amount, currency, payment_id, note, created_at)
select account_id, 'payment', amount, currency, id, 'Paid before there was a ledger', created_at
from charges
where amount > 0 and open = 0
order by created_at, id;

insert into settlements (entry_seq, charge_id, amount, created_at)
select seq, payment_id, amount, created_at
from ledger_entries
where kind = 'payment'
order by seq;

update ledger_entries set payment_id = null;

update accounts
set balance = (
    select coalesce(sum(case kind when 'charge' then amount else -amount end), 0)
    from ledger_entries
    where account_id = accounts.id)
where kind = 'reseller';

create trigger ledger_keeps_entries before update of
    seq, account_id, kind, amount, currency, charge_id, credit_note_id, payment_id, note, created_at
on ledger_entries
begin
    select raise(abort, 'the ledger is append-only');
end;

create trigger ledger_loses_no_entries before delete on ledger_entries
begin
    select raise(abort, 'the ledger is append-only');
end;

create trigger settlements_are_kept before update on settlements
begin
    select raise(abort, 'the ledger is append-only');
end;

create trigger settlements_are_not_lost before delete on settlements
begin
    select raise(abort, 'the ledger is append-only');
end;

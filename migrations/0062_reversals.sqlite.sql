-- An entry of less than nothing takes back a payment, or a part of it: `reverses` is which one. What was left of that payment is
-- taken back first, then what it has settled, the newest first: store/src/ledger/reverse.rs. So `rest` of an entry and of what
-- takes it back are counted together.
alter table ledger_entries add column reverses bigint references ledger_entries (seq);

-- What takes an entry back, and the entries of a payment: store/src/ledger/reverse.rs.
create index ledger_reversals on ledger_entries (reverses) where reverses is not null;
create index ledger_of_payment on ledger_entries (payment_id) where payment_id is not null;

create trigger ledger_keeps_reversals before update of reverses on ledger_entries
begin
    select raise(abort, 'the ledger is append-only');
end;

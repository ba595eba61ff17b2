-- What the ledger of an account came to on each day, counted from 1970 in UTC: charges less credits less payments. From it and from
-- what is owed now, what was owed when any month began is known without adding up all entries: store/src/month_end.rs. It is kept
-- by the inserts of the ledger, whose entries are never changed; `keyhouse verify` recounts it.
create table ledger_days (
    account_id text not null references accounts (id),
    currency text not null,
    day bigint not null,
    owed bigint not null,
    primary key (account_id, currency, day)
) {{by_key}};

insert into ledger_days (account_id, currency, day, owed)
select account_id, currency, created_at / 86400000000, sum(case kind when 'charge' then amount else -amount end)
from ledger_entries
group by 1, 2, 3;

create trigger ledger_counts_days after insert on ledger_entries
begin
    insert into ledger_days (account_id, currency, day, owed)
    values (new.account_id, new.currency, new.created_at / 86400000000,
        case new.kind when 'charge' then new.amount else -new.amount end)
    on conflict (account_id, currency, day) do update set owed = ledger_days.owed + excluded.owed;
end;

-- What happened on the ledger of an account in a month: store/src/month_end.rs.
create index ledger_by_time on ledger_entries (account_id, created_at);
-- What customers paid their reseller in a month (L8): store/src/month_end.rs.
create index licenses_by_customer_paid on licenses (reseller_id, customer_paid_on) where customer_paid_on is not null;

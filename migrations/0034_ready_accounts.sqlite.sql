-- Which accounts are ready (A2), so that the list finds the few that are not, or the few that are, without looking at the
-- others. `ready_from` and `ready_until` are the first and the last day of the account's price list, both included, while nothing
-- else is missing: ordering and reselling are on, it is not suspended, the list is in its currency and switched on, and somebody
-- can sign in. They are null while anything is. The days are kept and not the answer, since that changes by itself at midnight;
-- `9999-12-31` stands for an open end. The rule itself stands in service/src/accounts.rs; this narrows what it is asked about.
alter table accounts add column ready_from text;
alter table accounts add column ready_until text;

create view account_ready_days as
select a.id, l.starts_on as first_day, coalesce(l.ends_on, '9999-12-31') as last_day
from accounts a
join price_lists l on l.id = a.price_list_id and l.currency = a.currency and l.deactivated_at is null
where a.kind = 'reseller'
  and a.ordering_since is not null and a.reselling_since is not null and a.suspended_at is null
  and exists (
      select 1 from contacts c
      where c.account_id = a.id and c.storefront_since is not null and c.activated_at is not null
        and c.deactivated_at is null and c.locked_at is null);

update accounts
set (ready_from, ready_until) = (select first_day, last_day from account_ready_days d where d.id = accounts.id)
where kind = 'reseller';

-- Whoever changes an account, its price list or its people changes whether it is ready.
create trigger accounts_ready_by_account after update of
    ordering_since, reselling_since, suspended_at, price_list_id, currency
on accounts
begin
    update accounts
    set (ready_from, ready_until) = (select first_day, last_day from account_ready_days d where d.id = accounts.id)
    where id = new.id;
end;

create trigger accounts_ready_by_price_list after update of currency, starts_on, ends_on, deactivated_at on price_lists
begin
    update accounts
    set (ready_from, ready_until) = (select first_day, last_day from account_ready_days d where d.id = accounts.id)
    where price_list_id = new.id;
end;

-- The account is touched only when it makes the difference: several people may use it.
create trigger accounts_ready_by_new_contact after insert on contacts
begin
    update accounts
    set (ready_from, ready_until) = (select first_day, last_day from account_ready_days d where d.id = accounts.id)
    where id = new.account_id and kind = 'reseller'
      and (ready_from is null) = exists (select 1 from account_ready_days d where d.id = accounts.id);
end;

create trigger accounts_ready_by_contact after update of
    storefront_since, activated_at, deactivated_at, locked_at
on contacts
begin
    update accounts
    set (ready_from, ready_until) = (select first_day, last_day from account_ready_days d where d.id = accounts.id)
    where id = new.account_id and kind = 'reseller'
      and (ready_from is null) = exists (select 1 from account_ready_days d where d.id = accounts.id);
end;

-- The filters *ready* and *not ready*, newest first: store/src/accounts/list.rs. Those whose price list has not begun or is over
-- are found by its days.
create index accounts_ready on accounts (kind, seq, ready_from, ready_until) where ready_from is not null;
create index accounts_not_ready on accounts (kind, seq) where ready_from is null and suspended_at is null;
create index accounts_ready_from on accounts (ready_from, seq) where ready_from is not null;
create index accounts_ready_until on accounts (ready_until, seq) where ready_until is not null;

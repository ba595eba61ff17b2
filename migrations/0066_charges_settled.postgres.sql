-- When something of a charge was settled last, or taken back: what was open at the end of a past month is what is open now, and
-- what was settled since (store/src/month_end.rs). It is kept by the settlements' own inserts; `keyhouse verify` recounts it.
alter table charges add column settled_at bigint;

update charges
set settled_at = (select max(created_at) from settlements where charge_id = charges.id);

create function settlements_mark_charges() returns trigger language plpgsql as $$
begin
    update charges
    set settled_at = greatest(coalesce(settled_at, new.created_at), new.created_at)
    where id = new.charge_id;
    return null;
end
$$;

create trigger settlements_mark_charges after insert on settlements
for each row execute function settlements_mark_charges();

-- What was settled since a day and is not open any more: store/src/month_end.rs. What is open stands in charges_open.
create index charges_settled on charges (account_id, settled_at) where open = 0 and settled_at is not null;

-- The audit log is one chain (X1): `place` counts its entries without a gap, and `hash` is taken over the hash of the entry
-- before and what this one says, so that whoever changes, removes or inserts a row past the triggers is found by
-- `keyhouse verify`. Entries that are older than the chain have no place; how many they were stands in the head.
alter table audit add column place bigint;
alter table audit add column hash text;
create unique index audit_chain on audit (place);

-- The head: one row, which says where the chain ends. Whoever adds to the chain holds it, so that two never add to the same end.
create table audit_head (
    one bigint primary key check (one = 1),
    place bigint not null,
    hash text not null,
    older bigint not null,
    older_until bigint not null
);

insert into audit_head (one, place, hash, older, older_until)
select 1, 0, '', count(*), coalesce(max(seq), 0) from audit;

-- The log newest first, whole and by each of its filters: store/src/audit/list.rs.
create index audit_by_time on audit (at, seq);
create index audit_of_account on audit (account_id, at, seq);
create index audit_of_contact on audit (contact_id, at, seq);
create index audit_of_what on audit (what, at, seq);
drop index audit_of_subject;
create index audit_of_subject on audit (subject_id, at, seq);

-- Drafts of more kinds: a table of customers before it is imported, and what will come. Which kinds there are is known to
-- store/src/drafts.rs alone; a check on the column would have to be made anew for each.
create table drafts_of_any_kind (
    id text primary key,
    contact_id text references contacts (id),
    kind text not null,
    fields text not null,
    parent_id text,
    updated_at bigint not null
);

insert into drafts_of_any_kind (id, contact_id, kind, fields, parent_id, updated_at)
select id, contact_id, kind, fields, parent_id, updated_at from drafts;

drop table drafts;
alter table drafts_of_any_kind rename to drafts;

-- Old drafts are swept by age: store/src/drafts.rs.
create index drafts_by_age on drafts (updated_at);

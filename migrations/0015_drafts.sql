-- What somebody has typed and not sent: wizards between their steps, and forms that were sent
-- back to a browser without script. Never a password. Kept for 7 days. `fields` is JSON;
-- `parent_id` is the license wizard that waits for the customer being created.
create table drafts (
    id text primary key,
    contact_id text references contacts (id),
    kind text not null check (kind in ('license', 'customer', 'returned')),
    fields text not null,
    parent_id text,
    updated_at bigint not null
);

-- Old drafts are swept by age: store/src/drafts.rs.
create index drafts_by_age on drafts (updated_at);

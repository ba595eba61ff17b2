-- The audit log (X1): who did what when, from where; append-only, see the next migration. `detail`
-- is JSON of what changed and holds no secrets and no keys. `account_id` is the account whose
-- history it belongs to.
create table audit (
    seq {{sequence}},
    id text not null unique,
    at bigint not null,
    what text not null,
    account_id text,
    contact_id text,
    who text not null,
    subject_id text not null,
    detail text,
    address text not null,
    request_id text not null
);

-- The history of one thing, newest first: store/src/audit.rs.
create index audit_of_subject on audit (subject_id, seq);

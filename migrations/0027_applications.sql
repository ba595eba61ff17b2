-- Applications of those who want to become resellers (A3). Whoever is rejected is forgotten: what they wrote of themselves is
-- erased, and only the row stays, which says that an application was rejected, when and by whom. `form_key` is the key of the
-- form that was sent, so that the same form sent twice is one application.
create table applications (
    seq {{sequence}},
    id text not null unique,
    form_key text not null unique,
    state text not null check (state in ('applied', 'approved', 'rejected')),
    organisation text,
    first_name text,
    last_name text,
    email text,
    phone text,
    country text,
    website text,
    message text,
    created_at bigint not null,
    decided_at bigint,
    decided_by text references contacts (id),
    account_id text references accounts (id),
    check ((state = 'applied') = (decided_at is null)),
    check ((state = 'approved') = (account_id is not null))
);

-- What waits, oldest first, and what was decided: store/src/applications.rs.
create index applications_by_state on applications (state, seq);

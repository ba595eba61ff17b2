-- Signed-in browsers. Only the hash of the cookie's token is stored. A session is over when it
-- was ended or has not been used until `expires_at`.
create table sessions (
    id text primary key,
    token_hash text not null unique,
    contact_id text not null references contacts (id),
    address text not null,
    browser text not null,
    created_at bigint not null,
    used_at bigint not null,
    expires_at bigint not null,
    ended_at bigint
);

-- The list of one's own sessions: store/src/sessions.
create index sessions_of_contact on sessions (contact_id, used_at);

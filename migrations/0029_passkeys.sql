-- Passkeys (WebAuthn): a second factor beside the authenticator app. `credential` is what the library keeps of one, with its
-- public key. A ceremony is what was asked of a browser, until its answer comes: one for each session, good for minutes.
create table passkeys (
    id text primary key,
    contact_id text not null references contacts (id),
    name text not null,
    credential text not null,
    created_at bigint not null,
    used_at bigint
);

-- The passkeys of a person: store/src/passkeys.rs.
create index passkeys_of_contact on passkeys (contact_id, created_at);

create table passkey_ceremonies (
    session_id text primary key references sessions (id),
    state text not null,
    expires_at bigint not null
);

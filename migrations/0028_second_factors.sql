-- The second factor: an authenticator app (RFC 6238) with recovery codes, passkeys (WebAuthn), and what a session still owes.
-- `recovery` holds the codes in the clear only until the app is confirmed, while its holder writes them down; afterwards
-- only their hashes are kept. `last_step` is the newest step of 30 s whose code was used: none works twice.
alter table contacts add column second_factor_since bigint;
alter table accounts add column second_factor_required_since bigint;
alter table sessions add column second_factor_due_at bigint;
alter table sessions add column confirmed_at bigint not null default 0;

create table authenticator_apps (
    contact_id text primary key references contacts (id),
    secret text not null,
    recovery text,
    begun_at bigint not null,
    confirmed_at bigint,
    last_step bigint not null default 0
);

create table recovery_codes (
    code_hash text primary key,
    contact_id text not null references contacts (id),
    used_at bigint
);

-- How many are left: store/src/second_factors.rs.
create index recovery_codes_of_contact on recovery_codes (contact_id);

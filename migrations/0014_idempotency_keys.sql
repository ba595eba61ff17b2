-- The keys of forms that did their deed (O2): the same form sent again gets the same answer. The
-- fingerprint tells a second sending from another form with a stolen key.
create table idempotency_keys (
    contact_id text not null references contacts (id),
    form_key text not null,
    deed text not null,
    fingerprint text not null,
    outcome text not null,
    created_at bigint not null,
    primary key (contact_id, form_key)
);

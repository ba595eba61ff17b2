-- Activation links (A5): single use, with an end. Only the hash of the token is stored. A used or
-- voided link stays for a while, so that its holder can be told what became of it.
create table activation_links (
    token_hash text primary key,
    contact_id text not null references contacts (id),
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    voided_at bigint
);

-- A new link voids those before it: store/src/contacts.
create index activation_links_of_contact on activation_links (contact_id);

-- Wrong passwords and codes in a row, counted for each name and network, or for each browser that signed in before (A6). A row is a
-- place in a table of fixed size: `slot` is drawn from a keyed hash of name and network, `tag` is that hash. Another name and network
-- that fall on the same slot take it over, so a stranger can never make the table grow beyond its slots, and names that exist are
-- counted just as names that do not. `contact_id` is empty for the latter. Until `wait_until` nothing is looked at.
create table sign_in_tries (
    slot bigint primary key,
    tag text not null,
    contact_id text,
    wrong bigint not null check (wrong >= 0),
    wait_until bigint not null,
    tried_at bigint not null
);

-- What is forgotten when a contact chooses a new password or is unlocked, and what is swept: store/src/sign_in_tries.rs.
create index sign_in_tries_of_contact on sign_in_tries (contact_id);
create index sign_in_tries_by_age on sign_in_tries (tried_at);

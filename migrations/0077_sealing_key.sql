-- Secrets of authenticator apps are sealed under a key that lies in a file beside the database and not in it. `mark` tells that key
-- from any other without giving it away, so that a portal with another key, or with none, does not start. There is one row.
create table sealing_key (
    id bigint primary key check (id = 1),
    mark text not null
);

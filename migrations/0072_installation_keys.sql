-- Random keys that this installation made for itself and keeps, each for one purpose: `sign_in` hashes the names in `sign_in_tries`
-- and signs the cookie by which a browser is known again (A6). Whoever reads it can sign in as nobody.
create table installation_keys (
    name text primary key,
    secret text not null,
    created_at bigint not null
);

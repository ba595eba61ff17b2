-- Contacts: the people of an account. One who can sign in has a username, unique everywhere
-- without regard to case (A10); `*_folded` holds what is compared. The state (A6) follows from
-- the times. `password_given_at` is set while the password is one that somebody else chose.
create table contacts (
    id text primary key,
    account_id text not null references accounts (id),
    username text not null,
    username_folded text not null unique,
    email text not null,
    email_folded text not null,
    first_name text not null,
    last_name text not null,
    phone text,
    password_hash text,
    password_given_at bigint,
    wrong_passwords bigint not null default 0,
    activated_at bigint,
    deactivated_at bigint,
    locked_at bigint,
    first_signed_in_at bigint,
    created_at bigint not null
);

-- The people of an account: store/src/contacts.
create index contacts_of_account on contacts (account_id, id);
-- Signing in by e-mail address: store/src/contacts.
create index contacts_by_email on contacts (email_folded);

-- Whoever gives somebody a username or an address to sign in with holds this one row until it is committed (A10): no username is
-- another person's address, which no unique column can say.
create table sign_in_names (
    id bigint primary key check (id = 1)
);
insert into sign_in_names (id) values (1);

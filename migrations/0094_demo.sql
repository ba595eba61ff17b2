-- One row from the moment at which the demo data of `keyhouse demo` are begun in this database. They are made in many transactions:
-- as long as `made_at` is null they are incomplete, and their sign-ins do not work (service/src/demo.rs).
create table demo (
    one bigint primary key check (one = 1),
    begun_at bigint not null,
    made_at bigint
);

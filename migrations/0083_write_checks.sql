-- One row, which `/readyz` counts up when a write has failed, to find out whether the disk takes what is written again: a
-- lock that can be had says nothing of a full disk. Nobody needs the number.
create table write_checks (
    one bigint primary key check (one = 1),
    writes bigint not null
);

insert into write_checks (one, writes) values (1, 0);

-- The edition of a contact's details and roles: raised by every change of them and compared by the next one, so that of two
-- people who edit one contact the second is told, and overwrites nothing.
alter table contacts add column edition bigint not null default 0;

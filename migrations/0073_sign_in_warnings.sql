-- When a contact was last told by mail that somebody enters wrong passwords (A6): once a day at most.
alter table contacts add column warned_at bigint;

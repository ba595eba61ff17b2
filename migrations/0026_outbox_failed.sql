-- A mail that its server will never take (an unknown address) has failed at a time, and waits for somebody to try it again;
-- it keeps its text. A mail about an application carries its id, and its recipient is erased when the application is rejected:
-- at once, or as soon as it is sent (A3).
alter table outbox add column failed_at bigint;
alter table outbox add column application_id text;
alter table outbox add column forgets bigint not null default 0;

-- What is to be sent now, and the three parts of the list: store/src/mail.
drop index outbox_due;
create index outbox_due on outbox (due_at, seq) where sent_at is null and failed_at is null;
create index outbox_sent on outbox (seq) where sent_at is not null;
create index outbox_waiting on outbox (seq) where sent_at is null and error is null;
create index outbox_troubled on outbox (seq) where sent_at is null and error is not null;
-- The mails about an application.
create index outbox_of_application on outbox (application_id) where application_id is not null;

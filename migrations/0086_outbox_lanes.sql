-- The outbox has two lanes (X2): mails that a person waits for, such as a link for a new password, go before mails that were
-- written by the hundred, such as the invitations of an import. 0 is the first lane, 1 the second.
alter table outbox add column lane bigint not null default 0;

-- What is to be sent now, lane by lane: store/src/mail/mod.rs. It takes the place of outbox_due.
drop index outbox_due;
create index outbox_due_by_lane on outbox (lane, due_at, seq) where sent_at is null and failed_at is null;
-- The oldest mail that is not sent yet: store/src/mail/list.rs.
create index outbox_unsent on outbox (created_at) where sent_at is null and failed_at is null;

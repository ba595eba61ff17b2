-- Mails that have failed lie among those that are tried again, or those among them: an index for each, so that the few are found
-- without the many. Both together are still counted by outbox_troubled. The filters of the list: store/src/mail/list.rs.
create index outbox_retrying on outbox (seq) where sent_at is null and error is not null and failed_at is null;
create index outbox_failed on outbox (seq) where sent_at is null and error is not null and failed_at is not null;

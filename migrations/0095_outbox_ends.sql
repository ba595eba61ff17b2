-- A mail that failed for good ends as one that was sent does: its text and in the end the mail are taken out by that time, and its
-- links and keys as soon as no link would work any more. `whole` is then an empty text, so that nobody sends what is left of the
-- mail. Until somebody tries it again, both times are those of store/src/cleanup.rs, by these indexes.
drop index outbox_texts_by_age;
drop index outbox_by_age;
create index outbox_by_end on outbox (coalesce(sent_at, failed_at));
create index outbox_texts_by_end on outbox (coalesce(sent_at, failed_at)) where body is not null;
create index outbox_secrets_by_end on outbox (failed_at) where failed_at is not null and whole <> '';

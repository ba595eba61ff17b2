-- What is over is kept for some time and then taken out, oldest first and a few at a time: sessions and links after they
-- ended, the keys of forms after they were sent, the texts of mails after they left, and in the end the mails. Each has the
-- index by which its oldest are found: store/src/cleanup.rs.
create index sessions_by_end on sessions (expires_at);
create index links_by_end on links (expires_at);
create index idempotency_keys_by_age on idempotency_keys (created_at);
create index outbox_texts_by_age on outbox (sent_at) where sent_at is not null and body is not null;
create index outbox_by_age on outbox (sent_at) where sent_at is not null;

-- What opens something for whoever reads it (a link that signs in, a license key) is the recipient's alone, staff included (A9):
-- `body` is what the page of the outbox shows and has no such thing in it; `whole` is the text with all of it, for the sender
-- alone, and it goes as soon as the mail is sent. It is empty where there is nothing to leave out.
alter table outbox add column whole text;

-- Mails from before have their secrets in `body`. What waits still has to arrive; of what was sent no text is kept.
update outbox set whole = body where sent_at is null;
update outbox set body = null;

-- Mails that let somebody sign in or bring them their keys say to whom they go, for whom (the account that hears about it when
-- they cannot be delivered) and what for. `answer` is what the mail server said when it did not take the mail, for those who
-- may not read the rest of the error. A mail that a later one for the same purpose has replaced, or that is no longer needed,
-- says when.
alter table outbox add column contact_id text;
alter table outbox add column account_id text;
alter table outbox add column purpose text;
alter table outbox add column answer text;
alter table outbox add column replaced_at bigint;

-- The latest mail to a person: store/src/mail/people.rs.
create index outbox_of_contact on outbox (contact_id, seq) where contact_id is not null;
-- What could not be delivered, for the home of the account that is to hear of it: store/src/mail/people.rs.
create index outbox_undelivered on outbox (account_id, seq)
    where account_id is not null and sent_at is null and failed_at is not null and replaced_at is null;

-- Every mail to a person says to whom it goes, also where nobody is told what became of it; it then has no purpose. So who answers
-- it is known, and not guessed from its address, which people of several accounts may have.

-- The latest mail to a person for a purpose: store/src/mail/people.rs.
drop index outbox_of_contact;
create index outbox_of_contact on outbox (contact_id, seq) where contact_id is not null and purpose is not null;
-- Whether a person was written to a short while ago: store/src/mail/people.rs.
create index outbox_to_contact on outbox (contact_id, created_at) where contact_id is not null;

-- The basket of a person is their newest draft of that kind: store/src/drafts.rs.
create index drafts_of_contact on drafts (contact_id, kind, updated_at);

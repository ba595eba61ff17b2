-- When a person of the staff was last mailed that something waits for a decision, by what it is. Whoever writes such a mail takes
-- this row first, in the same transaction, so that of many at once one writes it: store/src/mail/alerts.rs.
create table staff_alerts (
    contact_id text not null,
    kind text not null,
    sent_at bigint not null,
    primary key (contact_id, kind)
) {{by_key}};

-- Nobody looks it up in the outbox any more.
drop index outbox_to_contact;

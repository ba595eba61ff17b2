-- One about licenses of several orders is still needed when a newer one is about some of them, as long as it goes to the right address.
update outbox set replaced_at = null
    where replaced_at is not null and sent_at is null and failed_at is null
      and purpose = 'details' and order_id is null and license_id is null
      and lower(recipient) = (select email_folded from contacts where contacts.id = outbox.contact_id);

-- A mail that is no longer needed (`replaced_at`) before it was sent ends at that time, as if it had failed for good: nobody sends it, and it
-- is taken out when those are. So do those that waited when this came.
update outbox set failed_at = replaced_at where replaced_at is not null and sent_at is null and failed_at is null;

-- It is in no trouble and waits for nobody: it has a part of the list of its own, and is in no other. store/src/mail/list.rs.
drop index outbox_waiting;
drop index outbox_troubled;
drop index outbox_retrying;
drop index outbox_failed;
create index outbox_waiting on outbox (seq) where sent_at is null and error is null and replaced_at is null;
create index outbox_troubled on outbox (seq) where sent_at is null and error is not null and replaced_at is null;
create index outbox_retrying on outbox (seq)
    where sent_at is null and error is not null and failed_at is null and replaced_at is null;
create index outbox_failed on outbox (seq)
    where sent_at is null and error is not null and failed_at is not null and replaced_at is null;
create index outbox_replaced on outbox (seq) where sent_at is null and replaced_at is not null;

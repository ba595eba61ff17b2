-- The outbox (X2): mails, written in the transaction of the deed they speak of, and tried again
-- until they are sent. The text is taken out once a mail server has it, since links and keys
-- stand in it.
create table outbox (
    seq {{sequence}},
    id text not null unique,
    recipient text not null,
    subject text not null,
    body text,
    created_at bigint not null,
    due_at bigint not null,
    attempts bigint not null default 0,
    sent_at bigint,
    error text
);

-- What is to be sent now: store/src/mail.rs.
create index outbox_due on outbox (due_at, seq) where sent_at is null;

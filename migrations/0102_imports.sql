-- Tables of customers that were accepted and are being made, some at a time (A10). A line stands here until it is a customer, and its
-- names are taken meanwhile; with its last line, the import goes as well.
create table imports (
    id text primary key,
    contact_id text not null references contacts (id),
    account_id text not null references accounts (id),
    -- Who accepted it and from where, for the audit log.
    who text not null,
    address text not null,
    request_id text not null,
    lines bigint not null
);

create table import_lines (
    import_id text not null references imports (id),
    line bigint not null,
    username_folded text not null unique,
    email_folded text not null,
    -- The line, as JSON.
    fields text not null,
    primary key (import_id, line)
);

create index import_lines_by_email on import_lines (email_folded);

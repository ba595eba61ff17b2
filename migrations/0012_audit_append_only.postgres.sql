-- Nothing in the audit log is ever changed or taken away (X1), whoever asks.
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only';
end
$$;

create trigger audit_keeps_rows before update or delete or truncate on audit
for each statement execute function audit_is_append_only();

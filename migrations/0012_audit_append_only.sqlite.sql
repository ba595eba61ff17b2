-- Nothing in the audit log is ever changed or taken away (X1), whoever asks.
create trigger audit_keeps_rows before update on audit
begin
    select raise(abort, 'the audit log is append-only');
end;

create trigger audit_loses_no_rows before delete on audit
begin
    select raise(abort, 'the audit log is append-only');
end;

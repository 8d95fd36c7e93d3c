-- The audit log is of everything that changes, not of the rule book alone.

alter table audit
    add column thing  text not null default 'rulebook',   -- its kind, and its key where there are several: 'campaign summer'
    add column before text,                               -- JSON; null where there was nothing, or the edition says it
    add column after  text;
create index audit_at on audit (at);
create index audit_who on audit (who, id);
create index audit_thing on audit (thing, id);

-- Entries are added and never changed. Only retention deletes them, and says so.
create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' and current_setting('vitrine.retention', true) = 'on' then
        return old;
    end if;
    raise exception 'entries of the audit log cannot be changed or deleted';
end $$;
create trigger audit_append_only before update or delete on audit
    for each row execute function refuse_change_of_audit();
create trigger audit_no_truncate before truncate on audit
    for each statement execute function refuse_change_of_audit();

-- Writes that can be repeated without a twin, and keys of different callers that do not meet.

-- Given by the writer: an entry whose commit was not answered is written again, and is there once.
alter table audit add column entry uuid;
create unique index audit_entry on audit (entry);

-- Two systems may choose the same Idempotency-Key. '' for a caller without a key of its own, and for rows of before.
alter table idempotency_key add column caller text not null default '';
alter table idempotency_key drop constraint idempotency_key_pkey;
alter table idempotency_key add primary key (call, caller, key);

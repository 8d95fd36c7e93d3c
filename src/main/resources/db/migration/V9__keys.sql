-- Keys are named for a person or a system, may expire, and can be revoked.

alter table access_key
    add column created_by   text not null default '',   -- who made it; empty for those that the first start makes
    add column expires_at   timestamptz,
    add column revoked_at   timestamptz,                -- a revoked key stays: the audit log names it, and a start must not make it again
    add column last_used_at timestamptz;                -- written once a minute

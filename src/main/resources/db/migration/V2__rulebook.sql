-- A rule book with several editors: who may publish, who did what, and what each edition changed.

alter table edition add column changes jsonb not null default '[]';  -- dev.vitrine.rulebook.RuleChange, against the edition before
alter table edition add column warnings jsonb not null default '[]'; -- dev.vitrine.rulebook.RuleProblem, of the check at its publication

-- What the rules folder held when it was last in step with the editions, so that a later start can tell
-- which of the two was changed.
create table rules_folder (
    folder text primary key,
    state  jsonb not null              -- dev.vitrine.rulebook.InStep.State
);

create table access_key (
    name       text primary key,       -- who it belongs to, as the audit log names them
    role       text not null,
    hash       text not null unique,   -- SHA-256 of the key: a key of 256 random bits needs no slow hash
    created_at timestamptz not null
);

-- Every change of the rule book, and every attempt.
create table audit (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    who     text not null,
    origin  text not null,             -- the address that the call came from, or "folder"
    action  text not null,
    edition integer,
    detail  text not null
);

-- Editions that not everybody gets at once: staged to a share of visits, or planned for a time.

-- dev.vitrine.rulebook.StoredEdition.State; what was staged has a number of its own, and is never the edition published last
alter table edition add column state text not null default 'PUBLISHED';
create unique index edition_staged on edition (state) where state = 'STAGED'; -- one at a time, whoever asks

create table staged (
    edition    integer primary key,       -- the number in edition, which has its author, note and whole files
    base       integer not null,          -- the published edition that it was laid over
    edits      jsonb not null,            -- dev.vitrine.rulebook.Edit
    share      double precision not null, -- of visits, 0 to 1
    steps      jsonb not null,            -- dev.vitrine.rulebook.Stage.Step, those to come
    guardrails jsonb not null,            -- dev.vitrine.rulebook.Guardrails
    ended_at   timestamptz,
    outcome    text not null default ''
);

-- Changes that go live at a time, and back at another.
create table scheduled (
    id         bigint generated always as identity primary key,
    state      text not null,             -- dev.vitrine.rulebook.Planned.State
    edits      jsonb not null,            -- dev.vitrine.rulebook.Edit
    base       integer,                   -- the edition that the editor began with, where that matters
    author     text not null,
    note       text not null,
    origin     text not null,             -- the address that the call came from
    starts_at  timestamptz not null,
    ends_at    timestamptz,               -- null: it stays
    before     jsonb,                     -- dev.vitrine.rulebook.Edit: what takes it back, known when it went live
    edition    integer,                   -- the edition that it went live as
    outcome    text not null default ''
);
create index scheduled_open on scheduled (starts_at) where state in ('PLANNED', 'RUNNING');

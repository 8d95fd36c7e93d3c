-- Changes of the rule book that people prepare together, before they go live.

create table draft (
    id          bigint generated always as identity primary key,
    state       text not null,            -- dev.vitrine.rulebook.draft.StoredDraft.State
    version     integer not null,         -- counts its edits
    name        text not null,
    note        text not null,
    base        integer not null,         -- the edition that it began with
    edits       jsonb not null,           -- dev.vitrine.rulebook.source.Edit
    paths       jsonb not null,           -- of the edits, so that a list need not read their texts
    authors     jsonb not null,           -- names of the keys of all who edited it, the first one first
    created_at  timestamptz not null,
    edited_at   timestamptz not null,
    edited_by   text not null,
    approved_by text,                     -- of this version; an edit takes it away
    approved_at timestamptz,
    ended_at    timestamptz,
    edition     integer                   -- the edition that it was published as
);
create index draft_state on draft (state, id);

create table draft_comment (
    id      bigint generated always as identity primary key,
    draft   bigint not null references draft on delete cascade,
    at      timestamptz not null,
    who     text not null,
    text    text not null,
    file    text,
    line    integer,
    version integer not null              -- of the draft, as it stood then
);
create index draft_comment_draft on draft_comment (draft, id);

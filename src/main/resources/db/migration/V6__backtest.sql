-- Trials of a draft on recorded decisions.

create table backtest (
    id          bigint generated always as identity primary key,
    state       text not null,             -- running, done, stopped, failed
    detail      text,                      -- why it stopped or failed
    started_at  timestamptz not null,
    ended_at    timestamptz,
    author      text not null,             -- name of the key that started it
    note        text not null,
    edition     integer not null,          -- the live edition that the draft is compared with
    placement   text,                      -- null: all
    done        integer not null,
    total       integer not null,
    files       jsonb not null,            -- dev.vitrine.rulebook.Edit, laid over the edition published last
    report      json                       -- dev.vitrine.rehearsal.Report; not jsonb, so that the warning stays first
);

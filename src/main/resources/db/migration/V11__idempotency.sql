-- Answers to requests that were sent with an Idempotency-Key, so that what is sent again is not done again.
create table idempotency_key (
    call       text not null,             -- method and path
    key        text not null,             -- the sender's
    request    text not null,             -- SHA-256 of the body
    status     integer not null,          -- the answer
    location   text,
    answer     text not null,
    created_at timestamptz not null,
    primary key (call, key)
);
create index idempotency_key_created_at on idempotency_key (created_at);

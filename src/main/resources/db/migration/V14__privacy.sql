-- Shoppers whose data was erased, so that what waits elsewhere (on the disk of another instance, in a late call) does not
-- bring it back. The rows themselves go after a while, too.

create table erasure (
    shopper text primary key,
    visits  jsonb not null,               -- the visits that were theirs
    at      timestamptz not null,         -- what happened until then is erased; what comes later is new
    updated_at timestamptz not null default now()
);
create index erasure_updated_at on erasure (updated_at); -- other instances ask for what has changed
create index decision_shopper on decision (shopper) where shopper is not null;

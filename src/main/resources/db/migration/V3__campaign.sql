-- Promo mode: what a campaign turns, how much it counts, where its days begin, and what was done by hand.
alter table campaign
    add mode         text not null default 'QUIET',
    add priority     integer not null default 0,
    add zone         text not null default 'UTC', -- in which its times were given, and are shown
    add activated_at timestamptz,                 -- started by hand, before its start
    add ended_at     timestamptz;                 -- ended by hand, before its end
create index campaign_updated_at on campaign (updated_at); -- other instances ask for what has changed

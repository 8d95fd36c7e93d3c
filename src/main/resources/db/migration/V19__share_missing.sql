-- Why a promise was not kept, in places, and which rules made it. Lists that no rule had a say in are counted, too: as 'degraded',
-- promised to nobody.
alter table share
    add column lacked_members   bigint not null default 0, -- too few candidates of the group
    add column lacked_relevance bigint not null default 0, -- those that there were did not fit well enough
    add column lacked_room      bigint not null default 0, -- pins, caps or other promises took the places
    add column rules            text[] not null default '{}';

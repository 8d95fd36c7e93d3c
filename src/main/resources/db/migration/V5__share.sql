-- What rules promised to groups of products, or limited them to, and what came of it: a line for every hour.
create table share (
    at          timestamptz not null,      -- when the hour began, as the shop's clock has it
    placement   text not null,
    promised_to text not null,             -- the group
    verb        text not null,             -- guarantee, cap
    reckoned    text not null,             -- over what: list, hour, day
    run         text not null,             -- one start of one instance: no two ever write the same row
    instance    text not null,             -- stays the same when it starts again, and takes the running day up
    lists       bigint not null,
    places      bigint not null,
    promised    double precision not null, -- places
    delivered   bigint not null,
    primary key (at, placement, promised_to, verb, reckoned, run)
);

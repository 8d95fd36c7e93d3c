-- The shop as Vitrine knows it: products, what visitors did, who they are.

create table product (
    sku         text primary key,
    kind        text not null,
    family      text not null,
    name        text not null,
    category    text not null,
    brand       text not null,
    price       double precision not null,
    list_price  double precision not null,
    cost        double precision,          -- unknown for some shops: then there is no margin
    currency    text not null,
    stock       integer not null,
    tags        jsonb not null,
    parts       jsonb not null,
    attributes  jsonb not null,
    launched_at timestamptz,
    updated_at  timestamptz not null default now()
);
create index product_updated_at on product (updated_at); -- other instances ask for what has changed

create table event (
    id          text primary key,          -- the sender's: what is sent twice is stored once
    type        text not null,
    shopper     text,
    visit       text not null,
    at          timestamptz not null,
    sku         text,
    category    text,
    query       text,
    sort        text,
    sale        boolean,
    price       double precision,
    quantity    integer,
    source      text,
    decision_id text,
    position    integer,
    order_id    text,
    received_at timestamptz not null default now()
);
create index event_at on event (at);
create index event_visit on event (visit, at);
create index event_shopper on event (shopper, at) where shopper is not null;

-- Grown with every stored event, so that a start need not read them all again.
create table shopper (
    id        text primary key,
    last_seen timestamptz not null,
    history   jsonb not null              -- dev.vitrine.visit.ShopperHistory: visits, orders, spent, last purchase
);
create index shopper_last_seen on shopper (last_seen);

create table campaign (
    id         text primary key,
    name       text not null,
    theme      text not null,
    threshold  double precision not null,
    tags       jsonb not null,
    categories jsonb not null,
    skus       jsonb not null,
    starts_at  timestamptz not null,
    ends_at    timestamptz not null,
    updated_at timestamptz not null default now()
);

-- Published editions of the rule book, immutable.
create table edition (
    number       integer primary key,
    published_at timestamptz not null,
    author       text not null,
    note         text not null,
    hash         text not null,
    files        jsonb not null
);

create table decision (
    id          text primary key,
    at          timestamptz not null,
    placement   text not null,
    visit       text not null,
    shopper     text,
    edition     integer not null,
    arm         text not null,
    module      text not null,
    degraded    boolean not null,
    took_micros integer not null,
    facts       jsonb not null,
    answer      jsonb not null
);
create index decision_at on decision (at);
create index decision_visit on decision (visit);

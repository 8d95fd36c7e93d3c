-- What rules can read of what a shop knows: what shoppers think of products, segments of shoppers, benefits of campaigns.
alter table product
    add column rating      double precision,             -- 0 to 5; unknown for some shops, as the rate of returns
    add column reviews     integer not null default 0,
    add column return_rate double precision;

-- A shopper's segments are part of the history. Other instances ask which were changed lately.
alter table shopper add column segments_at timestamptz;
create index shopper_segments_at on shopper (segments_at) where segments_at is not null;

alter table campaign add column benefit text not null default '';

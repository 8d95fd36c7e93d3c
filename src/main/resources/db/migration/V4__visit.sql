-- What the shop says of a visit with one of its events, such as ["gift-wrap"]; null where it says nothing.
alter table event add column tags jsonb;

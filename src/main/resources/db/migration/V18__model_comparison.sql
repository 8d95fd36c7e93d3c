-- What the shop's own model service and the built-in model proposed first at the same moment, to compare them by what came next.

create table model_comparison (
    decision text primary key,
    at       timestamptz not null,
    visit    text not null,
    shopper  text,
    page     text not null,               -- its kind, such as 'product'
    served   text not null,               -- the model that decided: 'service' or 'built-in'
    known    jsonb not null,              -- skus that were before the shopper already: of the page and in the cart
    service  jsonb not null,              -- the first ten skus, best first
    built_in jsonb not null
);
create index model_comparison_at on model_comparison (at);
create index model_comparison_visit on model_comparison (visit);
create index model_comparison_shopper on model_comparison (shopper) where shopper is not null;

-- How often a product, an option or a price list was changed: whoever saves says which edition was on
-- the screen, and is told when there has been another since. A price list's covers its entries.
alter table products add column edition bigint not null default 1;
alter table license_options add column edition bigint not null default 1;
alter table price_lists add column edition bigint not null default 1;

-- The price of one at which a charge was made, for a whole period: an invoice shows it, also when the subscription costs something else
-- than its order says (P3).
alter table charges add column unit_amount bigint not null default 0 check (unit_amount >= 0);
update charges set unit_amount = (select t.unit_amount from order_lines t where t.id = charges.order_line_id);

-- Another price in a running period: what was charged for the days that are left is given back, from `replaced_from` on, and they
-- are charged anew by another charge, which names the one that it `replaces`. What was given back is `replaced_net` and
-- `replaced_tax`; a credit note says so.
alter table charges add column replaced_from text;
alter table charges add column replaced_net bigint not null default 0 check (replaced_net >= 0);
alter table charges add column replaced_tax bigint not null default 0 check (replaced_tax >= 0);
alter table charges add column replaces text references charges (id);

-- No day of a license is charged twice (B1), unless the first charge of it was replaced, which happens to each once.
drop index charges_of_license_from;
create unique index charges_of_license_from on charges (license_id, part_start) where part_start is not null and replaces is null;
create unique index charges_replace on charges (replaces) where replaces is not null;

-- A trial that is upgraded keeps its license and its key (L5). The order line that does it names the license in `upgrades`, also while
-- it is held. The license then belongs to that line, by which it is charged; `trial_line_id` is the line by which it was tried, and
-- `upgraded_at` when it was bought.
alter table order_lines add column upgrades text references licenses (id);
alter table licenses add column upgraded_at bigint;
alter table licenses add column trial_line_id text references order_lines (id);
-- The orders that want to upgrade a license: store/src/orders/upgrades.rs.
create index order_lines_upgrading on order_lines (upgrades) where upgrades is not null;
-- The license that was tried by an order line: store/src/licenses.
create index licenses_of_trial_line on licenses (trial_line_id) where trial_line_id is not null;

-- The lines of an order keep the order in which they stood in the basket, so that pages, mails and files always name them alike.
-- Lines from before keep the order in which they were shown until now: that of their ids.
alter table order_lines add column position bigint not null default 0;
update order_lines
set position = (select count(*) from order_lines b where b.order_id = order_lines.order_id and b.id < order_lines.id);

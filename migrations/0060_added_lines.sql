-- Licenses that are added to a running subscription in mid-term (B2) are an order of one line, which says to which line they are
-- added: they have its periods and its end, also where the order is held and executed later.
alter table order_lines add column added_to text references order_lines (id);

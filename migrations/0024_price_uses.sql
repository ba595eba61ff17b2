-- Whether something is used, answered from an index however large the tables grow.

-- The accounts of a price list, and how many: store/src/price_lists/editing.
create index accounts_of_price_list on accounts (price_list_id, seq);

-- Whether an option was ever sold: store/src/products/editing.
create index order_lines_of_option on order_lines (option_id);

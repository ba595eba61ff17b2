-- The orders of one reseller in one state, newest first, for itself and on the account's page in the back office:
-- store/src/orders/queue.rs.
create index orders_of_reseller_by_state on orders (reseller_id, state, number);

-- The history of an account, newest first: store/src/audit. And whether it has ever ordered: store/src/orders.rs.
create index audit_of_account_by_place on audit (account_id, seq);
create index orders_of_reseller on orders (reseller_id, number);

-- The back office lists what is held first, and below it what was decided, newest first: store/src/orders/queue.rs.
create index orders_decided on orders (number) where state <> 'submitted';

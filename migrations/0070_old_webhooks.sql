-- What was told of payments by card is forgotten when it is so old that it would not be heard again: store/src/payments/ends.rs.
create index webhook_events_by_age on webhook_events (heard_at);

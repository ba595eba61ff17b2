-- Who asks all people of an account for a second factor: the operator since `second_factor_required_since`, the account's own
-- admins since `second_factor_own_since`. Either is enough, and each side takes back only what it asked.
alter table accounts add column second_factor_own_since bigint;

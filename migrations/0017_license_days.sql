-- Where in its list a reseller's licenses of a day begin and end, so that a filter by days looks between two places only
-- (L14). Days are counted from 1970 in UTC. Licenses may come in any order: what lies between is looked at again.
create table license_days (
    reseller_id text not null references accounts (id),
    day bigint not null,
    first_seq bigint not null,
    last_seq bigint not null,
    primary key (reseller_id, day)
) {{by_key}};

-- The day that a date names is included (L4, L10): `valid_until` and `updates_until` are the moment at which it is over, and what is
-- shown is the last day before that. Trials and updates from before ended in the middle of the day that was named to people; they get a
-- day more, so that the same day is shown and all of it counts. Subscriptions keep their times to the microsecond: they always lasted
-- into the day after their period.
update licenses set valid_until = valid_until + 86400000000 where license_type = 'trial' and valid_until is not null;
update licenses set updates_until = updates_until + 86400000000 where updates_until is not null;

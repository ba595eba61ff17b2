-- What has been agreed to be another price or quantity of a subscription from a day on (P3): the newest of these that has begun
-- holds, and what the subscription itself says before the first. A later change takes the place of what was to come.
create table subscription_changes (
    order_line_id text not null references subscriptions (order_line_id),
    from_day text not null,
    unit_amount bigint not null check (unit_amount >= 0),
    quantity bigint not null check (quantity >= 0),
    primary key (order_line_id, from_day)
);

-- When the clockwork has to look at a subscription next: when the day of its next charge begins in the account's time zone; none
-- when nothing is to come. What was sold before this is looked at once, and then put where it belongs. `arrears` is what is kept
-- of it in the estimate of its account (C1). `edition` is raised by every change, and guards it: of two who charge or change
-- a subscription at once, one does.
alter table subscriptions add column due_at bigint;
alter table subscriptions add column arrears bigint not null default 0 check (arrears >= 0);
alter table subscriptions add column edition bigint not null default 0;

update subscriptions set due_at = 0;
update subscriptions
set arrears = (select net + tax from order_lines t where t.id = subscriptions.order_line_id)
where timing = 'arrears' and charged_until is null;

-- What has come due, the oldest first: store/src/subscriptions/due.rs.
create index subscriptions_due on subscriptions (due_at, order_line_id) where due_at is not null;
-- No day of a license is charged twice (B1).
create unique index charges_of_license_from on charges (license_id, part_start) where part_start is not null;

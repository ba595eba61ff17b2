//! The parts of the list of accounts, each with the index that has it.

use chrono::{Duration, NaiveDate};
use domain::{
    Timestamp,
    accounts::{Kind, Part},
};

use crate::{clauses::Clauses, dialect::Dialect};

/// What day it is: the earliest and the latest that it is anywhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Today {
    earliest: NaiveDate,
    latest: NaiveDate,
}

impl Today {
    pub(super) fn at(now: Timestamp) -> Self {
        let day = |hours| (now + Duration::hours(hours)).date_naive();
        Self { earliest: day(-12), latest: day(14) }
    }
}

/// A part of the list, and the index that has it in its order. In that of *ready* stand those that are, but for the days of their
/// price lists: it is walked past those whose list has not begun or is over, of whom it holds the days.
pub(super) fn part(clauses: &mut Clauses, show: Option<Part>, today: Today) -> &'static str {
    clauses.and("r.kind = ?", [Kind::Reseller.word().into()]);
    let (earliest, latest) = (today.earliest.to_string(), today.latest.to_string());
    let (index, condition, days) = match show {
        None => return "accounts_by_kind",
        Some(Part::Suspended) => ("accounts_suspended", "r.suspended_at is not null", vec![]),
        // What was paid since it was noted is not overdue any more.
        Some(Part::Overdue) => (
            "accounts_overdue",
            "r.overdue_since is not null and r.suspended_at is null
             and exists (select 1 from invoices i where i.account_id = r.id and i.open > 0)",
            vec![],
        ),
        Some(Part::Ordering) => ("accounts_ordering", "r.ordering_since is not null", vec![]),
        Some(Part::NotOrdering) => ("accounts_not_ordering", "r.ordering_since is null", vec![]),
        Some(Part::Ready) => {
            let holds = "r.ready_from is not null and r.ready_from <= ? and r.ready_until >= ?";
            ("accounts_ready", holds, vec![latest.into(), earliest.into()])
        }
        Some(Part::NotReady) => {
            let lacks = "r.suspended_at is null and (r.ready_from is null or r.ready_from > ? or r.ready_until < ?)";
            // Only within a search, whose hits are walked.
            ("accounts_by_kind", lacks, vec![earliest.into(), latest.into()])
        }
    };
    clauses.and(condition, days);
    index
}

/// Those that are not ready, which are few among many: up to a page of those that lack something else than days, from
/// accounts_not_ready, and of those whose price list has not begun or is over, from accounts_ready_from and
/// accounts_ready_until, which hold nobody else. Six among 1,000 cost what six among 20 do: store/benches/office.
pub(super) fn not_ready(dialect: Dialect, clauses: &mut Clauses, today: Today, after: Option<i64>, most: i64) {
    let after = after.unwrap_or(i64::MAX);
    let part = |index, condition| {
        let index = dialect.by_index(index);
        format!(
            "select seq from (select seq from accounts {index} where {condition} and seq < ? order by seq desc
             limit {most}) as part"
        )
    };
    let lacking = part("accounts_not_ready", "kind = ? and ready_from is null and suspended_at is null");
    let early = part("accounts_ready_from", "ready_from is not null and ready_from > ?");
    let over = part("accounts_ready_until", "ready_until is not null and ready_until < ?");
    clauses.and(
        &format!("r.seq in ({lacking} union all {early} union all {over})"),
        [
            Kind::Reseller.word().into(),
            after.into(),
            today.earliest.to_string().into(),
            after.into(),
            today.latest.to_string().into(),
            after.into(),
        ],
    );
}

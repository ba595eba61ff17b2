//! No invariant takes as long as one table is large times another.

use store::{testing::plan, verify::ALL};

use crate::world::World;

/// A step of SQLite's plan: the step that it belongs to, and what it does.
struct Step {
    id: i64,
    parent: i64,
    does: String,
}

impl Step {
    fn is_loop(&self) -> bool {
        ["SCAN ", "SEARCH "].iter().any(|word| self.does.starts_with(word))
    }

    /// What its rows are found by, as in `reseller_id=? AND day=?`.
    fn found_by(&self) -> &str {
        self.does.rsplit_once('(').map_or("", |(_, by)| by.split(')').next().unwrap_or_default())
    }

    /// Whether it finds few rows, however large its table is.
    fn finds_few(&self) -> bool {
        self.does.contains("VIRTUAL TABLE INDEX 0:=")
            // Of what was summed before: a row for each.
            || self.does.contains("AUTOMATIC COVERING INDEX")
            || self.does.starts_with("SEARCH ") && self.found_by().split(" AND ").any(is_narrow)
    }
}

/// Whether a column tells few rows apart: an account has all of its licenses, charges and entries.
fn is_narrow(term: &str) -> bool {
    term.strip_suffix("=?")
        .is_some_and(|column| !["account_id", "reseller_id", "customer_id", "kind", "state"].contains(&column))
}

/// The loops that run over many rows for each row of another one. The rows of each account, once, are as many as the table has.
fn slow(plan: &[Step]) -> Vec<&str> {
    let correlated = |step: &Step| {
        let mut parent = step.parent;
        while let Some(above) = plan.iter().find(|above| above.id == parent) {
            if above.does.starts_with("CORRELATED") {
                return true;
            }
            parent = above.parent;
        }
        false
    };
    let mut found = Vec::new();
    for (at, step) in plan.iter().enumerate().filter(|(_, step)| step.is_loop()) {
        let outer: Vec<_> = plan[..at].iter().filter(|other| other.parent == step.parent && other.is_loop()).collect();
        let once_for_each_account = step.does.starts_with("SEARCH ")
            && outer
                .first()
                .is_some_and(|first| ["accounts", "document_numbers"].iter().any(|of| first.does.contains(of)))
            && outer[1..].iter().all(|other| other.finds_few());
        if (correlated(step) || !(outer.is_empty() || once_for_each_account)) && !step.finds_few() {
            found.push(step.does.as_str());
        }
    }
    found
}

async fn steps(world: &World, query: &str) -> Vec<Step> {
    let steps = plan(&world.store, query).await;
    steps.into_iter().map(|(id, parent, does)| Step { id, parent, does }).collect()
}

#[tokio::test]
async fn no_invariant_runs_over_many_rows_for_each_of_many() {
    let world = World::sqlite().await;
    for invariant in &ALL {
        let plan = steps(&world, invariant.query()).await;
        assert_eq!(slow(&plan), Vec::<&str>::new(), "{}", invariant.says);
    }
}

#[tokio::test]
async fn what_takes_too_long_is_told_by_its_plan() {
    let world = World::sqlite().await;
    for (query, loops) in [
        // SQLite makes joins of both, and each open charge meets each entry of its account.
        (
            "select a.id from accounts a
             where exists (select 1 from charges c where c.account_id = a.id and c.open > 0)
                 and exists (select 1 from ledger_entries e where e.account_id = a.id and e.rest > 0)",
            1,
        ),
        // There is no index by which the subscriptions of an account are found.
        (
            "select a.id from accounts a left join subscriptions s on s.account_id = a.id
             group by a.id, a.arrears having a.arrears <> sum(s.arrears)",
            1,
        ),
        (
            "select n.id from credit_notes n left join ledger_entries e on e.account_id = n.account_id where e.seq is null",
            1,
        ),
        (
            "select l.id from licenses l where not exists (
                 select 1 from license_days d where d.reseller_id = l.reseller_id and d.first_seq <= l.seq)",
            1,
        ),
        ("select l.id from licenses l where not exists (select 1 from outbox o where o.recipient = l.id)", 1),
    ] {
        let plan = steps(&world, query).await;
        assert_eq!(slow(&plan).len(), loops, "{query}: {:?}", plan.iter().map(|step| &step.does).collect::<Vec<_>>());
    }
}

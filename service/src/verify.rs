//! Recounts the invariants that the data must hold.

use std::sync::Arc;

use store::Store;

use crate::{Error, Service};

/// A row that breaks an invariant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which one.
    pub invariant: &'static str,
    /// Which row.
    pub row: String,
}

const CHAIN: &str = "the audit log is one chain, of which nothing was changed, removed or inserted (X1)";

/// All rows that break an invariant; none when all is well. Each invariant holds at every moment, so each is looked at in a
/// transaction of its own: SQLite's log grows as long as somebody reads one moment.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(service: &Arc<Service>) -> Result<Vec<Finding>, Error> {
    verify_store(&service.store).await
}

/// The same of a database without anybody who works on it: a copy.
///
/// # Errors
/// When the database does not answer.
pub async fn verify_store(store: &Store) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for invariant in &store::verify::ALL {
        let rows = store::verify::broken(&mut store.read().await?, invariant).await?;
        findings.extend(rows.into_iter().map(|row| Finding { invariant: invariant.says, row }));
    }
    let links = store::audit::broken(store).await?;
    findings.extend(links.into_iter().map(|row| Finding { invariant: CHAIN, row }));
    Ok(findings)
}

/// Where the audit log ends: how many entries its chain has, and the hash of the last one. Kept elsewhere, it proves that
/// nothing before it was rewritten, not even by somebody who reckons all hashes anew.
///
/// # Errors
/// When the database does not answer.
pub async fn end_of_log(service: &Arc<Service>) -> Result<(i64, String), Error> {
    end_of_log_of(&service.store).await
}

/// The same of a copy.
///
/// # Errors
/// When the database does not answer.
pub async fn end_of_log_of(store: &Store) -> Result<(i64, String), Error> {
    let head = store::audit::head(&mut store.read().await?).await?;
    Ok((head.place, head.hash))
}

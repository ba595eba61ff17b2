//! Recounts the invariants that the data must hold.

use std::sync::Arc;

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

/// All rows that break an invariant; none when all is well.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(service: &Arc<Service>) -> Result<Vec<Finding>, Error> {
    let mut tx = service.store.read().await?;
    let mut findings = Vec::new();
    for invariant in &store::verify::ALL {
        let rows = store::verify::broken(&mut tx, invariant).await?;
        findings.extend(rows.into_iter().map(|row| Finding { invariant: invariant.says, row }));
    }
    let links = store::audit::broken(&mut tx).await?;
    findings.extend(links.into_iter().map(|row| Finding { invariant: CHAIN, row }));
    Ok(findings)
}

/// Where the audit log ends: how many entries its chain has, and the hash of the last one. Kept elsewhere, it proves that
/// nothing before it was rewritten, not even by somebody who reckons all hashes anew.
///
/// # Errors
/// When the database does not answer.
pub async fn end_of_log(service: &Arc<Service>) -> Result<(i64, String), Error> {
    let head = store::audit::head(&mut service.store.read().await?).await?;
    Ok((head.place, head.hash))
}

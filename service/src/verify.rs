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
    Ok(findings)
}

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

/// todo
pub async fn verify(service: &Arc<Service>) -> Result<Vec<Finding>, Error> {
    let _ = service;
    todo!()
}

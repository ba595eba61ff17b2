//! Demo data: the operator, two resellers, customers, products, prices and licenses.

use std::sync::Arc;

use crate::{Error, Service};

/// todo
pub async fn make(service: &Arc<Service>) -> Result<bool, Error> {
    let _ = service;
    todo!()
}

//! What a reseller may order, and at which price (P2).

use domain::products::Catalog;

use crate::{Cx, Error};

/// todo
pub async fn catalog(cx: &Cx) -> Result<Catalog, Error> {
    let _ = cx;
    todo!()
}

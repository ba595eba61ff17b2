//! The first page of each actor.

use domain::licenses::ResellerHome;

use crate::{Cx, Error};

/// todo
pub async fn reseller(cx: &Cx) -> Result<ResellerHome, Error> {
    let _ = cx;
    todo!()
}

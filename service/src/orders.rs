//! Orders: what was executed, and sending it to the customer.

use domain::{FormKey, OrderId, orders::Executed};

use crate::{Cx, Error};

/// todo
pub async fn executed(cx: &Cx, id: OrderId) -> Result<Executed, Error> {
    let _ = (cx, id);
    todo!()
}
/// todo
pub async fn send(cx: &Cx, key: FormKey, id: OrderId) -> Result<(), Error> {
    let _ = (cx, key, id);
    todo!()
}

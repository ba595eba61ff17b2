//! Refunds, as <https://docs.stripe.com/api/refunds> describes them.

use serde_json::{Value, json};

use super::{Account, Fields, Refused};

/// Gives money back.
pub fn create(account: &mut Account, fields: &Fields) -> Result<Value, Refused> {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let (id, intent) = (account.id("re"), field("payment_intent"));
    let amount: i64 = field("amount").parse().map_err(|_| (400, "parameter_invalid_integer", field("amount")))?;
    let Some(whole) = account.intents.get_mut(&intent) else {
        return Err((404, "resource_missing", format!("No such payment_intent: '{intent}'")));
    };
    let charge = &mut whole["charge"];
    let number = |value: &Value| value.as_i64().expect("a number");
    let back = number(&charge["amount_refunded"]) + amount;
    if amount < 1 || back > number(&charge["amount"]) {
        return Err((400, "charge_already_refunded", "This is more than is left of the charge.".to_owned()));
    }
    charge["amount_refunded"] = back.into();
    let told = charge.clone();
    let refund = json!({
        "id": id, "object": "refund", "amount": amount, "currency": told["currency"], "payment_intent": intent,
        "status": "succeeded", "metadata": { "keyhouse_payment": field("metadata[keyhouse_payment]") },
    });
    account.tell("charge.refunded", told);
    Ok(refund)
}

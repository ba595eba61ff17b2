//! Checkout sessions, as <https://docs.stripe.com/api/checkout/sessions> describes them.

use serde_json::{Value, json};

use super::{Account, Fields, Refused, now};

/// Currencies with three decimals, of which the last has to be 0.
const TENS: [&str; 5] = ["bhd", "jod", "kwd", "omr", "tnd"];

/// Opens one.
pub fn create(account: &mut Account, url: &str, mut fields: Fields) -> Result<Value, Refused> {
    let mut take = |name: &str| fields.remove(name).filter(|value| !value.is_empty());
    let missing = |name: &str| (400, "parameter_missing", format!("Missing required param: {name}."));
    if take("mode").as_deref() != Some("payment") {
        return Err(missing("mode"));
    }
    let success = take("success_url").ok_or_else(|| missing("success_url"))?;
    let cancel = take("cancel_url");
    let expires: i64 = take("expires_at").and_then(|at| at.parse().ok()).ok_or_else(|| missing("expires_at"))?;
    if !(30 * 60..=24 * 3_600).contains(&(expires - now().timestamp())) {
        return Err((
            400,
            "",
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.".to_owned(),
        ));
    }
    let reference = take("client_reference_id").filter(|reference| reference.len() <= 200);
    let ours = take("metadata[keyhouse_payment]");
    let handed_on = take("payment_intent_data[metadata][keyhouse_payment]");
    let description = take("payment_intent_data[description]");
    assert_eq!(take("adaptive_pricing[enabled]").as_deref(), Some("false"));
    let (mut total, mut currency, mut count) = (0, None, 0);
    while let Some(amount) = take(&format!("line_items[{count}][price_data][unit_amount]")) {
        let code = take(&format!("line_items[{count}][price_data][currency]")).ok_or_else(|| missing("currency"))?;
        let name = take(&format!("line_items[{count}][price_data][product_data][name]"));
        let quantity = take(&format!("line_items[{count}][quantity]"));
        let amount: i64 = amount.parse().map_err(|_| (400, "parameter_invalid_integer", amount))?;
        let good = name.is_some() && quantity.as_deref() == Some("1") && amount >= 0 && code == code.to_lowercase();
        let tens = !TENS.contains(&code.as_str()) || amount % 10 == 0;
        if !(good && tens) || currency.replace(code.clone()).is_some_and(|other| other != code) {
            return Err((400, "stand_in", format!("A line of {amount} {code} is none.")));
        }
        total += amount;
        count += 1;
    }
    let currency = currency.filter(|_| count <= 100).ok_or_else(|| missing("line_items"))?;
    if let Some((unknown, _)) = fields.pop_first() {
        return Err((400, "parameter_unknown", format!("Received unknown parameter: {unknown}")));
    }
    // The least and the most that a card is charged: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
    match total {
        0..50 => {
            return Err((400, "amount_too_small", "The total amount due must add up to at least 0.50.".to_owned()));
        }
        100_000_000.. => return Err((400, "amount_too_large", "The total amount due is too large.".to_owned())),
        _ => {}
    }
    let id = account.id("cs_test");
    let session = json!({
        "id": id, "object": "checkout.session", "mode": "payment", "status": "open", "payment_status": "unpaid",
        "amount_total": total, "currency": currency, "client_reference_id": reference, "expires_at": expires,
        "metadata": { "keyhouse_payment": ours }, "payment_intent": null, "success_url": success, "cancel_url": cancel,
        "url": format!("{url}/c/pay/{id}"), "livemode": false,
        "stand_in": { "metadata": handed_on, "description": description },
    });
    account.sessions.insert(id, session.clone());
    Ok(session)
}

/// Shows one, or closes it.
pub fn find(account: &mut Account, method: &str, path: &str, fields: &Fields) -> Result<Value, Refused> {
    let id = path.trim_start_matches("checkout/sessions/");
    let (id, expires) = id.strip_suffix("/expire").map_or((id, false), |id| (id, true));
    let Some(session) = account.sessions.get_mut(id).filter(|_| expires == (method == "POST")) else {
        return Err((404, "resource_missing", format!("No such checkout.session: '{id}'")));
    };
    if expires {
        if session["status"] != "open" {
            let message = "Only Checkout Sessions with a status in [\"open\"] can be expired.";
            return Err((400, "", message.to_owned()));
        }
        session["status"] = "expired".into();
        session["url"] = Value::Null;
        let told = session.clone();
        account.tell("checkout.session.expired", told);
    }
    let mut session = account.sessions[id].clone();
    if fields.get("expand[]").is_some_and(|field| field == "payment_intent")
        && let Some(intent) = session["payment_intent"].as_str()
    {
        session["payment_intent"] = account.intents[intent].clone();
    }
    Ok(session)
}

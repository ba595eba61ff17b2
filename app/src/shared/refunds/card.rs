//! Giving a license back, on its page: what it does, until when, and the reason.

use crate::ui::{Form, Submit, TextArea, Time, data::ServerAction};
use domain::{
    LicenseId,
    billing::{GiveBack, Refunded},
};
use leptos::prelude::*;

use super::api::Refund;

/// Where what was paid for a license goes.
const STAYS: &str =
    "What was paid for it settles what is open, the oldest first, and stays as credit for what comes next. ";

/// What giving back does, in words.
pub fn words(back: &GiveBack) -> String {
    let (gross, tax) = (back.credit.gross(), back.credit.tax());
    let tax = if tax.is_positive() { format!(", {tax} of it tax") } else { String::new() };
    let slot = if back.unpaid { ", its unpaid slot is free" } else { "" };
    if gross.is_zero() {
        return format!("Nothing was charged for it yet, and nothing will be{slot}; its key stops working for good. ");
    }
    let paid = if back.unpaid { "" } else { STAYS };
    format!("A credit note gives back {gross}{tax}{slot}, and its key stops working for good. {paid}")
}

/// The card, for those who change licenses, as long as it can be done.
#[component]
pub fn GiveBackCard(
    /// The license.
    id: LicenseId,
    /// What it does.
    back: GiveBack,
    /// Does it.
    refund: ServerAction<Refund>,
    /// Fetches the page again.
    refresh: Callback<()>,
) -> impl IntoView {
    let done = Callback::new(move |_: Refunded| refresh.run(()));
    view! {
        <section class="card" aria-labelledby="give-back-title">
            <h2 id="give-back-title">"Give back"</h2>
            <p>{words(&back)} "Possible until " <Time at=back.until exact=true /> "."</p>
            <Form action=refund id="refund" hidden=("id", id.to_string()) on_done=done>
                <TextArea name="reason" label="Reason" hint="It stands on the credit note." />
                <div class="actions">
                    <Submit label="Give license back" kind="danger" />
                </div>
            </Form>
        </section>
    }
}

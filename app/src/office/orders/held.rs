//! The two ways to decide on a held order.

use crate::shared::orders::api::{CancelHeld, Execute};
use crate::ui::{Checkbox, Form, Submit, TextArea, data::ServerAction};
use domain::{billing::Decision, orders::OrderNumber};
use leptos::prelude::*;

/// Execute on one card, cancel on another.
#[component]
pub fn Decide(
    /// The order.
    number: OrderNumber,
    /// What the credit says of it now.
    over: Option<Decision>,
    /// Executes it.
    execute: ServerAction<Execute>,
    /// Cancels it.
    cancel: ServerAction<CancelHeld>,
    /// Told when it is decided.
    done: Callback<()>,
) -> impl IntoView {
    let over = matches!(over, Some(Decision::Hold(_)));
    view! {
        <section class="card" aria-labelledby="execute-held">
            <h2 id="execute-held">"Execute"</h2>
            <p>"Creates the licenses and charges them as of today. The credit is checked again."</p>
            <Form action=execute id="execute" hidden=("number", number.0.to_string()) on_done=done>
                {over.then(|| view! {
                    <Checkbox name="anyway" label="Execute although it is over the credit" />
                    <TextArea name="reason" label="Reason" hint="Needed over the credit. It stands in the audit log." />
                })}
                <div class="actions"><Submit label="Execute" /></div>
            </Form>
        </section>
        <section class="card" aria-labelledby="cancel-held">
            <h2 id="cancel-held">"Cancel"</h2>
            <p>"It is not executed any more. Nothing was charged."</p>
            <Form action=cancel id="cancel" hidden=("number", number.0.to_string()) on_done=done>
                <TextArea name="reason" label="Reason" hint="The reseller reads this." />
                <div class="actions"><Submit label="Cancel order" kind="danger" /></div>
            </Form>
        </section>
    }
}

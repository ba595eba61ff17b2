//! Sending the keys of an order to the customer, and what is said once they were sent (L15).

use domain::{Deed, orders::Executed};
use leptos::prelude::*;

use super::api::SendOrder;
use crate::ui::{Form, Notice, Only, Submit};

/// The button that mails the keys.
#[component]
pub fn Sending(
    /// The order.
    done: Executed,
    /// Sends it.
    send: ServerAction<SendOrder>,
    /// Fetches the page again.
    refresh: Callback<()>,
) -> impl IntoView {
    let kind = if done.sent.is_none() { "main" } else { "" };
    view! {
        <Only may=Deed::EditLicenses>
            <Form action=send class="" hidden=("order", done.id.to_string()) on_done=refresh>
                <Submit label="Send to customer" kind=kind />
            </Form>
        </Only>
    }
}

/// When the keys were sent, and a second sending behind a warning. Nothing before the first.
#[component]
pub fn Sent(
    /// The order.
    done: Executed,
    /// Sends it.
    send: ServerAction<SendOrder>,
    /// Fetches the page again.
    refresh: Callback<()>,
) -> impl IntoView {
    done.sent.clone().map(|at| {
        let (name, email) = (done.user.name.clone(), done.user.email.clone());
        view! {
            <Notice kind="good">
                "Sent to " <bdi>{email}</bdi> ", " <time datetime=at.at.to_rfc3339()>{at.exact}</time> "."
            </Notice>
            <Only may=Deed::EditLicenses>
                <details class="no-print">
                    <summary class="button" data-kind="quiet">
                        "Send once more"
                    </summary>
                    <div class="stack">
                        <p class="hint">
                            <bdi>{name.clone()}</bdi> " has had this mail. Send it a second time only if it was lost."
                        </p>
                        <Sending done=done.clone() send=send refresh=refresh />
                    </div>
                </details>
            </Only>
        }
    })
}

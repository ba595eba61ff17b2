//! Sending the keys of an order to the customer, and what is said once they were sent (L15).

use domain::{Deed, mail::State, orders::Executed};
use leptos::prelude::*;

use super::api::SendOrder;
use crate::ui::{Deliveries, Form, Notice, Only, Submit};

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
        let state = done.delivery.as_ref().map(|mail| mail.state);
        let undelivered: Vec<_> = done.delivery.clone().into_iter().collect();
        let arrived = matches!(state, None | Some(State::Sent));
        let sent = if arrived { "Sent to " } else { "Being sent to " };
        let hint = move || match state {
            Some(State::Sent) => {
                let name = name.clone();
                view! { <bdi>{name}</bdi>" has had this mail. Send it a second time only if it was lost." }.into_any()
            }
            Some(_) => "The mail has not arrived yet. Sending it again sends a second one.".into_any(),
            // It was sent too long ago for anybody to know more of it.
            None => "Send it a second time only if it was lost.".into_any(),
        };
        let said = match state {
            Some(State::Retrying | State::Failed) => view! { <Deliveries deliveries=undelivered /> }.into_any(),
            _ => view! {
                <Notice kind="good">
                    {sent} <bdi>{email}</bdi> ", " <time datetime=at.at.to_rfc3339()>{at.exact}</time> "."
                </Notice>
            }
            .into_any(),
        };
        view! {
            {said}
            <Only may=Deed::EditLicenses>
                <details class="no-print">
                    <summary class="button" data-kind="quiet">
                        "Send once more"
                    </summary>
                    <div class="stack">
                        <p class="hint">{hint()}</p>
                        <Sending done=done.clone() send=send refresh=refresh />
                    </div>
                </details>
            </Only>
        }
    })
}

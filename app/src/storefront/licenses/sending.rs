//! Sending the keys of an order to the customer, and what is said once they were sent (L15).

use crate::ui::{Deliveries, Form, Notice, Only, Submit, data::ServerAction};
use domain::{
    Deed, Moment,
    mail::{Delivery, State},
    orders::Executed,
};
use leptos::prelude::*;

use super::api::SendOrder;

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

/// When the keys were sent and to which address, and a second sending: behind a warning, unless the first did not reach the customer.
/// Nothing before the first.
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
        let mail = done.delivery.clone();
        if mail.as_ref().is_some_and(Delivery::missed) {
            return view! {
                {told(mail, at)}
                <div class="no-print"><Sending done=done send=send refresh=refresh /></div>
            }
            .into_any();
        }
        let (name, state) = (done.user.name.clone(), mail.as_ref().map(|mail| mail.state));
        let hint = move || match state {
            Some(State::Sent) => {
                let name = name.clone();
                view! { <bdi>{name}</bdi>" has had this mail. Send it a second time only if it was lost." }.into_any()
            }
            Some(_) => "The mail has not arrived yet. If you send it again, the new one takes its place.".into_any(),
            // It was sent too long ago for anybody to know more of it, or license by license.
            None => "Send it a second time only if it was lost.".into_any(),
        };
        view! {
            {told(mail, at)}
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
        .into_any()
    })
}

/// What became of the mail, by its own address: the customer may have another one since.
fn told(mail: Option<Delivery>, at: Moment) -> AnyView {
    let when = view! { <time datetime=at.at.to_rfc3339()>{at.exact}</time> };
    let Some(mail) = mail else {
        // Of mails license by license nothing is known here: each license says what became of its own.
        return view! { <Notice>"Put on the way to the customer, " {when} "."</Notice> }.into_any();
    };
    match (mail.state, mail.moved_to.clone()) {
        (State::Sent, Some(now)) => view! {
            <Notice kind="warn">
                "Sent to " <bdi>{mail.to}</bdi> ", " {when} ". The address is " <bdi>{now}</bdi>
                " now, where this mail did not go."
            </Notice>
        }
        .into_any(),
        (State::Sent | State::Waiting, _) => {
            let sent = if mail.state == State::Sent { "Sent to " } else { "Being sent to " };
            view! { <Notice kind="good">{sent} <bdi>{mail.to}</bdi> ", " {when} "."</Notice> }.into_any()
        }
        (State::Retrying | State::Failed | State::Replaced, _) => {
            view! { <Deliveries deliveries=vec![mail] /> }.into_any()
        }
    }
}

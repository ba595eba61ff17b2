//! Suspending an account, and letting it in again; both with a reason.

use crate::ui::{Form, Submit, TextArea, data::ServerAction};
use domain::AccountId;
use leptos::{either::Either, prelude::*};

use super::api::{Reactivate, Suspend};

/// The card by which an account is suspended or reactivated.
#[component]
pub fn SuspensionCard(
    /// The account.
    id: AccountId,
    /// Whether it is suspended.
    suspended: bool,
    /// Suspends it.
    suspend: ServerAction<Suspend>,
    /// Lets it in again.
    reactivate: ServerAction<Reactivate>,
    /// Fetches the page again.
    refresh: Callback<()>,
) -> impl IntoView {
    let reason =
        || view! { <TextArea name="reason" label="Reason" rows=2 hint="It stands in the account's history." /> };
    let (title, text) = match suspended {
        true => ("Reactivate", "Its people can sign in and order again."),
        false => (
            "Suspend",
            "Its people are signed out and cannot sign in or order. All data stays; its customers sign in as before, and \
             their licenses keep working.",
        ),
    };
    // Two forms, not one whose words change: what was typed to suspend is no reason to reactivate.
    let form = match suspended {
        true => Either::Left(view! {
            <Form action=reactivate id="reactivate" hidden=("id", id.to_string()) on_done=refresh>
                {reason()}
                <div class="actions" data-fit><Submit label="Reactivate account" kind="" /></div>
            </Form>
        }),
        false => Either::Right(view! {
            <Form action=suspend id="suspend" hidden=("id", id.to_string()) on_done=refresh>
                {reason()}
                <div class="actions" data-fit><Submit label="Suspend account" kind="danger" /></div>
            </Form>
        }),
    };
    view! {
        <section class="card" aria-labelledby="suspension">
            <h2 id="suspension">{title}</h2>
            <p>{text}</p>
            {form}
        </section>
    }
}

//! How to pay: by bank transfer, or by card where the operator takes cards; and the way there.

use crate::ui::{Choice, Choices, Only, Pill, paths};
use domain::{
    Deed,
    billing::{Method, PaymentState},
};
use leptos::prelude::*;

/// Where somebody begins to pay: at the pending licenses, or at the unpaid invoices for those who may not see licenses now, such as the
/// people of an account that its debt has suspended (V12).
#[component]
pub fn PayLink(
    /// What it says where it leads to the licenses.
    label: &'static str,
) -> impl IntoView {
    let invoices = || view! { <a class="button" data-kind="main" href=paths::UNPAID_INVOICES>"Pay invoices"</a> };
    view! {
        <Only may=Deed::Pay>
            <Only may=Deed::SeeLicenses otherwise=invoices>
                <a class="button" data-kind="main" href=paths::PENDING_LICENSES>{label}</a>
            </Only>
        </Only>
    }
}

/// The ways to pay.
#[component]
pub fn Methods(
    /// Whether cards are taken.
    card: bool,
    /// Follows what is chosen; at first by bank transfer.
    chosen: RwSignal<String>,
) -> impl IntoView {
    let choice = |method: Method| Choice {
        word: method.word().to_owned(),
        label: method.label().to_owned(),
        hint: match method {
            Method::BankTransfer => "You get a reference. It is paid when the money has arrived.".to_owned(),
            Method::Card => "On a page of our payment provider. It is paid at once.".to_owned(),
        },
    };
    let offered = Method::ALL.iter().copied().filter(|method| card || *method == Method::BankTransfer);
    view! {
        <Choices
            name="method"
            legend="How to pay"
            options=offered.map(choice).collect()
            value=chosen.get_untracked()
            live=chosen
        />
    }
}

/// Where a payment stands, in a word.
pub fn state_pill(state: PaymentState) -> impl IntoView {
    let word = match state {
        PaymentState::Begun => "pending",
        PaymentState::Received => "paid",
        PaymentState::Failed => "failed",
        PaymentState::Expired => "canceled",
    };
    view! { <Pill word=word label=state_words(state) /> }
}

/// The words for where a payment stands.
pub const fn state_words(state: PaymentState) -> &'static str {
    match state {
        PaymentState::Begun => "Waiting",
        PaymentState::Received => "Received",
        PaymentState::Failed => "Failed",
        PaymentState::Expired => "Canceled",
    }
}

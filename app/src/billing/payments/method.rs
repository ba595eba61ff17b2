//! How to pay: by bank transfer, or by card where the operator takes cards.

use domain::billing::{Method, PaymentState};
use leptos::prelude::*;

use crate::ui::{Choice, Choices, Pill};

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

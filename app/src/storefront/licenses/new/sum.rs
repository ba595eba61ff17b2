//! What the licenses come to, shown while somebody types.

use crate::ui::{Notice, Sum, count_of};
use domain::{accounts::Unpaid, billing::Shortfall};
use leptos::prelude::*;

use super::{Refused, reckoning::Reckoning};

/// The price summary.
#[component]
pub fn LiveSum(
    /// Product and option.
    name: String,
    /// What it comes to.
    #[prop(into)]
    reckoning: Signal<Reckoning>,
) -> impl IntoView {
    move || {
        let reckoning = reckoning.get();
        let held = reckoning.held.map(|held| view! { <Over held=held /> });
        let lines = reckoning.lines(&name);
        view! {
            <Sum lines=lines total=("To pay to the operator".to_owned(), reckoning.total_words()) />
            {held}
        }
    }
}

/// C3: the order is over the credit, said before it is placed.
#[component]
fn Over(held: Shortfall) -> impl IntoView {
    view! {
        <Notice kind="warn">{held.before_placing()}</Notice>
    }
}

/// The sum in a line, beside the button that goes on.
#[component]
pub fn Note(
    /// What it comes to.
    #[prop(into)]
    reckoning: Signal<Reckoning>,
) -> impl IntoView {
    view! {
        <p class="action-note">
            <span>{move || reckoning.with(Reckoning::sum_words)}</span>
            <strong>{move || reckoning.with(Reckoning::total_words)}</strong>
        </p>
    }
}

/// How many unpaid licenses there may still be (L7).
#[component]
pub fn Slots(
    /// How many there are now.
    unpaid: Unpaid,
    /// What is asked for.
    #[prop(into)]
    reckoning: Signal<Reckoning>,
) -> impl IntoView {
    let over = Memo::new(move |_| match reckoning.with(|reckoning| reckoning.refusal.clone()) {
        Some(domain::Refusal::UnpaidCap { left, asked, .. }) => Some(asked - left),
        _ => None,
    });
    let words = move || match over.get() {
        Some(many) => format!("{} of {} unpaid slots left, {many} too many", unpaid.left(), unpaid.cap),
        None => format!("{} of {} unpaid slots left", unpaid.left(), unpaid.cap),
    };
    view! {
        <output class="hint" data-kind=move || over.get().map(|_| "bad")>
            {words}
        </output>
    }
}

/// What the rules refuse, said before anything is sent.
#[component]
pub fn LiveRefusal(
    /// What is asked for.
    #[prop(into)]
    reckoning: Signal<Reckoning>,
) -> impl IntoView {
    let refusal = Memo::new(move |_| reckoning.with(|reckoning| reckoning.refusal.clone()));
    move || refusal.get().map(|refusal| view! { <Refused refusal=refusal /> })
}

/// `3 licenses`, as far as the quantity can be read.
pub fn licenses(reckoning: &Reckoning) -> String {
    count_of(reckoning.quantity.unwrap_or_default(), "license", "licenses")
}

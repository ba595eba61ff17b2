//! Terms of use: to be accepted before something is ordered, and as they were accepted (O1).

use crate::ui::{FieldError, FormState, Time};
use domain::orders::{Accepted, TermsOfUse, TermsPart};
use leptos::prelude::*;

const BOX: &str = "accept";

/// The terms of what is ordered, and the box under them. A tick belongs to the terms that were on the screen: others are
/// accepted anew.
#[component]
pub fn AcceptTerms(
    /// What has to be accepted.
    terms: TermsOfUse,
) -> impl IntoView {
    // By their mark, so that a box that was ticked for others is not the one under these.
    view! {
        <For each=move || Some(terms.clone()) key=|terms| terms.mark.clone() let:terms>
            <Acceptance terms=terms />
        </For>
    }
}

#[component]
fn Acceptance(terms: TermsOfUse) -> impl IntoView {
    let form = FormState::around();
    let error = Memo::new(move |_| form.and_then(|form| form.error(BOX)));
    let typed = |name: &str| form.and_then(|form| form.typed(name));
    let checked = typed(BOX).as_deref() == Some("on") && typed("terms").as_deref() == Some(terms.mark.as_str());
    let part = |part: TermsPart| {
        view! {
            <details>
                <summary class="button" data-kind="quiet">{part.name()}</summary>
                <p class="typed" dir="auto">{part.text}</p>
            </details>
        }
    };
    view! {
        <section class="card" aria-labelledby="terms-of-use">
            <h2 id="terms-of-use">"Terms of use"</h2>
            <input type="hidden" name="terms" value=terms.mark />
            {terms.parts.into_iter().map(part).collect_view()}
            <div class="check">
                <input
                    type="checkbox"
                    id=BOX
                    name=BOX
                    value="on"
                    checked=checked
                    autocomplete="off"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=move || error.with(Option::is_some).then(|| format!("{BOX}-error"))
                />
                <label for=BOX>"I accept the terms of use"</label>
                <FieldError id=BOX.to_owned() error=error />
            </div>
        </section>
    }
}

/// Which terms were accepted with an order, by whom and when.
#[component]
pub fn AcceptedTerms(
    /// The consent that is kept.
    accepted: Accepted,
) -> impl IntoView {
    let from = accepted.from.map(|from| view! { <p class="hint">"From "<bdi>{from}</bdi></p> });
    view! {
        <section class="card" aria-labelledby="terms-of-use">
            <h2 id="terms-of-use">"Terms of use"</h2>
            <p>"Accepted by "<bdi>{accepted.by}</bdi>", "<Time at=accepted.at /></p>
            {from}
            <details>
                <summary class="button" data-kind="quiet">"The terms as they were shown"</summary>
                <p class="typed" dir="auto">{accepted.terms}</p>
            </details>
        </section>
    }
}

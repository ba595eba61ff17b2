//! An activation link on the screen, once: for an operator without mail (A5).

use crate::ui::{Copy, Form, Notice, Submit, data::ServerAction};
use domain::ContactId;
use leptos::prelude::*;

use super::api::CopyLink;

/// The deliberate act that makes a new link.
#[component]
pub fn TakeLink(
    /// For whom.
    id: ContactId,
    /// The act.
    copy: ServerAction<CopyLink>,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="take-link">
            <h2 id="take-link">"Without e-mail"</h2>
            <p>
                "If no e-mail can be sent, take a new activation link and pass it on yourself. The earlier link stops working, \
                this one is shown once, and it is written down that you took it."
            </p>
            <Form action=copy class="" hidden=("id", id.to_string())>
                <Submit label="Copy activation link" kind="" />
            </Form>
        </section>
    }
}

/// The link, right after it was taken.
#[component]
pub fn TheLink(
    /// Carried over to the page where there is no program to show it.
    carried: Option<String>,
    /// The act.
    copy: ServerAction<CopyLink>,
) -> impl IntoView {
    move || {
        let taken = copy.value().get().and_then(Result::ok);
        taken.or_else(|| carried.clone()).map(|link| {
            view! {
                <Notice kind="warn">
                    <strong>"The activation link, shown this once. "</strong>
                    "Whoever has it chooses the password; pass it on to that person alone."
                    <p>
                        <code class="key" id="taken-link">{link.clone()}</code>
                        <Copy text=link described_by="taken-link" />
                    </p>
                </Notice>
            }
        })
    }
}

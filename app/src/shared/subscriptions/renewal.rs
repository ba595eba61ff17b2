//! What comes after the running period: how many licenses are renewed, the end, and going on after all.

use crate::ui::{Field, Form, Submit};
use domain::{LicenseId, billing::Subscribed};
use leptos::prelude::*;

use super::card::Acts;

/// The forms below the facts of a subscription that runs.
#[component]
pub fn Renewal(
    /// The license on whose page they stand.
    id: LicenseId,
    /// Its subscription.
    shown: Subscribed,
    /// What they do.
    acts: Acts,
    /// Fetches the page again.
    refresh: Callback<()>,
) -> impl IntoView {
    if shown.last.is_some() {
        return view! {
            <Form action=acts.go_on class="" id="go-on" hidden=("id", id.to_string()) on_done=refresh>
                <div class="actions" data-fit>
                    <Submit label="Take the cancellation back" kind="" />
                </div>
            </Form>
        }
        .into_any();
    }
    let hint = format!(
        "1 to {}. Those that were created first are renewed; the others end with the running period.",
        shown.most
    );
    let fewer = (shown.most > 1).then(|| {
        view! {
            <Form action=acts.renew id="renew" hidden=("id", id.to_string()) on_done=refresh>
                <Field
                    name="quantity"
                    label="Licenses to renew"
                    value=shown.renewed.to_string()
                    inputmode="numeric"
                    width="short"
                    hint=hint
                />
                <div class="actions" data-fit>
                    <Submit label="Change" kind="" />
                </div>
            </Form>
        }
    });
    view! {
        {fewer}
        <details>
            <summary class="button" data-kind="quiet">"Cancel the subscription"</summary>
            <div class="stack">
                <p>
                    "All its licenses work to the end of the running period. Nothing is given back for that, and nothing is charged after it."
                </p>
                <Form action=acts.cancel class="" id="end" hidden=("id", id.to_string()) on_done=refresh>
                    <div class="actions" data-fit>
                        <Submit label="Cancel at the end of the period" kind="danger" />
                    </div>
                </Form>
            </div>
        </details>
    }
    .into_any()
}

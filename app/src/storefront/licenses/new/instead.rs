//! A refusal before the last button, with the way out that fits it.

use crate::ui::{Form, Submit, data::ServerAction, paths};
use domain::{
    Refusal,
    licenses::{NewLicensesForm, Wizard},
};
use leptos::prelude::*;

use super::{Refused, api::SaveDetails};

/// What is refused, and what can be done instead.
#[component]
pub fn Instead(
    /// Why not.
    refusal: Refusal,
    /// The wizard as it stands.
    wizard: Wizard,
    /// Fetches it again.
    refresh: Callback<()>,
) -> impl IntoView {
    let details = paths::new_license_details(wizard.draft);
    let way_out = match &refusal {
        Refusal::UnpaidCap { left: 1.., .. } => {
            let left = wizard.unpaid.left();
            view! { <Fewer left=left wizard=wizard refresh=refresh /> }.into_any()
        }
        Refusal::TrialUsed { .. } | Refusal::TrialNotNeeded { .. } => view! {
            <a class="button" data-kind="main" href=details>
                "Choose another license type"
            </a>
        }
        .into_any(),
        Refusal::PrimaryMissing { .. } => {
            let products =
                wizard.user.map_or_else(|| paths::NEW_LICENSE.to_owned(), |user| paths::new_license_for(user.id));
            view! {
                <a class="button" data-kind="main" href=products>
                    "Create a primary license"
                </a>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    view! { <Refused refusal=refusal>{way_out}</Refused> }
}

/// As many as there are slots, in one tap.
#[component]
fn Fewer(left: i64, wizard: Wizard, refresh: Callback<()>) -> impl IntoView {
    let save = ServerAction::<SaveDetails>::new();
    let form = NewLicensesForm { quantity: left.to_string(), ..wizard.form };
    let fields = [
        ("license_type", form.license_type),
        ("quantity", form.quantity),
        ("reseller_notes", form.reseller_notes),
        ("customer_paid", form.customer_paid),
        ("customer_paid_date", form.customer_paid_date),
        ("customer_details", form.customer_details),
    ];
    let field = |(name, value): (&'static str, String)| view! { <input type="hidden" name=name value=value /> };
    view! {
        <Form
            action=save
            class=""
            id="fewer"
            keyed=false
            hidden=("draft", wizard.draft.to_string())
            on_done=refresh
        >
            {fields.map(field).into_iter().collect_view()}
            <Submit label=format!("Lower the quantity to {left}") />
        </Form>
    }
}

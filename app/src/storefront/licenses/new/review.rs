//! The last step of the create-license wizard: all of it, read once more (L1).

use crate::shared::orders::AcceptTerms;
use crate::ui::{
    Fault, Form, GoOn, Load, PageHead, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::licenses::{self, NewLicensesForm};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    Steps,
    api::{self, Create},
    instead::Instead,
    overview::{What, Written},
    reckoning::Reckoning,
    sum::{LiveSum, licenses as count},
};

/// The step `Review`.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let params = use_params_map();
    let draft = Memo::new(move |_| params.with(|params| params.get("draft").unwrap_or_default()));
    let wizard = Resource::new(move || draft.get(), api::wizard);
    let create = ServerAction::<Create>::new();
    // A price, a slot or terms that have changed meanwhile are shown as they are now.
    Effect::new(move |_| {
        if let Some(Err(Fault::Refused(_))) = create.value().get() {
            wizard.refetch();
        }
    });
    let refresh = Callback::new(move |()| wizard.refetch());
    view! {
        <Load from=wizard like="text" let:wizard>
            {match missing(&wizard) {
                Some(path) => view! { <GoOn path=path /> }.into_any(),
                None => view! { <Review wizard=wizard create=create refresh=refresh /> }.into_any(),
            }}
        </Load>
    }
}

/// The page that comes first: the result, where the order is executed already, or a step that is not done.
fn missing(wizard: &licenses::Wizard) -> Option<String> {
    let wrong = |fields: &[&str]| {
        let errors = wizard.form.check(&wizard.offer, wizard.today).err().unwrap_or_default();
        !errors.only(fields).is_empty()
    };
    match (wizard.executed, &wizard.user) {
        (Some(order), _) => Some(paths::created(order)),
        (None, None) => Some(paths::new_license_user(wizard.draft)),
        (None, Some(_)) if wrong(&NewLicensesForm::DETAILS) => Some(paths::new_license_details(wizard.draft)),
        (None, Some(_)) => None,
    }
}

#[component]
fn Review(wizard: licenses::Wizard, create: ServerAction<Create>, refresh: Callback<()>) -> impl IntoView {
    let draft = wizard.draft;
    let reckoning = Reckoning::of(&wizard, &wizard.form);
    let (note, total) = (count(&reckoning), reckoning.total_words());
    let seen = reckoning.total.map_or(0, |total| total.minor);
    let refusal = reckoning.refusal.clone();
    let name = wizard.offer.full_name();
    let terms = wizard.terms.clone();
    view! {
        {refusal.map(|refusal| view! { <Instead refusal=refusal wizard=wizard.clone() refresh=refresh /> })}
        <Form action=create class="wizard" keyed=false hidden=("idempotency_key", draft.to_string())>
            <input type="hidden" name="total" value=seen />
            <PageHead title="Create license" crumb=super::way_up() />
            <Steps current=3 draft=draft />
            <div class="wizard-body">
                <div class="stack">
                    <What wizard=wizard.clone() reckoning=reckoning.clone() />
                    <Written wizard=wizard />
                    {terms.map(|terms| view! { <AcceptTerms terms=terms /> })}
                </div>
                <aside class="stack" aria-label="Price">
                    <h2>"Price"</h2>
                    <LiveSum name=name reckoning=Signal::stored(reckoning) />
                </aside>
            </div>
            <div class="action-bar">
                <p class="action-note">
                    <span>{note}</span>
                    <strong>{total}</strong>
                </p>
                <a class="button" href=paths::new_license_details(draft)>
                    "Back"
                </a>
                <Submit label="Create license(s)" />
            </div>
        </Form>
    }
}

//! The third step of the create-license wizard: how many, as what, and what is written beside it (L1).

use crate::ui::{
    Autosaved, Checked, Choice, Choices, Field, Form, GoOn, Load, MadeBefore, PageHead, Submit, TextArea,
    data::{Resource, ServerAction},
    paths,
};
use domain::licenses::{self, NewLicensesForm};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    PaidOn, Steps,
    api::{self, SaveDetails},
    entries::Entries,
    reckoning::{Reckoning, type_words},
    sum::{LiveRefusal, LiveSum, Note, Slots},
};

/// The step `Details`.
#[component]
pub fn DetailsPage() -> impl IntoView {
    let params = use_params_map();
    let draft = Memo::new(move |_| params.with(|params| params.get("draft").unwrap_or_default()));
    let wizard = Resource::new(move || draft.get(), api::wizard);
    let save = ServerAction::<SaveDetails>::new();
    view! {
        <Load from=wizard like="form" let:wizard>
            {match (wizard.executed, wizard.user.is_some()) {
                (Some(order), _) => view! { <MadeBefore path=paths::created(order) /> }.into_any(),
                (None, false) => view! { <GoOn path=paths::new_license_user(wizard.draft) /> }.into_any(),
                (None, true) => view! { <Details wizard=wizard save=save /> }.into_any(),
            }}
        </Load>
    }
}

#[component]
fn Details(mut wizard: licenses::Wizard, save: ServerAction<SaveDetails>) -> impl IntoView {
    let draft = wizard.draft;
    // Another option may have been picked since, which is not sold as what was chosen.
    if wizard.form.license_type(&wizard.offer).is_none() {
        wizard.form.license_type = wizard.offer.billing.sold_as().word().to_owned();
    }
    let entries = Entries::of(&wizard.form);
    let user = wizard.user.clone().map(|user| user.name).unwrap_or_default();
    let lede = view! {
        {wizard.offer.full_name()} ", for "
        <bdi>{user}</bdi>
    };
    let name = wizard.offer.full_name();
    let kept = StoredValue::new(wizard.clone());
    let form = Memo::new(move |_| kept.with_value(|wizard| entries.form(wizard)));
    let reckoning = Memo::new(move |_| kept.with_value(|wizard| form.with(|form| Reckoning::of(wizard, form))));
    let save_typed = move || async move {
        if let (Some(draft), Some(form)) = (kept.try_with_value(|wizard| wizard.draft), form.try_get_untracked()) {
            api::autosave(draft.to_string(), form).await.ok();
        }
    };
    view! {
        <Form action=save class="wizard" keyed=false hidden=("draft", draft.to_string())>
            <PageHead title="Create license" crumb=super::way_up() lede=lede.into_any() />
            <Steps current=2 draft=draft />
            <div class="wizard-body">
                <Autosaved save=save_typed>
                    <Fields wizard=wizard entries=entries form=form reckoning=reckoning />
                </Autosaved>
                <aside class="stack" aria-label="Price">
                    <h2>"Price"</h2>
                    <LiveSum name=name reckoning=reckoning />
                </aside>
            </div>
            <div class="action-bar">
                <Note reckoning=reckoning />
                <a class="button" href=paths::new_license_user(draft)>
                    "Back"
                </a>
                <Submit label="Review" />
            </div>
        </Form>
    }
}

#[component]
fn Fields(
    wizard: licenses::Wizard,
    entries: Entries,
    form: Memo<NewLicensesForm>,
    reckoning: Memo<Reckoning>,
) -> impl IntoView {
    let (offer, today, typed) = (wizard.offer.clone(), wizard.today, wizard.form.clone());
    let errors = Signal::derive(move || {
        let wrong = form.with(|form| form.check(&offer, today).err().unwrap_or_default());
        wrong.only(&NewLicensesForm::DETAILS)
    });
    let types = wizard.offer.types().into_iter().map(|license_type| Choice {
        word: license_type.word().to_owned(),
        label: license_type.label().to_owned(),
        hint: type_words(&wizard, license_type, None),
    });
    let types = types.collect();
    view! {
        <Checked errors=errors>
            <Choices
                name="license_type"
                legend="License type"
                options=types
                value=typed.license_type
                live=entries.license_type
            />
            <Field
                name="quantity"
                label="Quantity"
                inputmode="numeric"
                width="short"
                hint="1 to 1000; a trial is one."
                value=typed.quantity
                live=entries.quantity
            >
                <Slots unpaid=wizard.unpaid reckoning=reckoning />
            </Field>
            <LiveRefusal reckoning=reckoning />
            <TextArea
                name="reseller_notes"
                label="Reseller notes"
                hint="Optional, your order number for example. Only your team sees this."
                value=typed.reseller_notes
                live=entries.notes
            />
            <PaidOn
                checked=typed.customer_paid == "on"
                on=typed.customer_paid_date
                today=today
                paid=entries.paid
                date=entries.date
            />
            <TextArea
                name="customer_details"
                label="Customer details"
                hint="Optional. Your customer sees this."
                value=typed.customer_details
                live=entries.details
            />
        </Checked>
    }
}

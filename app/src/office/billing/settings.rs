//! The page of the operator's settings of billing.

use crate::ui::{
    Checked, Edition, Field, Form, Load, Notice, PageHead, Submit, TextArea,
    data::{Resource, ServerAction},
};
use domain::billing::{BillingSettingsForm, BillingSettingsPage};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{self, SaveSettings};

/// The operator's settings of billing.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| api::settings());
    let save = ServerAction::<SaveSettings>::new();
    let refresh = Callback::new(move |()| page.refetch());
    let saved = use_query_map().with_untracked(|query| query.get("done").as_deref() == Some("saved"));
    view! {
        {saved.then(|| view! { <Notice kind="good"><strong>"Saved."</strong></Notice> })}
        <Load from=page like="form" let:page>
            <Settings page=page save=save refresh=refresh />
        </Load>
    }
}

#[component]
fn Settings(page: BillingSettingsPage, save: ServerAction<SaveSettings>, refresh: Callback<()>) -> impl IntoView {
    view! {
        <PageHead title="Settings" />
        <div class="narrow">
            <section class="card" aria-labelledby="billing">
                <h2 id="billing">"Billing"</h2>
                <Form action=save on_done=refresh>
                    <Edition value=page.edition />
                    <Fields form=page.form />
                    <div class="actions">
                        <Submit label="Save" />
                        <output class="hint" data-kind="good">
                            {move || matches!(save.value().get(), Some(Ok(()))).then_some("Saved.")}
                        </output>
                    </div>
                </Form>
            </section>
        </div>
    }
}

/// What is typed now.
#[derive(Clone, Copy, Default)]
struct Live {
    bank_holder: RwSignal<String>,
    bank_iban: RwSignal<String>,
    bank_bic: RwSignal<String>,
    bank_name: RwSignal<String>,
    note: RwSignal<String>,
    terms: RwSignal<String>,
    reminders: RwSignal<String>,
    floor: RwSignal<String>,
}

impl Live {
    fn form(self) -> BillingSettingsForm {
        BillingSettingsForm {
            bank_holder: self.bank_holder.get(),
            bank_iban: self.bank_iban.get(),
            bank_bic: self.bank_bic.get(),
            bank_name: self.bank_name.get(),
            note: self.note.get(),
            terms: self.terms.get(),
            reminders: self.reminders.get(),
            floor: self.floor.get(),
        }
    }
}

#[component]
fn Fields(form: BillingSettingsForm) -> impl IntoView {
    let live = Live::default();
    let errors = Signal::derive(move || live.form().check().err().unwrap_or_default());
    view! {
        <Checked errors=errors>
            <fieldset class="group">
                <legend>"Bank account"</legend>
                <p class="hint">"Resellers who pay by bank transfer are told to pay here. Where it is empty, they are told to ask you for it."</p>
                <Field name="bank_holder" live=live.bank_holder label="Account holder" value=form.bank_holder />
                <Field name="bank_iban" live=live.bank_iban label="IBAN" value=form.bank_iban />
                <div class="pair">
                    <Field name="bank_bic" live=live.bank_bic label="BIC" value=form.bank_bic />
                    <Field name="bank_name" live=live.bank_name label="Bank" value=form.bank_name />
                </div>
            </fieldset>
            <fieldset class="group">
                <legend>"Invoices and payments"</legend>
                <TextArea
                    name="note"
                    live=live.note
                    label="Note on invoices"
                    rows=2
                    value=form.note
                    hint="What the law wants said there, for example that the customer owes the tax."
                />
                <TextArea
                    name="terms"
                    live=live.terms
                    label="Terms of payment"
                    value=form.terms
                    hint="Resellers accept this before they pay. It is kept with each payment as it was shown."
                />
                <Field
                    name="reminders"
                    live=live.reminders
                    label="Reminders"
                    value=form.reminders
                    hint="Of overdue invoices: days after the due date, like 7 14 30. When all were sent, the account may be suspended."
                />
                <Field
                    name="floor"
                    live=live.floor
                    label="Resale floor"
                    inputmode="decimal"
                    width="short"
                    value=form.floor
                    hint="A percentage of the list price. Below it, a resale price is warned of."
                />
            </fieldset>
        </Checked>
    }
}

//! What a reseller may change of a license.

use crate::ui::{Checked, Form, Submit, TextArea, data::ServerAction};
use domain::licenses::{EditForm, LicensePage};
use leptos::prelude::*;

use super::{api::Edit, new::PaidOn};

/// The form on the page of a license: notes, details, customer paid.
#[component]
pub fn EditLicense(
    /// The license as it stands.
    shown: LicensePage,
    /// Saves it.
    edit: ServerAction<Edit>,
    /// Fetches the page again.
    refresh: Callback<()>,
) -> impl IntoView {
    let row = &shown.license.row;
    if row.state.is_final() {
        return view! { <Notes shown=shown /> }.into_any();
    }
    let id = row.id.to_string();
    let live = Live::default();
    let today = shown.today;
    let errors = Signal::derive(move || live.form().check(today).err().unwrap_or_default());
    view! {
        <section class="card" aria-labelledby="notes">
            <h2 id="notes">"Notes and customer paid"</h2>
            <Form action=edit hidden=("id", id) on_done=refresh>
                <Checked errors=errors>
                    <TextArea
                        name="reseller_notes"
                        label="Reseller notes"
                        hint="Only your team sees this."
                        value=shown.reseller_notes.unwrap_or_default()
                        live=live.notes
                    />
                    <TextArea
                        name="customer_details"
                        label="Customer details"
                        hint="Your customer sees this."
                        value=shown.license.customer_details.unwrap_or_default()
                        live=live.details
                    />
                    <PaidOn
                        checked=shown.customer_paid.is_some()
                        on=shown.customer_paid.map(|day| day.to_string()).unwrap_or_default()
                        today=today
                        paid=live.paid
                        date=live.date
                    />
                </Checked>
                <div class="actions">
                    <Submit label="Save" />
                    <output class="hint" data-kind="good">
                        {move || matches!(edit.value().get(), Some(Ok(()))).then_some("Saved.")}
                    </output>
                </div>
            </Form>
        </section>
    }
    .into_any()
}

/// What was written, where nothing can be changed, or not by this person.
#[component]
pub fn Notes(
    /// The license as it stands.
    shown: LicensePage,
) -> impl IntoView {
    let paid = match shown.customer_paid {
        Some(day) => format!("On {day}"),
        None => "No".to_owned(),
    };
    let text = |text: Option<String>| text.unwrap_or_else(|| "None".to_owned());
    view! {
        <section class="card" aria-labelledby="notes">
            <h2 id="notes">"Notes"</h2>
            <dl class="facts">
                <div>
                    <dt>"Reseller notes"</dt>
                    <dd class="typed" dir="auto">
                        {text(shown.reseller_notes)}
                    </dd>
                </div>
                <div>
                    <dt>"Customer details"</dt>
                    <dd class="typed" dir="auto">
                        {text(shown.license.customer_details)}
                    </dd>
                </div>
                <div>
                    <dt>"Customer paid"</dt>
                    <dd>{paid}</dd>
                </div>
            </dl>
        </section>
    }
}

/// What is typed now.
#[derive(Clone, Copy, Default)]
struct Live {
    notes: RwSignal<String>,
    details: RwSignal<String>,
    paid: RwSignal<bool>,
    date: RwSignal<String>,
}

impl Live {
    fn form(self) -> EditForm {
        EditForm {
            reseller_notes: self.notes.get(),
            customer_details: self.details.get(),
            customer_paid: if self.paid.get() { "on".to_owned() } else { String::new() },
            customer_paid_date: self.date.get(),
        }
    }
}

//! The fields of how an account is billed, checked while typing by the rule that the server goes by.

use crate::ui::{Checked, Field, Select};
use domain::billing::{AccountTermsForm, InvoicePer};
use leptos::prelude::*;

/// What is typed now.
#[derive(Clone, Copy, Default)]
struct Live {
    tax: RwSignal<String>,
    invoice_per: RwSignal<String>,
    reminders: [RwSignal<String>; 4],
    suspend_over: RwSignal<String>,
}

impl Live {
    fn form(self) -> AccountTermsForm {
        let [reminder_1, reminder_2, reminder_3, reminder_4] = self.reminders.map(|reminder| reminder.get());
        AccountTermsForm {
            tax: self.tax.get(),
            invoice_per: self.invoice_per.get(),
            reminder_1,
            reminder_2,
            reminder_3,
            reminder_4,
            suspend_over: self.suspend_over.get(),
        }
    }
}

/// All of them.
#[component]
pub fn TermsFields(
    /// What stands in them.
    form: AccountTermsForm,
) -> impl IntoView {
    let live = Live::default();
    let errors = Signal::derive(move || live.form().check().err().unwrap_or_default());
    let per = InvoicePer::ALL.iter().map(|per| (per.word().to_owned(), per.label().to_owned())).collect();
    let [first, second, third, fourth] = live.reminders;
    view! {
        <Checked errors=errors>
            <Field
                name="tax"
                live=live.tax
                label="Tax rate"
                inputmode="decimal"
                width="short"
                value=form.tax
                hint="A percentage of what it is charged from now on."
            />
            <Select
                name="invoice_per"
                live=live.invoice_per
                label="Invoices"
                options=per
                value=form.invoice_per
            />
            <fieldset class="group">
                <legend>"Credit reminders"</legend>
                <p class="hint">
                    "Percentages of the credit limit. Its admins and billing agents are told by mail when so much or less is left."
                </p>
                <div class="pair">
                    <Field name="reminder_1" live=first label="First reminder" inputmode="decimal" value=form.reminder_1 />
                    <Field name="reminder_2" live=second label="Second reminder" inputmode="decimal" value=form.reminder_2 />
                </div>
                <div class="pair">
                    <Field name="reminder_3" live=third label="Third reminder" inputmode="decimal" value=form.reminder_3 />
                    <Field name="reminder_4" live=fourth label="Fourth reminder" inputmode="decimal" value=form.reminder_4 />
                </div>
            </fieldset>
            <Field
                name="suspend_over"
                live=live.suspend_over
                label="Suspend over the limit by"
                inputmode="decimal"
                width="short"
                value=form.suspend_over
                hint="A percentage: who owes more than the limit and so much of it is suspended. Empty is never."
            />
        </Checked>
    }
}

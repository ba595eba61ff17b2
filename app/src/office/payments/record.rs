//! Recording money that came in, by hand (B7).

use crate::shared::payments::api::Record;
use crate::ui::{Field, Form, PageHead, Private, Submit, data::ServerAction, paths};
use domain::Deed;
use leptos::prelude::*;

/// Recording money that came in.
#[component]
pub fn RecordPage() -> impl IntoView {
    view! { <Private deed=Deed::RecordPayments let:_actor><Receipt /></Private> }
}

#[component]
fn Receipt() -> impl IntoView {
    let record = ServerAction::<Record>::new();
    view! {
        <PageHead title="Record money" crumb=(paths::OFFICE_PAYMENTS.to_owned(), "Payments".to_owned()) />
        <Form action=record class="form narrow">
            <Field name="received_on" label="Received on" kind="date" width="medium" />
            <Field name="amount" label="Amount" inputmode="decimal" width="medium" />
            <Field name="currency" label="Currency" width="short" value="EUR" hint="Three letters." />
            <Field
                name="text"
                label="Text"
                hint="What the payer wrote. With a reference of ours, it is assigned at once; otherwise you say whose it is."
            />
            <Field name="bank_id" label="Bank id" hint="Optional. The same one is recorded once." />
            <div class="actions"><Submit label="Record" /></div>
        </Form>
    }
}

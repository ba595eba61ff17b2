//! The page of the own billing details.

use crate::ui::{
    Checked, Edition, Field, Form, Load, Notice, PageHead, Select, Submit, TextArea,
    data::{Resource, ServerAction},
    paths,
};
use domain::accounts::{BillingAddressForm, OwnBilling};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{self, SaveDetails};

/// The own billing details.
#[component]
pub fn BillingDetailsPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| api::details());
    let save = ServerAction::<SaveDetails>::new();
    let refresh = Callback::new(move |()| page.refetch());
    let saved = use_query_map().with_untracked(|query| query.get("done").as_deref() == Some("saved"));
    view! {
        {saved.then(|| view! { <Notice kind="good"><strong>"Saved."</strong></Notice> })}
        <Load from=page like="form" let:page>
            <Details page=page save=save refresh=refresh />
        </Load>
    }
}

#[component]
fn Details(page: OwnBilling, save: ServerAction<SaveDetails>, refresh: Callback<()>) -> impl IntoView {
    view! {
        <div class="narrow stack" data-gap="large">
            <PageHead title="Billing details" crumb=(paths::ACCOUNT.to_owned(), "Account".to_owned()) />
            <section class="card" aria-labelledby="details">
                <h2 id="details">"Where your invoices go"</h2>
                <p>"From the next invoice on. What was issued stays as it was."</p>
                <Form action=save on_done=refresh>
                    <Edition value=page.edition />
                    <Fields form=page.form countries=page.countries />
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
    address: RwSignal<String>,
    postal_code: RwSignal<String>,
    city: RwSignal<String>,
    country: RwSignal<String>,
    tax_number: RwSignal<String>,
}

impl Live {
    fn form(self) -> BillingAddressForm {
        BillingAddressForm {
            address: self.address.get(),
            postal_code: self.postal_code.get(),
            city: self.city.get(),
            country: self.country.get(),
            tax_number: self.tax_number.get(),
        }
    }
}

#[component]
fn Fields(form: BillingAddressForm, countries: Vec<(String, String)>) -> impl IntoView {
    let live = Live::default();
    let errors = Signal::derive(move || live.form().check().err().unwrap_or_default());
    let countries = std::iter::once((String::new(), "Not given".to_owned())).chain(countries).collect();
    view! {
        <Checked errors=errors>
            <TextArea name="address" live=live.address label="Address" rows=2 value=form.address />
            <div class="pair">
                <Field name="postal_code" live=live.postal_code label="Postal code" value=form.postal_code />
                <Field name="city" live=live.city label="City" value=form.city />
            </div>
            <Select name="country" live=live.country label="Country" options=countries value=form.country />
            <Field name="tax_number" live=live.tax_number label="Tax number" value=form.tax_number />
        </Checked>
    }
}

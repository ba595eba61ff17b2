//! Adding a product.

use crate::ui::{
    Form, Load, PageHead, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    ProductId,
    products::{ProductForm, TRIAL_DAYS},
};
use leptos::prelude::*;

use super::{
    api::{self, Add},
    fields::Fields,
    way_up,
};

/// Adding a product.
#[component]
pub fn NewProductPage() -> impl IntoView {
    let applications = Resource::new(|| (), |()| api::applications());
    view! {
        <Load from=applications like="form" let:applications>
            <New applications=applications />
        </Load>
    }
}

#[component]
fn New(applications: Vec<(ProductId, String)>) -> impl IntoView {
    let add = ServerAction::<Add>::new();
    let form = ProductForm { trial_days: TRIAL_DAYS.to_string(), ..ProductForm::default() };
    view! {
        <PageHead title="Add product" crumb=way_up() />
        <div class="narrow">
            <Form action=add>
                <Fields form=form applications=applications />
                <div class="actions">
                    <Submit label="Add" />
                    <a class="button" href=paths::PRODUCTS>
                        "Cancel"
                    </a>
                </div>
            </Form>
        </div>
    }
}

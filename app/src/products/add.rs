//! Adding a product.

use domain::{
    ProductId,
    products::{ProductForm, TRIAL_DAYS},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use super::{
    api::{self, Add},
    fields::Fields,
    way_up,
};
use crate::{
    Fault, paths,
    ui::{Form, Load, PageHead, Submit},
};

/// The route: the data is asked for while the program of the page is on its way.
#[derive(Debug)]
pub struct NewProductRoute {
    applications: Resource<Result<Vec<(ProductId, String)>, Fault>>,
}

#[lazy_route]
impl LazyRoute for NewProductRoute {
    fn data() -> Self {
        Self { applications: Resource::new(|| (), |()| api::applications()) }
    }

    fn view(this: Self) -> AnyView {
        view! {
            <Load from=this.applications like="form" let:applications>
                <New applications=applications />
            </Load>
        }
        .into_any()
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

//! Adding a price list.

use domain::{Deed, price_lists::PriceListForm};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use super::{api::Add, fields::Fields, way_up};
use crate::{
    paths,
    ui::{Form, PageHead, Private, Submit},
};

/// The route; it has no data of its own.
#[derive(Debug)]
pub struct NewPriceListRoute;

#[lazy_route]
impl LazyRoute for NewPriceListRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! {
            <Private deed=Deed::EditPrices let:_actor>
                <New />
            </Private>
        }
        .into_any()
    }
}

#[component]
fn New() -> impl IntoView {
    let add = ServerAction::<Add>::new();
    let form = PriceListForm { active: "on".to_owned(), ..PriceListForm::default() };
    view! {
        <PageHead title="Add price list" crumb=way_up() />
        <div class="narrow">
            <Form action=add>
                <Fields form=form />
                <div class="actions">
                    <Submit label="Add" />
                    <a class="button" href=paths::PRICE_LISTS>
                        "Cancel"
                    </a>
                </div>
            </Form>
        </div>
    }
}

//! Adding a price list.

use crate::ui::{Form, PageHead, Private, Submit, data::ServerAction, paths};
use domain::{Deed, price_lists::PriceListForm};
use leptos::prelude::*;

use super::{api::Add, fields::Fields, way_up};

/// Adding a price list.
#[component]
pub fn NewPriceListPage() -> impl IntoView {
    view! {
        <Private deed=Deed::EditPrices let:_actor>
            <New />
        </Private>
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

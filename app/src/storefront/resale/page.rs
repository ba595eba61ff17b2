//! Recording a resale price: what is paid for an option, its list price, and what one takes oneself.

use crate::ui::{
    Checked, Fact, Facts, Field, Form, Load, PageHead, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    Money,
    price_lists::{self, BelowFloor, ResaleForm},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::{self, Set};

/// Recording a resale price.
#[component]
pub fn ResalePage() -> impl IntoView {
    let params = use_params_map();
    let option = Memo::new(move |_| params.with(|params| params.get("option").unwrap_or_default()));
    let page = Resource::new(move || option.get(), api::find);
    let set = ServerAction::<Set>::new();
    view! {
        <Load from=page like="form" let:shown>
            <Price page=shown set=set />
        </Load>
    }
}

#[component]
fn Price(page: price_lists::ResalePage, set: ServerAction<Set>) -> impl IntoView {
    let (list, floor) = (page.list_price, page.floor);
    let recorded = page.resale.map(|resale| resale.price.plain()).unwrap_or_default();
    let typed = RwSignal::new(recorded.clone());
    let form = move || ResaleForm { resale_price: typed.get() };
    let errors = Signal::derive(move || form().check(list.currency).err().unwrap_or_default());
    let below = move || {
        let price: Option<Money> = form().check(list.currency).ok().flatten();
        price.and_then(|price| BelowFloor::of(price, list, floor)).map(BelowFloor::words)
    };
    let hint =
        format!("For one, in {}. Leave it empty for none. Only your organisation sees it.", list.currency.code());
    view! {
        <PageHead title="Resale price" crumb=(paths::CATALOG.to_owned(), "Catalog".to_owned()) />
        <div class="stack narrow">
            <Facts>
                <Fact name="Option">{page.name}</Fact>
                <Fact name="List price">{list.to_string()}</Fact>
                <Fact name="Your price">{page.unit.to_string()}</Fact>
            </Facts>
            <Form action=set hidden=("option", page.option.to_string())>
                <Checked errors=errors>
                    <Field
                        name="resale_price"
                        label="Resale price"
                        value=recorded
                        live=typed
                        inputmode="decimal"
                        width="short"
                        hint=hint
                    >
                        <output class="hint" data-kind="warn">
                            {below}
                        </output>
                    </Field>
                </Checked>
                <div class="actions">
                    <Submit label="Save" />
                    <a class="button" href=paths::CATALOG>
                        "Cancel"
                    </a>
                </div>
            </Form>
        </div>
    }
}

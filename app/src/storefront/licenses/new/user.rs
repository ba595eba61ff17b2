//! The second step of the create-license wizard: whose license it will be (L1).

use crate::shared::customers;
use crate::ui::{
    Fact, Facts, Fault, Form, Load, MadeBefore, PageHead, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::{customers::CustomerRow, licenses};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    Steps,
    api::{self, PickUser},
    people::People,
};

/// The step `User`; `?q=` searches where there is no script.
#[component]
pub fn UserPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let wanted = Memo::new(move |_| {
        let draft = params.with(|params| params.get("draft").unwrap_or_default());
        (draft, query.with(|query| query.get("q").unwrap_or_default()))
    });
    let page = Resource::new(move || wanted.get(), load);
    let pick = ServerAction::<PickUser>::new();
    view! {
        <Load from=page like="form" let:page>
            {match page.0.executed {
                Some(order) => view! { <MadeBefore path=paths::created(order) /> }.into_any(),
                None => view! { <User wizard=page.0 found=page.1 q=page.2 pick=pick /> }.into_any(),
            }}
        </Load>
    }
}

/// The wizard, and who is found by which words.
type Found = Result<(licenses::Wizard, Vec<CustomerRow>, String), Fault>;

async fn load((draft, q): (String, String)) -> Found {
    let wizard = api::wizard(draft).await?;
    let found = customers::api::search(q.clone()).await?;
    Ok((wizard, found, q))
}

#[component]
fn User(wizard: licenses::Wizard, found: Vec<CustomerRow>, q: String, pick: ServerAction<PickUser>) -> impl IntoView {
    let draft = wizard.draft;
    let price = wizard.offer.unit_price(1).to_string();
    let create = view! { <a href=paths::new_customer_for(draft)>"Create new customer"</a> }.into_any();
    view! {
        // The search has a form of its own, which the fields among the people belong to by name.
        <form id="find" hidden on:submit=|event| event.prevent_default()></form>
        <Form action=pick class="wizard" keyed=false hidden=("draft", draft.to_string())>
            <PageHead title="Create license" crumb=super::way_up() lede=wizard.offer.full_name().into_any() />
            <Steps current=1 draft=draft />
            <div class="wizard-body">
                <div class="stack">
                    <People
                        own=wizard.own.clone()
                        user=wizard.user.clone()
                        create=create
                        stays=true
                        found=found
                        q=q
                    />
                </div>
                <aside class="stack" aria-label="Chosen so far">
                    <div class="card">
                        <h2>"So far"</h2>
                        <Facts>
                            <Fact name="Product">{wizard.offer.product_name.clone()}</Fact>
                            <Fact name="Option">{wizard.offer.name.clone()}</Fact>
                            <Fact name="Price">{price}</Fact>
                        </Facts>
                    </div>
                </aside>
            </div>
            <div class="action-bar">
                <a class="button" href=paths::new_license_again(draft)>
                    "Back"
                </a>
                <Submit label="Continue" />
            </div>
        </Form>
    }
}

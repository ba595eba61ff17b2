//! The page of one product: what it is, and its license options.

use crate::ui::{
    Edition, Fact, Facts, Form, Load, Notice, PageHead, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::products;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    SalePill,
    api::{self, Save},
    fields::Fields,
    options::Options,
    switch::ProductSwitch,
    way_up,
};

/// One product.
#[component]
pub fn ProductPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let done = Memo::new(move |_| query.with(|query| query.get("done")));
    // What was done just now is asked for again, though the address is the same but for that.
    let page = Resource::new(move || (id.get(), done.get()), |(id, _)| api::find(id));
    let save = ServerAction::<Save>::new();
    // Saving twice in a row leads to the address that is open already.
    Effect::new(move |_| {
        if matches!(save.value().get(), Some(Ok(()))) {
            page.refetch();
        }
    });
    view! {
        <Load from=page like="form" let:page>
            {done.get_untracked().and_then(|done| said(&done))}
            <Page page=page save=save />
        </Load>
    }
}

fn said(done: &str) -> Option<impl IntoView + use<>> {
    let words = match done {
        "added" => "Product added. Give it an option, so that it can be ordered.",
        "option" => "Option added. Resellers see it as far as their price lists offer it.",
        "saved" => "Saved. What was sold keeps its price.",
        "on" => "It is sold again.",
        "off" => "It can no longer be ordered. What was sold goes on.",
        _ => return None,
    };
    Some(view! { <Notice kind="good">{words}</Notice> })
}

#[component]
fn Page(page: products::ProductPage, save: ServerAction<Save>) -> impl IntoView {
    let id = page.id;
    let add = move || {
        view! {
            <a class="button" href=paths::new_option(id)>
                "Add option"
            </a>
        }
    };
    view! {
        <PageHead
            title=page.form.name.clone()
            typed=true
            crumb=way_up()
            lede=view! { <SalePill active=page.active /> }.into_any()
        >
            {page.may_edit.then(add)}
        </PageHead>
        <div class="columns">
            <div class="stack">
                <Options page=page.clone() />
            </div>
            <aside class="stack">
                {if page.may_edit {
                    view! {
                        <Edit page=page.clone() save=save />
                        <ProductSwitch product=id edition=page.edition active=page.active />
                    }
                        .into_any()
                } else {
                    view! { <Terms page=page /> }.into_any()
                }}
            </aside>
        </div>
    }
}

#[component]
fn Edit(page: products::ProductPage, save: ServerAction<Save>) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="terms">
            <h2 id="terms">"Details"</h2>
            <Form action=save hidden=("id", page.id.to_string())>
                <Edition value=page.edition />
                <Fields form=page.form applications=page.applications />
                <div class="actions">
                    <Submit label="Save" />
                </div>
            </Form>
        </section>
    }
}

/// For those who see products and change none.
#[component]
fn Terms(page: products::ProductPage) -> impl IntoView {
    let form = page.form;
    let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
    let application = page.applications.into_iter().find(|(id, _)| id.to_string() == form.add_on_of);
    let application = application.map_or_else(|| "None: it is an application".to_owned(), |(_, name)| name);
    view! {
        <section class="card" aria-labelledby="terms">
            <h2 id="terms">"Details"</h2>
            <Facts>
                <Fact name="Description" typed=true>
                    {or(form.description, "None")}
                </Fact>
                <Fact name="Trial days">{or(form.trial_days, "No trial")}</Fact>
                <Fact name="Add-on of">
                    <bdi>{application}</bdi>
                </Fact>
            </Facts>
        </section>
    }
}

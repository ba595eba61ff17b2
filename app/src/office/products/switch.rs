//! Ending a sale, and resuming it. Nothing is ever deleted: what was sold goes on.

use crate::ui::{Edition, Form, Submit, data::ServerAction};
use domain::{OptionId, ProductId};
use leptos::prelude::*;

use super::api::{Switch, SwitchOption};

/// The sale of a product.
#[component]
pub fn ProductSwitch(product: ProductId, edition: i64, active: bool) -> impl IntoView {
    let switch = ServerAction::<Switch>::new();
    view! {
        <section class="card" aria-labelledby="sale">
            <h2 id="sale">{title(active)}</h2>
            <p>{words(active)}</p>
            <Form action=switch hidden=("id", product.to_string())>
                <Edition value=edition />
                <Button active=active />
            </Form>
        </section>
    }
}

/// The sale of an option.
#[component]
pub fn OptionSwitch(product: ProductId, option: OptionId, edition: i64, active: bool) -> impl IntoView {
    let switch = ServerAction::<SwitchOption>::new();
    view! {
        <section class="card" aria-labelledby="sale">
            <h2 id="sale">{title(active)}</h2>
            <p>{words(active)}</p>
            <Form action=switch hidden=("option", option.to_string())>
                <Edition value=edition />
                <input type="hidden" name="product" value=product.to_string() />
                <Button active=active />
            </Form>
        </section>
    }
}

#[component]
fn Button(active: bool) -> impl IntoView {
    let on = if active { "" } else { "on" };
    view! {
        <input type="hidden" name="active" value=on />
        <div class="actions">
            {if active {
                view! { <Submit label="Deactivate" kind="danger" /> }
            } else {
                view! { <Submit label="Activate" kind="" /> }
            }}
        </div>
    }
}

fn title(active: bool) -> &'static str {
    if active { "End the sale" } else { "Resume the sale" }
}

fn words(active: bool) -> &'static str {
    if active {
        "It can no longer be ordered, from this moment on. Licenses that were sold go on."
    } else {
        "It cannot be ordered at present. Licenses that were sold go on."
    }
}

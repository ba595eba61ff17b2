//! The owner's home.

use leptos::prelude::*;

use crate::{
    paths,
    ui::{Icon, PageHead},
};

/// What an owner can look after.
#[component]
pub fn OwnerHome() -> impl IntoView {
    view! {
        <PageHead title="Back office" />
        <section class="card" aria-labelledby="mail">
            <h2 id="mail">
                <Icon name="mail" />
                "Mail"
            </h2>
            <p>"What was written to customers, what is waiting, and what could not be sent."</p>
            <div class="actions" data-fit>
                <a class="button" href=paths::MAIL>
                    "Open the outbox"
                </a>
            </div>
        </section>
    }
}

//! What this is, for those who are not signed in.

use crate::ui::{Heading, Icon, paths};
use leptos::prelude::*;

/// The page for everybody.
#[component]
pub fn Landing() -> impl IntoView {
    view! {
        <section class="hero">
            <Heading title="Licenses for your customers, in a minute" />
            <p class="lede">
                "Keyhouse is where resellers create license keys for their customers, and where customers find them again."
            </p>
            <div class="actions" data-fit>
                <a class="button" data-kind="main" href=paths::LOGIN>
                    "Log in"
                </a>
                <a class="button" href=paths::APPLY>
                    "Apply as a reseller"
                </a>
            </div>
        </section>
        <ul class="points">
            <li>
                <Icon name="key" />
                <h2>"Keys at once"</h2>
                <p>"Choose a product and a customer; the keys are there to copy, to download and to send."</p>
            </li>
            <li>
                <Icon name="search" />
                <h2>"Found again"</h2>
                <p>"Every license by key, customer, note or order, with its state and its dates."</p>
            </li>
            <li>
                <Icon name="lock" />
                <h2>"Each sees their own"</h2>
                <p>"Customers sign in and see their licenses, and nothing of anybody else's."</p>
            </li>
        </ul>
    }
}

//! Setting an authenticator app up: scan, keep the recovery codes, enter the code.

use crate::ui::{
    Copy, Field, Form, Load, PageHead, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::contacts::NewApp;
use leptos::prelude::*;

use super::api::{self, ConfirmApp};

/// Setting an authenticator app up.
#[component]
pub fn NewAppPage() -> impl IntoView {
    let app = Resource::new(|| (), |()| api::new_app());
    view! {
        <div class="narrow stack" data-gap="large">
            <PageHead title="Set up an app" crumb=(paths::SECOND_FACTOR.to_owned(), "Second factor".to_owned()) />
            <Load from=app like="form" let:app>
                <Steps app=app />
            </Load>
        </div>
    }
}

#[component]
fn Steps(app: NewApp) -> impl IntoView {
    let confirm = ServerAction::<ConfirmApp>::new();
    let codes = app.recovery.join("\n");
    view! {
        <section class="card" aria-labelledby="scan">
            <h2 id="scan">"1. Add it to your app"</h2>
            <p>"Scan this with an authenticator app, or " <a href=app.address>"open it on this phone"</a> "."</p>
            <Qr rows=app.qr />
            <p class="hint" id="secret-hint">
                "Or type this secret into the app:"
            </p>
            <p>
                <code class="secret" aria-describedby="secret-hint">
                    {app.secret}
                </code>
            </p>
        </section>
        <section class="card" aria-labelledby="keep">
            <h2 id="keep">"2. Keep your recovery codes"</h2>
            <p>"Each lets you in once, should the phone be lost. They are not shown again."</p>
            <ul class="recovery">
                {app.recovery.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view()}
            </ul>
            <Copy text=codes label="Copy all" />
        </section>
        <section class="card" aria-labelledby="prove">
            <h2 id="prove">"3. Switch it on"</h2>
            <Form action=confirm>
                <Field
                    name="code"
                    label="Code"
                    autocomplete="one-time-code"
                    hint="The 6 digits that the app shows now."
                    required=true
                />
                <div class="actions" data-fit>
                    <Submit label="Switch on" />
                </div>
            </Form>
        </section>
    }
}

/// A QR code: one square for each dark place.
#[component]
fn Qr(rows: Vec<Vec<bool>>) -> impl IntoView {
    let size = rows.len();
    let dark = rows.iter().enumerate().flat_map(|(y, row)| {
        row.iter().enumerate().filter(|(_, dark)| **dark).map(move |(x, _)| format!("M{x} {y}h1v1h-1z"))
    });
    let path: String = dark.collect();
    view! {
        <svg class="qr" viewBox=format!("-4 -4 {0} {0}", size + 8) role="img" aria-label="QR code for an authenticator app">
            <path d=path />
        </svg>
    }
}

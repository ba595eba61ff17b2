//! One's own passkeys: which there are, adding one, taking one away.

use crate::ui::{Fault, FaultText, Field, Form, Icon, Notice, Submit, Time, awake, data::ServerAction};
use domain::contacts::{PasskeyRow, SecondFactor};
use leptos::prelude::*;

use super::api::RemovePasskey;

/// The passkeys of who has an authenticator app. Adding one needs the program, because the browser makes it.
#[component]
pub fn PasskeysCard(
    /// The second factor.
    factor: SecondFactor,
    /// Told when something has changed.
    again: Callback<()>,
) -> impl IntoView {
    let none = factor.passkeys.is_empty();
    view! {
        <section class="card" aria-labelledby="passkeys">
            <h2 id="passkeys">"Passkeys"</h2>
            <p>"Instead of typing a code, confirm on this device: by fingerprint, face or PIN."</p>
            {(!none)
                .then(|| {
                    view! {
                        <ul class="rows">
                            {factor.passkeys.into_iter().map(|row| view! { <Row row=row again=again /> }).collect_view()}
                        </ul>
                    }
                })}
            <Add possible=factor.passkeys_possible again=again />
        </section>
    }
}

#[component]
fn Row(row: PasskeyRow, again: Callback<()>) -> impl IntoView {
    let remove = ServerAction::<RemovePasskey>::new();
    let name_id = format!("passkey-{}", row.id);
    view! {
        <li>
            <Icon name="key" />
            <div>
                <strong id=name_id.clone()>
                    <bdi>{row.name}</bdi>
                </strong>
                <p class="hint">
                    "Added " <Time at=row.created /> {row.used.map(|at| view! { ", last used " <Time at=at /> })}
                </p>
            </div>
            <Form action=remove on_done=again class="" hidden=("id", row.id)>
                <Submit label="Remove" kind="" size="small" described_by=name_id />
            </Form>
        </li>
    }
}

#[component]
fn Add(possible: bool, again: Callback<()>) -> impl IntoView {
    let (name, fault, busy) = (RwSignal::new(String::new()), RwSignal::new(None::<Fault>), RwSignal::new(false));
    let awake = awake();
    #[cfg(feature = "hydrate")]
    let add = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            let added = browser::add(name.get_untracked()).await;
            busy.set(false);
            fault.set(added.err());
            if fault.with_untracked(Option::is_none) {
                again.run(());
            }
        });
    };
    #[cfg(not(feature = "hydrate"))]
    let add = {
        let _ = again;
        move |_| {}
    };
    let usable = move || awake.get() && possible && crate::shared::passkeys::are_known();
    let words = move || fault.get().map(|fault| view! { <Notice kind="bad"><FaultText fault=fault /></Notice> });
    move || {
        match usable() {
        true => view! {
            <div class="form">
                <Field name="passkey_name" label="Name for the passkey" hint="For example: my phone." live=name />
                {words}
                <div class="actions" data-fit>
                    <button class="button" type="button" aria-busy=move || busy.get().then_some("true") on:click=add>
                        "Add a passkey"
                    </button>
                </div>
            </div>
        }
        .into_any(),
        false => view! { <p class="hint">"Passkeys can be added in a browser that knows them, with JavaScript on, where this portal has a name of its own."</p> }.into_any(),
    }
    }
}

/// What only a browser does.
#[cfg(feature = "hydrate")]
mod browser {
    use domain::Refusal;

    use crate::shared::{account::api, passkeys};
    use crate::ui::{Fault, fault::Refused, fresh_key};

    /// Asks the server, the device, and the server again.
    pub async fn add(name: String) -> Result<(), Fault> {
        domain::contacts::passkey_name(&name).map_err(|message| domain::FieldErrors::at("passkey_name", message))?;
        let options = api::begin_passkey().await?;
        let answer = passkeys::create(&options).await;
        let answer = answer.ok_or_else(|| Fault::Refused(Refused::told(Refusal::PASSKEY_FAILED)))?;
        api::finish_passkey(fresh_key(), name, answer).await
    }
}

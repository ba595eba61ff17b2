//! The change of one's own password.

use crate::ui::{Field, Form, NewPasswordFields, Notice, Submit, data::ServerAction, paths};
use leptos::prelude::*;

use super::api::ChangePassword;

/// The form. When the change was due, everything opens after it.
#[component]
pub fn PasswordCard(
    /// Whether the password has to be changed before anything else (A10).
    due: bool,
) -> impl IntoView {
    let change = ServerAction::<ChangePassword>::new();
    let changed = move || matches!(change.value().get(), Some(Ok(())));
    let done = Callback::new(move |()| {
        if due {
            window().location().assign(paths::HOME).ok();
        }
    });
    view! {
        <section class="card" aria-labelledby="change">
            <h2 id="change">"Change password"</h2>
            {move || {
                changed()
                    .then(|| {
                        view! {
                            <Notice kind="good">
                                <strong>"Password changed."</strong>
                                " All other sessions have ended."
                            </Notice>
                        }
                    })
            }}
            <Form action=change on_done=done clears=true>
                <Field
                    name="current"
                    label="Current password"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                />
                <NewPasswordFields />
                <div class="actions" data-fit>
                    <Submit label="Change password" />
                </div>
            </Form>
        </section>
    }
}

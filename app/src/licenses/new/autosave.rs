//! Keeps what is typed into a draft, so that a reload and an expired session lose nothing.

use std::time::Duration;

use domain::licenses::{NewLicensesForm, Wizard};
use leptos::{prelude::*, task::spawn_local};

use super::api;

/// How long to wait for the next letter.
const PAUSE: Duration = Duration::from_millis(600);

/// What is typed in it is kept on the server as soon as the typing pauses, quietly: when it
/// cannot be, the fields still hold it.
#[component]
pub fn Autosaved(
    /// The wizard as it stands.
    wizard: StoredValue<Wizard>,
    /// What is typed now.
    form: Memo<NewLicensesForm>,
    children: Children,
) -> impl IntoView {
    let edits = StoredValue::new(0_u32);
    let (saving, stale) = (StoredValue::new(false), StoredValue::new(false));
    let save = move || async move {
        if let (Some(draft), Some(form)) = (wizard.try_with_value(|wizard| wizard.draft), form.try_get_untracked()) {
            stale.try_set_value(false);
            api::autosave(draft.to_string(), form).await.ok();
        }
    };
    // One at a time, or a slow one could come last and bring back what stood there before.
    let keep = move || {
        if saving.try_get_value() != Some(false) {
            stale.try_set_value(true);
            return;
        }
        saving.set_value(true);
        spawn_local(async move {
            save().await;
            while stale.try_get_value() == Some(true) {
                save().await;
            }
            saving.try_set_value(false);
        });
    };
    let pause = move |_| {
        edits.update_value(|edits| *edits += 1);
        let edit = edits.get_value();
        let keep_last = move || {
            if edits.try_get_value() == Some(edit) {
                keep();
            }
        };
        set_timeout(keep_last, PAUSE).ok();
    };
    view! {
        <div on:input=pause on:change=move |_| keep()>
            {children()}
        </div>
    }
}

//! Keeps what is typed into a draft, so that a reload and an expired session lose nothing.

use std::{future::Future, time::Duration};

use leptos::{prelude::*, task::spawn_local};

/// How long to wait for the next letter.
const PAUSE: Duration = Duration::from_millis(600);

/// What is typed in it is kept on the server as soon as the typing pauses, quietly: when it
/// cannot be, the fields still hold it.
#[component]
pub fn Autosaved<S, F>(
    /// Keeps what is typed now.
    save: S,
    children: Children,
) -> impl IntoView
where
    S: Fn() -> F + Copy + 'static,
    F: Future<Output = ()> + 'static,
{
    let edits = StoredValue::new(0_u32);
    let (saving, stale) = (StoredValue::new(false), StoredValue::new(false));
    // One at a time, or a slow one could come last and bring back what stood there before.
    let keep = move || {
        if saving.try_get_value() != Some(false) {
            stale.try_set_value(true);
            return;
        }
        saving.set_value(true);
        spawn_local(async move {
            stale.try_set_value(false);
            save().await;
            while stale.try_get_value() == Some(true) {
                stale.try_set_value(false);
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

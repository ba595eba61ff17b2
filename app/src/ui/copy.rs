//! Copying a key. The button is there only where there is a program that can copy.

use std::time::Duration;

use leptos::prelude::*;

use super::awake;

/// Copies a text, and says so for a moment.
#[component]
pub fn Copy(
    /// What is copied.
    #[prop(into)]
    text: String,
    /// The words on it.
    #[prop(default = "Copy")]
    label: &'static str,
    /// `quiet` beside a key, or empty.
    #[prop(default = "quiet")]
    kind: &'static str,
    /// `small` in the head of a card.
    #[prop(optional)]
    size: Option<&'static str>,
    /// The id of what is copied, where the words alone do not say.
    #[prop(optional, into)]
    described_by: Option<String>,
) -> impl IntoView {
    let text = StoredValue::new(text);
    let done = RwSignal::new(false);
    let copy = move |_| {
        copy_to_clipboard(&text.get_value());
        done.set(true);
        set_timeout(
            move || {
                done.try_set(false);
            },
            Duration::from_secs(2),
        )
        .ok();
    };
    let described = StoredValue::new(described_by);
    let awake = awake();
    move || {
        awake.get().then(|| {
            view! {
                <button
                    class="button"
                    data-kind=(!kind.is_empty()).then_some(kind)
                    data-size=size
                    type="button"
                    aria-describedby=described.get_value()
                    data-state=move || done.get().then_some("done")
                    on:click=copy
                >
                    {move || if done.get() { "Copied" } else { label }}
                </button>
            }
        })
    }
}

fn copy_to_clipboard(text: &str) {
    #[cfg(feature = "hydrate")]
    drop(window().navigator().clipboard().write_text(text));
    #[cfg(not(feature = "hydrate"))]
    let _ = text;
}

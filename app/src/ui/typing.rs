//! Checks while typing: the form's own check, run in the browser, with its messages at the fields.

use std::{collections::BTreeSet, time::Duration};

use domain::FieldErrors;
use leptos::{ev::Event, prelude::*, wasm_bindgen::JsCast, web_sys::Element};

use crate::ui::Fault;
use crate::ui::FormState;

/// Long enough for a click that left the field to land before a message moves the button away.
const SETTLED: Duration = Duration::from_millis(250);

/// The fields in it are checked as soon as they are left, by the rule that the server goes by,
/// and a message goes away as soon as it no longer holds.
#[component]
pub fn Checked(
    /// What is wrong with what is typed now.
    #[prop(into)]
    errors: Signal<FieldErrors>,
    /// How the fields are arranged.
    #[prop(default = "stack")]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let typing = FormState::around().map(FormState::typing);
    if let Some(typing) = typing {
        typing.errors.set_value(Some(errors));
    }
    let edited = move |event: Event| {
        if let (Some(typing), Some(name)) = (typing, name_of(&event)) {
            typing.edited.update(|edited| {
                edited.insert(name);
            });
        }
    };
    let left = move |event: Event| {
        if let (Some(typing), Some(name)) = (typing, name_of(&event)) {
            let leave = move || {
                typing.left.try_update(|left| left.insert(name));
            };
            set_timeout(leave, SETTLED).ok();
        }
    };
    view! {
        <div class=class on:input=edited on:change=left>
            {children()}
        </div>
    }
}

fn name_of(event: &Event) -> Option<String> {
    event.target()?.dyn_into::<Element>().ok()?.get_attribute("name")
}

/// What is known of a form while somebody types in it.
#[derive(Clone, Copy)]
pub(super) struct Typing {
    errors: StoredValue<Option<Signal<FieldErrors>>>,
    edited: RwSignal<BTreeSet<String>>,
    left: RwSignal<BTreeSet<String>>,
}

impl Typing {
    /// Nothing typed yet; starts anew with each answer of the server.
    pub(super) fn after(fault: Signal<Option<Fault>>) -> Self {
        let typing = Self {
            errors: StoredValue::new(None),
            edited: RwSignal::new(BTreeSet::new()),
            left: RwSignal::new(BTreeSet::new()),
        };
        Effect::new(move |_| {
            fault.track();
            typing.edited.set(BTreeSet::new());
        });
        typing
    }

    /// The message at a field: what the server said, until it is typed in; then what the check says.
    pub(super) fn message(&self, name: &str, sent: Option<String>) -> Option<String> {
        let Some(errors) = self.errors.get_value() else { return sent };
        let edited = self.edited.with(|edited| edited.contains(name));
        let left = self.left.with(|left| left.contains(name));
        match sent {
            Some(message) if !edited => Some(message),
            sent if left || sent.is_some() => errors.with(|errors| errors.get(name).map(str::to_owned)),
            _ => None,
        }
    }
}

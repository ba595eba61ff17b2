//! What a form knows of itself, for the fields and buttons in it.

use leptos::prelude::*;

use crate::ui::typing::Typing;
use crate::ui::{Fault, arrival::Returned, data::Post};

/// The state of the form around: whether it is on its way, what is wrong, what was typed.
#[derive(Clone, Copy)]
pub struct FormState {
    id: StoredValue<String>,
    pending: ReadSignal<bool>,
    fault: Signal<Option<Fault>>,
    returned: StoredValue<Option<Returned>>,
    typing: Typing,
}

impl FormState {
    /// The form around, if there is one.
    pub fn around() -> Option<Self> {
        use_context()
    }

    /// The state of a form that is sent by `post`; `of` is the hidden field that tells it from others of its kind.
    pub(super) fn new(post: Post, id: String, of: Option<&(&'static str, String)>) -> Self {
        // A token is not kept with what was typed, and a page has no second form that asks for one.
        let is_this =
            |form: &Returned| of.is_none_or(|(name, value)| form.typed(name).is_none_or(|typed| typed == value));
        // What was sent back is done with when it was sent once more and taken.
        let is_done = matches!(post.answer().get_untracked(), Some(Ok(_)));
        let returned = Returned::to(post.path().trim_start_matches("/api/")).filter(is_this).filter(|_| !is_done);
        let before = returned.as_ref().map(|form| form.fault.clone());
        // Not a memo: an answer that says the same as the one before is an answer all the same.
        let fault = Signal::derive(move || match post.answer().get() {
            Some(answer) => answer.err(),
            None => before.clone(),
        });
        let typing = Typing::after(fault);
        let (id, returned) = (StoredValue::new(id), StoredValue::new(returned));
        Self { id, pending: post.pending(), fault, returned, typing }
    }

    /// Whether it is on its way.
    pub fn pending(&self) -> bool {
        self.pending.get()
    }

    /// What is wrong.
    pub fn fault(&self) -> Option<Fault> {
        self.fault.get()
    }

    /// The message at a field.
    pub fn error(&self, name: &str) -> Option<String> {
        let sent = self.fault.with(|fault| fault.as_ref().and_then(|fault| fault.at(name)).map(str::to_owned));
        self.typing.message(name, sent)
    }

    /// What is known while somebody types.
    pub(super) fn typing(self) -> Typing {
        self.typing
    }

    /// Whether this form was sent back with what was typed.
    pub fn was_returned(&self) -> bool {
        self.returned.with_value(Option::is_some)
    }

    /// What was typed into a field of a form that was sent back.
    pub fn typed(&self, name: &str) -> Option<String> {
        self.returned.with_value(|form| form.as_ref()?.typed(name).map(str::to_owned))
    }

    /// The id of a field.
    pub fn field_id(&self, name: &str) -> String {
        self.id.with_value(|id| if id.is_empty() { name.to_owned() } else { format!("{id}-{name}") })
    }
}

/// A key for a form that is about to be shown.
pub fn fresh_key() -> String {
    #[cfg(feature = "ssr")]
    return crate::ui::request::new_form_key();
    #[cfg(not(feature = "ssr"))]
    #[expect(clippy::disallowed_methods, reason = "the browser has no seeded chance, and no test holds it still")]
    uuid::Uuid::new_v4().to_string()
}

//! What is typed into a form, as the browser itself would send it.

use leptos::{
    form::form_data_with_submitter,
    web_sys::{HtmlElement, HtmlFormElement, UrlSearchParams},
};

/// The body in which a form is sent: its fields in their order, boxes that are ticked, and the button that was pressed.
pub fn typed(form: &HtmlFormElement, button: Option<&HtmlElement>) -> Option<String> {
    let fields = form_data_with_submitter(form, button).ok()?;
    let pairs = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    Some(pairs.to_string().into())
}

//! A new password, typed twice.

use leptos::prelude::*;

use crate::ui::Field;

/// Its two fields, in a form that posts [`domain::contacts::NewPassword`].
#[component]
pub fn NewPasswordFields() -> impl IntoView {
    view! {
        <Field
            name="password"
            label="Password"
            kind="password"
            autocomplete="new-password"
            hint=format!("At least {} characters.", domain::contacts::PASSWORD_LEAST)
            required=true
        />
        <Field
            name="password_confirmation"
            label="Password confirmation"
            kind="password"
            autocomplete="new-password"
            required=true
        />
    }
}

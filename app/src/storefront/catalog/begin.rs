//! The button that begins the create-license wizard with an option.

use crate::ui::{Form, Submit, data::ServerAction};
use domain::{OptionId, licenses::Type};
use leptos::prelude::*;

use crate::storefront::licenses::Begin;

/// A form of one button.
#[component]
pub fn BeginButton(
    /// With which option.
    option: OptionId,
    /// The words on it: `Create license`, `Start trial`.
    label: &'static str,
    /// The ids of what it is about.
    described_by: String,
    /// As what, where the wizard is to begin otherwise than by itself.
    #[prop(optional)]
    license_type: Option<Type>,
    /// For whom, where that is known.
    #[prop(optional_no_strip)]
    customer: Option<String>,
    /// The draft that one came back from, whose details stay.
    #[prop(optional_no_strip)]
    from: Option<String>,
) -> impl IntoView {
    let begin = ServerAction::<Begin>::new();
    let license_type = license_type.map(Type::word);
    view! {
        <Form action=begin class="" keyed=false hidden=("option", option.to_string())>
            {license_type.map(|word| view! { <input type="hidden" name="license_type" value=word /> })}
            {customer.map(|id| view! { <input type="hidden" name="customer" value=id /> })}
            {from.map(|draft| view! { <input type="hidden" name="from" value=draft /> })}
            <Submit label=label kind="" described_by=described_by />
        </Form>
    }
}

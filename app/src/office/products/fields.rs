//! The fields of a product.

use crate::ui::{Checked, Field, Select};
use domain::{ProductId, products::ProductForm};
use leptos::prelude::*;

/// All of them, checked while typing by the rule that the server goes by.
#[component]
pub fn Fields(
    /// What stands in them at first.
    form: ProductForm,
    /// What it may be an add-on of.
    applications: Vec<(ProductId, String)>,
) -> impl IntoView {
    let live = Live::default();
    let errors = Signal::derive(move || live.form().check().err().unwrap_or_default());
    let none = (String::new(), "None: it is an application".to_owned());
    let applications = applications.into_iter().map(|(id, name)| (id.to_string(), name));
    let applications = std::iter::once(none).chain(applications).collect::<Vec<_>>();
    view! {
        <Checked errors=errors>
            <Field name="name" label="Name" value=form.name live=live.name required=true />
            <Field
                name="description"
                label="Description"
                value=form.description
                live=live.description
                hint="Optional. One sentence; resellers see it."
            />
            <Field
                name="trial_days"
                label="Trial days"
                inputmode="numeric"
                width="short"
                value=form.trial_days
                live=live.trial_days
                hint="Empty for no trial. Trials that were started keep their days."
            />
            <Select
                name="add_on_of"
                label="Add-on of"
                options=applications
                value=form.add_on_of
                live=live.add_on_of
                hint="An add-on has no additional licenses."
            />
        </Checked>
    }
}

/// What is typed now.
#[derive(Clone, Copy, Default)]
struct Live {
    name: RwSignal<String>,
    description: RwSignal<String>,
    trial_days: RwSignal<String>,
    add_on_of: RwSignal<String>,
}

impl Live {
    fn form(self) -> ProductForm {
        ProductForm {
            name: self.name.get(),
            description: self.description.get(),
            trial_days: self.trial_days.get(),
            add_on_of: self.add_on_of.get(),
        }
    }
}

//! The fields of a price list.

use crate::ui::{Checkbox, Checked, Field, TextArea};
use domain::price_lists::PriceListForm;
use leptos::prelude::*;

/// All of them, checked while typing by the rule that the server goes by.
#[component]
pub fn Fields(
    /// What stands in them at first.
    form: PriceListForm,
    /// The price list has prices or an account, so that its currency stays.
    #[prop(optional)]
    currency_fixed: bool,
) -> impl IntoView {
    let live = Live::default();
    let errors = Signal::derive(move || live.form().check().err().unwrap_or_default());
    let hint = if currency_fixed {
        "Fixed: the price list has prices, or is assigned to an account."
    } else {
        "Three letters, for example EUR."
    };
    view! {
        <Checked errors=errors>
            <Field name="name" label="Name" value=form.name live=live.name required=true />
            <Field
                name="currency"
                label="Currency"
                value=form.currency
                live=live.currency
                width="short"
                hint=hint
                required=true
            />
            <div class="pair">
                <Field
                    name="starts"
                    label="Start"
                    kind="date"
                    value=form.starts
                    live=live.starts
                    hint="The first day on which it holds."
                    required=true
                />
                <Field
                    name="ends"
                    label="End"
                    kind="date"
                    value=form.ends
                    live=live.ends
                    hint="Optional. The last day on which it holds."
                />
            </div>
            <Field
                name="percent_off"
                label="Percentage off everything"
                inputmode="decimal"
                value=form.percent_off
                live=live.percent_off
                width="short"
                hint="Optional. Off the list price of every option without a price of its own here. Without it, only \
                      options with a price of their own are offered."
            />
            <TextArea
                name="description"
                label="Description"
                value=form.description
                live=live.description
                hint="Optional. Only staff see this."
            />
            <Checkbox
                name="active"
                label="Active"
                checked=form.active == "on"
                live=live.active
                hint="While it is off, resellers who have it can order nothing."
            />
        </Checked>
    }
}

/// What is typed now.
#[derive(Clone, Copy, Default)]
struct Live {
    name: RwSignal<String>,
    currency: RwSignal<String>,
    description: RwSignal<String>,
    starts: RwSignal<String>,
    ends: RwSignal<String>,
    active: RwSignal<bool>,
    percent_off: RwSignal<String>,
}

impl Live {
    fn form(self) -> PriceListForm {
        PriceListForm {
            name: self.name.get(),
            currency: self.currency.get(),
            description: self.description.get(),
            starts: self.starts.get(),
            ends: self.ends.get(),
            active: if self.active.get() { "on".to_owned() } else { String::new() },
            percent_off: self.percent_off.get(),
        }
    }
}

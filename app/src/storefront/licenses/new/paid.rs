//! `Customer paid` and its date (L8).

use crate::ui::{Checkbox, Field, FormState};
use chrono::NaiveDate;
use leptos::{
    ev::Event,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{EventInit, HtmlInputElement},
};

const DATE: &str = "customer_paid_date";

/// The box and the date that it reveals. Ticking it fills in today, unticking it empties the date.
#[component]
pub fn PaidOn(
    /// Whether the box is ticked at first.
    checked: bool,
    /// The date at first, as typed.
    on: String,
    /// The latest date.
    today: NaiveDate,
    /// Follows the box.
    paid: RwSignal<bool>,
    /// Follows the date.
    date: RwSignal<String>,
) -> impl IntoView {
    let form = FormState::around();
    let wrong = move || form.is_some_and(|form| form.error(DATE).is_some());
    let fill = move |event: Event| {
        let ticked = input(event.target()).filter(|ticked| ticked.name() == "customer_paid");
        let id = form.map_or_else(|| DATE.to_owned(), |form| form.field_id(DATE));
        if let (Some(ticked), Some(field)) = (ticked, input(document().get_element_by_id(&id))) {
            match (ticked.checked(), field.value().is_empty()) {
                (true, true) => type_in(&field, &today.to_string()),
                (false, false) => type_in(&field, ""),
                _ => {}
            }
        }
    };
    view! {
        <div class="stack" data-gap="small" on:change=fill>
            <Checkbox
                name="customer_paid"
                label="Customer paid"
                hint="What your customer paid you. It frees no unpaid slot."
                checked=checked
                live=paid
            />
            // A wrong date is shown even where the box is not ticked, or nobody would find it.
            <div class=move || if wrong() { "stack" } else { "reveals" }>
                <Field
                    name=DATE
                    label="Customer paid date"
                    kind="date"
                    width="medium"
                    max=today.to_string()
                    value=on
                    live=date
                />
            </div>
        </div>
    }
}

fn input(of: Option<impl JsCast>) -> Option<HtmlInputElement> {
    of?.dyn_into().ok()
}

/// Types for the reader: everything that follows the field hears of it.
fn type_in(field: &HtmlInputElement, text: &str) {
    field.set_value(text);
    let how = EventInit::new();
    how.set_bubbles(true);
    if let Ok(typed) = Event::new_with_event_init_dict("input", &how) {
        field.dispatch_event(&typed).ok();
    }
}

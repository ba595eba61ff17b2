//! The list with a box in each row, and what can be done with all that are ticked (L14).

use crate::ui::{Field, Form, FormState, Notice, Tick, TickAll, count_of, data::ServerAction, paths, provide_ticks};
use chrono::NaiveDate;
use domain::licenses::{Act, LicensesQuery, Many, ManyForm, ResellerRow};
use leptos::prelude::*;

use super::{api::ChangeMany, rows::Rows};

/// The rows, each with its box; what is done with the ticked ones shows once there is one.
#[component]
pub fn TickedRows(
    /// In the order of the list.
    rows: Vec<ResellerRow>,
    /// The view that they are of.
    view: LicensesQuery,
    /// Whether they can be edited.
    may_edit: bool,
    /// Whether they can be paid for.
    may_pay: bool,
    /// The day in the reseller's time zone.
    today: NaiveDate,
    /// Another page is on its way.
    busy: Signal<bool>,
    /// Does it.
    many: ServerAction<ChangeMany>,
    /// Told what was done.
    on_done: Callback<Many>,
    /// Which rows were shown before.
    last: StoredValue<Option<Vec<String>>>,
) -> impl IntoView {
    provide_ticks();
    let ids: Vec<_> = rows.iter().map(|row| row.id.to_string()).collect();
    view! {
        <Form
            action=many
            class="many"
            label="Ticked licenses"
            id="many"
            hidden=("back", paths::licenses(&view))
            on_done=on_done
            clears=true
        >
            <TickAll ids=ids last=last />
            <Rows rows=rows busy=busy ticks=true />
            <div class="many-bar">
                {may_edit.then(|| view! {
                    <Field
                        name=ManyForm::DATE
                        label="Customer paid date"
                        kind="date"
                        width="medium"
                        max=today.to_string()
                        value=today.to_string()
                    />
                })}
                <div class="actions" data-fit>
                    {may_pay.then(|| view! { <ActButton act=Act::Pay kind="main" /> })}
                    {may_edit.then(|| view! {
                        <ActButton act=Act::MarkPaid />
                        <ActButton act=Act::Resend />
                    })}
                </div>
            </div>
        </Form>
    }
}

#[component]
fn ActButton(act: Act, #[prop(optional)] kind: Option<&'static str>) -> impl IntoView {
    let form = FormState::around();
    let busy = move || form.is_some_and(|form| form.pending()).then_some("true");
    view! {
        <button class="button" data-kind=kind name=ManyForm::ACT value=act.word() aria-busy=busy>
            {act.label()}
        </button>
    }
}

/// The box of one row.
#[component]
pub fn LicenseTick(
    /// The license.
    row: ResellerRow,
) -> impl IntoView {
    let label = format!("Select {}, {}, {}", row.product, row.customer, row.key);
    view! { <Tick name=ManyForm::name(row.id) id=row.id.to_string() label=label /> }
}

/// What was done with them.
pub fn said(many: Many) -> impl IntoView {
    let licenses = count_of(many.done as i64, "license", "licenses");
    let (title, why) = match many.act {
        Act::MarkPaid => {
            (format!("Customer paid was set for {licenses}. "), "they were paid before, or have ended for good")
        }
        Act::Pay => (format!("{licenses} can be paid for. "), "they are paid already"),
        Act::Resend => {
            (format!("The details of {licenses} are being sent. "), "they are suspended, or have ended for good")
        }
    };
    let left = many.of.saturating_sub(many.done);
    let left = (left > 0).then(|| format!("{left} of {} ticked stayed as they are: {why}.", many.of));
    let kind = if many.done == 0 { "info" } else { "good" };
    view! { <Notice kind=kind><strong>{title}</strong>{left}</Notice> }
}

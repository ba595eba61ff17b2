//! The list with a box in each row, and what can be done with all that are ticked (L14).

use chrono::NaiveDate;
use domain::{
    LicenseId,
    licenses::{Act, LicensesQuery, Many, ManyForm, ResellerRow},
};
use leptos::{html, prelude::*};

use super::{api::ChangeMany, rows::Rows};
use crate::{
    paths,
    ui::{Field, Form, FormState, Notice, count_of},
};

/// What the boxes know of each other.
#[derive(Clone, Copy)]
struct Ticks {
    /// Told when all are ticked or unticked at once.
    all: RwSignal<Option<bool>>,
    /// The box that does it.
    input: NodeRef<html::Input>,
}

/// The rows, each with its box; what is done with the ticked ones shows once there is one.
#[component]
pub fn TickedRows(
    /// In the order of the list.
    rows: Vec<ResellerRow>,
    /// The view that they are of.
    view: LicensesQuery,
    /// The day in the reseller's time zone.
    today: NaiveDate,
    /// Another page is on its way.
    busy: Signal<bool>,
    /// Does it.
    many: ServerAction<ChangeMany>,
    /// Told what was done.
    on_done: Callback<Many>,
    /// Which rows were shown before.
    last: StoredValue<Option<Vec<LicenseId>>>,
) -> impl IntoView {
    provide_context(Ticks { all: RwSignal::new(None), input: NodeRef::new() });
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
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
                <Field
                    name=ManyForm::DATE
                    label="Customer paid date"
                    kind="date"
                    width="medium"
                    max=today.to_string()
                    value=today.to_string()
                />
                <div class="actions" data-fit>
                    <ActButton act=Act::MarkPaid kind="main" />
                    <ActButton act=Act::Resend />
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

/// `Select all on this page`. Its value names them, so that it means them all without script, too.
#[component]
fn TickAll(ids: Vec<LicenseId>, last: StoredValue<Option<Vec<LicenseId>>>) -> impl IntoView {
    let Ticks { all, input } = expect_context();
    let form = FormState::around();
    let id = form.map_or_else(|| ManyForm::ALL.to_owned(), |form| form.field_id(ManyForm::ALL));
    let checked = form.and_then(|form| form.typed(ManyForm::ALL)).is_some();
    let value = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    // A tick belongs to a license and not to a place in the list: other rows are not ticked.
    Effect::new(move |_| {
        let Some(input) = input.get() else { return };
        if last.get_value().is_some_and(|before| before != ids)
            && let Some(form) = input.form()
        {
            form.reset();
        }
        last.set_value(Some(ids.clone()));
    });
    view! {
        <div class="check">
            <input
                node_ref=input
                type="checkbox"
                id=id.clone()
                name=ManyForm::ALL
                value=value
                checked=checked
                autocomplete="off"
                on:change:target=move |event| all.set(Some(event.target().checked()))
            />
            <label for=id>"Select all on this page"</label>
        </div>
    }
}

/// The box of one row.
#[component]
pub fn Tick(
    /// The license.
    row: ResellerRow,
) -> impl IntoView {
    let ticks = use_context::<Ticks>();
    let name = ManyForm::name(row.id);
    let typed = |name: &str| FormState::around().and_then(|form| form.typed(name));
    let by_all = typed(ManyForm::ALL).is_some_and(|all| all.contains(&row.id.to_string()));
    let checked = by_all || typed(&name).is_some();
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let (Some(all), Some(input)) = (ticks.and_then(|ticks| ticks.all.get()), input.get_untracked()) {
            input.set_checked(all);
        }
    });
    let label = format!("Select {}, {}, {}", row.product, row.customer, row.key);
    view! {
        <label>
            <input
                node_ref=input
                type="checkbox"
                name=name
                checked=checked
                aria-label=label
                autocomplete="off"
                on:change:target=move |event| {
                    let all = ticks.and_then(|ticks| ticks.input.get_untracked());
                    if let Some(all) = all.filter(|_| !event.target().checked()) {
                        all.set_checked(false);
                    }
                }
            />
            <span aria-hidden="true">"Select"</span>
        </label>
    }
}

/// What was done with them.
pub fn said(many: Many) -> impl IntoView {
    let licenses = count_of(many.done as i64, "license", "licenses");
    let (title, why) = match many.act {
        Act::MarkPaid => {
            (format!("Customer paid was set for {licenses}. "), "they were paid before, or have ended for good")
        }
        Act::Resend => (format!("The details of {licenses} were sent. "), "they are suspended, or have ended for good"),
    };
    let left = many.of.saturating_sub(many.done);
    let left = (left > 0).then(|| format!("{left} of {} ticked stayed as they are: {why}.", many.of));
    let kind = if many.done == 0 { "info" } else { "good" };
    view! { <Notice kind=kind><strong>{title}</strong>{left}</Notice> }
}

//! The list of licenses: searched, filtered, sorted and paged, all in the address (L14).

use crate::ui::{
    Empty, ExportCsv, Icon, LiveBanner, Load, Only, PageHead, Pager, count_of,
    data::{Resource, ServerAction},
    paths, thousands,
};
use domain::{
    Deed,
    accounts::Unpaid,
    licenses::{Act, Licenses, LicensesQuery, Many},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{self, ChangeMany},
    filters::Filters,
    many::{TickedRows, said},
    rows::Rows,
};

/// The reseller's licenses.
#[component]
pub fn LicensesPage(
    /// Whether the rows can be ticked and changed.
    may_edit: bool,
    /// Whether the rows can be ticked and paid for.
    may_pay: bool,
) -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(|query| LicensesQuery::read(|name| query.get(name))));
    let page = Resource::new(
        move || wanted.get(),
        |view| async move { api::list(view.clone()).await.map(|licenses| (view, licenses)) },
    );
    let last = StoredValue::new(None);
    let change = Changing {
        may_edit,
        may_pay,
        many: ServerAction::new(),
        done: RwSignal::new(None),
        last: StoredValue::new(None),
        refresh: Callback::new(move |()| page.refetch()),
    };
    // What was done in this view, by a form with or without script.
    let done = move || {
        let here = change.done.get().filter(|(view, _)| wanted.with(|wanted| wanted == view)).map(|(_, done)| done);
        here.or_else(|| query.with(|query| query.get("done")).and_then(|done| done.parse().ok()))
    };
    view! {
        {move || done().map(said)}
        <PageHead title="Licenses">
            <Only may=Deed::CreateLicenses>
                <a class="button" data-kind="main" href=paths::NEW_LICENSE>
                    <Icon name="plus" />
                    "Create license"
                </a>
            </Only>
        </PageHead>
        <Load from=page let:shown>
            <LiveBanner version=shown.1.version refresh=Callback::new(move |()| page.refetch()) />
            <Shown view=shown.0 licenses=shown.1 wanted=wanted last=last change=change />
        </Load>
    }
}

/// Changing many of the rows at once.
#[derive(Clone, Copy)]
struct Changing {
    may_edit: bool,
    may_pay: bool,
    many: ServerAction<ChangeMany>,
    done: RwSignal<Option<(LicensesQuery, Many)>>,
    last: StoredValue<Option<Vec<String>>>,
    refresh: Callback<()>,
}

#[component]
fn Shown(
    view: LicensesQuery,
    licenses: Licenses,
    wanted: Memo<LicensesQuery>,
    last: StoredValue<Option<LicensesQuery>>,
    change: Changing,
) -> impl IntoView {
    if licenses.rows.is_empty() && !view.narrowed() && view.sort.is_none() && view.after.is_none() {
        return none_yet().into_any();
    }
    let shown = StoredValue::new(view.clone());
    let busy = Signal::derive(move || wanted.with(|wanted| shown.with_value(|shown| shown != wanted)));
    let at = |after| paths::licenses(&LicensesQuery { after, ..view.clone() });
    let first = view.after.is_some().then(|| at(None));
    let next = licenses.next.map(|after| at(Some(after)));
    view! {
        <Filters view=view.clone() products=licenses.products customer=licenses.customer last=last />
        <div class="cluster">
            <Standing matching=licenses.matching at_least=licenses.at_least unpaid=licenses.unpaid />
            {(!licenses.rows.is_empty()).then(|| view! { <ExportCsv href=paths::licenses_csv(&view) /> })}
        </div>
        {if licenses.rows.is_empty() {
            nothing_found().into_any()
        } else if change.may_edit || change.may_pay {
            let on_done = Callback::new(move |many: Many| {
                // That is another page.
                if many.act == Act::Pay {
                    return;
                }
                change.done.set(Some((shown.get_value(), many)));
                change.refresh.run(());
            });
            view! {
                <TickedRows
                    rows=licenses.rows
                    view=view
                    may_edit=change.may_edit
                    may_pay=change.may_pay
                    today=licenses.today
                    busy=busy
                    many=change.many
                    on_done=on_done
                    last=change.last
                />
            }
            .into_any()
        } else {
            view! { <Rows rows=licenses.rows busy=busy /> }.into_any()
        }}
        <Pager first=first next=next />
    }
    .into_any()
}

/// How many there are, and how many more there may be.
#[component]
fn Standing(matching: i64, at_least: bool, unpaid: Unpaid) -> impl IntoView {
    let matching = match at_least {
        true => format!("{}+ licenses", thousands(matching)),
        false => count_of(matching, "license", "licenses"),
    };
    let left = format!("{} of {} unpaid slots left", unpaid.left(), unpaid.cap);
    view! {
        <p class="cluster muted">
            <output>{matching}</output>
            <span>{left}</span>
        </p>
    }
}

fn nothing_found() -> impl IntoView {
    view! {
        <Empty icon="search" title="Nothing matches" text="No license of yours fits this search and these filters.">
            <a class="button" href=paths::LICENSES>
                "Clear filters"
            </a>
        </Empty>
    }
}

fn none_yet() -> impl IntoView {
    view! {
        <Only
            may=Deed::CreateLicenses
            otherwise=|| view! { <Empty icon="key" title="No licenses yet" text="Nobody of your team has created one." /> }
        >
            <Empty
                icon="key"
                title="No licenses yet"
                text="Create the first one: choose a product, then a customer. The keys are there at once."
            >
                <a class="button" data-kind="main" href=paths::NEW_LICENSE>
                    "Create license"
                </a>
            </Empty>
        </Only>
    }
}

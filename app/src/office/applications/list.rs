//! The queue of applications: those that wait oldest first, those that were decided newest first.

use crate::shared::applications::api;
use crate::ui::{
    Column::{Number, Words},
    Empty, ExportCsv, Load, PageHead, Pill, Table, Time,
    data::Resource,
    paths,
};
use domain::applications::{ApplicationRow, Applications, ApplicationsQuery, State};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The queue of applications.
#[component]
pub fn ApplicationsPage() -> impl IntoView {
    let query = use_query_map();
    let view = Memo::new(move |_| {
        query.with(|query| ApplicationsQuery {
            state: query.get("state").and_then(|word| State::from_word(&word)),
            after: query.get("after").and_then(|after| after.parse().ok()),
        })
    });
    let page =
        Resource::new(move || view.get(), |view| async move { api::list(view.clone()).await.map(|page| (view, page)) });
    view! {
        <PageHead title="Applications" />
        <Load from=page let:shown>
            <Page view=shown.0 page=shown.1 />
        </Load>
    }
}

#[component]
fn Page(view: ApplicationsQuery, page: Applications) -> impl IntoView {
    let state = view.state.unwrap_or(State::Applied);
    let at = |after| paths::applications(&ApplicationsQuery { after, ..view.clone() });
    let first = view.after.is_some().then(|| at(None));
    let next = page.next.map(|after| at(Some(after)));
    let (first_name, next_name) = if state == State::Applied { ("Oldest", "Newer") } else { ("Newest", "Older") };
    let link = |rel, name, address: Option<String>| {
        address.map(|address| view! { <a class="button" rel=rel href=address>{name}</a> })
    };
    let pager = (first.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="Pages">{link("prev", first_name, first)} {link("next", next_name, next)}</nav>
        }
    });
    view! {
        <Chips state=state />
        {if page.rows.is_empty() {
            none(state).into_any()
        } else {
            view! {
                <div class="cluster"><ExportCsv href=paths::applications_csv(&view) /></div>
                <Rows rows=page.rows />
            }
            .into_any()
        }}
        {pager}
    }
}

#[component]
fn Chips(state: State) -> impl IntoView {
    let chip = |which: State| {
        let view = ApplicationsQuery { state: (which != State::Applied).then_some(which), after: None };
        let current = (which == state).then_some("true");
        view! { <a class="chip" href=paths::applications(&view) aria-current=current>{which.label()}</a> }
    };
    view! {
        <div class="chips" role="group" aria-label="Quick filters">
            {State::ALL.iter().copied().map(chip).collect_view()}
        </div>
    }
}

fn none(state: State) -> impl IntoView {
    let (title, text) = match state {
        State::Applied => {
            ("No application is waiting", "Whoever applies as a reseller on the first page appears here.")
        }
        State::Approved => ("None approved yet", "Applications that have become accounts appear here."),
        State::Rejected => ("None rejected yet", "That an application was rejected stays here; who it was is erased."),
    };
    view! { <Empty icon="people" title=title text=text /> }
}

#[component]
fn Rows(rows: Vec<ApplicationRow>) -> impl IntoView {
    view! {
        <Table
            name="Applications"
            columns=&[Words("Organisation"), Words("E-mail"), Words("Country"), Words("State"), Number("Applied")]
        >
            {rows.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}
        </Table>
    }
}

#[component]
fn Row(row: ApplicationRow) -> impl IntoView {
    let (organisation, name, email, country) = match row.person {
        Some(person) => (person.organisation, person.name, person.email, person.country),
        None => ("Erased".to_owned(), String::new(), String::new(), String::new()),
    };
    view! {
        <tr>
            <td class="title">
                <a class="row" href=paths::application(row.id)><bdi>{organisation}</bdi></a>
                <small><bdi>{name}</bdi></small>
            </td>
            <td><bdi>{email}</bdi></td>
            <td data-side="start"><bdi>{country}</bdi></td>
            <td class="state"><Pill word=pill(row.state) label=row.state.label() /></td>
            <td class="num" data-side="end"><Time at=row.created /></td>
        </tr>
    }
}

/// The colour of a state: one of those that the style knows.
pub(super) const fn pill(state: State) -> &'static str {
    match state {
        State::Applied => "submitted",
        State::Approved => "executed",
        State::Rejected => "canceled",
    }
}

//! Accounts as rows, or as cards where there is no room for rows.

use crate::ui::{
    Column::{Newest, Number, Words},
    Pill, Table, Tick, Time, paths, thousands,
};
use domain::{accounts::AccountRow, ticks::Ticks};
use leptos::prelude::*;

/// The accounts of one page.
#[component]
pub fn Rows(
    /// Newest first.
    rows: Vec<AccountRow>,
    /// Another page is on its way.
    busy: Signal<bool>,
    /// Whether each has a box to tick.
    #[prop(optional)]
    ticks: bool,
) -> impl IntoView {
    let row = move |row: AccountRow| view! { <Row row=row ticks=ticks /> };
    view! {
        <Table
            name="Accounts"
            columns=&[Words("Account"), Words("E-mail"), Words("State"), Number("Customers"), Number("Licenses"), Newest("Added")]
            busy=busy
            ticks=ticks
        >
            {rows.into_iter().map(row).collect_view()}
        </Table>
    }
}

#[component]
fn Row(row: AccountRow, ticks: bool) -> impl IntoView {
    let (word, label) = match (row.suspended, row.ready) {
        (true, _) => ("suspended", "Suspended"),
        (false, true) => ("active", "Ready"),
        (false, false) => ("activation", "Not ready"),
    };
    let tick = ticks.then(|| {
        let (name, label) = (Ticks::name("account", row.id), format!("Select {}", row.name));
        view! { <td class="tick"><Tick name=name id=row.id.to_string() label=label /></td> }
    });
    view! {
        <tr>
            {tick}
            <td class="title"><a class="row" href=paths::office_account(row.id)><bdi>{row.name}</bdi></a></td>
            <td><bdi>{row.email}</bdi></td>
            <td class="state"><Pill word=word label=label /></td>
            <td class="num" data-side="start" data-label="Customers">{thousands(row.customers)}</td>
            <td class="num" data-side="end" data-label="Licenses">{thousands(row.licenses)}</td>
            <td class="num" data-label="Added"><Time at=row.created /></td>
        </tr>
    }
}

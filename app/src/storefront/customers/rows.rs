//! Customers as rows, or as cards where there is no room for rows.

use crate::ui::{Time, paths, thousands};
use domain::customers::CustomerRow;
use leptos::prelude::*;

use super::StatePill;

/// The customers of one page.
#[component]
pub fn Rows(
    /// Newest first.
    rows: Vec<CustomerRow>,
    /// Another page is on its way.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="list" aria-busy=move || busy.get().to_string()>
            <table>
                <caption class="visually-hidden">"Customers"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Customer"</th>
                        <th scope="col">"E-mail"</th>
                        <th scope="col">"State"</th>
                        <th scope="col" class="num">"Licenses"</th>
                        <th scope="col" class="num" aria-sort="descending">"Created"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: CustomerRow) -> impl IntoView {
    let person = (row.person != row.name).then(|| view! { <small><bdi>{row.person}</bdi></small> });
    let undelivered = row.undelivered.then(|| view! { " "<small>"Mail not delivered"</small> });
    view! {
        <tr>
            <td class="title">
                <a class="row" href=paths::customer(row.id)><bdi>{row.name}</bdi></a>
                {person}
            </td>
            <td><bdi>{row.email}</bdi></td>
            <td class="state"><StatePill state=row.state />{undelivered}</td>
            <td class="num" data-side="start" data-label="Licenses">{thousands(row.licenses)}</td>
            <td class="num" data-side="end" data-label="Created"><Time at=row.created /></td>
        </tr>
    }
}

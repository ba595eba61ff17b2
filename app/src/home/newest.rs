//! The newest licenses on the reseller's home.

use domain::licenses::ResellerRow;
use leptos::prelude::*;

use crate::{
    paths,
    ui::{Pill, Time},
};

/// The newest licenses, and the way to all.
#[component]
pub fn Newest(
    /// Newest first.
    rows: Vec<ResellerRow>,
) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="newest">
            <div class="section-head">
                <h2 id="newest">"Newest licenses"</h2>
                <a href=paths::LICENSES>"All licenses"</a>
            </div>
            <div class="list">
                <table>
                    <caption class="visually-hidden">"Newest licenses"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Product"</th>
                            <th scope="col">"Customer"</th>
                            <th scope="col">"Key"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Payment"</th>
                            <th scope="col" class="num">
                                "Created"
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Row(row: ResellerRow) -> impl IntoView {
    let payment = row.payment.map(|payment| view! { <Pill word=payment.word() label=payment.label() /> });
    view! {
        <tr>
            <td class="title">
                <a class="row" href=paths::license(row.id)>
                    {row.product}
                </a>
                <small>{format!("{}, {}", row.option, row.license_type.label().to_lowercase())}</small>
            </td>
            <td data-side="start">
                <bdi>{row.customer}</bdi>
            </td>
            <td data-side="start">
                <code class="key">{row.key}</code>
            </td>
            <td class="state">
                <Pill word=row.state.word() label=row.state.label() />
            </td>
            <td data-side="end">{payment}</td>
            <td class="num" data-side="end">
                <Time at=row.created />
            </td>
        </tr>
    }
}

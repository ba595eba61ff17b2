//! Licenses as rows, or as cards where there is no room for rows.

use crate::ui::{Pill, Time, paths};
use domain::licenses::ResellerRow;
use leptos::prelude::*;

use super::many::LicenseTick;

/// The licenses of one page.
#[component]
pub fn Rows(
    /// In the order of the list.
    rows: Vec<ResellerRow>,
    /// Whether each says whose it is; not on the page of one customer.
    #[prop(default = true)]
    with_customer: bool,
    /// Another page is on its way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether each has a box to tick.
    #[prop(optional)]
    ticks: bool,
) -> impl IntoView {
    let row = |row: ResellerRow| view! { <Row row=row with_customer=with_customer ticks=ticks /> };
    view! {
        <div class="list" aria-busy=move || busy.get().to_string()>
            <table>
                <caption class="visually-hidden">"Licenses"</caption>
                <thead>
                    <tr>
                        {ticks.then(|| view! { <th scope="col"><span class="visually-hidden">"Select"</span></th> })}
                        <th scope="col">"Product"</th>
                        {with_customer.then(|| view! { <th scope="col">"Customer"</th> })}
                        <th scope="col">"Key"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Payment"</th>
                        <th scope="col" class="extra">"Customer paid"</th>
                        <th scope="col" class="extra num">"Valid until"</th>
                        <th scope="col" class="num">"Created"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: ResellerRow, with_customer: bool, ticks: bool) -> impl IntoView {
    let what = what(&row);
    let customer = with_customer.then(|| view! { <td data-side="start"><bdi>{row.customer.clone()}</bdi></td> });
    let (paid, told) = if row.customer_paid { ("Yes", Some("Customer paid")) } else { ("No", None) };
    let ends = row.valid_until.is_some().then_some("Valid until");
    let until = row.valid_until.clone().map(|at| view! { <Time at=at /> });
    view! {
        <tr>
            {ticks.then(|| view! { <td class="tick"><LicenseTick row=row.clone() /></td> })}
            <td class="title">
                <a class="row" href=paths::license(row.id)>{row.product.clone()}</a>
                <small>{what}</small>
            </td>
            {customer}
            <td data-side="start"><code class="key">{row.key.clone()}</code></td>
            <td class="state"><Pill word=row.state.word() label=row.state.label() /></td>
            <td data-side="end">{payment(&row)}</td>
            <td class="extra" data-label=told>
                {paid}
            </td>
            <td class="extra num" data-label=ends>
                {until}
            </td>
            <td class="num" data-side="end"><Time at=row.created /></td>
        </tr>
    }
}

/// The option and what it was bought as, where the option's name does not say so already.
fn what(row: &ResellerRow) -> String {
    let bought = row.license_type.label().to_lowercase();
    let says_so = row.option.to_lowercase().contains(&bought);
    if says_so { row.option.clone() } else { format!("{}, {bought}", row.option) }
}

/// Whether the operator has been paid; a trial costs nothing, so there is nothing to say.
pub(super) fn payment(row: &ResellerRow) -> Option<impl IntoView + use<>> {
    row.payment.map(|payment| view! { <Pill word=payment.word() label=payment.label() /> })
}

//! The license options of a product.

use crate::ui::{
    Column::{Number, Words},
    Empty, RowName, Table, count_of, paths,
};
use domain::products::{OptionRow, ProductPage};
use leptos::prelude::*;

use super::SalePill;

/// All of them, in their order.
#[component]
pub fn Options(
    /// The product.
    page: ProductPage,
) -> impl IntoView {
    let (product, may_edit) = (page.id, page.may_edit);
    let row = move |row: OptionRow| {
        let address = may_edit.then(|| paths::option(product, row.id));
        view! { <Row row=row address=address /> }
    };
    view! {
        <section class="section" aria-labelledby="options">
            <div class="section-head">
                <h2 id="options">"Options"</h2>
            </div>
            {if page.options.is_empty() {
                view! {
                    <Empty
                        icon="box"
                        title="No options yet"
                        text="An option is what a reseller picks: a primary or an additional license, at a list price."
                    />
                }
                    .into_any()
            } else {
                view! {
                    <Table name="Options" columns=&[Words("Option"), Words("State"), Words("Kind"), Number("List price")]>
                        {page.options.into_iter().map(row).collect_view()}
                    </Table>
                }
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn Row(row: OptionRow, address: Option<String>) -> impl IntoView {
    let what = format!("{}, {}", row.billing.label(), count_of(row.activations, "computer", "computers"));
    let prices = row.prices.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    view! {
        <tr>
            <td class="title">
                <RowName name=row.name address=address />
                <small>{what}</small>
            </td>
            <td class="state">
                <SalePill active=row.active />
            </td>
            <td data-side="start">{row.kind.label()}</td>
            <td class="num" data-side="end" data-label="List price">
                {prices}
            </td>
        </tr>
    }
}

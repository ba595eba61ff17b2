//! The prices of a price list, by product, option and quantity.

use crate::ui::{
    Column::{Number, Words},
    Empty, RowName, Table, paths,
};
use domain::price_lists::{EntryRow, PriceListPage, Rule};
use leptos::prelude::*;

/// All of them.
#[component]
pub fn Prices(
    /// The price list.
    page: PriceListPage,
) -> impl IntoView {
    let rest = match page.form.percent_off.as_str() {
        "" => "Options without a price here are not offered.".to_owned(),
        off => format!("Options without a price here are offered at {off} % off the list price."),
    };
    let (list, may_edit) = (page.id, page.may_edit);
    let address = move |row: &EntryRow| may_edit.then(|| paths::price(list, row.option, row.entry.from));
    let row = move |row: EntryRow| view! { <Row address=address(&row) row=row /> };
    view! {
        <section class="section" aria-labelledby="prices">
            <div class="section-head">
                <h2 id="prices">"Prices"</h2>
            </div>
            <p class="hint">{rest}</p>
            {if page.entries.is_empty() {
                view! {
                    <Empty
                        icon="bill"
                        title="No prices of its own"
                        text="A price is fixed, or a percentage off the list price, from a quantity on."
                    />
                }
                    .into_any()
            } else {
                view! {
                    <Table
                        name="Prices"
                        columns=&[Words("Option"), Number("From quantity"), Words("Price"), Number("List price"), Number("Each")]
                    >
                        {page.entries.into_iter().map(row).collect_view()}
                    </Table>
                }
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn Row(row: EntryRow, address: Option<String>) -> impl IntoView {
    let rule = match row.entry.rule {
        Rule::Fixed(_) => "Fixed price".to_owned(),
        Rule::PercentOff(off) => format!("{off} off"),
    };
    let list_price = row.list_price.map_or_else(|| "None".to_owned(), |price| price.to_string());
    let unit = row.unit.map_or_else(|| "Not offered".to_owned(), |unit| unit.to_string());
    view! {
        <tr>
            <td class="title"><RowName name=row.name address=address /></td>
            <td class="num" data-side="start" data-label="From quantity">
                {row.entry.from}
            </td>
            <td data-side="start">{rule}</td>
            <td class="num" data-side="end" data-label="List price">
                {list_price}
            </td>
            <td class="num" data-side="end" data-label="Each">
                <strong>{unit}</strong>
            </td>
        </tr>
    }
}

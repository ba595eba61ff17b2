//! The ledger of an account: what it was charged, what it paid, what was credited.

use crate::ui::{
    Column::{Newest, Number, Words},
    Empty, ExportCsv, RowName, Table, Time, paths,
};
use domain::{AccountId, billing::AccountEntry};
use leptos::prelude::*;

/// The ledger, newest first.
#[component]
pub fn Ledger(
    /// The account.
    id: AccountId,
    /// A page of it.
    entries: Vec<AccountEntry>,
) -> impl IntoView {
    let list = match entries.is_empty() {
        true => {
            let text = "Charges, payments and credits of this account appear here.";
            view! { <Empty icon="bill" title="Nothing yet" text=text /> }.into_any()
        }
        false => view! { <Rows entries=entries /> }.into_any(),
    };
    view! {
        <section class="section" aria-labelledby="ledger">
            <div class="section-head">
                <h2 id="ledger">"Ledger"</h2>
                <ExportCsv href=paths::office_ledger_csv(id) />
            </div>
            {list}
        </section>
    }
}

#[component]
fn Rows(entries: Vec<AccountEntry>) -> impl IntoView {
    view! {
        <Table name="Ledger" columns=&[Words("Entry"), Words("Order"), Number("Owed"), Newest("Entered")]>
            {entries.into_iter().map(row).collect_view()}
        </Table>
    }
}

fn row(entry: AccountEntry) -> impl IntoView {
    let AccountEntry { at, entry, order, note, .. } = entry;
    // What cannot be counted the other way round is shown as it is.
    let owed = entry.owed().unwrap_or(entry.amount);
    let order = order.map(|number| {
        view! { <RowName name=number.to_string() address=Some(paths::office_order(number)) /> }
    });
    view! {
        <tr>
            <td class="title">{entry.words()}{note.map(|note| view! { <small><bdi>{note}</bdi></small> })}</td>
            <td data-side="start">{order}</td>
            <td class="num" data-side="end">{owed.to_string()}</td>
            <td class="num" data-side="start"><Time at=at /></td>
        </tr>
    }
}

//! The list with a box in each row, and the price list that all that are ticked are given (P2, L14).

use crate::ui::{Form, Notice, Select, Submit, TickAll, count_of, data::ServerAction, paths, provide_ticks};
use domain::{
    PriceListId,
    accounts::{AccountRow, AccountsQuery},
    ticks::Tally,
};
use leptos::prelude::*;

use super::{api::AssignToMany, rows::Rows};

/// The rows, each with its box; what is done with the ticked ones shows once there is one.
#[component]
pub fn TickedRows(
    /// Newest first.
    rows: Vec<AccountRow>,
    /// The view that they are of.
    view: AccountsQuery,
    /// Those that can be assigned: id, and name with currency.
    price_lists: Vec<(PriceListId, String)>,
    /// Another page is on its way.
    busy: Signal<bool>,
    /// Does it.
    assign: ServerAction<AssignToMany>,
    /// Told with how many it was done.
    on_done: Callback<Tally>,
    /// Which rows were shown before.
    last: StoredValue<Option<Vec<String>>>,
) -> impl IntoView {
    provide_ticks();
    let ids = rows.iter().map(|row| row.id.to_string()).collect();
    let offered = price_lists.into_iter().map(|(id, name)| (id.to_string(), name));
    let options = std::iter::once((String::new(), "Choose".to_owned())).chain(offered).collect();
    view! {
        <Form
            action=assign
            class="many"
            label="Ticked accounts"
            id="many"
            hidden=("back", paths::office_accounts(&view))
            on_done=on_done
            clears=true
        >
            <TickAll ids=ids last=last />
            <Rows rows=rows busy=busy ticks=true />
            <div class="many-bar">
                <Select name="price_list" label="Price list" options=options />
                <div class="actions" data-fit><Submit label="Assign price list" /></div>
            </div>
        </Form>
    }
}

/// What was done with them.
pub fn said(Tally { done, of }: Tally) -> impl IntoView {
    let title = format!("The price list was assigned to {}. ", count_of(done as i64, "account", "accounts"));
    let left = of.saturating_sub(done);
    let left = (left > 0).then(|| {
        format!("{left} of {of} ticked stayed as they are: they have another currency, or had that price list already.")
    });
    let kind = if done == 0 { "info" } else { "good" };
    view! { <Notice kind=kind><strong>{title}</strong>{left}</Notice> }
}

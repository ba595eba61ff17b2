//! The price lists as a table, a line for each of their prices.

use domain::{
    Deed, PriceListId,
    price_lists::{EntryRow, Rule},
};
use store::price_lists::Edited;

use super::list::entry_rows;
use crate::{
    Cx, Error, accounts,
    export::{self, Part},
};

/// Its columns, in the words of the screen.
pub const COLUMNS: [&str; 13] = [
    "Price list",
    "State",
    "Currency",
    "First day",
    "Last day",
    "Percent off everything",
    "Accounts",
    "Option",
    "From quantity",
    "Fixed price",
    "Percent off",
    "List price",
    "Price of one",
];

/// Price lists of a part: each brings its prices.
const LISTS: usize = 20;

/// The part from below a price list on.
///
/// # Errors
/// When the actor may not see them.
pub async fn export(cx: &Cx, after: Option<PriceListId>) -> Result<Part<13>, Error> {
    cx.may(Deed::SeePrices)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let today = zone.day(cx.now());
    let mut lists = store::price_lists::page(&mut tx, after, LISTS as i64 + 1).await?;
    let next = export::next(&mut lists, LISTS, |last| last.list.id.to_string());
    let mut rows = Vec::new();
    for edited in lists {
        let entries = entry_rows(&mut tx, &edited.list).await?;
        let state = edited.list.state(today).label();
        match entries.is_empty() {
            true => rows.push(row(&edited, state, None)),
            false => rows.extend(entries.iter().map(|entry| row(&edited, state, Some(entry)))),
        }
    }
    Ok(Part { rows, next })
}

fn row(edited: &Edited, state: &str, entry: Option<&EntryRow>) -> [String; 13] {
    let list = &edited.list;
    let [option, from, fixed, percent, list_price, unit] = match entry {
        Some(row) => {
            let (fixed, percent) = match row.entry.rule {
                Rule::Fixed(price) => (price.plain(), String::new()),
                Rule::PercentOff(off) => (String::new(), off.plain()),
            };
            let amount = |money: Option<domain::Money>| money.map(domain::Money::plain).unwrap_or_default();
            [row.name.clone(), row.entry.from.to_string(), fixed, percent, amount(row.list_price), amount(row.unit)]
        }
        None => Default::default(),
    };
    [
        list.name.clone(),
        state.to_owned(),
        list.currency.code().to_owned(),
        list.starts.to_string(),
        list.ends.map(|day| day.to_string()).unwrap_or_default(),
        list.percent_off.map(domain::BasisPoints::plain).unwrap_or_default(),
        // Counted no further than people read.
        if edited.accounts >= 1_000 { "1000 or more".to_owned() } else { edited.accounts.to_string() },
        option,
        from,
        fixed,
        percent,
        list_price,
        unit,
    ]
}

//! The list of customers as a table.

use domain::{Deed, customers::CustomersQuery, licenses::SearchText};

use crate::{
    Cx, Error, accounts,
    export::{PART, Part},
};

/// Its columns, in the words of the screen.
pub const COLUMNS: [&str; 6] = ["Customer", "Name", "E-mail", "State", "Licenses", "Created"];

/// The part that begins where the view does.
///
/// # Errors
/// When the actor may not see them.
pub async fn export(cx: &Cx, query: &CustomersQuery) -> Result<Part<6>, Error> {
    cx.may(Deed::SeeCustomers)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let search = SearchText::of(&query.q);
    if search.is_none() && !query.q.trim().is_empty() {
        return Ok(Part::empty());
    }
    let mut rows = store::customers::page(&mut tx, &cx.scope(), search.as_ref(), query.after, PART as i64 + 1).await?;
    let more = rows.len() > PART;
    rows.truncate(PART);
    let next = rows.last().filter(|_| more).map(|row| row.seq.to_string());
    let row = |row: store::customers::Customer| {
        let created = zone.day(row.created_at).to_string();
        [row.name, row.person, row.email, row.state.label().to_owned(), row.licenses.to_string(), created]
    };
    Ok(Part { rows: rows.into_iter().map(row).collect(), next })
}

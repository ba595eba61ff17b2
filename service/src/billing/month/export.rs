//! A month as a table: of one reseller, or of all, each with the rows of its screen.

use domain::{
    AccountId, Deed,
    billing::{Month, MonthEnd, MonthQuery, OfficeMonth},
};

use super::{
    office::{part, reseller},
    reckon::{Calendar, bounds},
};
use crate::{Cx, Error, accounts, export::Part};

/// The columns of the table of all resellers; that of one has all but the first.
pub const ALL_COLUMNS: [&str; 6] = {
    let [month, what, count, amount, currency] = MonthEnd::COLUMNS;
    ["Reseller", month, what, count, amount, currency]
};

/// How many resellers a part of the table has: ten rows each.
const RESELLERS: usize = 50;

/// The table of a month of the actor's account.
///
/// # Errors
/// When the actor may not see what the account owes.
pub async fn of_own(cx: &Cx, query: &MonthQuery) -> Result<Part<5>, Error> {
    cx.may(Deed::SeeBilling)?;
    let mut tx = cx.service.store.read().await?;
    let (account, _) = accounts::own(cx, &mut tx).await?;
    let calendar = Calendar::of(cx, &account)?;
    let month_end = calendar.month_end(&mut tx, calendar.asked(query.month)).await?;
    Ok(Part { rows: month_end.rows(), next: None })
}

/// The table of a month of one reseller.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not see it.
pub async fn of_any(cx: &Cx, id: AccountId, query: &MonthQuery) -> Result<Part<5>, Error> {
    cx.may(Deed::SeeInvoices)?;
    let mut tx = cx.service.store.read().await?;
    let account = reseller(&mut tx, id).await?;
    let calendar = Calendar::of(cx, &account)?;
    let month_end = calendar.month_end(&mut tx, calendar.asked(query.month)).await?;
    Ok(Part { rows: month_end.rows(), next: None })
}

/// A part of the table of a month of all resellers.
///
/// # Errors
/// When the actor may not see what resellers owe.
pub async fn all(cx: &Cx, query: &MonthQuery) -> Result<Part<6>, Error> {
    cx.may(Deed::SeeInvoices)?;
    let mut tx = cx.service.store.read().await?;
    let (operator, zone) = accounts::own(cx, &mut tx).await?;
    let (first, running) = bounds(&operator, zone, cx.now());
    let month = Month::asked(query.month, first, running);
    let (rows, next) = part(cx, &mut tx, month, query.after, RESELLERS).await?;
    Ok(Part { rows: rows.iter().flat_map(rows_of).collect(), next: next.map(|next| next.to_string()) })
}

fn rows_of(row: &OfficeMonth) -> Vec<[String; 6]> {
    let of =
        |[month, what, count, amount, currency]: [String; 5]| [row.name.clone(), month, what, count, amount, currency];
    row.month_end.rows().into_iter().map(of).collect()
}

//! What belongs to an account, as the operator reads it: its customers, licenses and history.

use domain::{
    AccountId, Deed,
    accounts::{AccountCustomers, AccountHistory, AccountLicenses, AccountOrders},
    audit::HistoryEntry,
    editions::Changed,
    orders::OrdersQuery,
};
use store::{
    audit::Event,
    licenses::{Listed, Page},
};

use super::page::opened;
use crate::{Cx, Error, customers, editions, licenses, moment::Zone, orders};

const PAGE: usize = 50;

/// The customers of an account, newest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account, or the actor may not see it.
pub async fn customers(cx: &Cx, id: AccountId, after: Option<&str>) -> Result<AccountCustomers, Error> {
    let mut tx = cx.service.store.read().await?;
    let (_, head, zone) = opened(cx, &mut tx, id).await?;
    let scope = cx.scope().narrowed(id).ok_or(Error::NotFound)?;
    let after = after.and_then(|after| after.parse().ok());
    let mut rows = store::customers::page(&mut tx, &scope, None, after, PAGE as i64 + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| row.seq.to_string());
    Ok(AccountCustomers { head, rows: rows.into_iter().map(|row| customers::row(row, zone)).collect(), next })
}

/// The licenses of an account, newest first; without its notes.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account, or the actor may not see it.
pub async fn licenses(cx: &Cx, id: AccountId, after: Option<&str>) -> Result<AccountLicenses, Error> {
    let mut tx = cx.service.store.read().await?;
    let (_, head, zone) = opened(cx, &mut tx, id).await?;
    let scope = cx.scope().narrowed(id).ok_or(Error::NotFound)?;
    let now = cx.now();
    let after = after.and_then(store::licenses::Place::parse);
    let page = Page { after, most: PAGE as i64 + 1, ..Page::default() };
    let mut rows = store::licenses::rows(&mut tx, &scope, &page, now).await?;
    let next = licenses::most(&mut rows, PAGE, Listed::place);
    let rows = rows.into_iter().map(|listed| licenses::row(listed, zone, now)).collect();
    Ok(AccountLicenses { head, rows, next, may_take_back: cx.actor.may(Deed::CreditInvoices) })
}

/// The orders of an account, newest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account, or the actor may not see it.
pub async fn orders(cx: &Cx, id: AccountId, query: &OrdersQuery) -> Result<AccountOrders, Error> {
    let mut tx = cx.service.store.read().await?;
    let (_, head, zone) = opened(cx, &mut tx, id).await?;
    let scope = cx.scope().narrowed(id).ok_or(Error::NotFound)?;
    let (rows, next) = orders::of_account(cx, &mut tx, &scope, query, zone).await?;
    Ok(AccountOrders { head, rows, next })
}

/// What was done with and by an account (X1), newest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account, or the actor may not see it.
pub async fn history(cx: &Cx, id: AccountId, after: Option<&str>) -> Result<AccountHistory, Error> {
    let mut tx = cx.service.store.read().await?;
    let (_, head, zone) = opened(cx, &mut tx, id).await?;
    let after = after.and_then(|after| after.parse().ok());
    let mut events = store::audit::of_account(&mut tx, id, after, PAGE as i64 + 1).await?;
    let more = events.len() > PAGE;
    events.truncate(PAGE);
    let next = events.last().filter(|_| more).map(|(seq, _)| seq.to_string());
    Ok(AccountHistory { head, entries: events.into_iter().map(|(_, event)| entry(event, zone)).collect(), next })
}

fn entry(event: Event, zone: Zone) -> HistoryEntry {
    let detail = event.detail.as_deref().and_then(words);
    HistoryEntry { at: zone.moment(event.at), who: event.who, what: event.what, detail }
}

/// The detail of an entry as the operator reads it: what stood and stands in each field, or the reason.
fn words(detail: &str) -> Option<String> {
    let detail: serde_json::Value = serde_json::from_str(detail).ok()?;
    if let Some(reason) = detail.get("reason").and_then(serde_json::Value::as_str) {
        return Some(reason.to_owned());
    }
    let quoted = |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("\u{201c}{text}\u{201d}") };
    let line = |c: &Changed| format!("{}: {}, before {}", c.name, quoted(&c.after), quoted(&c.before));
    match editions::read(&detail) {
        Some(changes) => Some(changes.iter().map(line).collect::<Vec<_>>().join("; ")),
        None => {
            let names = detail.get("changed")?.as_array()?;
            Some(names.iter().filter_map(serde_json::Value::as_str).collect::<Vec<_>>().join(", "))
        }
    }
}

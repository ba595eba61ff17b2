//! Reading the audit log: the operator all of it, an account its own part.

use std::sync::Arc;

use domain::{
    Deed, Timestamp,
    audit::{AuditLog, AuditQuery, AuditRow, OwnEntry, OwnHistory},
};
use store::{
    Tx,
    audit::{Listed, Own, Page},
};

use super::detail;
use crate::{Cx, Error, Service, accounts, moment::Zone};

const PAGE: i64 = 50;
const EXPORTED_AT_ONCE: i64 = 500;

/// A page of the whole log, newest first.
///
/// # Errors
/// When the actor may not see it.
pub async fn list(cx: &Cx, view: &AuditQuery) -> Result<AuditLog, Error> {
    cx.may(Deed::SeeAudit)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let account = match view.account {
        Some(id) => store::accounts::by_id(&mut tx, id).await?.map(|account| account.name),
        None => None,
    };
    let Some((page, person)) = asked(&mut tx, zone, view).await? else {
        return Ok(AuditLog { rows: Vec::new(), next: None, account, person: None });
    };
    let mut found = store::audit::page(&mut tx, &cx.scope(), &Page { most: PAGE + 1, ..page }).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|last| place(last.event.at, last.seq));
    Ok(AuditLog { rows: found.into_iter().map(|listed| row(listed, zone)).collect(), next, account, person })
}

/// What the store is asked, and the name of the person it is about; nothing when there is no such person.
async fn asked(tx: &mut Tx, zone: Zone, view: &AuditQuery) -> Result<Option<(Page, Option<String>)>, Error> {
    let person = match (view.contact, view.who.is_empty()) {
        (Some(id), _) => store::contacts::by_id(tx, id).await?,
        (None, false) => match store::contacts::by_login(tx, &view.who).await? {
            Some(person) => Some(person),
            None => return Ok(None),
        },
        (None, true) => None,
    };
    let page = Page {
        contact: view.contact.or(person.as_ref().map(|person| person.id)),
        account: view.account,
        what: view.what,
        subject: Some(view.subject.clone()).filter(|subject| !subject.is_empty()),
        from: view.from.map(|day| zone.start_of(day)),
        before: view.to.and_then(|day| day.succ_opt()).map(|day| zone.start_of(day)),
        after: view.after.as_deref().and_then(read_place),
        most: 0,
    };
    Ok(Some((page, person.map(|person| person.name()))))
}

fn row(Listed { event, account, .. }: Listed, zone: Zone) -> AuditRow {
    AuditRow {
        id: event.id,
        at: zone.moment(event.at),
        what: event.what,
        who: event.who,
        contact: event.contact,
        account: event.account.zip(account),
        subject: event.subject,
        changes: event.detail.as_deref().map(detail::changes).unwrap_or_default(),
        address: event.address,
        request: event.request,
    }
}

/// A place in the list as it stands in the address: microseconds and number.
fn place(at: Timestamp, seq: i64) -> String {
    format!("{}-{seq}", at.timestamp_micros())
}

fn read_place(text: &str) -> Option<(Timestamp, i64)> {
    let (at, seq) = text.rsplit_once('-')?;
    Some((Timestamp::from_timestamp_micros(at.parse().ok()?)?, seq.parse().ok()?))
}

/// A page of the history of the actor's account. Whoever is not of it is the operator there, and has no address.
///
/// # Errors
/// When the actor may not see it.
pub async fn own(cx: &Cx, after: Option<&str>) -> Result<OwnHistory, Error> {
    cx.may(Deed::SeeOwnHistory)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let mut found = store::audit::own(&mut tx, &cx.scope(), after.and_then(read_place), PAGE + 1).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|last| place(last.event.at, last.seq));
    Ok(OwnHistory { rows: found.into_iter().map(|own| own_row(own, zone)).collect(), next })
}

fn own_row(Own { event, by_own, .. }: Own, zone: Zone) -> OwnEntry {
    // A wrong password is nobody's deed, but the account should know where it came from.
    let nobody = event.contact.is_none() && event.who.is_empty();
    let (who, address) = match (by_own, nobody) {
        (true, _) => (event.who, Some(event.address)),
        (false, true) => ("Nobody signed in".to_owned(), Some(event.address)),
        (false, false) => ("Operator".to_owned(), None),
    };
    OwnEntry {
        at: zone.moment(event.at),
        who,
        what: event.what,
        detail: event.detail.as_deref().and_then(detail::names),
        address,
    }
}

/// An export of a view, which is read a few hundred entries at a time.
pub struct Export {
    service: Arc<Service>,
    scope: domain::Scope,
    zone: Zone,
    /// What comes next; nothing when all was read.
    page: Option<Page>,
}

/// One line of an export: the columns of [`Export::COLUMNS`].
pub type Exported = [String; 9];

impl Export {
    /// What the columns are called.
    pub const COLUMNS: [&'static str; 9] =
        ["Time (UTC)", "Time", "Who", "What", "Account", "Subject", "Detail", "Address", "Request"];

    /// Of the whole filter, from its newest entry on.
    ///
    /// # Errors
    /// When the actor may not see the log.
    pub async fn begin(cx: &Cx, view: &AuditQuery) -> Result<Self, Error> {
        cx.may(Deed::SeeAudit)?;
        let mut tx = cx.service.store.read().await?;
        let (_, zone) = accounts::own(cx, &mut tx).await?;
        let whole = AuditQuery { after: None, ..view.clone() };
        let page = asked(&mut tx, zone, &whole).await?.map(|(page, _)| Page { most: EXPORTED_AT_ONCE, ..page });
        Ok(Self { service: cx.service.clone(), scope: cx.scope(), zone, page })
    }

    /// The next lines; none when all were read. What was added meanwhile is newer, and not part of it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn next(&mut self) -> Result<Vec<Exported>, Error> {
        let Some(page) = self.page.take() else { return Ok(Vec::new()) };
        let mut tx = self.service.store.read().await?;
        let found = store::audit::page(&mut tx, &self.scope, &page).await?;
        if let Some(last) = found.last().filter(|_| found.len() == EXPORTED_AT_ONCE as usize) {
            self.page = Some(Page { after: Some((last.event.at, last.seq)), ..page });
        }
        Ok(found.into_iter().map(|listed| exported(row(listed, self.zone))).collect())
    }
}

fn exported(row: AuditRow) -> Exported {
    let change = |change: &domain::audit::Change| match (&change.before, &change.after) {
        (None, None) => change.name.clone(),
        (None, Some(after)) => format!("{}: {after}", change.name),
        (Some(before), after) => format!("{}: {before} -> {}", change.name, after.as_deref().unwrap_or("nothing")),
    };
    [
        row.at.at.to_rfc3339(),
        row.at.exact,
        row.who,
        row.what.label().to_owned(),
        row.account.map(|(_, name)| name).unwrap_or_default(),
        row.subject,
        row.changes.iter().map(change).collect::<Vec<_>>().join("; "),
        row.address,
        row.request,
    ]
}

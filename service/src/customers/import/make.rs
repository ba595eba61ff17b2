//! The lines of accepted tables become customers, some at a time: a whole table in one transaction would keep all others from writing
//! for seconds.

use std::sync::Arc;

use domain::{AccountId, DraftId, audit::What};
use serde_json::Value;
use store::{Tx, accounts::Account, contacts::Contact, imports::Import};

use super::{
    super::create::{created, new_customer},
    accepted::Customer,
};
use crate::{Error, Origin, Service, audit, contacts::Invitations, live::Change};

/// How many customers are made in one transaction.
const AT_ONCE: usize = 100;

/// Makes the rest of an import, in a task that goes on when nobody waits for it any more. What fails is left for [`go_on`]: it was
/// accepted.
pub(super) async fn rest(service: &Arc<Service>, import: DraftId) {
    let making = service.clone();
    let going = service.afterwards.go_on(async move {
        if let Err(error) = these(&making, |open| open.id == import).await {
            tracing::error!(%error, "an import waits for the clockwork");
        }
    });
    if let Ok(going) = going {
        going.await.ok();
    }
}

/// Makes the customers of all tables that were accepted, until it is time to stop, and gives how many it has made. Several may do so at
/// once.
///
/// # Errors
/// When the database cannot; the others of what was accepted are made all the same.
pub async fn go_on(service: &Service) -> Result<usize, Error> {
    these(service, |_| true).await
}

async fn these(service: &Service, which: impl Fn(&Import) -> bool) -> Result<usize, Error> {
    let mut tx = service.store.read().await?;
    let imports = store::imports::open(&mut tx).await?;
    drop(tx);
    let (mut made, mut failed) = (0, None);
    for import in imports.iter().filter(|import| which(import)) {
        while !service.closing.has_begun() {
            match some(service, import).await {
                Ok(Some(more)) => made += more,
                Ok(None) => break,
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
    }
    failed.map_or(Ok(made), Err)
}

/// Makes the next customers of an import, and gives how many; `None` when there are no more, or none now: while the reseller is
/// suspended, nobody is invited in its name (A1).
async fn some(service: &Service, import: &Import) -> Result<Option<usize>, Error> {
    // They and their mails are made before the writer's turn is taken.
    let mut tx = service.store.read().await?;
    let lines = store::imports::next(&mut tx, import.id, AT_ONCE).await?;
    if lines.is_empty() {
        return Ok(None);
    }
    let reseller = reseller(&mut tx, import).await?;
    drop(tx);
    if reseller.suspended_at.is_some() {
        return Ok(None);
    }
    let batch = Batch::of(service, &reseller, &lines)?;
    let places: Vec<_> = lines.iter().map(|(line, _)| *line).collect();

    let mut tx = service.store.write().await?;
    // What was made of it is not of now, or somebody else has made some of it: it is looked at anew.
    let mine = store::imports::take(&mut tx, import.id, &places).await?;
    let now = self::reseller(&mut tx, import).await?;
    let same = (&now.name, &now.time_zone, now.currency, now.suspended_at)
        == (&reseller.name, &reseller.time_zone, reseller.currency, reseller.suspended_at);
    if !mine || !same {
        return Ok(Some(0));
    }
    batch.store(service, &mut tx, import, &reseller).await?;
    store::accounts::count_customers(&mut tx, reseller.id, places.len() as i64).await?;
    let version = store::accounts::raise_version(&mut tx, reseller.id).await?;
    let left = store::imports::left(&mut tx, import.id).await?;
    tx.commit().await?;
    service.post.notify_one();
    if left == 0 {
        let words = match import.lines {
            1 => "1 customer was imported".to_owned(),
            lines => format!("{lines} customers were imported"),
        };
        service.live.announce(Change { account: reseller.id, version, words });
    }
    Ok(Some(places.len()))
}

async fn reseller(tx: &mut Tx, import: &Import) -> Result<Account, Error> {
    store::accounts::by_id(tx, import.account).await?.ok_or(Error::NotFound)
}

/// Customers that are to be stored, each with its person and the person's invitation.
#[derive(Default)]
struct Batch {
    accounts: Vec<Account>,
    people: Vec<Contact>,
    invitations: Invitations,
}

impl Batch {
    fn of(service: &Service, reseller: &Account, lines: &[(i64, String)]) -> Result<Self, Error> {
        let mut batch = Self::default();
        for (_, fields) in lines {
            let customer: Customer = serde_json::from_str(fields).map_err(|e| Error::Internal(e.to_string()))?;
            let (account, person) = new_customer(service, reseller, &customer.into_new(), None);
            batch.invitations.add(service, &person, &reseller.name)?;
            batch.accounts.push(account);
            batch.people.push(person);
        }
        Ok(batch)
    }

    /// Stores the customers, puts them into the search, and invites them.
    async fn store(&self, service: &Service, tx: &mut Tx, import: &Import, reseller: &Account) -> Result<(), Error> {
        let places = store::accounts::insert_all(tx, &self.accounts).await?;
        if !store::contacts::insert_all(tx, &self.people).await? {
            return Err(Error::Internal("a name that an import had taken is somebody else's".to_owned()));
        }
        let words: Vec<_> = self
            .all()
            .filter_map(|(account, person)| Some((*places.get(&account.id)?, store::customers::words(account, person))))
            .collect();
        store::customers::index_new(tx, reseller.id, &words).await?;
        self.invitations.send(service, tx, reseller.id).await?;
        for (account, person) in self.all() {
            let detail = created(account, person);
            write_down(service, tx, import, (What::CustomerCreated, account.id.to_string(), reseller.id), detail)
                .await?;
        }
        for (account, person) in self.all() {
            write_down(service, tx, import, (What::Invited, person.id.to_string(), account.id), Value::Null).await?;
        }
        Ok(())
    }

    fn all(&self) -> impl Iterator<Item = (&Account, &Contact)> {
        self.accounts.iter().zip(&self.people)
    }
}

/// Writes down what was done with whom in the history of an account, by whoever has accepted the table.
async fn write_down(
    service: &Service,
    tx: &mut Tx,
    import: &Import,
    (what, subject, account): (What, String, AccountId),
    detail: Value,
) -> Result<(), Error> {
    let request = import.request.parse().map_err(|_| Error::Internal("a request's id".to_owned()))?;
    let origin = Origin { address: import.address.clone(), browser: String::new(), device: None, request };
    let mut event = audit::event(service, &origin, what, subject, detail)?;
    event.account = Some(account);
    event.contact = Some(import.contact);
    event.who.clone_from(&import.who);
    Ok(store::audit::append(tx, &event).await?)
}

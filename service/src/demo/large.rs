//! Much demo data: resellers and customers by the thousand, to see that no page becomes slow. Written
//! straight through the store, since ten thousand invitations are of use to nobody.

use std::sync::Arc;

use chrono::Duration;
use domain::{AccountId, Timestamp, accounts::Kind, audit::What, contacts::Password};
use serde_json::json;
use store::{Tx, accounts::Account, contacts::Contact};

use super::{PASSWORD, SIGN_INS};
use crate::{Error, Origin, Service, audit};

/// How much.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Resellers besides those of the small demo.
    pub resellers: usize,
    /// Customers besides those of the small demo: half of them Globex's, the others spread evenly.
    pub customers: usize,
}

/// What `keyhouse demo --size large` makes.
pub const LARGE: Size = Size { resellers: 1_000, customers: 10_000 };

const FIRST: [&str; 8] = ["Anna", "Ben", "Chloé", "Dimitri", "Eun-ji", "Fatima", "Grzegorz", "Hana"];
const LAST: [&str; 7] = ["Berg", "Costa", "Dubois", "Ivanov", "Müller", "Okafor", "Šimek"];
const NAME: [&str; 9] = ["Alpine", "Baltic", "Cedar", "Delta", "Ember", "Fjord", "Granite", "Harbor", "Iris"];
const TRADE: [&str; 5] = ["Software", "Trading", "Retail", "Systems", "Studio"];

/// Adds it to the small demo, all in one transaction; `false` when it is there already.
///
/// # Errors
/// When the database does not answer, or there is no demo to add to.
pub async fn make_large(service: &Arc<Service>, size: Size) -> Result<bool, Error> {
    let hash = service.hasher.hash(&Password::from(PASSWORD), &service.random).await?;
    let mut tx = service.store.write().await?;
    if store::contacts::by_login(&mut tx, &login(0)).await?.is_some() {
        return Ok(false);
    }
    let globex = store::contacts::by_login(&mut tx, SIGN_INS[2].0).await?.ok_or(Error::NotFound)?;
    let globex = store::accounts::by_id(&mut tx, globex.account).await?.ok_or(Error::NotFound)?;
    let mut crowd = Crowd { service, tx: &mut tx, hash, made: 0, of: size.resellers + size.customers };
    let mut resellers = Vec::new();
    for number in 0..size.resellers {
        resellers.push(crowd.reseller(number, &globex).await?);
    }
    crowd.customers(&globex, 0, size.customers.div_ceil(2)).await?;
    let (mut from, each) = (size.customers.div_ceil(2), size.customers.div_ceil(2 * resellers.len().max(1)));
    for reseller in &resellers {
        let to = (from + each).min(size.customers);
        crowd.customers(reseller, from, to).await?;
        from = to;
    }
    tx.commit().await?;
    service.store.analyze().await?;
    Ok(true)
}

fn login(reseller: usize) -> String {
    format!("admin@reseller{reseller}.example")
}

/// Those who are being made, one after the other, over the last two years.
struct Crowd<'a> {
    service: &'a Service,
    tx: &'a mut Tx,
    hash: String,
    made: usize,
    of: usize,
}

impl Crowd<'_> {
    /// The time of the next one; later ones come later.
    fn next(&mut self) -> Timestamp {
        self.made += 1;
        let left = self.of.saturating_sub(self.made) as i32;
        self.service.clock.now() - Duration::days(730) / self.of.max(1) as i32 * left
    }

    /// Every tenth has no price list yet, and so is not ready (A2).
    async fn reseller(&mut self, number: usize, like: &Account) -> Result<Account, Error> {
        let at = self.next();
        let name = format!("{} {} {number}", NAME[number % NAME.len()], TRADE[number % TRADE.len()]);
        let account = Account {
            ordering_since: Some(at),
            reselling_since: Some(at),
            price_list: like.price_list.filter(|_| number % 10 != 9),
            ..Account::new(self.service.random.id(at), Kind::Reseller, name, at)
        };
        let person = Contact {
            password_hash: Some(self.hash.clone()),
            activated_at: Some(at),
            ..Contact::new(self.service.random.id(at), &account, &login(number), person(number), at)
        };
        store::accounts::insert(self.tx, &account).await?;
        store::contacts::insert(self.tx, &person).await?;
        Ok(account)
    }

    /// Every third has signed in, the others have not yet.
    async fn customers(&mut self, reseller: &Account, from: usize, to: usize) -> Result<(), Error> {
        for number in from..to {
            let at = self.next();
            let name = format!("{} {} {number}", TRADE[number % TRADE.len()], NAME[number % NAME.len()]);
            let account = Account {
                reseller: Some(reseller.id),
                unpaid: domain::accounts::Unpaid { count: 0, cap: 0 },
                ..Account::new(self.service.random.id(at), Kind::Customer, name, at)
            };
            let email = format!("person{number}@client{number}.example");
            let active = (number % 3 == 0).then_some(at);
            let contact = Contact {
                password_hash: active.map(|_| self.hash.clone()),
                activated_at: active,
                ..Contact::new(self.service.random.id(at), &account, &email, person(number), at)
            };
            let seq = store::accounts::insert(self.tx, &account).await?;
            store::contacts::insert(self.tx, &contact).await?;
            store::customers::index(self.tx, seq, reseller.id, &account, &contact).await?;
            self.write_down(&account, &contact, reseller.id).await?;
        }
        let more = to.saturating_sub(from) as i64;
        Ok(store::accounts::count_customers(self.tx, reseller.id, more).await?)
    }

    async fn write_down(&mut self, account: &Account, person: &Contact, reseller: AccountId) -> Result<(), Error> {
        let detail = json!({ "name": account.name, "username": person.username });
        let origin = Origin::command_line(self.service);
        let mut event = audit::event(self.service, &origin, What::CustomerCreated, account.id, detail)?;
        event.account = Some(reseller);
        Ok(store::audit::append(self.tx, &event).await?)
    }
}

fn person(number: usize) -> [&'static str; 2] {
    [FIRST[number % FIRST.len()], LAST[number % LAST.len()]]
}

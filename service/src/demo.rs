//! Demo data: the operator, three resellers, customers, products, prices and licenses. Made by the
//! same deeds that people do, so that it holds every rule.

mod large;
mod money;
mod people;
mod products;

use std::sync::Arc;

use chrono::Duration;
use domain::{AccountId, FormKey, Money, applications::Apply, contacts::Password, licenses::NewLicensesForm};
use store::demo::Progress;

use crate::{
    Cx, Error, Origin, Service, applications, clock::Clock, contacts::save_owner, customers, idempotency::key_of,
    licenses,
};
pub use large::{LARGE, Size, make_large};
use people::{Customer, People};

/// The password of all demo sign-ins.
pub const PASSWORD: &str = "keyhouse-demo";

/// The demo sign-ins: address, and what it is.
pub const SIGN_INS: [(&str, &str); 6] = [
    ("owner@keyhouse.example", "back office owner"),
    ("admin@acme.example", "reseller ACME"),
    ("admin@globex.example", "reseller Globex"),
    ("customer@client.example", "customer of ACME"),
    ("buyer@acme.example", "buyer in ACME's team"),
    ("support@keyhouse.example", "back office support"),
];

/// What became of the demo data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// They are made now.
    Now,
    /// They, or another operator's data, were there before. Nothing was done.
    Before,
    /// They are incomplete: another program makes them at this moment, or was stopped before the end. Nothing was done.
    Incomplete,
}

/// Makes the demo data, in a database that has no operator yet.
///
/// # Errors
/// When the database does not answer.
pub async fn make(service: &Arc<Service>) -> Result<Made, Error> {
    let begun = begin(service).await?;
    if begun == Made::Now {
        fill(service).await?;
        let mut tx = service.store.write().await?;
        store::demo::complete(&mut tx, service.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(begun)
}

/// Notes that they are being made, so that nobody takes what a killed program leaves for all of them.
async fn begin(service: &Service) -> Result<Made, Error> {
    let mut tx = service.store.write().await?;
    match store::demo::find(&mut tx).await? {
        Some(Progress::Made) => return Ok(Made::Before),
        Some(Progress::Begun) => return Ok(Made::Incomplete),
        None => {}
    }
    if store::accounts::operator(&mut tx).await?.is_some() {
        return Ok(Made::Before);
    }
    if !store::demo::begin(&mut tx, service.clock.now()).await? {
        return Ok(Made::Incomplete);
    }
    tx.commit().await?;
    Ok(Made::Now)
}

/// One part after the other, each in its own transaction.
async fn fill(service: &Arc<Service>) -> Result<(), Error> {
    let days_ago = |days| at(service, Duration::days(days));
    save_owner(&days_ago(60), SIGN_INS[0].0, &Password::from(PASSWORD)).await?;
    let options = products::make(&days_ago(60)).await?;
    let people = People::make(&days_ago(60), &options).await?;
    let [northwind, client, contoso, fabrikam] = people.customers.as_slice() else {
        return Err(Error::Internal("the demo has four customers".to_owned()));
    };
    money::long_ago(service, &people, &options).await?;
    let sell = |days, customer: &Customer, option, quantity, kind, notes| Sale {
        days,
        customer: customer.account,
        option,
        quantity,
        kind,
        notes,
    };
    for sale in [
        sell(48, northwind, options.prestashop, 2, "permanent", "PO 2026-081"),
        sell(41, contoso, options.opencart, 1, "trial", ""),
        sell(35, contoso, options.import, 1, "permanent", "Web order 5512"),
        sell(20, fabrikam, options.backup_yearly, 1, "subscription", "Renewal agreed by phone"),
        sell(11, client, options.opencart, 1, "trial", ""),
        sell(9, northwind, options.prestashop_more, 1, "permanent", "PO 2026-118"),
        sell(2, client, options.prestashop, 1, "permanent", "PO 2026-131"),
        sell(0, fabrikam, options.prestashop, 1, "trial", ""),
    ] {
        sale.make(service, &people.acme).await?;
    }
    money::lately(service, &people, &options).await?;
    // A link that can be tried: those of two months ago have expired.
    let today = Cx::new(service.clone(), people.acme.actor.clone(), people.acme.origin.clone());
    let key: FormKey = key_of(service.random.id::<domain::DraftId>(today.now()));
    customers::resend_link(&today, key, contoso.account).await?;
    apply(&days_ago(1)).await
}

/// Somebody wants to become a reseller, and waits.
async fn apply(service: &Arc<Service>) -> Result<(), Error> {
    let form = Apply {
        organisation: "Initech Webshops".to_owned(),
        first_name: "Ida".to_owned(),
        last_name: "Ng".to_owned(),
        email: "ida@initech.example".to_owned(),
        phone: "+31 20 555 0100".to_owned(),
        country: "Netherlands".to_owned(),
        website: "www.initech.example".to_owned(),
        message: "We build shops for some forty customers and would like to sell them your tools.".to_owned(),
    };
    let key = key_of(service.random.id::<domain::DraftId>(service.clock.now()));
    applications::apply(service, &Origin::command_line(service), key, &form).await
}

struct Sale<'a> {
    days: i64,
    customer: AccountId,
    option: domain::OptionId,
    quantity: u32,
    kind: &'static str,
    notes: &'a str,
}

impl Sale<'_> {
    async fn make(&self, service: &Arc<Service>, seller: &Cx) -> Result<(), Error> {
        let then = at(service, Duration::days(self.days));
        let cx = Cx::new(then, seller.actor.clone(), seller.origin.clone());
        let draft = licenses::begin(&cx, self.option, Some(self.customer)).await?;
        let form = NewLicensesForm {
            quantity: self.quantity.to_string(),
            license_type: self.kind.to_owned(),
            reseller_notes: self.notes.to_owned(),
            customer_details: "Installed by our team; call us before you move it to another computer.".to_owned(),
            ..NewLicensesForm::default()
        };
        licenses::save_details(&cx, draft, &form).await?;
        let wizard = licenses::wizard(&cx, draft).await?;
        let unit = match self.kind {
            "trial" => Money::zero(wizard.offer.list_price.currency),
            _ => wizard.offer.unit_price(self.quantity),
        };
        let key: FormKey = key_of(draft);
        licenses::create(&cx, key, unit.minor * i64::from(self.quantity)).await?;
        Ok(())
    }
}

/// The same service, living in the past.
fn at(service: &Arc<Service>, ago: Duration) -> Arc<Service> {
    let clock = service.clock.clone();
    let then = Clock::from_fn(move || clock.now() - ago);
    Service::new(service.store.clone(), then, service.random.clone(), service.settings.clone())
}

//! Worlds for tests: a store of its own, a clock that stands until it is moved, seeded randomness.

mod answers;
mod on_both;

pub use answers::{errors, is_not_found, refusal};

use std::sync::{Arc, Mutex};

use chrono::Duration;
use domain::{
    AccountId, Actor, BasisPoints, Currency, DraftId, FormKey, LicenseId, Money, OptionId, OrderId, Role, Roles,
    Timestamp,
    accounts::{BillingDay, CreditLimit, Kind},
    billing::OptionBilling,
    contacts::{NewPassword, Password, SignIn},
    customers::NewCustomerForm,
    licenses::NewLicensesForm,
    price_lists::PriceList,
    products::{Billing, Kind as OptionKind},
};
use store::{
    Store,
    accounts::Account,
    contacts::Contact,
    products::{PricedOption, Product},
    testing::Database,
};

pub use crate::on_both;
use crate::{
    Cx, Error, Origin, Service, Settings, clock::Clock, customers, idempotency::key_of, licenses, random::Random,
    sealing::SealingKey,
};

/// The password of everybody in a world.
pub const PASSWORD: &str = "orbit velvet thimble";

/// The key with which every world seals.
pub fn sealing_key() -> SealingKey {
    SealingKey::new(&Random::seeded(8))
}

/// A Keyhouse of its own.
pub struct World {
    /// The service, with everything behind it.
    pub service: Arc<Service>,
    /// Where the database is.
    pub url: String,
    /// The time, and by how much each look at the clock moves it.
    now: Arc<Mutex<(Timestamp, Duration)>>,
    _database: Option<Database>,
}

impl World {
    /// On SQLite, on 21 November 2026, 10:00 UTC.
    ///
    /// # Panics
    /// When the database cannot be made.
    pub async fn new() -> Self {
        Self::of(Database::sqlite().await).await
    }

    /// On PostgreSQL.
    ///
    /// # Panics
    /// Without a server, see `scripts/with-postgres`.
    pub async fn postgres() -> Self {
        Self::of(Database::postgres().await).await
    }

    /// On a database that is migrated, and gone with this world.
    ///
    /// # Panics
    /// When it cannot be reached.
    pub async fn of(database: Database) -> Self {
        let world = Self::on(&database.url).await;
        Self { _database: Some(database), ..world }
    }

    /// On any database that is migrated.
    ///
    /// # Panics
    /// When the database cannot be reached.
    pub async fn on(url: &str) -> Self {
        let store = Store::open(url).await.expect("a database");
        let start = "2026-11-21T10:00:00Z".parse().expect("a time");
        let now = Arc::new(Mutex::new((start, Duration::zero())));
        let hand = now.clone();
        let clock = Clock::from_fn(move || {
            let (now, step) = &mut *hand.lock().expect("the clock");
            *now += *step;
            *now
        });
        let settings = Settings { sign_ins_per_minute: 10_000, argon2: (8, 1), ..Settings::default() };
        let service = Service::new(store, clock, Random::seeded(7), settings);
        crate::sealing::take(&service, sealing_key()).await.expect("a key");
        Self { service, url: url.to_owned(), now, _database: None }
    }

    /// Lets time pass.
    ///
    /// # Panics
    /// When another thread panicked while it moved the clock.
    pub fn pass(&self, time: Duration) {
        self.now.lock().expect("the clock").0 += time;
    }

    /// Lets time go on by itself: each look at the clock is a moment later.
    ///
    /// # Panics
    /// When another thread panicked while it moved the clock.
    pub fn goes_on(&self) {
        self.now.lock().expect("the clock").1 = Duration::milliseconds(1);
    }

    /// The operator with its owner, `owner@keyhouse.example`.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn owner(&self) -> Cx {
        let email = "owner@keyhouse.example";
        crate::contacts::save_owner(&self.service, email, &PASSWORD.into()).await.expect("an owner");
        self.actor(email).await
    }

    /// A ready reseller, `admin@{name}.example`, with 30 % off everything and no limit to its credit.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn reseller(&self, name: &str) -> Cx {
        self.reseller_in(name, Currency::EUR).await
    }

    /// The same in another currency.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn reseller_in(&self, name: &str, currency: Currency) -> Cx {
        let now = self.service.clock.now();
        let list = PriceList {
            id: self.service.random.id(now),
            name: format!("Prices of {name}"),
            currency,
            starts: "2026-01-01".parse().expect("a day"),
            ends: None,
            active: true,
            percent_off: BasisPoints::new(3_000),
        };
        let account = Account {
            ordering_since: Some(now),
            reselling_since: Some(now),
            price_list: Some(list.id),
            currency,
            ..Account::new(self.service.random.id(now), Kind::Reseller, name, now)
        };
        let email = format!("admin@{name}.example");
        let hash = self.service.hasher.hash(&PASSWORD.into(), &self.service.random).await.expect("a hash");
        let contact = Contact {
            password_hash: Some(hash),
            activated_at: Some(now),
            ..Contact::new(self.service.random.id(now), &account, &email, ["Ada", name], now)
        };
        let mut tx = self.service.store.write().await.expect("a transaction");
        store::price_lists::insert(&mut tx, &list, "").await.expect("a price list");
        store::accounts::insert(&mut tx, &account).await.expect("an account");
        store::accounts::set_limit(&mut tx, account.id, CreditLimit::Unlimited, now).await.expect("a limit");
        store::contacts::insert(&mut tx, &contact).await.expect("a contact");
        tx.commit().await.expect("a reseller");
        self.actor(&email).await
    }

    /// One more person of somebody's account, with these roles, active.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn colleague(&self, of: &Cx, email: &str, roles: &[Role]) -> Cx {
        let now = self.service.clock.now();
        let hash = self.service.hasher.hash(&PASSWORD.into(), &self.service.random).await.expect("a hash");
        let mut tx = self.service.store.write().await.expect("a transaction");
        let account = store::accounts::by_id(&mut tx, of.actor.account).await.expect("an account").expect("an account");
        let names = [email.split('@').next().unwrap_or_default(), "Colleague"];
        let contact = Contact {
            password_hash: Some(hash),
            activated_at: Some(now),
            roles: Roles::of(roles),
            ..Contact::new(self.service.random.id(now), &account, email, names, now)
        };
        assert!(store::contacts::insert(&mut tx, &contact).await.expect("a contact"), "{email} is free");
        tx.commit().await.expect("a contact");
        self.actor(email).await
    }

    /// Sets what somebody's account may owe, in cents.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn limit(&self, of: &Cx, minor: i64) {
        let mut tx = self.service.store.write().await.expect("a transaction");
        let (limit, now) = (CreditLimit::Amount(minor), self.service.clock.now());
        store::accounts::set_limit(&mut tx, of.actor.account, limit, now).await.expect("a limit");
        tx.commit().await.expect("a limit");
    }

    /// The mark of the terms under which is paid, as the checkout has it.
    ///
    /// # Panics
    /// When they cannot be read.
    pub async fn terms_of_payments(&self) -> String {
        let mut tx = self.service.store.read().await.expect("a transaction");
        crate::tokens::hash(&store::billing_settings::find(&mut tx).await.expect("settings").terms)
    }

    /// Money of somebody's account has come in, in cents.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn receive(&self, of: &Cx, minor: i64) {
        self.receives(of, Money::new(minor, Currency::EUR)).await.expect("received");
    }

    /// Money of somebody's account has come in, if it can be entered.
    ///
    /// # Errors
    /// What the ledger refuses.
    pub async fn receives(&self, of: &Cx, amount: Money) -> Result<(), Error> {
        let (mut tx, account) = (self.service.store.write().await?, of.actor.account);
        store::accounts::hold(&mut tx, account).await?;
        let now = self.service.clock.now();
        crate::ledger::receive(&self.service, &mut tx, account, amount, &[], None, None, now).await?;
        Ok(tx.commit().await?)
    }

    /// What was charged for these licenses of somebody's account is invoiced, together.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn invoice(&self, of: &Cx, licenses: &[LicenseId]) {
        let mut tx = self.service.store.write().await.expect("a transaction");
        store::accounts::hold(&mut tx, of.actor.account).await.expect("held");
        let mut charges = Vec::new();
        for license in licenses {
            let charged = store::charges::of_license(&mut tx, *license).await.expect("its charges");
            charges.extend(charged.iter().map(|charge| charge.id));
        }
        crate::billing::invoices::issue_now(of, &mut tx, of.actor.account, &charges).await.expect("an invoice");
        tx.commit().await.expect("an invoice");
    }

    /// How somebody's account is billed, and what it owes.
    ///
    /// # Panics
    /// When it cannot be read.
    pub async fn billed(&self, of: &Cx) -> store::accounts::Billed {
        let mut tx = self.service.store.read().await.expect("a transaction");
        store::accounts::billed(&mut tx, of.actor.account).await.expect("an answer").expect("an account")
    }

    /// Somebody as stored.
    ///
    /// # Panics
    /// When nobody signs in with that name.
    pub async fn contact(&self, login: &str) -> Contact {
        let mut tx = self.service.store.read().await.expect("a transaction");
        store::contacts::by_login(&mut tx, login).await.expect("an answer").expect("a contact")
    }

    /// A product with one option, at 100.00 EUR, with a trial of 30 days.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn option(&self, product: &str, kind: OptionKind, billing: Billing) -> PricedOption {
        let now = self.service.clock.now();
        let product = Product {
            id: self.service.random.id(now),
            name: product.to_owned(),
            description: format!("What {product} is."),
            add_on_of: None,
            trial_days: Some(30),
        };
        let mut tx = self.service.store.write().await.expect("a transaction");
        store::products::insert(&mut tx, &product).await.expect("a product");
        tx.commit().await.expect("a product");
        self.another_option(&product, kind, billing).await
    }

    /// One more option of a product, at 100.00 EUR.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn another_option(&self, product: &Product, kind: OptionKind, billing: Billing) -> PricedOption {
        self.option_at(product, kind, billing, Money::new(10_000, Currency::EUR)).await
    }

    /// One more option of a product, at any price.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn option_at(
        &self,
        product: &Product,
        kind: OptionKind,
        billing: Billing,
        list_price: Money,
    ) -> PricedOption {
        let option = PricedOption {
            id: self.service.random.id(self.service.clock.now()),
            product: product.clone(),
            name: format!("{} license", kind.label()),
            kind,
            billing,
            activations: 1,
            list_price,
        };
        let mut tx = self.service.store.write().await.expect("a transaction");
        store::products::insert_option(&mut tx, &option, 0).await.expect("an option");
        tx.commit().await.expect("an option");
        option
    }

    /// Lets an option say how it is billed (B4).
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn bill_option(&self, option: OptionId, terms: OptionBilling) {
        let mut tx = self.service.store.write().await.expect("a transaction");
        store::testing::bill_option(&mut tx, option, terms).await;
        tx.commit().await.expect("an option");
    }

    /// Sets how somebody's account is billed, where its people are, and the tax on what it is charged.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn bill(&self, of: &Cx, zone: &str, day: Option<BillingDay>, tax: u16) {
        let (id, now) = (of.actor.account, self.service.clock.now());
        let mut tx = self.service.store.write().await.expect("a transaction");
        let found = store::accounts::find(&mut tx, &nobody().scope(), id).await.expect("an answer");
        let mut details = found.expect("an account").details;
        zone.clone_into(&mut details.person.time_zone);
        (details.ordering.prorate, details.ordering.billing_day) = (day.is_some(), day.unwrap_or(BillingDay::First));
        details.ordering.unpaid_cap = 1_000;
        store::accounts::save(&mut tx, id, &details, now).await.expect("an account");
        store::accounts::set_tax(&mut tx, id, BasisPoints::new(tax).expect("a rate")).await.expect("a rate");
        tx.commit().await.expect("an account");
    }

    /// A customer of that reseller, with an activation link on its way.
    ///
    /// # Panics
    /// When it cannot be created.
    pub async fn customer(&self, reseller: &Cx, email: &str) -> AccountId {
        let draft = customers::begin(reseller, None).await.expect("a draft");
        let form = NewCustomerForm { send_link: "on".to_owned(), ..person(email) };
        customers::create(reseller, key_of(draft), &form, &NewPassword::default()).await.expect("a customer")
    }

    /// The person of a customer's account, signed in, whatever the state of its activation.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn as_customer(&self, email: &str) -> Cx {
        let hash = self.service.hasher.hash(&PASSWORD.into(), &self.service.random).await.expect("a hash");
        let mut tx = self.service.store.write().await.expect("a transaction");
        let mut contact = store::contacts::by_login(&mut tx, email).await.expect("a contact").expect("a contact");
        contact.password_hash = Some(hash);
        contact.activated_at = Some(self.service.clock.now());
        store::contacts::save(&mut tx, &contact).await.expect("a contact");
        tx.commit().await.expect("a contact");
        self.actor(email).await
    }

    /// A license wizard filled in to its last step.
    ///
    /// # Errors
    /// What the wizard refuses.
    pub async fn draft(
        &self,
        cx: &Cx,
        option: OptionId,
        user: AccountId,
        quantity: u32,
        license_type: &str,
    ) -> Result<DraftId, Error> {
        let draft = licenses::begin(cx, option, Some(user)).await?;
        let form = NewLicensesForm {
            quantity: quantity.to_string(),
            license_type: license_type.to_owned(),
            ..NewLicensesForm::default()
        };
        licenses::autosave(cx, draft, &form).await?;
        Ok(draft)
    }

    /// Creates licenses at 70.00 EUR each, or a trial.
    ///
    /// # Errors
    /// What the rules refuse.
    pub async fn create(
        &self,
        cx: &Cx,
        option: OptionId,
        user: AccountId,
        quantity: u32,
        license_type: &str,
    ) -> Result<OrderId, Error> {
        let draft = self.draft(cx, option, user, quantity, license_type).await?;
        let total = if license_type == "trial" { 0 } else { 7_000 * i64::from(quantity) };
        licenses::create(cx, key_of(draft), total).await
    }

    /// A form's key.
    pub fn key(&self) -> FormKey {
        self.service.random.uuid().into()
    }

    /// The outbox without the invoices, which have [`World::invoices_sent`], oldest first: to whom, about what.
    ///
    /// # Panics
    /// When it cannot be read.
    pub async fn mails(&self) -> Vec<(String, String)> {
        let letters = self.letters().await;
        letters.into_iter().map(|mail| (mail.recipient, mail.subject)).collect()
    }

    /// The same with all that their recipients read.
    ///
    /// # Panics
    /// When it cannot be read.
    pub async fn letters(&self) -> Vec<store::mail::Mail> {
        self.outbox(false).await
    }

    /// The mails that an invoice was issued, oldest first.
    ///
    /// # Panics
    /// When they cannot be read.
    pub async fn invoices_sent(&self) -> Vec<store::mail::Mail> {
        self.outbox(true).await
    }

    async fn outbox(&self, invoices: bool) -> Vec<store::mail::Mail> {
        let operator = nobody().scope();
        let mut tx = self.service.store.read().await.expect("a transaction");
        let mut mails = store::mail::page(&mut tx, &operator, None, None, 1_000).await.expect("the outbox");
        let issued = |subject: &str| subject.starts_with("Invoice INV-") && !subject.ends_with("is overdue");
        mails.retain(|mail| issued(&mail.subject) == invoices);
        mails.reverse();
        // As their recipients read them; staff see them without links and keys.
        let mut whole = store::testing::whole_texts(&mut tx).await;
        for mail in &mut mails {
            mail.body = whole.remove(&mail.id).or_else(|| mail.body.take());
        }
        mails
    }

    /// What was written down about a thing, oldest first.
    ///
    /// # Panics
    /// When it cannot be read.
    pub async fn written_down(&self, subject: impl ToString) -> Vec<&'static str> {
        let mut tx = self.service.store.read().await.expect("a transaction");
        let events = store::audit::of_subject(&mut tx, &subject.to_string(), 100).await.expect("the audit log");
        events.iter().rev().map(|event| event.what.word()).collect()
    }

    /// Somebody's request, without signing in.
    async fn actor(&self, login: &str) -> Cx {
        let mut tx = self.service.store.read().await.expect("a transaction");
        let contact = store::contacts::by_login(&mut tx, login).await.expect("a contact").expect("a contact");
        let account = store::accounts::by_id(&mut tx, contact.account).await.expect("an account").expect("an account");
        let actor = Actor {
            contact: contact.id,
            account: account.id,
            side: account.kind,
            roles: contact.roles.clone(),
            session: self.service.random.id(self.service.clock.now()),
            name: contact.name(),
            organisation: account.name,
            due: None,
            confirmed_at: self.service.clock.now(),
        };
        Cx::new(self.service.clone(), actor, self.origin())
    }

    /// Locks somebody: wrong passwords from so many networks that none of them waits.
    ///
    /// # Panics
    /// When somebody is let in.
    pub async fn lock(&self, login: &str) {
        for network in 0..domain::contacts::LOCKS_AT {
            let origin = self.origin_at(&format!("198.51.{}.{}", network / 200, network % 200));
            let form = SignIn { login: login.to_owned(), password: "wrong".into(), next: String::new() };
            crate::sessions::sign_in(&self.service, &origin, &form).await.expect_err("a wrong password");
        }
    }

    /// Where the requests of somebody else come from.
    pub fn origin_at(&self, address: &str) -> Origin {
        Origin { address: address.to_owned(), ..self.origin() }
    }

    /// Where the requests of a world come from.
    pub fn origin(&self) -> Origin {
        Origin {
            address: "192.0.2.7".to_owned(),
            browser: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(),
            device: None,
            request: self.service.random.uuid().into(),
        }
    }
}

/// A person with that address, as typed into the wizard.
pub fn person(email: &str) -> NewCustomerForm {
    let (name, domain) = email.split_once('@').unwrap_or((email, "nowhere"));
    NewCustomerForm {
        email: email.to_owned(),
        first_name: name.to_owned(),
        last_name: "Berg".to_owned(),
        company: domain.to_owned(),
        ..NewCustomerForm::default()
    }
}

/// How often a story is told that has to hold however often: so many times, or as `KEYHOUSE_ROUNDS` says.
pub fn rounds(usual: i64) -> i64 {
    std::env::var("KEYHOUSE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(usual)
}

/// A password typed twice.
pub fn twice(password: &str) -> NewPassword {
    NewPassword { password: Password::from(password), password_confirmation: Password::from(password) }
}

fn nobody() -> Actor {
    let id = uuid::Uuid::nil();
    Actor {
        contact: id.into(),
        account: id.into(),
        side: Kind::Operator,
        roles: Roles::chief(Kind::Operator),
        session: id.into(),
        name: String::new(),
        organisation: String::new(),
        due: None,
        confirmed_at: Timestamp::UNIX_EPOCH,
    }
}

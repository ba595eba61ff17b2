//! A small world to tell stories in: resellers, customers, products and licenses, each in one line.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use chrono::Duration;
use domain::{
    AccountId, Actor, BasisPoints, Currency, Money, Scope, Timestamp,
    accounts::{Kind as AccountKind, Unpaid},
    audit::What,
    billing::{Entry, EntryKind, Taxed},
    licenses::{LicenseKey, Life, PaymentStatus, Type},
    orders::{OrderNumber, State, Written},
    products::{Billing, Kind},
};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use store::{
    Store, Tx,
    accounts::Account,
    audit::Event,
    charges::Charge,
    contacts::Contact,
    licenses::{License, Named},
    orders::{Line, Order},
    products::{PricedOption, Product},
    testing::Database,
};
use tokio::sync::Barrier;
use uuid::Uuid;

/// A store of its own, migrated and empty.
pub struct World {
    pub store: Store,
    database: Database,
    ids: AtomicU64,
}

/// A reseller and its admin.
#[derive(Clone)]
pub struct Reseller {
    pub account: Account,
    pub person: Contact,
    pub scope: Scope,
}

/// A customer and its person.
#[derive(Clone)]
pub struct Customer {
    pub seq: i64,
    pub account: Account,
    pub person: Contact,
    pub scope: Scope,
}

/// Noon of the day on which most stories happen.
pub fn noon() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a time")
}

pub fn days(days: i64) -> Duration {
    Duration::days(days)
}

pub fn minutes(minutes: i64) -> Duration {
    Duration::minutes(minutes)
}

/// An amount without tax.
pub fn untaxed(net: Money) -> Taxed {
    Taxed::new(net, Money::zero(net.currency)).expect("countable")
}

/// What somebody of that account may reach.
pub fn scope(side: AccountKind, account: AccountId) -> Scope {
    let none = Uuid::nil();
    Actor {
        contact: none.into(),
        account,
        side,
        roles: domain::Roles::chief(side),
        session: none.into(),
        name: String::new(),
        organisation: String::new(),
        due: None,
        confirmed_at: Timestamp::UNIX_EPOCH,
    }
    .scope()
}

pub fn operator() -> Scope {
    scope(AccountKind::Operator, Uuid::nil().into())
}

/// Does the same many times at once and gives the results.
pub async fn at_once<T, F>(times: usize, deed: impl Fn(usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let start = Arc::new(Barrier::new(times));
    let tasks: Vec<_> = (0..times)
        .map(|at| {
            let (start, deed) = (start.clone(), deed(at));
            tokio::spawn(async move {
                start.wait().await;
                deed.await
            })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.expect("no deed panics"));
    }
    results
}

impl World {
    pub async fn sqlite() -> Self {
        Self::of(Database::sqlite().await).await
    }

    pub async fn postgres() -> Self {
        Self::of(Database::postgres().await).await
    }

    /// Before any migration.
    pub async fn empty_sqlite() -> Self {
        Self::of(Database::empty_sqlite()).await
    }

    /// Before any migration.
    pub async fn empty_postgres() -> Self {
        Self::of(Database::empty_postgres().await).await
    }

    /// On a database that is kept elsewhere, or on a place of its own.
    pub async fn of(database: Database) -> Self {
        let store = Store::open(&database.url).await.expect("a database");
        Self { store, database, ids: AtomicU64::new(1) }
    }

    /// The address of its database.
    pub fn url(&self) -> &str {
        &self.database.url
    }

    pub async fn read(&self) -> Tx {
        self.store.read().await.expect("a transaction")
    }

    pub async fn write(&self) -> Tx {
        self.store.write().await.expect("a transaction")
    }

    /// A connection beside the store, to do what the store would never do.
    pub async fn beside(&self) -> AnyConnection {
        AnyConnection::connect(&self.database.url).await.expect("a connection")
    }

    /// Runs a statement beside the store.
    pub async fn break_by(&self, sql: String) -> Result<u64, sqlx::Error> {
        let mut connection = self.beside().await;
        let done = sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await?;
        Ok(done.rows_affected())
    }

    /// A new id; later ones sort later.
    pub fn id<T: From<Uuid>>(&self) -> T {
        let number = self.ids.fetch_add(1, Ordering::Relaxed);
        // The last digits look random, as those of real ids do.
        Uuid::from_u64_pair(0x0193_5f6e_7b1c_7000 + number, number.wrapping_mul(0x9e37_79b9_7f4a_7c15)).into()
    }

    pub async fn reseller(&self, name: &str) -> Reseller {
        let unpaid = Unpaid { count: 0, cap: 1_000_000 };
        let account = Account { unpaid, ..self.account(AccountKind::Reseller, None, name) };
        let person = Contact { activated_at: Some(noon()), ..self.contact(&account, &format!("admin@{name}.example")) };
        let mut tx = self.write().await;
        store::accounts::insert(&mut tx, &account).await.expect("an account");
        assert!(store::contacts::insert(&mut tx, &person).await.expect("a contact"));
        tx.commit().await.expect("a commit");
        let scope = scope(AccountKind::Reseller, account.id);
        Reseller { account, person, scope }
    }

    pub async fn customer(&self, of: &Reseller, name: &str, email: &str) -> Customer {
        let account = self.account(AccountKind::Customer, Some(of.account.id), name);
        let person = self.contact(&account, email);
        let mut tx = self.write().await;
        let seq = store::accounts::insert(&mut tx, &account).await.expect("an account");
        assert!(store::contacts::insert(&mut tx, &person).await.expect("a contact"));
        store::customers::index(&mut tx, seq, of.account.id, &account, &person).await.expect("words");
        store::accounts::count_customer(&mut tx, of.account.id).await.expect("a count");
        tx.commit().await.expect("a commit");
        let scope = scope(AccountKind::Customer, account.id);
        Customer { seq, account, person, scope }
    }

    /// An account as a new one is; not stored.
    pub fn account(&self, kind: AccountKind, reseller: Option<AccountId>, name: &str) -> Account {
        Account {
            id: self.id(),
            kind,
            reseller,
            name: name.to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            currency: Currency::EUR,
            ordering_since: None,
            reselling_since: None,
            price_list: None,
            suspended_at: None,
            debt_suspended_at: None,
            unpaid: Unpaid { count: 0, cap: 10 },
            licenses: 0,
            customers: 0,
            version: 0,
            created_at: noon(),
        }
    }

    /// A contact as a new one is, Anna Nord; not stored.
    pub fn contact(&self, of: &Account, email: &str) -> Contact {
        Contact::new(self.id(), of, email, ["Anna", "Nord"], noon())
    }

    /// A product with one option at 199.00.
    pub async fn option(&self, product: &str) -> PricedOption {
        let option = self.unstored_option(product);
        let mut tx = self.write().await;
        store::products::insert(&mut tx, &option.product).await.expect("a product");
        store::products::insert_option(&mut tx, &option, 1).await.expect("an option");
        tx.commit().await.expect("a commit");
        option
    }

    pub fn unstored_option(&self, product: &str) -> PricedOption {
        PricedOption {
            id: self.id(),
            product: Product {
                id: self.id(),
                name: product.to_owned(),
                description: format!("What {product} is."),
                add_on_of: None,
                trial_days: Some(30),
            },
            name: "Primary license".to_owned(),
            kind: Kind::Primary,
            billing: Billing::OneTime,
            activations: 1,
            list_price: Money::new(19_900, Currency::EUR),
        }
    }

    /// An order as a new one is; not stored.
    pub fn order(&self, reseller: &Reseller, customer: &Customer) -> Order {
        Order {
            id: self.id(),
            number: OrderNumber(0),
            draft: self.id(),
            reseller: reseller.account.id,
            customer: customer.account.id,
            placed_by: reseller.person.id,
            state: State::Executed,
            submitted_at: noon(),
            held: None,
            executed_at: Some(noon()),
            canceled_at: None,
            reason: None,
            written: Written::default(),
            sent_at: None,
        }
    }

    /// One order of `quantity` permanent licenses, pending, created at noon and in the search; `edit`
    /// makes each what the story needs. With their charges, audit entries and counters.
    pub async fn sell(
        &self,
        reseller: &Reseller,
        customer: &Customer,
        option: &PricedOption,
        quantity: u32,
        edit: impl Fn(u32, &mut License),
    ) -> Vec<Named> {
        let mut tx = self.write().await;
        let mut order = self.order(reseller, customer);
        order.number = store::orders::insert(&mut tx, &order).await.expect("an order");
        let mut line = Line {
            id: self.id(),
            order: order.id,
            option: option.id,
            license_type: Type::Permanent,
            quantity,
            unit: option.list_price,
            amount: untaxed(option.list_price.times(quantity).expect("countable")),
            rate: BasisPoints::new(0).expect("none"),
            added_to: None,
            upgrades: None,
        };
        let new: Vec<_> = (0..quantity)
            .map(|at| {
                let mut license = self.license(reseller, customer, option, &line);
                edit(at, &mut license);
                license
            })
            .collect();
        line.license_type = new.first().map_or(Type::Permanent, |license| license.license_type);
        store::orders::insert_line(&mut tx, &line).await.expect("a line");
        let words = store::customers::words(&customer.account, &customer.person);
        let mut sold = Vec::new();
        for license in new {
            let seq = store::licenses::insert(&mut tx, &license).await.expect("a license");
            store::licenses::index(&mut tx, seq, &license, order.number, &words).await.expect("words");
            self.books(&mut tx, reseller, &license, &line).await;
            sold.push(Named {
                seq,
                product: option.product.name.clone(),
                option: option.name.clone(),
                activations: option.activations,
                customer: customer.account.name.clone(),
                order: order.id,
                order_number: order.number,
                unit_amount: line.unit.minor,
                upgraded_at: None,
                license,
            });
        }
        let more = i64::from(quantity);
        store::accounts::count_licenses(&mut tx, reseller.account.id, more).await.expect("a count");
        store::accounts::count_licenses(&mut tx, customer.account.id, more).await.expect("a count");
        tx.commit().await.expect("a commit");
        self.live(&sold).await;
        sold
    }

    /// What is written beside a license: its charge and slot, or its trial, and its audit entry.
    async fn books(&self, tx: &mut Tx, reseller: &Reseller, license: &License, line: &Line) {
        if license.license_type == Type::Trial {
            store::licenses::take_trial(tx, license).await.expect("a trial");
        } else {
            let charge = Charge {
                id: self.id(),
                account: reseller.account.id,
                license: license.id,
                order_line: line.id,
                unit: line.unit,
                amount: untaxed(line.unit),
                rate: line.rate,
                period: None,
                part: None,
                invoice_from: None,
                replaces: None,
                created_at: license.created_at,
            };
            store::charges::insert(tx, &charge).await.expect("a charge");
            let nothing = Money::zero(line.unit.currency);
            store::accounts::owe(tx, charge.account, line.unit, nothing).await.expect("owed");
            if license.payment == Some(PaymentStatus::Paid) {
                let entry = Entry { kind: EntryKind::Payment, amount: line.unit };
                let seq =
                    store::ledger::insert(tx, charge.account, entry, None, None, noon()).await.expect("a payment");
                let settled = store::ledger::settle(tx, seq, charge.id, line.unit, noon()).await.expect("settled");
                assert!(settled, "all of it was open");
            }
        }
        if license.payment == Some(PaymentStatus::Pending) && license.life.revoked.is_none() {
            assert!(store::accounts::take_unpaid_slots(tx, reseller.account.id, 1).await.expect("a slot"));
        }
        store::audit::append(tx, &self.event(What::LicenseCreated, license.id.to_string())).await.expect("an entry");
    }

    /// Later issues suspend, revoke and transfer; until then the times are written beside the store.
    async fn live(&self, sold: &[Named]) {
        for Named { license: License { id, life, .. }, .. } in sold {
            let times = [("suspended", life.suspended), ("revoked", life.revoked), ("transferred", life.transferred)];
            for (what, at) in times {
                if let Some(at) = at.map(|at| at.timestamp_micros()) {
                    self.break_by(format!("update licenses set {what}_at = {at} where id = '{id}'"))
                        .await
                        .expect("a time");
                }
            }
        }
    }

    pub fn event(&self, what: What, subject: String) -> Event {
        Event {
            id: self.id(),
            at: noon(),
            what,
            account: None,
            contact: None,
            who: "Anna Nord".to_owned(),
            subject,
            detail: None,
            address: "192.0.2.7".to_owned(),
            request: "r-1".to_owned(),
        }
    }

    /// A license as a new one is; not stored.
    pub fn license(&self, reseller: &Reseller, customer: &Customer, option: &PricedOption, line: &Line) -> License {
        let id = self.id::<Uuid>();
        License {
            id: id.into(),
            key: key_of(id),
            order_line: line.id,
            reseller: reseller.account.id,
            customer: customer.account.id,
            product: option.product.id,
            option: option.id,
            kind: option.kind,
            license_type: Type::Permanent,
            payment: Some(PaymentStatus::Pending),
            customer_paid: domain::licenses::CustomerPaid(None),
            reseller_notes: None,
            customer_details: None,
            created_at: noon(),
            updates_until: None,
            life: Life::default(),
        }
    }
}

/// A key that looks random and is always the same for the same id.
fn key_of(id: Uuid) -> LicenseKey {
    let mut state = id.as_u128() as u64 | 1;
    LicenseKey::from_random(std::array::from_fn(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    }))
}

/// The key with these first symbols and zeros after them.
pub fn key(beginning: &str) -> LicenseKey {
    const SYMBOLS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut random = [0; domain::licenses::RANDOM_SYMBOLS];
    for (at, symbol) in random.iter_mut().zip(beginning.chars()) {
        *at = SYMBOLS.find(symbol).expect("a symbol of keys") as u8;
    }
    LicenseKey::from_random(random)
}

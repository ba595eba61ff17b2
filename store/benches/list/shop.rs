//! A database as it looks after two years: two resellers who sell in turn.

use chrono::Duration;
use domain::{
    AccountId, Actor, BasisPoints, Currency, Money, ProductId, Scope, Timestamp,
    accounts::{Kind as AccountKind, Unpaid},
    billing::Taxed,
    licenses::{CustomerPaid, LicenseKey, Life, PaymentStatus, Type},
    orders::{OrderNumber, State, Written},
    products::{Billing, Kind},
};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use store::{
    Store, Tx,
    accounts::Account,
    contacts::Contact,
    licenses::{License, Page, Place},
    orders::{Line, Order},
    products::{PricedOption, Product},
};
use uuid::Uuid;

/// Licenses of an order, and of a transaction.
const ORDER: u32 = 4;
const BATCH: u32 = 1_000;
/// How many licenses of a reseller are unpaid, however many it has: the operator's cap.
const UNPAID: u32 = 80;

/// Half of the licenses are of this product.
const MOST_SOLD: &str = "Store Manager for PrestaShop";

/// A filled database, and what to ask it for.
pub struct Shop {
    pub store: Store,
    pub scope: Scope,
    pub product: ProductId,
    pub customer: AccountId,
    /// A key, and the number of an order.
    pub key: String,
    pub order: String,
    /// The place in the middle of the list, and of the customers.
    pub middle: Place,
    pub middle_customer: i64,
}

pub fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a time")
}

pub fn days(days: i64) -> Duration {
    Duration::days(days)
}

struct Seller {
    account: Account,
    person: Contact,
    /// Each with its place and its words.
    customers: Vec<(Account, i64, String)>,
}

/// Chance that is the same every time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 16
    }

    fn below(&mut self, most: u32) -> u32 {
        u32::try_from(self.next() % u64::from(most)).expect("below a u32")
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(u32::try_from(all.len()).expect("a few")) as usize]
    }

    fn id<T: From<Uuid>>(&mut self, at: Timestamp) -> T {
        let millis = u64::try_from(at.timestamp_millis()).expect("after 1970");
        let random = std::array::from_fn(|_| self.next() as u8);
        T::from(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }
}

/// Two resellers with that many licenses each, sold evenly over two years; one customer for five of them.
pub async fn fill(store: &Store, url: &str, licenses: u32) {
    store.migrate().await.expect("migrations");
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let options = catalog(store, &mut chance).await;
    let mut sellers = Vec::new();
    for name in ["acme", "globex"] {
        sellers.push(seller(store, &mut chance, name, licenses / 5).await);
    }
    let step = days(730) / i32::try_from(licenses / ORDER).expect("in range");
    let mut at = now() - days(730);
    let mut tx = store.write().await.expect("a transaction");
    for order in 0..licenses / ORDER {
        for seller in &sellers {
            sell(&mut tx, &mut chance, seller, &options, at, order * ORDER, licenses).await;
        }
        at += step;
        if order % (BATCH / ORDER) == 0 {
            tx.commit().await.expect("a commit");
            tx = store.write().await.expect("a transaction");
        }
    }
    tx.commit().await.expect("a commit");
    some_stopped(url, licenses).await;
    store.analyze().await.expect("statistics");
}

impl Shop {
    /// What there is to ask a filled database for.
    pub async fn of(store: Store, licenses: u32) -> Self {
        let mut tx = store.read().await.expect("a transaction");
        let admin = store::contacts::by_login(&mut tx, "admin@acme.example").await.expect("an answer");
        let scope = scope(admin.expect("the reseller").account);
        let newer = Page { most: i64::from(licenses / 2), ..Page::default() };
        let newer = store::licenses::page(&mut tx, &scope, &newer, now()).await.expect("a page");
        let customers = i64::from(licenses / 10);
        let customers = store::customers::page(&mut tx, &scope, None, None, customers).await.expect("a page");
        let sold = store::products::priced(&mut tx, Currency::EUR).await.expect("products");
        let product = sold.iter().find(|option| option.product.name == MOST_SOLD).expect("a product").product.id;
        drop(tx);
        let middle = newer.last().expect("half of the licenses");
        Self {
            scope,
            product,
            customer: middle.license.customer,
            key: middle.license.key.grouped(),
            order: middle.order_number.to_string(),
            middle: Place::of(middle),
            middle_customer: customers.last().expect("half of the customers").seq,
            store,
        }
    }
}

fn scope(account: AccountId) -> Scope {
    let none = Uuid::nil();
    let (name, organisation) = (String::new(), String::new());
    Actor {
        contact: none.into(),
        account,
        side: AccountKind::Reseller,
        roles: domain::Roles::chief(AccountKind::Reseller),
        session: none.into(),
        name,
        organisation,
        due: None,
        confirmed_at: Timestamp::UNIX_EPOCH,
    }
    .scope()
}

/// Four products, one of them for rent.
async fn catalog(store: &Store, chance: &mut Chance) -> Vec<PricedOption> {
    let mut tx = store.write().await.expect("a transaction");
    let mut options = Vec::new();
    for (name, billing) in [
        (MOST_SOLD, Billing::OneTime),
        ("Store Manager for OpenCart", Billing::OneTime),
        ("Automated Product Import", Billing::OneTime),
        ("Cloud Backup", Billing::Yearly),
    ] {
        let product = Product {
            id: chance.id(now()),
            name: name.to_owned(),
            description: String::new(),
            add_on_of: None,
            trial_days: Some(30),
        };
        store::products::insert(&mut tx, &product).await.expect("a product");
        for kind in [Kind::Primary, Kind::Additional] {
            let option = PricedOption {
                id: chance.id(now()),
                product: product.clone(),
                name: format!("{} license", kind.label()),
                kind,
                billing,
                activations: 1,
                list_price: Money::new(19_900, Currency::EUR),
            };
            store::products::insert_option(&mut tx, &option, 1).await.expect("an option");
            options.push(option);
        }
    }
    tx.commit().await.expect("a commit");
    options
}

async fn seller(store: &Store, chance: &mut Chance, name: &str, customers: u32) -> Seller {
    let mut tx = store.write().await.expect("a transaction");
    let account = account(chance, AccountKind::Reseller, None, name, now() - days(730));
    let person = contact(chance, &account, &format!("admin@{name}.example"));
    store::accounts::insert(&mut tx, &account).await.expect("an account");
    store::contacts::insert(&mut tx, &person).await.expect("a contact");
    let mut all = Vec::new();
    for number in 0..customers {
        let since = now() - days(730) + days(730) / i32::try_from(customers).expect("in range") * number as i32;
        let company = *chance.of(&["Northwind", "Contoso", "Initech", "Umbrella"]);
        let town = *chance.of(&["Berlin", "Kraków", "Lyon", "Porto", "Turku", "Graz", "Brno", "Gent"]);
        let customer = self::account(
            chance,
            AccountKind::Customer,
            Some(account.id),
            &format!("{company} {town} {number}"),
            since,
        );
        let person = contact(chance, &customer, &format!("office{number}@{company}-{name}.example"));
        let seq = store::accounts::insert(&mut tx, &customer).await.expect("an account");
        store::contacts::insert(&mut tx, &person).await.expect("a contact");
        store::customers::index(&mut tx, seq, account.id, &customer, &person).await.expect("words");
        let words = store::customers::words(&customer, &person);
        all.push((customer, seq, words));
    }
    tx.commit().await.expect("a commit");
    Seller { account, person, customers: all }
}

fn account(
    chance: &mut Chance,
    kind: AccountKind,
    reseller: Option<AccountId>,
    name: &str,
    since: Timestamp,
) -> Account {
    Account {
        id: chance.id(since),
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
        unpaid: Unpaid { count: 0, cap: i64::from(UNPAID) },
        licenses: 0,
        customers: 0,
        version: 0,
        created_at: since,
    }
}

fn contact(chance: &mut Chance, of: &Account, email: &str) -> Contact {
    let name = [*chance.of(&["Anna", "Bo", "Cleo", "Dan"]), *chance.of(&["Nord", "Süd", "Ost", "West"])];
    Contact::new(chance.id(of.created_at), of, email, name, now())
}

/// One order: the licenses from `first` on of `all` that the seller sells. A seventh are trials, a fifth is rented;
/// those that are unpaid and those with a rare word lie evenly in the list.
async fn sell(
    tx: &mut Tx,
    chance: &mut Chance,
    seller: &Seller,
    options: &[PricedOption],
    at: Timestamp,
    first: u32,
    all: u32,
) {
    let (customer, _, words) = chance.of(&seller.customers);
    let option = &options[*chance.of(&[0, 0, 0, 0, 1, 2, 2, 4, 6, 6])];
    let license_type = match (option.billing, option.kind) {
        (Billing::OneTime, Kind::Primary) if chance.below(5) == 0 => Type::Trial,
        (Billing::OneTime, _) => Type::Permanent,
        _ => Type::Subscription,
    };
    let mut order = Order {
        id: chance.id(at),
        number: OrderNumber(0),
        draft: chance.id(at),
        reseller: seller.account.id,
        customer: customer.id,
        placed_by: seller.person.id,
        state: State::Executed,
        submitted_at: at,
        held: None,
        executed_at: Some(at),
        canceled_at: None,
        reason: None,
        written: Written::default(),
        sent_at: None,
    };
    order.number = store::orders::insert(tx, &order).await.expect("an order");
    let unit = option.list_price;
    let amount = Taxed::zero(unit.currency);
    let rate = BasisPoints::new(0).expect("none");
    let (id, quantity) = (chance.id(at), ORDER);
    let line = Line {
        id,
        order: order.id,
        option: option.id,
        license_type,
        quantity,
        unit,
        amount,
        rate,
        added_to: None,
        upgrades: None,
    };
    store::orders::insert_line(tx, &line).await.expect("a line");
    for number in first..first + ORDER {
        let payment = match license_type {
            Type::Trial => None,
            _ if number.is_multiple_of(all / UNPAID) => Some(PaymentStatus::Pending),
            _ => Some(PaymentStatus::Paid),
        };
        let license = License {
            id: chance.id(at),
            key: LicenseKey::from_random(std::array::from_fn(|_| chance.next() as u8)),
            order_line: line.id,
            reseller: seller.account.id,
            customer: customer.id,
            product: option.product.id,
            option: option.id,
            kind: option.kind,
            license_type,
            payment,
            customer_paid: CustomerPaid((chance.below(5) < 3).then(|| at.date_naive())),
            reseller_notes: match number % (all / 4) {
                2 => Some("Zeppelin".to_owned()),
                _ => (number % 2 == 0).then(|| format!("PO 2026-{number}, please keep")),
            },
            customer_details: Some("Installed by our team; call us before you move it.".to_owned()),
            created_at: at,
            updates_until: Some(at + days(180)),
            life: Life {
                valid_until: match license_type {
                    Type::Permanent => None,
                    Type::Trial => Some(at + days(30)),
                    Type::Subscription => Some(at + days(365)),
                },
                ..Life::default()
            },
        };
        let seq = store::licenses::insert(tx, &license).await.expect("a license");
        store::licenses::index(tx, seq, &license, order.number, words).await.expect("words");
    }
}

/// Some have been suspended, evenly in the list.
async fn some_stopped(url: &str, licenses: u32) {
    let mut connection = AnyConnection::connect(url).await.expect("a connection");
    let sql = format!("update licenses set suspended_at = created_at where seq % {} < 2", licenses / UNPAID * 2);
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("suspended");
}

//! The house of an operator: a little of what is rare, evenly among much or little of the rest.

use chrono::Duration;
use domain::{
    AccountId, Actor, Currency, Money, PriceListId, Scope, Timestamp,
    accounts::{AccountForm, Kind},
    applications::NewApplication,
    audit::What,
    price_lists::PriceList,
    products::{Billing, Kind as OptionKind},
};
use store::{
    Store, Tx,
    accounts::{self, Account},
    applications,
    audit::{self, Event},
    contacts::{self, Contact},
    customers, mail, price_lists,
    products::{self, PricedOption, Product},
};
use uuid::Uuid;

/// How many of each there are.
#[derive(Clone, Copy)]
pub struct Many {
    pub accounts: u32,
    /// Of one reseller.
    pub customers: u32,
    /// Of mails and of entries in the audit log; a tenth of each other thing, but at least 20.
    pub others: u32,
}

/// A filled database, and what to ask it for.
pub struct House {
    pub store: Store,
    pub office: Scope,
    pub reseller: Scope,
    /// The account with many people.
    pub team: AccountId,
    /// A place in the middle of the accounts.
    pub middle: i64,
}

pub fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a time")
}

pub fn days(days: i64) -> Duration {
    Duration::days(days)
}

/// New ids, one after the other.
struct Ids(u64);

impl Ids {
    fn next<T: From<Uuid>>(&mut self) -> T {
        self.0 += 1;
        Uuid::from_u64_pair(0x0193_5f6e_7b1c_7000 + self.0, self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)).into()
    }
}

/// Whether the number `at` of `of` is one of two that lie evenly among them, the `which`th such pair.
fn rare(at: u32, of: u32, which: u32) -> bool {
    at % (of / 2) == which
}

impl House {
    pub async fn fill(store: Store, many: Many) -> Self {
        store.migrate().await.expect("migrations");
        let (mut ids, some) = (Ids(0), (many.others / 10).max(20));
        let mut tx = store.write().await.expect("a transaction");
        let operator = Account::new(ids.next(), Kind::Operator, "Keyhouse", now());
        accounts::insert(&mut tx, &operator).await.expect("an account");
        let lists = price_lists(&mut tx, &mut ids, some).await;
        tx.commit().await.expect("a commit");
        let mut tx = store.write().await.expect("a transaction");
        let (mut last, mut middle) = (None, 0);
        for at in 0..many.accounts {
            let (account, seq) = account(&mut tx, &mut ids, &operator, lists, at, many.accounts).await;
            middle = if at == many.accounts / 2 { seq } else { middle };
            last = Some(account);
        }
        let team = last.expect("an account");
        for at in 0..some {
            person(&mut tx, &mut ids, &team, &format!("p{at}@team.example")).await;
        }
        tx.commit().await.expect("a commit");
        let mut tx = store.write().await.expect("a transaction");
        for at in 0..many.customers {
            customer(&mut tx, &mut ids, &team, at, many.customers).await;
        }
        tx.commit().await.expect("a commit");
        let mut tx = store.write().await.expect("a transaction");
        products(&mut tx, &mut ids, some).await;
        applications(&mut tx, &mut ids, &team, some).await;
        mails(&mut tx, &mut ids, many.others).await;
        log(&mut tx, &mut ids, &team, many.others).await;
        tx.commit().await.expect("a commit");
        store.analyze().await.expect("statistics");
        let (office, reseller) = (scope(Kind::Operator, operator.id), scope(Kind::Reseller, team.id));
        Self { store, office, reseller, team: team.id, middle }
    }
}

fn scope(side: Kind, account: AccountId) -> Scope {
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

/// One that holds, one that has not begun, one that is over; and others that nobody has.
async fn price_lists(tx: &mut Tx, ids: &mut Ids, some: u32) -> [PriceListId; 3] {
    let mut first = Vec::new();
    for at in 0..some {
        let list = PriceList {
            id: ids.next(),
            name: format!("Prices {at}"),
            currency: Currency::EUR,
            starts: if at == 1 { "2026-12-01" } else { "2026-01-01" }.parse().expect("a day"),
            ends: (at == 2).then(|| "2026-10-31".parse().expect("a day")),
            active: true,
            percent_off: None,
        };
        price_lists::insert(tx, &list, "").await.expect("a price list");
        first.push(list.id);
    }
    [first[0], first[1], first[2]]
}

/// All are ready but eight: two have not begun, two are over, two may not order, two are suspended. The last is ready.
async fn account(
    tx: &mut Tx,
    ids: &mut Ids,
    operator: &Account,
    [holds, early, over]: [PriceListId; 3],
    at: u32,
    of: u32,
) -> (Account, i64) {
    let list = match () {
        () if rare(at, of, 0) => early,
        () if rare(at, of, 1) => over,
        () => holds,
    };
    let on = (!rare(at, of, 2)).then(now);
    let word = if rare(at, of, 4) { "Zeppelin" } else { "Partner" };
    let account = Account {
        ordering_since: on,
        reselling_since: on,
        price_list: Some(list),
        ..Account::new(ids.next(), Kind::Reseller, format!("{word} {at} example"), now())
    };
    let seq = accounts::insert(tx, &account).await.expect("an account");
    let form = AccountForm { name: account.name.clone(), ..AccountForm::blank("Europe/Berlin", Currency::EUR) };
    let details = form.check().expect("details");
    accounts::index(tx, operator.id, seq, &details.person).await.expect("words");
    person(tx, ids, &account, &format!("a{at}@partner.example")).await;
    if rare(at, of, 3) {
        accounts::suspend(tx, account.id, "Overdue", now()).await.expect("suspended");
    }
    (account, seq)
}

async fn person(tx: &mut Tx, ids: &mut Ids, of: &Account, email: &str) -> Contact {
    let person = Contact { activated_at: Some(now()), ..Contact::new(ids.next(), of, email, ["Anna", "Nord"], now()) };
    assert!(contacts::insert(tx, &person).await.expect("a contact"));
    person
}

async fn customer(tx: &mut Tx, ids: &mut Ids, of: &Account, at: u32, all: u32) {
    let word = if rare(at, all, 4) { "Zeppelin" } else { "Northwind" };
    let account =
        Account { reseller: Some(of.id), ..Account::new(ids.next(), Kind::Customer, format!("{word} {at}"), now()) };
    let seq = accounts::insert(tx, &account).await.expect("an account");
    let person = person(tx, ids, &account, &format!("c{at}@customer.example")).await;
    customers::index(tx, seq, of.id, &account, &person).await.expect("words");
}

async fn products(tx: &mut Tx, ids: &mut Ids, some: u32) {
    for at in 0..some {
        let product = Product {
            id: ids.next(),
            name: format!("Product {at}"),
            description: String::new(),
            add_on_of: None,
            trial_days: None,
        };
        products::insert(tx, &product).await.expect("a product");
        for kind in [OptionKind::Primary, OptionKind::Additional] {
            let option = PricedOption {
                id: ids.next(),
                product: product.clone(),
                name: kind.label().to_owned(),
                kind,
                billing: Billing::OneTime,
                activations: 1,
                list_price: Money::new(19_900, Currency::EUR),
            };
            products::insert_option(tx, &option, 1).await.expect("an option");
        }
    }
}

/// As many of each state.
async fn applications(tx: &mut Tx, ids: &mut Ids, account: &Account, some: u32) {
    let by = person(tx, ids, account, "decides@team.example").await.id;
    let wrote = NewApplication {
        organisation: "Initech".to_owned(),
        first_name: "Ida".to_owned(),
        last_name: "Ng".to_owned(),
        email: "ida@initech.example".to_owned(),
        phone: "1".to_owned(),
        country: "Germany".to_owned(),
        website: None,
        message: None,
    };
    for at in 0..some * 3 {
        let (id, key) = (ids.next(), ids.next::<Uuid>().into());
        assert!(applications::insert(tx, id, key, &wrote, now()).await.expect("an application"));
        match at % 3 {
            0 => assert!(applications::approve(tx, id, account.id, by, now()).await.expect("approved")),
            1 => assert!(applications::reject(tx, id, by, now()).await.expect("rejected")),
            _ => {}
        }
    }
}

/// As many are sent as wait or are tried again; two have failed.
async fn mails(tx: &mut Tx, ids: &mut Ids, many: u32) {
    for at in 0..many {
        let id = ids.next();
        mail::insert(tx, id, "anna@northwind.example", "Your license key", "Text", None, now()).await.expect("a mail");
        match at % 3 {
            _ if rare(at, many, 3) => mail::given_up(tx, id, "550 no such person", now()).await.expect("given up"),
            0 => mail::sent(tx, id, now(), false).await.expect("sent"),
            1 => mail::failed(tx, id, "no answer", now() + days(1)).await.expect("failed"),
            _ => {}
        }
    }
}

/// Over the last two days.
async fn log(tx: &mut Tx, ids: &mut Ids, account: &Account, many: u32) {
    for at in 0..many {
        let event = Event {
            id: ids.next(),
            at: now() - days(2) + days(2) / i32::try_from(many).expect("in range") * at as i32,
            what: if rare(at, many, 1) { What::Locked } else { What::SignedIn },
            account: Some(account.id),
            contact: None,
            who: "Anna Nord".to_owned(),
            subject: "1".to_owned(),
            detail: None,
            address: "192.0.2.7".to_owned(),
            request: String::new(),
        };
        audit::append(tx, &event).await.expect("an entry");
    }
}

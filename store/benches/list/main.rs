//! What a page of the list costs out of 1,000 licenses and out of 100,000 (L14): `make bench`.
//!
//! Two databases are filled in the same manner, each with two resellers of that many licenses. Each view is then
//! asked of both in turn, many times: all that `service::licenses::list` asks the store for, which is a page of 50, how
//! many fit where the page does not tell, and a little that is always the same. Ends with 1 when the larger costs more than half as much again in any view, but for
//! two that are known.
//! With `--postgres` the same on the server of `KEYHOUSE_TEST_POSTGRES_URL`; with `--keep FOLDER` the databases stay
//! there, and are taken as they are the next time.

#[path = "../measure/mod.rs"]
mod measure;
mod shop;

use std::{path::Path, process::ExitCode, time::Instant};

use domain::licenses::{COUNTED, PaidFilter, PaymentStatus, SearchText, Sort, State, Type};
use domain::{Timestamp, products::Kind};
use store::{
    Store, accounts, customers,
    licenses::{self, Page, Place},
    products,
    testing::Database,
};

use measure::Table;
use shop::{Shop, days, now};

const SMALL: u32 = 1_000;
const LARGE: u32 = 100_000;
/// Views that are known to cost more, each with the most it may: the first leaps through many hits from one unpaid license
/// to the next, the second looks at what was sold of late and has not ended yet.
const KNOWN: [(&str, f64); 2] = [("product, pending, search: a quarter", 2.0), ("expired, search: a quarter", 2.5)];
/// As in `service::licenses::list`, with one more that tells of a next page.
const PAGE: i64 = 51;

/// What is asked of the store.
enum Ask {
    /// The license list: whose it is, the page, how many fit where that is not known, the products to filter by.
    List(Page),
    /// What the reseller's first page counts and shows.
    Home,
    /// A page of customers.
    Customers(Option<SearchText>, Option<i64>),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().collect();
    let postgres = arguments.iter().any(|argument| argument == "--postgres");
    let keep = arguments.iter().position(|argument| argument == "--keep").and_then(|at| arguments.get(at + 1));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = keep.map_or(folder.path(), Path::new);
    let (mut shops, mut lent) = (Vec::new(), Vec::new());
    for licenses in [SMALL, LARGE] {
        let file = folder.join(format!("{licenses}.db"));
        let filled = keep.is_some() && file.exists();
        let url = if postgres {
            lent.push(Database::empty_postgres().await);
            lent.last().expect("one").url.clone()
        } else {
            format!("sqlite:{}", file.display())
        };
        let store = Store::open(&url).await.expect("a database");
        if !filled {
            let start = Instant::now();
            shop::fill(&store, &url, licenses).await;
            println!("two resellers with {licenses} licenses each: filled in {:.0?}", start.elapsed());
        }
        shops.push(Shop::of(store, licenses).await);
    }
    let [small, large] = shops.as_slice() else { return ExitCode::FAILURE };
    let views: Vec<_> =
        views(small).into_iter().zip(views(large)).map(|((name, one), (_, other))| (name, one, other)).collect();
    let table = Table { of: Some((SMALL, LARGE)), known: &KNOWN };
    if table.compare(small, large, &views, answer).await { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Asks, and gives how many rows came and how many fit, if they were counted.
async fn answer(shop: &Shop, ask: &Ask) -> (usize, Option<i64>) {
    let mut tx = shop.store.read().await.expect("a transaction");
    let account = accounts::own(&mut tx, &shop.scope).await.expect("an answer").expect("the account");
    match ask {
        Ask::List(page) => {
            let rows = licenses::rows(&mut tx, &shop.scope, page, now()).await.expect("a page").len();
            let whole = page.after.is_none() && (rows as i64) < PAGE;
            // How many there are altogether is known without counting.
            let everything = Page { after: page.after, most: page.most, ..Page::default() };
            let fit = match whole || *page == everything {
                true => None,
                false => Some(licenses::count(&mut tx, &shop.scope, page, now(), COUNTED).await.expect("a count")),
            };
            products::names(&mut tx, account.currency).await.expect("products");
            (rows, fit)
        }
        Ask::Home => {
            let newest = Page { most: 10, ..Page::default() };
            let rows = licenses::rows(&mut tx, &shop.scope, &newest, now()).await.expect("a page").len();
            let ending = Page {
                license_type: Some(Type::Trial),
                state: Some(State::Active),
                ends_by: Some(now() + days(7)),
                ..Page::default()
            };
            (rows, Some(licenses::count(&mut tx, &shop.scope, &ending, now(), 1_000).await.expect("a count")))
        }
        Ask::Customers(search, after) => {
            (customers::page(&mut tx, &shop.scope, search.as_ref(), *after, PAGE).await.expect("a page").len(), None)
        }
    }
}

/// The views, each with what it asks of that shop.
#[rustfmt::skip]
fn views(shop: &Shop) -> Vec<(&'static str, Ask)> {
    let plain = || Page { most: PAGE, ..Page::default() };
    let list = |name, page| (name, Ask::List(page));
    let find = |text| Page { search: SearchText::of(text), ..plain() };
    let of = |payment| Page { payment: Some(payment), ..plain() };
    let is = |license_type| Page { license_type: Some(license_type), ..plain() };
    let stands = |state| Page { state: Some(state), ..plain() };
    let from = Some::<Timestamp>(now() - days(425));
    let before = Some::<Timestamp>(now() - days(365));
    let (after, product, customer) = (Some(shop.middle), Some(shop.product), Some(shop.customer));
    let (pending, paid) = (PaymentStatus::Pending, PaymentStatus::Paid);
    let later = Some(Place { seq: 0, end: (now() + days(30)).timestamp_micros() });
    vec![
        list("all, newest first", plain()),
        list("all, from the middle on", Page { after, ..plain() }),
        list("oldest first, from the middle on", Page { sort: Some(Sort::Oldest), after, ..plain() }),
        list("ending first", Page { sort: Some(Sort::Ending), ..plain() }),
        list("ending first, in a month", Page { sort: Some(Sort::Ending), after: later, ..plain() }),
        list("search: a word of every license", find("example")),
        list("search: beginning of a word of every license", find("exam")),
        list("search: one letter", find("e")),
        list("search: a word of a quarter", find("northwind")),
        list("search: a word of a quarter, from the middle on", Page { after, ..find("northwind") }),
        list("search: a word of four licenses", find("zeppelin")),
        list("search: a word that nobody has", find("xylophone")),
        list("search: two common words", find("northwind example")),
        list("search: a common and a rare word", find("example zeppelin")),
        list("search: beginning of a key", find(&shop.key[..8])),
        list("search: beginning of a key, no dashes", find(&shop.key.replace('-', "")[..9])),
        list("search: number of an order", find(&shop.order)),
        list("payment pending", of(pending)),
        list("payment paid", of(paid)),
        list("type trial", is(Type::Trial)),
        list("kind additional", Page { kind: Some(Kind::Additional), ..plain() }),
        list("product", Page { product, ..plain() }),
        list("customer", Page { customer, ..plain() }),
        list("customer has not paid", Page { paid: Some(PaidFilter::No), ..plain() }),
        list("state active", stands(State::Active)),
        list("state expired", stands(State::Expired)),
        list("state suspended", stands(State::Suspended)),
        list("two months, more than a year ago", Page { from, before, ..plain() }),
        list("before a year ago", Page { before, ..plain() }),
        list("product, pending", Page { product, ..of(pending) }),
        list("product, customer has not paid", Page { product, paid: Some(PaidFilter::No), ..plain() }),
        list("product, paid, customer has not paid", Page { product, paid: Some(PaidFilter::No), ..of(paid) }),
        list("trial, expired", Page { state: Some(State::Expired), ..is(Type::Trial) }),
        list("subscription, active", Page { state: Some(State::Active), ..is(Type::Subscription) }),
        list("product, paid, search: a quarter", Page { product, payment: Some(paid), ..find("northwind") }),
        list("product, pending, search: a quarter", Page { product, payment: Some(pending), ..find("northwind") }),
        list("before a year ago, search: a quarter", Page { before, ..find("northwind") }),
        list("expired, search: a quarter", Page { state: Some(State::Expired), ..find("northwind") }),
        ("home", Ask::Home),
        ("customers, newest first", Ask::Customers(None, None)),
        ("customers, from the middle on", Ask::Customers(None, Some(shop.middle_customer))),
        ("customers, search: a quarter", Ask::Customers(SearchText::of("northwind"), None)),
        ("customers, search: two common words", Ask::Customers(SearchText::of("northwind example"), None)),
    ]
}

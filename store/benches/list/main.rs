//! What a page of the list costs out of 1,000 licenses and out of 100,000 (L14): `make bench`.
//!
//! Two databases are filled in the same manner, each with two resellers of that many licenses. Each view is then
//! asked of both in turn, many times: all that `service::licenses::list` asks the store for, which is a page of 50, how
//! many fit where the page does not tell, and a little that is always the same. Ends with 1 when the larger costs more than half as much again in any view, but for
//! two that are known.
//! With `--postgres` the same on the server of `KEYHOUSE_TEST_POSTGRES_URL`; with `--keep FOLDER` the databases stay
//! there, and are taken as they are the next time.

mod shop;

use std::{path::Path, process::ExitCode, time::Instant};

use domain::licenses::{COUNTED, PaidFilter, PaymentStatus, SearchText, Sort, State, Type};
use domain::{Timestamp, products::Kind};
use store::{
    Store, accounts, customers,
    licenses::{self, Page, Place},
    products,
};

use shop::{Shop, days, now};

const SMALL: u32 = 1_000;
const LARGE: u32 = 100_000;
const RUNS: usize = 200;
const LIMIT: f64 = 1.5;
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
    let mut shops = Vec::new();
    for licenses in [SMALL, LARGE] {
        let file = folder.join(format!("{licenses}.db"));
        let filled = keep.is_some() && file.exists();
        let url = if postgres { store::testing::fresh_postgres().await } else { format!("sqlite:{}", file.display()) };
        let store = Store::open(&url).await.expect("a database");
        if !filled {
            let start = Instant::now();
            shop::fill(&store, &url, licenses).await;
            println!("two resellers with {licenses} licenses each: filled in {:.0?}", start.elapsed());
        }
        shops.push(Shop::of(store, licenses).await);
    }
    if compare(&shops[0], &shops[1]).await { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Asks both in turn and says what it took; `false` when a view is beyond the limit.
async fn compare(small: &Shop, large: &Shop) -> bool {
    let (ours, theirs) = (views(small), views(large));
    let mut times = vec![(Vec::new(), Vec::new()); ours.len()];
    let mut sizes = vec![((0, None), (0, None)); ours.len()];
    for run in 0..RUNS {
        for (at, ((_, one), (_, other))) in ours.iter().zip(&theirs).enumerate() {
            // They take turns in coming first.
            for turn in [run % 2, (run + 1) % 2] {
                let (shop, ask) = if turn == 0 { (small, one) } else { (large, other) };
                // What is timed is the query, and not what others before it left in the processor's caches.
                answer(shop, ask).await;
                let start = Instant::now();
                let size = answer(shop, ask).await;
                let (time, known) =
                    if turn == 0 { (&mut times[at].0, &mut sizes[at].0) } else { (&mut times[at].1, &mut sizes[at].1) };
                time.push(start.elapsed());
                *known = size;
            }
        }
    }
    println!("\n{:48} {:>13} {:>13} {:>9} {:>9} {:>6}", "median of 200", "rows of", "rows of", SMALL, LARGE, "ratio");
    let mut within = true;
    for (at, (name, _)) in ours.iter().enumerate() {
        let median = |times: &mut Vec<std::time::Duration>| {
            times.sort_unstable();
            times[times.len() / 2].as_secs_f64() * 1e6
        };
        let (one, other) = (median(&mut times[at].0), median(&mut times[at].1));
        let (of_one, of_other) = sizes[at];
        let shown = |(rows, fit): (usize, Option<i64>)| match fit {
            Some(fit) => format!("{rows} of {fit}"),
            None => rows.to_string(),
        };
        let ratio = other / one;
        let known = KNOWN.iter().find(|(view, _)| view == name).map(|(_, most)| *most);
        let mark = match known {
            _ if ratio <= LIMIT => "",
            Some(most) if ratio <= most => "  known to be more than 1.5",
            _ => "  too much",
        };
        println!(
            "{name:48} {:>13} {:>13} {one:>6.0} us {other:>6.0} us {ratio:>6.2}{mark}",
            shown(of_one),
            shown(of_other)
        );
        within &= ratio <= known.unwrap_or(LIMIT);
    }
    within
}

/// Asks, and gives how many rows came and how many fit, if they were counted.
async fn answer(shop: &Shop, ask: &Ask) -> (usize, Option<i64>) {
    let mut tx = shop.store.read().await.expect("a transaction");
    let account = accounts::own(&mut tx, &shop.scope).await.expect("an answer").expect("the account");
    match ask {
        Ask::List(page) => {
            let rows = licenses::page(&mut tx, &shop.scope, page, now()).await.expect("a page").len();
            let whole = page.after.is_none() && (rows as i64) < PAGE;
            // How many there are altogether is known without counting.
            let everything = Page { after: page.after, most: page.most, ..Page::default() };
            let fit = match whole || *page == everything {
                true => None,
                false => Some(licenses::count(&mut tx, &shop.scope, page, now(), COUNTED).await.expect("a count")),
            };
            products::priced(&mut tx, account.currency).await.expect("products");
            (rows, fit)
        }
        Ask::Home => {
            let newest = Page { most: 10, ..Page::default() };
            let rows = licenses::page(&mut tx, &shop.scope, &newest, now()).await.expect("a page").len();
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

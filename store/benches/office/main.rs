//! What a page of each list of the office costs out of 20 and out of 1,000 or 10,000: `make bench`.
//!
//! Two databases are filled in the same manner; each view is asked of both in turn, many times. What is common in a list comes in
//! pages of 10, which both have. What is rare is as rare in both: a page of 50 that neither fills, so that whatever looks
//! through the whole list for it is found out. Ends with 1 when the larger costs more than half as much again in any view.
//! With `--postgres` the same on the server of `KEYHOUSE_TEST_POSTGRES_URL`.

mod house;
#[path = "../measure/mod.rs"]
mod measure;

use std::{process::ExitCode, time::Instant};

use domain::{accounts::Part, applications, audit::What, licenses::SearchText, mail};
use store::{Store, accounts, audit, contacts, customers, price_lists, products, testing::Database};

use house::{House, Many, days, now};
use measure::{Size, Table, View};

/// How many of each.
const SMALL: Many = Many { accounts: 20, customers: 20, others: 20 };
const LARGE: Many = Many { accounts: 1_000, customers: 10_000, others: 10_000 };
/// A page of what is common, and of what is rare, each with one more that tells of a next page.
const SOME: i64 = 11;
const ALL: i64 = 51;
/// What is asked of the store.
enum Ask {
    Accounts(Option<SearchText>, Option<Part>, Option<i64>, i64),
    Customers(Option<SearchText>, Option<i64>, i64),
    Contacts,
    Applications(applications::State),
    Audit(audit::Page),
    Mail(Option<mail::State>, i64),
    Products,
    PriceLists,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let postgres = std::env::args().any(|argument| argument == "--postgres");
    let (mut houses, mut databases) = (Vec::new(), Vec::new());
    for many in [SMALL, LARGE] {
        let database = if postgres { Database::empty_postgres().await } else { Database::empty_sqlite() };
        let store = Store::open(&database.url).await.expect("a database");
        databases.push(database);
        let start = Instant::now();
        houses.push(House::fill(store, many).await);
        println!("{} accounts, {} customers: filled in {:.0?}", many.accounts, many.customers, start.elapsed());
    }
    let [small, large] = houses.as_slice() else { return ExitCode::FAILURE };
    let views: Vec<View<Ask>> =
        views(small).into_iter().zip(views(large)).map(|((name, one), (_, other))| (name, one, other)).collect();
    let table = Table { of: None, known: &[] };
    if table.compare(small, large, &views, answer).await { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn answer(house: &House, ask: &Ask) -> Size {
    let mut tx = house.store.read().await.expect("a transaction");
    let office = &house.office;
    let rows = match ask {
        Ask::Accounts(search, show, after, most) => {
            let page = accounts::page(&mut tx, office, search.as_ref(), *show, now(), *after, *most).await;
            page.expect("a page").len()
        }
        Ask::Customers(search, after, most) => {
            let page = customers::page(&mut tx, &house.reseller, search.as_ref(), *after, *most).await;
            page.expect("a page").len()
        }
        Ask::Contacts => contacts::page(&mut tx, office, house.team, None, SOME).await.expect("a page").len(),
        Ask::Applications(state) => {
            store::applications::page(&mut tx, office, *state, None, SOME).await.expect("a page").len()
        }
        Ask::Audit(page) => audit::page(&mut tx, office, page).await.expect("a page").len(),
        Ask::Mail(state, most) => store::mail::page(&mut tx, office, *state, None, *most).await.expect("a page").len(),
        Ask::Products => products::page(&mut tx, None, SOME).await.expect("a page").len(),
        Ask::PriceLists => price_lists::page(&mut tx, None, SOME).await.expect("a page").len(),
    };
    (rows, None)
}

/// The views, each with what it asks of that house.
#[rustfmt::skip]
fn views(house: &House) -> Vec<(&'static str, Ask)> {
    let find = SearchText::of;
    let log = |most, page: audit::Page| Ask::Audit(audit::Page { most, ..page });
    let plain = audit::Page::default;
    let middle = Some(house.middle);
    vec![
        ("accounts, newest first", Ask::Accounts(None, None, None, SOME)),
        ("accounts, from the middle on", Ask::Accounts(None, None, middle, 6)),
        ("accounts, ready", Ask::Accounts(None, Some(Part::Ready), None, SOME)),
        ("accounts, ordering on", Ask::Accounts(None, Some(Part::Ordering), None, SOME)),
        ("accounts, 2 with ordering off", Ask::Accounts(None, Some(Part::NotOrdering), None, ALL)),
        ("accounts, 2 suspended", Ask::Accounts(None, Some(Part::Suspended), None, ALL)),
        ("accounts, 6 not ready", Ask::Accounts(None, Some(Part::NotReady), None, ALL)),
        ("accounts, search: a word of all", Ask::Accounts(find("example"), None, None, SOME)),
        ("accounts, search: one letter", Ask::Accounts(find("e"), None, None, SOME)),
        ("accounts, search: a word of 2", Ask::Accounts(find("zeppelin"), None, None, ALL)),
        ("accounts, search: nobody", Ask::Accounts(find("xylophone"), None, None, ALL)),
        ("accounts, search: all, ready", Ask::Accounts(find("example"), Some(Part::Ready), None, SOME)),
        ("accounts, search: all, 2 suspended", Ask::Accounts(find("example"), Some(Part::Suspended), None, ALL)),
        ("accounts, search: all, 6 not ready", Ask::Accounts(find("example"), Some(Part::NotReady), None, ALL)),
        ("customers, newest first", Ask::Customers(None, None, SOME)),
        ("customers, search: a word of all", Ask::Customers(find("example"), None, SOME)),
        ("customers, search: a word of 2", Ask::Customers(find("zeppelin"), None, ALL)),
        ("contacts of an account", Ask::Contacts),
        ("applications, waiting", Ask::Applications(applications::State::Applied)),
        ("applications, approved", Ask::Applications(applications::State::Approved)),
        ("applications, rejected", Ask::Applications(applications::State::Rejected)),
        ("audit, newest first", log(SOME, plain())),
        ("audit, a deed of all", log(SOME, audit::Page { what: Some(What::SignedIn), ..plain() })),
        ("audit, a deed of 2", log(ALL, audit::Page { what: Some(What::Locked), ..plain() })),
        ("audit, the account of all", log(SOME, audit::Page { account: Some(house.team), ..plain() })),
        ("audit, of all, before yesterday", log(6, audit::Page { before: Some(now() - days(1)), ..plain() })),
        ("mail, newest first", Ask::Mail(None, SOME)),
        ("mail, sent", Ask::Mail(Some(mail::State::Sent), 5)),
        ("mail, waiting", Ask::Mail(Some(mail::State::Waiting), 5)),
        ("mail, retrying", Ask::Mail(Some(mail::State::Retrying), 5)),
        ("mail, 2 failed", Ask::Mail(Some(mail::State::Failed), ALL)),
        ("products", Ask::Products),
        ("price lists", Ask::PriceLists),
    ]
}

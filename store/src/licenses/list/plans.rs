//! How SQLite answers each view: by an index in the order of the list, whatever the tables hold. A
//! walk over a table or a sort of hits would grow with the table.

use domain::{
    Actor, Scope,
    accounts::Kind as Side,
    licenses::{PaidFilter, PaymentStatus, SearchText, Sort, State, Type},
    products::Kind,
};
use uuid::Uuid;

use super::{
    Page, Place, counted,
    days::{Days, Edge},
    view::View,
};
use crate::{Store, clauses::Clauses, dialect::Dialect, row::Read, testing::Database};

const BY_SEARCH: &str = "SCAN license_search VIRTUAL TABLE";
const BY_RESELLER: &str = "SEARCH r USING INDEX licenses_of_reseller";
const BY_END: &str = "SEARCH r USING INDEX licenses_ending";

fn scope(side: Side) -> Scope {
    let none = Uuid::nil();
    let (name, organisation) = (String::new(), String::new());
    Actor {
        contact: none.into(),
        account: none.into(),
        side,
        roles: domain::Roles::chief(side),
        session: none.into(),
        name,
        organisation,
        due: None,
        confirmed_at: domain::Timestamp::UNIX_EPOCH,
    }
    .scope()
}

/// Each view with the index that must answer it.
fn views() -> Vec<(Page, &'static str)> {
    let plain = || Page { most: 51, ..Page::default() };
    let id = || Uuid::nil();
    let time = Some(domain::Timestamp::UNIX_EPOCH);
    let search = || SearchText::of("northwind 7kq2m");
    let mut views = vec![
        (plain(), BY_RESELLER),
        (Page { from: time, ..plain() }, BY_RESELLER),
        (Page { before: time, ..plain() }, BY_RESELLER),
        (Page { state: Some(State::Active), ..plain() }, BY_RESELLER),
        (Page { state: Some(State::Expired), ..plain() }, "SEARCH r USING INDEX licenses_with_end"),
        (
            Page { state: Some(State::Expired), license_type: Some(Type::Trial), ..plain() },
            "SEARCH r USING INDEX licenses_with_end",
        ),
        (Page { product: Some(id().into()), ..plain() }, BY_SEARCH),
        (Page { customer: Some(id().into()), ..plain() }, BY_SEARCH),
        (Page { search: search(), ..plain() }, BY_SEARCH),
        (Page { search: search(), from: time, before: time, ..plain() }, BY_SEARCH),
        (
            Page { search: search(), payment: Some(PaymentStatus::Pending), product: Some(id().into()), ..plain() },
            BY_SEARCH,
        ),
        (Page { state: Some(State::Expired), product: Some(id().into()), ..plain() }, BY_SEARCH),
    ];
    views.extend(PaymentStatus::ALL.iter().map(|payment| (Page { payment: Some(*payment), ..plain() }, BY_SEARCH)));
    views.extend(PaidFilter::ALL.iter().map(|paid| (Page { paid: Some(*paid), ..plain() }, BY_SEARCH)));
    views.extend(
        Type::ALL.iter().map(|license_type| (Page { license_type: Some(*license_type), ..plain() }, BY_SEARCH)),
    );
    views.extend(Kind::ALL.iter().map(|kind| (Page { kind: Some(*kind), ..plain() }, BY_SEARCH)));
    for state in [State::Suspended, State::Revoked, State::Transferred] {
        views.push((Page { state: Some(state), ..plain() }, BY_SEARCH));
    }
    for (page, by) in views.clone() {
        views.push((Page { sort: Some(Sort::Oldest), ..page.clone() }, by));
        if page.search.is_none() {
            views.push((Page { sort: Some(Sort::Ending), ..page }, BY_END));
        }
    }
    for (page, by) in views.clone() {
        views.push((Page { after: Some(Place { seq: 7, end: 7 }), ..page }, by));
    }
    views
}

/// The lines of SQLite's plan.
async fn plan(store: &Store, (sql, clauses): (String, Clauses)) -> Vec<String> {
    let mut tx = store.read().await.expect("a transaction");
    let rows = clauses.rows(format!("explain query plan {sql}")).fetch_all(tx.db()).await.expect("a plan");
    rows.iter().map(|row| row.text("detail").expect("a line")).collect()
}

fn view(side: Side, page: &Page) -> View {
    let edge = |at| Edge { at, outer: 7, inner: 9 };
    let days = Days { from: page.from.map(edge), before: page.before.map(edge) };
    View::of(Dialect::Sqlite, &scope(side), page, domain::Timestamp::UNIX_EPOCH, days)
}

async fn migrated() -> (Database, Store) {
    let database = Database::sqlite().await;
    let store = Store::open(&database.url).await.expect("a store");
    (database, store)
}

#[tokio::test]
async fn l14_an_index_answers_each_view_of_a_reseller_in_its_order() {
    let (_database, store) = migrated().await;
    for (page, by) in views() {
        let lines = plan(&store, view(Side::Reseller, &page).page(&page)).await;
        assert!(lines[0].starts_with(by), "{page:?}\n{lines:#?}");
        let others = lines[1..].iter().filter(|line| line.starts_with("SCAN") && *line != "SCAN CONSTANT ROW");
        assert_eq!(others.collect::<Vec<_>>(), Vec::<&String>::new(), "{page:?}\n{lines:#?}");
        assert!(!lines.iter().any(|line| line.contains("TEMP B-TREE")), "{page:?}\n{lines:#?}");
    }
}

/// The few that are unpaid are looked at.
fn unpaid_and_more(page: &Page) -> bool {
    page.payment == Some(PaymentStatus::Pending) && page.product.is_some()
}

#[tokio::test]
async fn l14_an_index_alone_counts_what_fits() {
    let (_database, store) = migrated().await;
    for (page, by) in views() {
        let lines = plan(&store, view(Side::Reseller, &page).count(&page, 1_000)).await;
        if by == BY_SEARCH {
            assert!(lines[1].starts_with(by), "{page:?}\n{lines:#?}");
            let reads_rows = lines.iter().any(|line| line.starts_with("SEARCH r "));
            assert_eq!(reads_rows, unpaid_and_more(&page), "{page:?}\n{lines:#?}");
        } else if by != BY_END {
            assert!(lines[1].starts_with(&by.replace("INDEX", "COVERING INDEX")), "{page:?}\n{lines:#?}");
        }
        assert!(!lines.iter().any(|line| line.contains("TEMP B-TREE")), "{page:?}\n{lines:#?}");
    }
}

#[tokio::test]
async fn l14_an_index_alone_counts_what_ends_and_what_has_ended() {
    let (_database, store) = migrated().await;
    let now = domain::Timestamp::UNIX_EPOCH;
    let trial = Some(Type::Trial);
    for (license_type, state, ends_by) in [
        (trial, State::Active, None),
        (trial, State::Active, Some(now)),
        (trial, State::Expired, None),
        (None, State::Expired, None),
    ] {
        let state = Some(state);
        let page = counted(&Page { license_type, state, ends_by, ..Page::default() }, now);
        let lines = plan(&store, view(Side::Reseller, &page).count(&page, 1_000)).await;
        assert!(lines[1].starts_with("SEARCH r USING COVERING INDEX licenses_ending"), "{lines:#?}");
    }
}

#[tokio::test]
async fn l14_an_index_answers_the_customers_own_list() {
    let (_database, store) = migrated().await;
    for after in [None, Some(Place { seq: 7, end: 7 })] {
        let page = Page { after, most: 51, ..Page::default() };
        let lines = plan(&store, view(Side::Customer, &page).page(&page)).await;
        assert!(lines[0].starts_with("SEARCH r USING INDEX licenses_of_customer ("), "{lines:#?}");
        assert!(!lines.iter().any(|line| line.starts_with("SCAN") || line.contains("TEMP B-TREE")), "{lines:#?}");
    }
}

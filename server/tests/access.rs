//! Who may do what: every server function, every page and every other address, for every kind of person.
//!
//! The table says for each address which deed of the policy it takes; what must come back follows
//! from `domain::policy`. An address that is not in the table, or a row without an address,
//! fails: a new server function cannot be forgotten here, nor can a new role.

mod house;
mod offered;
mod people;
mod person;
mod table;
mod things;
mod typed;

use std::collections::BTreeSet;

use domain::{Deed, Role};
use house::{House, expected};
use person::Person;
use table::{Needs, Row, TABLE};

/// Every address that the program answers, as the table writes it.
fn addresses() -> BTreeSet<String> {
    let functions = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned());
    let pages = server::router::routes().iter().map(|page| page.path().to_owned());
    let others = server::router::other_addresses().into_iter().map(ToOwned::to_owned);
    functions.chain(pages).chain(others).collect()
}

/// Addresses without a row, and rows without an address.
fn mismatches(table: &[Row]) -> Vec<String> {
    let listed: BTreeSet<_> = table.iter().map(|row| row.address.to_owned()).collect();
    let there = addresses();
    let missing = there.difference(&listed).map(|address| format!("{address} is not in the table"));
    missing.chain(listed.difference(&there).map(|address| format!("{address} does not exist"))).collect()
}

/// What comes back otherwise than it must.
async fn surprises(table: &[&Row]) -> Vec<String> {
    let people = Person::all();
    let house = House::with(&people).await;
    let mut surprises = Vec::new();
    for row in table {
        for person in people.iter().copied() {
            let (outcome, expected) = (house.outcome(row, person).await, expected(row, person, &Role::may));
            if outcome != expected {
                surprises.push(format!("{} for {person:?}: {outcome:?} instead of {expected:?}", row.address));
            }
        }
    }
    surprises
}

fn is_function(row: &Row) -> bool {
    row.address.starts_with("/api/")
}

fn functions() -> Vec<&'static Row> {
    TABLE.iter().filter(|row| is_function(row)).collect()
}

/// Every third page or file, beginning with that one: drawing all pages for everybody takes longer than any other test, so three tests
/// share them.
fn every_third_page_or_file_from(first: usize) -> Vec<&'static Row> {
    TABLE.iter().filter(|row| !is_function(row)).skip(first).step_by(3).collect()
}

#[tokio::test]
async fn every_server_function_is_open_to_exactly_those_who_may() {
    assert_eq!(surprises(&functions()).await, [""; 0]);
}

#[tokio::test]
async fn every_third_page_or_file_from_the_first_is_open_to_exactly_those_who_may() {
    assert_eq!(surprises(&every_third_page_or_file_from(0)).await, [""; 0]);
}

#[tokio::test]
async fn every_third_page_or_file_from_the_second_is_open_to_exactly_those_who_may() {
    assert_eq!(surprises(&every_third_page_or_file_from(1)).await, [""; 0]);
}

#[tokio::test]
async fn every_third_page_or_file_from_the_third_is_open_to_exactly_those_who_may() {
    assert_eq!(surprises(&every_third_page_or_file_from(2)).await, [""; 0]);
}

#[test]
fn every_row_of_the_table_is_in_exactly_one_of_those_tests() {
    let thirds = [0, 1, 2].map(every_third_page_or_file_from).concat();
    let mut tried: Vec<_> = functions().iter().chain(&thirds).map(|row| row.address).collect();
    let mut listed: Vec<_> = TABLE.iter().map(|row| row.address).collect();
    tried.sort_unstable();
    listed.sort_unstable();
    assert_eq!(tried, listed);
}

#[tokio::test]
async fn what_the_browser_loads_beside_the_pages_is_the_same_for_everybody() {
    let people =
        [Person::Anon, Person::With(Role::Owner), Person::With(Role::Customer), Person::Suspended(Role::Admin)];
    let house = House::with(&people).await;
    for asset in ["/favicon.svg", "/robots.txt", "/pkg/keyhouse.css", "/pkg/0/../../Cargo.toml"] {
        let mut answers = Vec::new();
        for person in people {
            let answer = house.browser(person).get(asset).await;
            assert_eq!(answer.header("set-cookie"), None);
            answers.push((answer.status, answer.header("etag").map(ToOwned::to_owned)));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{asset}: {answers:?}");
        assert!(!asset.contains("..") || answers[0].0 == 404, "nothing but assets is there");
    }
}

#[tokio::test]
async fn every_address_is_in_the_table_and_every_row_has_an_address() {
    assert_eq!(mismatches(TABLE), [""; 0]);
}

#[test]
fn no_address_is_listed_twice() {
    let listed: BTreeSet<_> = TABLE.iter().map(|row| row.address).collect();
    assert_eq!(listed.len(), TABLE.len());
}

#[test]
fn every_deed_of_the_policy_is_asked_for_somewhere() {
    let asked = |deed: &Deed| TABLE.iter().any(|row| matches!(row.needs, Needs::One(deeds) if deeds.contains(deed)));
    assert_eq!(Deed::ALL.into_iter().filter(|deed| !asked(deed)).collect::<Vec<_>>(), []);
}

/// Rights that change nothing for a role: staff have no licenses of their own to change, and take those of others back by the right to
/// credit; an admin helps its own people by managing the team, and reaches nobody else's.
const MEANINGLESS: [(Role, Deed); 5] = [
    (Role::AccountManager, Deed::ChangeLicenses),
    (Role::Finance, Deed::ChangeLicenses),
    (Role::Catalog, Deed::ChangeLicenses),
    (Role::Support, Deed::ChangeLicenses),
    (Role::Admin, Deed::HelpContacts),
];

/// The proof that the matrix can fail: each single right that a role had more, or less, would change an answer that is asked for.
#[test]
fn a_role_with_one_right_more_or_less_is_noticed() {
    let people = Person::all();
    let (roles, deeds) = (Role::ALL.iter().copied(), Deed::ALL);
    let unnoticed = roles.flat_map(|role| deeds.map(|deed| (role, deed))).filter(|changed| {
        let other = |role: Role, deed: Deed| role.may(deed) != ((role, deed) == *changed);
        let differs = |row: &Row, who: Person| expected(row, who, &other) != expected(row, who, &Role::may);
        !TABLE.iter().any(|row| people.iter().any(|who| differs(row, *who)))
    });
    assert_eq!(unnoticed.collect::<Vec<_>>(), MEANINGLESS);
}

#[tokio::test]
async fn a_row_that_is_taken_out_or_made_up_is_noticed() {
    for index in 0..TABLE.len() {
        let mut table = TABLE.to_vec();
        let row = table.remove(index);
        assert_eq!(mismatches(&table), [format!("{} is not in the table", row.address)]);
        table.extend([row, Row { address: "/made/up", ..row }]);
        assert_eq!(mismatches(&table), ["/made/up does not exist"]);
    }
}

#[tokio::test]
async fn a_row_that_names_the_wrong_deed_is_noticed() {
    let row = TABLE.iter().find(|row| row.address == "/api/licenses/edit").expect("the notes of a license");
    let wrong = Row { needs: Needs::One(&[Deed::CreateLicenses]), ..*row };
    let surprises = surprises(&[&wrong]).await;
    assert_eq!(
        surprises,
        [
            "/api/licenses/edit for With(Buyer): NotFound instead of In",
            "/api/licenses/edit for With(SubscriptionsManager): In instead of NotFound",
            "/api/licenses/edit for With(LicenseManager): In instead of NotFound",
            "/api/licenses/edit for Both(LicenseManager, BillingAgent): In instead of NotFound",
            "/api/licenses/edit for Locked(Buyer): NotFound instead of In",
        ]
    );
}

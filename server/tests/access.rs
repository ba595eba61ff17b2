//! Who may do what: every server function, every page and every other address, for every kind of person.
//!
//! The table says for each address which deed of the policy it takes; what must come back follows
//! from `domain::policy`. An address that is not in the table, or a row without an address,
//! fails: a new server function cannot be forgotten here.

mod house;
mod table;
mod things;

use std::collections::BTreeSet;

use domain::Deed;
use house::{House, Outcome, Person};
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

/// What must come back, as the policy says.
fn expected(row: &Row, person: Person) -> Outcome {
    let deeds = match row.needs {
        Needs::Anyone => return Outcome::In,
        Needs::Home if person == Person::PasswordDue => return Outcome::PasswordDue,
        Needs::Home => return Outcome::In,
        Needs::One(deeds) => deeds,
    };
    let Some(roles) = person.roles() else { return Outcome::SignedOut };
    let Some(deed) = deeds.iter().find(|deed| roles.may(**deed)) else { return Outcome::NotFound };
    if person == Person::PasswordDue && *deed != Deed::KeepOwnAccount {
        return Outcome::PasswordDue;
    }
    if row.of.is_none_or(|owners| owners.contains(&person)) { Outcome::In } else { Outcome::NotFound }
}

/// What comes back otherwise than it must.
async fn surprises(table: &[Row]) -> Vec<String> {
    let mut house = House::new().await;
    let mut surprises = Vec::new();
    for row in table {
        for person in Person::ALL {
            let (outcome, expected) = (house.outcome(row, person).await, expected(row, person));
            if outcome != expected {
                surprises.push(format!("{} for {person:?}: {outcome:?} instead of {expected:?}", row.address));
            }
        }
    }
    surprises
}

#[tokio::test]
async fn everything_is_open_to_exactly_those_who_may() {
    assert_eq!(surprises(TABLE).await, [""; 0]);
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
    let row = TABLE.iter().find(|row| row.address == "/api/licenses/list").expect("the list of licenses");
    let wrong = Row { needs: Needs::One(&[Deed::SeeMail]), ..*row };
    let surprises = surprises(&[wrong]).await;
    assert_eq!(
        surprises,
        [
            "/api/licenses/list for Owner: NotFound instead of In",
            "/api/licenses/list for Support: NotFound instead of In",
            "/api/licenses/list for Reseller: In instead of NotFound",
            "/api/licenses/list for Buyer: In instead of NotFound",
            "/api/licenses/list for OtherReseller: In instead of NotFound",
        ]
    );
}

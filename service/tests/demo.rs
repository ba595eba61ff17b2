//! The demo holds every rule.

use domain::billing::{InvoiceState, InvoicesQuery};
use service::{
    Cx,
    billing::invoices,
    customers,
    demo::{self, Made},
    home, office, sessions,
    testing::World,
    verify::verify,
};

#[tokio::test]
async fn the_demo_is_made_once_and_breaks_no_invariant() {
    let world = World::new().await;
    assert_eq!(demo::make(&world.service).await.expect("made"), Made::Now);
    assert_eq!(demo::make(&world.service).await.expect("there already"), Made::Before);
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}

/// What a killed program leaves: begun, and not complete.
#[tokio::test]
async fn r15_a_demo_that_was_begun_and_not_completed_is_not_taken_for_one() {
    let world = World::new().await;
    let mut tx = world.service.store.write().await.expect("a transaction");
    assert!(store::demo::begin(&mut tx, world.service.clock.now()).await.expect("begun"));
    tx.commit().await.expect("begun");
    assert_eq!(demo::make(&world.service).await.expect("an answer"), Made::Incomplete);
    let mut tx = world.service.store.read().await.expect("a transaction");
    assert!(store::accounts::operator(&mut tx).await.expect("an answer").is_none(), "nothing was made");
}

#[tokio::test]
async fn an_operator_that_is_no_demo_gets_none() {
    let world = World::new().await;
    world.owner().await;
    assert_eq!(demo::make(&world.service).await.expect("an answer"), Made::Before);
    let mut tx = world.service.store.read().await.expect("a transaction");
    assert_eq!(store::demo::find(&mut tx).await.expect("an answer"), None);
}

#[tokio::test]
async fn the_demo_shows_what_waits_on_the_money_side() {
    let world = World::new().await;
    demo::make(&world.service).await.expect("made");
    let signed_in = async |login: &str| {
        let form =
            domain::contacts::SignIn { login: login.to_owned(), password: demo::PASSWORD.into(), next: String::new() };
        let session = sessions::sign_in(&world.service, &world.origin(), &form).await.expect("a session");
        Cx::new(world.service.clone(), session.actor, world.origin())
    };
    let owner = signed_in("owner@keyhouse.example").await;
    let home = office::home(&owner).await.expect("the office");
    let waiting = home.payments.expect("payments");
    assert_eq!((home.held, [waiting.receipts, waiting.transfers, waiting.problems]), (Some(1), [1, 1, 0]));
    let all = invoices::list_all(&owner, &InvoicesQuery::default()).await.expect("invoices").rows;
    let one_is = |state| all.iter().any(|(row, ..)| row.state == state);
    assert!(one_is(InvoiceState::Overdue) && one_is(InvoiceState::Paid));
    let (first, _, whose) = all.last().expect("an invoice");
    let page = invoices::find_any(&owner, first.number).await.expect("the invoice");
    assert_eq!((whose.as_str(), page.credits.len()), ("Umbrella Web GmbH", 1));
    let globex = signed_in("admin@globex.example").await;
    assert_eq!(home::reseller(&globex).await.expect("the home").held, 1);
}

#[tokio::test]
async fn the_large_demo_is_added_once_and_breaks_no_invariant() {
    let world = World::new().await;
    demo::make(&world.service).await.expect("made");
    let mails = world.mails().await;
    let size = demo::Size { resellers: 30, customers: 301 };
    assert!(demo::make_large(&world.service, size).await.expect("made"));
    assert!(!demo::make_large(&world.service, size).await.expect("there already"));
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
    assert_eq!(world.mails().await, mails, "nobody is written to");

    let form = domain::contacts::SignIn {
        login: "admin@globex.example".to_owned(),
        password: demo::PASSWORD.into(),
        next: String::new(),
    };
    let session = sessions::sign_in(&world.service, &world.origin(), &form).await.expect("a session");
    let globex = Cx::new(world.service.clone(), session.actor, world.origin());
    let home = home::reseller(&globex).await.expect("the home");
    assert_eq!(home.customers, 151);
    let found = customers::search(&globex, "person150@").await.expect("a search");
    assert_eq!(found.iter().map(|row| row.email.as_str()).collect::<Vec<_>>(), ["person150@client150.example"]);
    let mut tx = world.service.store.read().await.expect("a transaction");
    let last = store::contacts::by_login(&mut tx, "person300@client300.example").await.expect("an answer").is_some();
    assert!(last, "all of them");
}

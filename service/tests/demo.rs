//! The demo holds every rule.

use service::{Cx, customers, demo, home, sessions, testing::World, verify::verify};

#[tokio::test]
async fn the_demo_is_made_once_and_breaks_no_invariant() {
    let world = World::new().await;
    assert!(demo::make(&world.service).await.expect("made"));
    assert!(!demo::make(&world.service).await.expect("there already"));
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
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
    let last = store::contacts::username_taken(&mut tx, "person300@client300.example").await.expect("an answer");
    assert!(last, "all of them");
}

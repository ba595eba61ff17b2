//! What a person waits for goes before what was written by the hundred (X2).

use domain::{FormKey, contacts::Forgot, mail::State};
use service::{Cx, customers, testing::World};

use super::{
    server::{MailServer, Mood},
    *,
};

/// ACME imports customers, and each is invited.
async fn import(acme: &Cx, customers: usize) {
    let lines: String = (0..customers).map(|at| format!("c{at}@many.example,First,Last\n")).collect();
    let table = format!("E-mail address,First name,Last name\n{lines}");
    let draft = customers::upload(acme, table.as_bytes()).await.expect("a table");
    let key = FormKey::parse(&draft.to_string()).expect("a draft's id is a key");
    customers::import(acme, key).await.expect("imported");
}

/// Ada of ACME has forgotten her password.
async fn forget(world: &World) {
    let form = Forgot { login: "admin@acme.example".to_owned() };
    let asked = service::contacts::forgot(&world.service, &world.origin(), &form).await.expect("taken");
    asked.await.expect("answered");
}

#[tokio::test]
async fn x2_a_link_for_a_new_password_leaves_before_invitations_that_were_imported_earlier() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let server = MailServer::start().await;
    let worker = worker(&world, &Closing::default(), &format!("--smtp-url smtp://{}", server.address));
    import(&acme, 3).await;
    forget(&world).await;
    world.customer(&acme, "anna@northwind.example").await;
    while worker.send_next().await {}
    let to: Vec<_> = server.taken().into_iter().flat_map(|letter| letter.to).collect();
    let wanted =
        ["admin@acme.example", "anna@northwind.example", "c0@many.example", "c1@many.example", "c2@many.example"];
    assert_eq!(to, wanted);
}

#[tokio::test]
async fn x2_while_all_senders_of_many_hang_a_link_for_a_new_password_is_sent() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let server = MailServer::start().await;
    server.will([Mood::Silent; BULK_SENDERS]);
    let closing = Closing::default();
    let mut worker = worker(&world, &closing, &format!("--smtp-url smtp://{}", server.address));
    worker.grace = Duration::from_millis(50);
    let running = tokio::spawn(worker.run());
    import(&acme, 10).await;
    while server.seen().begun < BULK_SENDERS {
        tokio::task::yield_now().await;
    }
    forget(&world).await;
    while server.taken().is_empty() {
        tokio::task::yield_now().await;
    }
    closing.begin();
    running.await.expect("the worker ends");
    let to: Vec<_> = server.taken().into_iter().flat_map(|letter| letter.to).collect();
    assert_eq!(to, ["admin@acme.example"]);
    let tried = world.letters().await.iter().filter(|mail| mail.attempts > 0 && mail.state() != State::Sent).count();
    assert_eq!(tried, BULK_SENDERS, "and the others wait");
}

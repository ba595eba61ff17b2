//! Mail servers that hang stop nothing: neither the other mails nor the end of the program (X2).

use domain::mail::State;
use service::testing::World;

use super::{
    server::{MailServer, Mood, Seen},
    *,
};

/// A worker whose deliveries may take that long.
fn hurried(world: &World, closing: &Closing, server: &MailServer, limit: Duration) -> Worker {
    let worker = worker(world, closing, &format!("--smtp-url smtp://{}", server.address));
    Worker { postman: worker.postman.within(limit), grace: Duration::from_millis(50), ..worker }
}

/// A limit that is over soon.
const SOON: Duration = Duration::from_millis(200);
/// A limit that no test lives to see the end of.
const NEVER: Duration = Duration::from_secs(3_600);

async fn outbox(world: &World) -> Vec<(State, i64, bool)> {
    let letters = world.letters().await;
    letters.into_iter().map(|mail| (mail.state(), mail.attempts, mail.body.is_some())).collect()
}

async fn until(mut done: impl AsyncFnMut() -> bool) {
    while !done().await {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn x2_a_server_that_accepts_and_says_nothing_costs_one_try_and_the_mail_is_tried_again() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    world.customer(&acme, "anna@northwind.example").await;
    let server = MailServer::silent().await;
    let worker = hurried(&world, &Closing::default(), &server, SOON);
    assert!(worker.send_next().await);
    assert_eq!(outbox(&world).await, [(State::Retrying, 1, true)]);
    let error = world.letters().await.remove(0).error.expect("why");
    assert!(error.starts_with("the mail server did not take the mail within"), "{error}");
    world.pass(chrono::Duration::minutes(1));
    assert!(worker.send_next().await, "after a while it is tried again");
    assert_eq!(server.seen(), Seen { connections: 2, begun: 0 });
}

#[tokio::test]
async fn x2_a_server_that_is_silent_after_the_text_or_answers_byte_by_byte_is_given_up_in_time() {
    for mood in [Mood::Silent, Mood::Trickles] {
        let world = World::new().await;
        let acme = world.reseller("acme").await;
        world.customer(&acme, "anna@northwind.example").await;
        let server = MailServer::start().await;
        server.will([mood]);
        let worker = hurried(&world, &Closing::default(), &server, SOON);
        assert!(worker.send_next().await);
        assert_eq!(outbox(&world).await, [(State::Retrying, 1, true)], "{mood:?}");
        world.customer(&acme, "lee@contoso.example").await;
        assert!(worker.send_next().await, "the next one goes by a connection of its own");
        let to: Vec<_> = server.taken().into_iter().flat_map(|letter| letter.to).collect();
        assert_eq!((to, server.seen().connections), (vec!["lee@contoso.example".to_owned()], 2), "{mood:?}");
    }
}

#[tokio::test]
async fn x2_one_mail_that_hangs_holds_up_no_other_and_not_the_end_of_the_program() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let server = MailServer::start().await;
    server.will([Mood::Silent]);
    let closing = Closing::default();
    let running = tokio::spawn(hurried(&world, &closing, &server, NEVER).run());
    world.customer(&acme, "anna@northwind.example").await;
    until(async || server.seen().begun == 1).await;
    world.customer(&acme, "lee@contoso.example").await;
    world.customer(&acme, "carl@fabrikam.example").await;
    let sent = async || outbox(&world).await.iter().filter(|mail| mail.0 == State::Sent).count();
    until(async || sent().await == 2).await;

    closing.begin();
    running.await.expect("the worker ends");
    let left: Vec<_> = outbox(&world).await.into_iter().filter(|mail| mail.0 != State::Sent).collect();
    assert_eq!(left, [(State::Retrying, 1, true)]);
    let error = world.letters().await.remove(0).error.expect("why");
    assert_eq!(error, "the program was stopped while the mail was being sent");
}

#[tokio::test]
async fn x2_a_mail_whose_claim_is_over_while_it_is_being_sent_is_not_sent_a_second_time() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let server = MailServer::start().await;
    server.will([Mood::Silent]);
    let closing = Closing::default();
    let running = tokio::spawn(hurried(&world, &closing, &server, NEVER).run());
    world.customer(&acme, "anna@northwind.example").await;
    until(async || server.seen().begun == 1).await;
    // The clock jumps, and every claim is over.
    world.pass(chrono::Duration::hours(2));
    world.service.post.notify_one();
    until(async || world.letters().await[0].attempts == 2).await;
    closing.begin();
    running.await.expect("the worker ends");
    assert_eq!((server.seen().begun, server.taken().len()), (1, 0));
}

#[tokio::test]
async fn x2_mails_that_follow_each_other_go_by_one_connection() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let server = MailServer::start().await;
    let worker = hurried(&world, &Closing::default(), &server, NEVER);
    for at in 0..5 {
        world.customer(&acme, &format!("c{at}@northwind.example")).await;
        assert!(worker.send_next().await);
    }
    assert_eq!(server.seen(), Seen { connections: 1, begun: 5 });
    worker.postman.rest().await;
    world.customer(&acme, "lee@contoso.example").await;
    assert!(worker.send_next().await);
    assert_eq!((server.seen().connections, server.taken().len()), (2, 6));
}

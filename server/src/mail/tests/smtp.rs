//! Letters that go to a real mail server: taken, put off, refused, and cut off (X2).

use chrono::Duration;
use domain::mail::State;
use service::{Cx, testing::World};
use tokio::io::AsyncWriteExt;

use super::{
    server::{MailServer, Mood, Taken},
    *,
};

/// ACME has invited Anna, and the worker knows the server.
async fn invited(server: &MailServer) -> (World, Cx, Worker) {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    world.customer(&acme, "anna@northwind.example").await;
    let worker = worker(&world, &Closing::default(), &format!("--smtp-url smtp://{}", server.address));
    (world, acme, worker)
}

async fn outbox(world: &World) -> Vec<(State, i64, Option<String>, bool)> {
    let letters = world.letters().await;
    letters.into_iter().map(|mail| (mail.state(), mail.attempts, mail.error.clone(), mail.body.is_some())).collect()
}

/// The text of a letter, as its reader reads it.
fn text(letter: &Taken) -> String {
    let (head, body) = letter.data.split_once("\n\n").expect("a head and a body");
    if head.contains("quoted-printable") { body.replace("=\n", "").replace("=3D", "=") } else { body.to_owned() }
}

#[tokio::test]
async fn x2_a_letter_reaches_a_real_mail_server_with_its_envelope_subject_and_link() {
    let server = MailServer::start().await;
    let (world, _, worker) = invited(&server).await;
    assert!(worker.send_next().await);
    let [letter] = <[Taken; 1]>::try_from(server.taken()).expect("one letter");
    assert_eq!(
        (letter.from.as_str(), letter.to.as_slice()),
        ("keyhouse@localhost", &["anna@northwind.example".to_owned()][..])
    );
    for line in ["Subject: Activate your sign-in", "To: anna@northwind.example", "Auto-Submitted: auto-generated"] {
        assert!(letter.data.lines().any(|found| found == line), "{line}: {}", letter.data);
    }
    let text = text(&letter);
    assert!(text.contains("http://127.0.0.1:3000/activate/"), "{text}");
    assert_eq!(outbox(&world).await.len(), 1);
    assert_eq!(outbox(&world).await[0].0, State::Sent);
    assert!(!worker.send_next().await, "it is sent once");
}

#[tokio::test]
async fn x2_a_server_that_is_busy_is_asked_again_and_the_letter_arrives_once() {
    let server = MailServer::start().await;
    let (world, _, worker) = invited(&server).await;
    server.will([Mood::Refuses("451 busy, come back later"), Mood::RefusesText("452 no room now")]);
    for attempt in 1..=2 {
        assert!(worker.send_next().await);
        let (state, attempts, error, text) = outbox(&world).await.remove(0);
        assert_eq!((state, attempts, text), (State::Retrying, attempt, true));
        assert!(error.is_some_and(|error| error.contains("45")));
        assert!(!worker.send_next().await, "not at once");
        world.pass(Duration::minutes(5));
    }
    assert!(worker.send_next().await);
    assert_eq!(outbox(&world).await[0].0, State::Sent);
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn x2_what_a_server_refuses_for_good_is_shown_and_arrives_when_somebody_tries_again() {
    let server = MailServer::start().await;
    let (world, _, worker) = invited(&server).await;
    let owner = world.owner().await;
    server.will([Mood::Refuses("550 no such person here")]);
    assert!(worker.send_next().await);
    world.pass(Duration::days(2));
    assert!(!worker.send_next().await, "nobody tries by themselves");
    let failed = domain::mail::MailQuery { state: Some(State::Failed), after: None };
    let row = service::mail::outbox(&owner, &failed).await.expect("the outbox").rows.remove(0);
    assert!(row.error.is_some_and(|error| error.contains("no such person here")));
    assert!(
        row.text.is_some_and(|text| text.contains("[link left out]")),
        "its text is kept, and shown without its link"
    );
    service::mail::retry(&owner, world.key(), &domain::ticks::Ticks::only(row.id)).await.expect("due again");
    assert!(worker.send_next().await);
    let [letter] = <[Taken; 1]>::try_from(server.taken()).expect("one letter");
    assert!(text(&letter).contains("http://127.0.0.1:3000/activate/"), "its link is sent");
}

#[tokio::test]
async fn x2_a_letter_whose_connection_is_cut_in_the_middle_is_not_lost() {
    let server = MailServer::start().await;
    let (world, acme, worker) = invited(&server).await;
    server.will([Mood::Cuts]);
    assert!(worker.send_next().await);
    assert_eq!(server.taken(), []);
    let (state, attempts, error, text) = outbox(&world).await.remove(0);
    assert_eq!((state, attempts, text), (State::Retrying, 1, true), "{error:?}");
    world.customer(&acme, "lee@contoso.example").await;
    assert!(worker.send_next().await, "the next letter goes by a new connection");
    world.pass(Duration::minutes(1));
    assert!(worker.send_next().await);
    let to: Vec<_> = server.taken().into_iter().flat_map(|letter| letter.to).collect();
    assert_eq!(to, ["lee@contoso.example", "anna@northwind.example"]);
    assert!(outbox(&world).await.iter().all(|mail| mail.0 == State::Sent));
}

#[tokio::test]
async fn x2_a_server_that_does_not_know_us_refuses_no_letter_for_good() {
    let server = MailServer::start().await;
    let (world, _, worker) = invited(&server).await;
    server.will([Mood::Refuses("530 authentication required")]);
    assert!(worker.send_next().await);
    assert_eq!(outbox(&world).await[0].0, State::Retrying);
}

#[tokio::test]
async fn a9_a_link_that_a_mail_server_quotes_is_not_kept_for_those_who_read_why() {
    let server = MailServer::start().await;
    let (world, _, worker) = invited(&server).await;
    let text = world.letters().await.remove(0).body.expect("the whole text");
    let token = text.split("/activate/").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link");
    let said: &'static str = format!("550 on our list: http://127.0.0.1:3000/activate/{token}").leak();
    server.will([Mood::Refuses(said)]);
    assert!(worker.send_next().await);
    let error = world.letters().await.remove(0).error.expect("why");
    assert!(error.contains("/activate/[left out]") && !error.contains(token), "{error}");
    let contact = world.contact("anna@northwind.example").await;
    let owner = world.owner().await.scope();
    let mut tx = world.service.store.read().await.expect("a transaction");
    let told = store::mail::people::latest(&mut tx, &owner, contact.id).await.expect("an answer").remove(0).answer;
    assert_eq!(told.as_deref(), Some("550 on our list: http://127.0.0.1:3000/activate/[left out]"));
}

#[tokio::test]
async fn x2_the_office_reads_to_whom_a_letter_did_not_go_and_the_log_names_nobody() {
    let server = MailServer::start().await;
    let (world, _, worker) = invited(&server).await;
    server.will([
        Mood::Refuses("451 4.7.1 <anna@northwind.example>: later"),
        Mood::Refuses("550 5.1.1 <anna@northwind.example>: no such person"),
    ]);
    let log = tempfile::NamedTempFile::new().expect("a file");
    let writer = Mutex::new(log.reopen().expect("the same file"));
    let lines = tracing_subscriber::fmt().with_ansi(false).with_writer(writer);
    let _listens = tracing::subscriber::set_default(lines.finish());
    for _ in 0..2 {
        assert!(worker.send_next().await);
        let error = outbox(&world).await.remove(0).2.expect("why");
        assert!(error.contains("<anna@northwind.example>"), "{error}");
        world.pass(Duration::minutes(5));
    }
    let said = std::fs::read_to_string(log.path()).expect("the log");
    assert_eq!(said.matches("<[address]>").count(), 2, "{said}");
    assert!(!said.contains('@'), "{said}");
}

#[tokio::test]
async fn x2_a_server_that_refuses_us_refuses_no_letter_for_good_and_no_reseller_reads_its_words() {
    let server = MailServer::start().await;
    let (world, acme, worker_of_server) = invited(&server).await;
    server.will([Mood::Refuses("554 5.7.1 relay access denied"), Mood::Refuses("550 5.1.1 no such person")]);
    // It does not even greet.
    let refusing = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = refusing.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = refusing.accept().await {
            connection.write_all(b"554 5.7.1 your network is on our list\r\n").await.ok();
        }
    });
    let worker_of_refusing = worker(&world, &Closing::default(), &format!("--smtp-url smtp://{address}"));
    for worker in [&worker_of_refusing, &worker_of_server] {
        assert!(worker.send_next().await);
        let (state, _, error, text) = outbox(&world).await.remove(0);
        assert_eq!((state, text), (State::Retrying, true));
        assert!(error.as_ref().is_some_and(|error| error.contains("5.7.1")), "staff read it: {error:?}");
        assert_eq!(answers(&acme).await, [None]);
        world.pass(Duration::minutes(5));
    }
    assert!(worker_of_server.send_next().await);
    assert_eq!(outbox(&world).await[0].0, State::Failed);
    assert_eq!(answers(&acme).await, [Some("550 5.1.1 no such person".to_owned())]);
}

/// What the page of ACME's only customer says that the mail server answered.
async fn answers(acme: &Cx) -> Vec<Option<String>> {
    let list = service::customers::list(acme, &domain::customers::CustomersQuery::default()).await.expect("the list");
    let page = service::customers::find(acme, list.rows[0].id).await.expect("the customer");
    page.deliveries.into_iter().map(|mail| mail.answer).collect()
}

//! The outbox empties itself, and a mail server that is down fails no deed (X2).

mod hanging;
mod lanes;
mod server;
mod smtp;

use std::{path::Path, pin::pin};

use clap::Parser;
use domain::mail::State;
use service::testing::World;
use store::testing::write_nothing;
use tokio::time::timeout;

use super::*;
use crate::settings::Flags;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    flags: Flags,
}

fn worker(world: &World, closing: &Closing, line: &str) -> Worker {
    let flags = Line::parse_from(std::iter::once("keyhouse").chain(line.split_whitespace())).flags;
    let base = "http://127.0.0.1:3000".parse().expect("an address");
    let postman = Postman::from_settings(&flags, &base).expect("good settings");
    Worker::new(world.service.clone(), postman, closing.clone())
}

impl Worker {
    /// Sends one mail, if one is due; whether there was one.
    async fn send_next(&self) -> bool {
        let Some(claimed) = self.next().await else { return false };
        self.send(&claimed.letter).await;
        true
    }
}

fn letters(data: &Path) -> usize {
    std::fs::read_dir(data.join("mail")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn mail_that_is_written_while_the_worker_waits_leaves_at_the_bell() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let data = tempfile::tempdir().expect("a temporary folder");
    let closing = Closing::default();
    let running = tokio::spawn(worker(&world, &closing, &format!("--data-dir {}", data.path().display())).run());
    world.customer(&acme, "anna@northwind.example").await;
    world.customer(&acme, "lee@contoso.example").await;
    while letters(data.path()) < 2 {
        tokio::task::yield_now().await;
    }
    closing.begin();
    running.await.expect("the worker ends");
    let states: Vec<_> = world.letters().await.iter().map(store::mail::Mail::state).collect();
    assert_eq!(states, [State::Sent, State::Sent]);
}

#[tokio::test]
async fn x2_what_became_of_a_mail_while_nothing_could_be_written_is_noted_as_soon_as_it_can() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let data = tempfile::tempdir().expect("a temporary folder");
    let worker = worker(&world, &Closing::default(), &format!("--data-dir {}", data.path().display()));
    let worker = Worker { between_notes: Duration::from_millis(5), ..worker };
    world.customer(&acme, "anna@northwind.example").await;
    let claimed = worker.next().await.expect("a mail");
    write_nothing(&world.service.store, true).await;
    let mut sending = pin!(worker.send(&claimed.letter));
    timeout(Duration::from_millis(100), sending.as_mut()).await.expect_err("it goes on trying");
    // Side by side: it may hold the one connection that writes.
    tokio::join!(write_nothing(&world.service.store, false), sending);
    let states: Vec<_> = world.letters().await.iter().map(store::mail::Mail::state).collect();
    assert_eq!((states.as_slice(), letters(data.path())), (&[State::Sent][..], 1));
}

#[tokio::test]
async fn x2_a_mail_server_that_is_down_fails_no_deed_and_the_mail_stays() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let worker = worker(&world, &Closing::default(), "--smtp-url smtp://127.0.0.1:1");
    world.customer(&acme, "anna@northwind.example").await;
    assert!(worker.send_next().await, "it was tried");
    assert!(!worker.send_next().await, "and is not tried again at once");
    let letters = world.letters().await;
    assert_eq!(letters.iter().map(|mail| (mail.state(), mail.attempts)).collect::<Vec<_>>(), [(State::Retrying, 1)]);
    let error = letters[0].error.as_deref().expect("why");
    assert!(error.starts_with("the mail server: "), "{error}");
    world.pass(chrono::Duration::minutes(1));
    assert!(worker.send_next().await, "after a while it is tried again");
}

//! What an open page hears at its ticks: of another process, and of its own session's end.

use axum::{
    body::to_bytes,
    response::{IntoResponse, Sse},
};
use domain::contacts::SignIn;
use futures::stream;
use service::{
    Service, Settings,
    random::Random,
    sessions,
    testing::{PASSWORD, World},
};

use super::*;

const SOON: Duration = Duration::from_millis(20);

/// Acme's admin, really signed in.
async fn signed_in(world: &World) -> Cx {
    world.reseller("acme").await;
    let form = SignIn { login: "admin@acme.example".to_owned(), password: PASSWORD.into(), next: String::new() };
    let signed_in = sessions::sign_in(&world.service, &world.origin(), &form).await.expect("signed in");
    Cx::new(world.service.clone(), signed_in.actor, world.origin())
}

async fn text(event: Event) -> String {
    let response = Sse::new(stream::iter([Ok::<_, std::convert::Infallible>(event)])).into_response();
    let bytes = to_bytes(response.into_body(), 1_000).await.expect("a small event");
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[tokio::test]
async fn a_change_by_another_process_is_heard_at_the_next_tick() {
    let world = World::new().await;
    let cx = signed_in(&world).await;
    let mut listener = Listener::ticking(cx.clone(), Closing::default(), None, SOON).await.expect("a listener");
    let seen = listener.seen;
    assert_eq!(text(listener.next().await.expect("a first event")).await, ": listening\nretry: 3000\n\n");
    assert_eq!(text(listener.next().await.expect("a sign of life")).await, ": \n\n");

    // The same database, and nothing else in common.
    let (store, clock) = (world.service.store.clone(), world.service.clock.clone());
    let elsewhere = Service::new(store, clock, Random::seeded(1), Settings::default());
    let there = Cx::new(elsewhere, cx.actor.clone(), cx.origin.clone());
    world.customer(&there, "anna@northwind.example").await;

    let expected = format!(
        "event: changed\nid: {0}\ndata: {{\"version\":{0},\"words\":\"while this page was not connected\"}}\n\n",
        seen + 1
    );
    assert_eq!(text(listener.next().await.expect("an event")).await, expected);
    assert_eq!(text(listener.next().await.expect("a sign of life")).await, ": \n\n", "told once");
}

#[tokio::test]
async fn a_page_stops_listening_when_its_session_has_ended() {
    let world = World::new().await;
    let cx = signed_in(&world).await;
    let mut listener = Listener::ticking(cx.clone(), Closing::default(), None, SOON).await.expect("a listener");
    assert!(listener.next().await.is_some(), "a first event");
    sessions::sign_out(&cx).await.expect("signed out");
    assert!(listener.next().await.is_none());
}

#[tokio::test]
async fn an_open_page_does_not_keep_its_session_alive() {
    let world = World::new().await;
    let cx = signed_in(&world).await;
    let mut listener = Listener::ticking(cx, Closing::default(), None, SOON).await.expect("a listener");
    assert!(listener.next().await.is_some(), "a first event");
    world.pass(chrono::Duration::hours(7));
    assert!(listener.next().await.is_some(), "a sign of life");
    world.pass(chrono::Duration::hours(7));
    assert!(listener.next().await.is_none());
}

#[tokio::test]
async fn a_page_that_was_too_slow_to_hear_everything_is_told_the_last_version() {
    let world = World::new().await;
    let cx = signed_in(&world).await;
    let mut listener = Listener::ticking(cx.clone(), Closing::default(), None, TICK).await.expect("a listener");
    assert!(listener.next().await.is_some(), "a first event");
    // More changes than are kept for a listener.
    for number in 0..300 {
        world.customer(&cx, &format!("number{number}@northwind.example")).await;
    }
    let now = service::live::version(&cx).await.expect("a version");
    let event = text(listener.next().await.expect("an event")).await;
    assert!(event.starts_with(&format!("event: changed\nid: {now}\n")), "{event}");
}

#[tokio::test]
async fn a1_a_page_stops_listening_when_its_account_is_suspended_or_its_person_made_inactive() {
    for suspended in [true, false] {
        let world = World::new().await;
        let owner = world.owner().await;
        let cx = signed_in(&world).await;
        world.colleague(&cx, "second@acme.example", &[domain::Role::Admin]).await;
        let mut listener = Listener::ticking(cx.clone(), Closing::default(), None, SOON).await.expect("a listener");
        assert!(listener.next().await.is_some(), "a first event");
        if suspended {
            let reason = domain::accounts::SuspensionForm { reason: "Overdue".to_owned() };
            let account = cx.actor.account;
            service::accounts::suspend(&owner, world.key(), account, &reason).await.expect("suspended");
        } else {
            service::contacts::deactivate(&owner, world.key(), cx.actor.contact).await.expect("made inactive");
        }
        assert!(listener.next().await.is_none());
    }
}

//! Coming in: passwords, locks, activation links, sessions.

use chrono::Duration;
use domain::{
    FieldErrors, Refusal, Role,
    actor::Due,
    contacts::{Activation, Confirmation, PasswordChange, SignIn, State},
};
use service::{
    Cx, Error, contacts, customers, sessions,
    testing::{PASSWORD, World, on_both, refusal, twice},
};

fn form(login: &str, password: &str) -> SignIn {
    SignIn { login: login.to_owned(), password: password.into(), next: String::new() }
}

async fn sign_in(world: &World, login: &str, password: &str) -> Result<sessions::SignedIn, Error> {
    sessions::sign_in(&world.service, &world.origin(), &form(login, password)).await
}

/// The token of the newest activation link in the outbox.
async fn newest_link(world: &World) -> String {
    let letters = world.letters().await;
    let text = letters.iter().rev().find_map(|mail| mail.body.clone().filter(|b| b.contains("/activate/")));
    let text = text.expect("an activation mail");
    let link = text.split("/activate/").nth(1).expect("a link");
    link.split_whitespace().next().expect("a token").to_owned()
}

fn activation(token: &str, password: &str) -> Activation {
    Activation { token: token.into(), new: twice(password) }
}

#[tokio::test]
async fn signing_in_opens_a_session_that_names_its_actor_until_it_is_ended() {
    let world = World::new().await;
    world.reseller("acme").await;
    let signed_in = sign_in(&world, " ADMIN@acme.example ", PASSWORD).await.expect("signed in");
    let token = signed_in.token.reveal();
    let actor = sessions::resolve(&world.service, token, &world.origin()).await.expect("resolved");
    assert_eq!(actor.as_ref(), Some(&signed_in.actor));
    let cx = Cx::new(world.service.clone(), signed_in.actor.clone(), world.origin());
    let mine = sessions::list(&cx).await.expect("sessions");
    assert_eq!(mine.iter().map(|s| (s.browser.as_str(), s.current)).collect::<Vec<_>>(), [("Firefox on Linux", true)]);
    sessions::sign_out(&cx).await.expect("signed out");
    assert_eq!(sessions::resolve(&world.service, token, &world.origin()).await.expect("resolved"), None);
    assert_eq!(world.written_down(signed_in.actor.session).await, ["session.created", "session.ended"]);
}

#[tokio::test]
async fn a_session_that_is_not_used_for_twelve_hours_is_over() {
    let world = World::new().await;
    world.reseller("acme").await;
    let signed_in = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    for hours in [11, 11] {
        world.pass(Duration::hours(hours));
        let actor = sessions::resolve(&world.service, signed_in.token.reveal(), &world.origin()).await;
        assert!(actor.expect("resolved").is_some());
        world.service.uses.noted().await;
    }
    world.pass(Duration::hours(12));
    let actor = sessions::resolve(&world.service, signed_in.token.reveal(), &world.origin()).await;
    assert_eq!(actor.expect("resolved"), None);
}

#[tokio::test]
async fn somebody_signed_in_reads_on_while_nothing_can_be_written_and_the_use_is_noted_with_the_next_request() {
    let world = World::new().await;
    world.reseller("acme").await;
    let signed_in = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    let cx = Cx::new(world.service.clone(), signed_in.actor.clone(), world.origin());
    let used = async || sessions::list(&cx).await.expect("sessions")[0].used.clone();
    let before = used().await;
    world.pass(Duration::hours(1));
    // Somebody else has the only connection that writes.
    let writing = world.service.store.write().await.expect("a transaction");
    for _ in 0..3 {
        let actor = sessions::resolve(&world.service, signed_in.token.reveal(), &world.origin()).await;
        assert_eq!(actor.expect("resolved"), Some(signed_in.actor.clone()));
    }
    assert_eq!(used().await, before);
    drop(writing);
    world.service.uses.noted().await;
    assert_ne!(used().await, before);
}

#[tokio::test]
async fn a_session_ends_after_thirty_days_and_one_of_staff_after_one_however_much_it_is_used() {
    let world = World::new().await;
    world.owner().await;
    world.reseller("acme").await;
    for (login, hours) in [("owner@keyhouse.example", 24), ("admin@acme.example", 30 * 24)] {
        let signed_in = sign_in(&world, login, PASSWORD).await.expect("signed in");
        let resolve = async || {
            let token = signed_in.token.reveal();
            let found = sessions::resolve(&world.service, token, &world.origin()).await.expect("resolved").is_some();
            world.service.uses.noted().await;
            found
        };
        for _ in 0..hours / 6 - 1 {
            world.pass(Duration::hours(6));
            assert!(resolve().await, "{login}");
        }
        world.pass(Duration::hours(6) - Duration::minutes(1));
        assert!(resolve().await, "{login}");
        // Proving it once more makes the session no younger.
        let cx = Cx::new(world.service.clone(), signed_in.actor.clone(), world.origin());
        let form = Confirmation { password: PASSWORD.into(), ..Confirmation::default() };
        let token = sessions::confirm(&cx, &form).await.expect("confirmed");
        world.pass(Duration::minutes(1));
        let after = sessions::resolve(&world.service, token.reveal(), &world.origin()).await.expect("resolved");
        assert_eq!(after, None, "{login}");
    }
}

#[tokio::test]
async fn all_other_sessions_are_ended_at_once_by_who_has_just_entered_the_password() {
    let world = World::new().await;
    world.reseller("acme").await;
    let here = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    let lost = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    let gone = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    let mut cx = Cx::new(world.service.clone(), here.actor, world.origin());
    cx.actor.confirmed_at -= Duration::minutes(15);
    assert!(matches!(sessions::end(&cx, world.key(), lost.actor.session).await, Err(Error::Unconfirmed)));
    assert!(matches!(sessions::end_others(&cx, world.key()).await, Err(Error::Unconfirmed)));
    cx.actor.confirmed_at = cx.now();
    sessions::end(&cx, world.key(), gone.actor.session).await.expect("ended");
    let key = world.key();
    for _ in 0..2 {
        sessions::end_others(&cx, key).await.expect("ended, or ended before");
    }
    sessions::end_others(&cx, world.key()).await.expect("there are no others, and nothing is written down");
    let open = sessions::list(&cx).await.expect("sessions");
    assert_eq!(open.iter().map(|session| session.id).collect::<Vec<_>>(), [cx.actor.session]);
    assert_eq!(sessions::resolve(&world.service, lost.token.reveal(), &world.origin()).await.expect("resolved"), None);
    assert_eq!(world.written_down(cx.actor.contact).await, ["session.others_ended"]);
    // The own one is left at any time.
    cx.actor.confirmed_at -= Duration::hours(1);
    sessions::end(&cx, world.key(), cx.actor.session).await.expect("ended");
}

#[tokio::test]
async fn a_session_that_the_list_of_fifty_does_not_show_goes_on_until_it_is_ended() {
    let world = World::new().await;
    world.reseller("acme").await;
    let first = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    world.pass(Duration::minutes(1));
    for _ in 0..50 {
        sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    }
    let cx = Cx::new(world.service.clone(), first.actor, world.origin());
    let listed = sessions::list(&cx).await.expect("sessions");
    assert!(listed.len() == 50 && listed.iter().all(|session| !session.current));
    assert!(sessions::goes_on(&cx).await.expect("an answer"));
    sessions::sign_out(&cx).await.expect("signed out");
    assert!(!sessions::goes_on(&cx).await.expect("an answer"));
}

#[tokio::test]
async fn a9_who_helps_somebody_ends_all_their_sessions_and_nobody_else_does() {
    let world = World::new().await;
    let (owner, acme, globex) = (world.owner().await, world.reseller("acme").await, world.reseller("globex").await);
    let support = world.colleague(&owner, "support@keyhouse.example", &[Role::Support]).await;
    let catalog = world.colleague(&owner, "catalog@keyhouse.example", &[Role::Catalog]).await;
    let buyer = world.colleague(&acme, "buyer@acme.example", &[Role::Buyer]).await;
    let lost = sign_in(&world, "buyer@acme.example", PASSWORD).await.expect("signed in");
    let goes_on = async || {
        sessions::resolve(&world.service, lost.token.reveal(), &world.origin()).await.expect("resolved").is_some()
    };
    let id = buyer.actor.contact;
    for who in [&catalog, &globex, &buyer] {
        assert!(matches!(contacts::end_sessions(who, world.key(), id).await, Err(Error::NotFound)));
    }
    // Staff are helped by owners alone.
    assert!(matches!(contacts::end_sessions(&support, world.key(), owner.actor.contact).await, Err(Error::NotFound)));
    assert!(goes_on().await);
    assert_eq!(contacts::find(&support, id).await.expect("the page").open_sessions, Some(1));
    let key = world.key();
    for _ in 0..2 {
        contacts::end_sessions(&support, key, id).await.expect("ended, or ended before");
    }
    assert!(!goes_on().await);
    contacts::end_sessions(&support, world.key(), id).await.expect("there are none, and nothing is written down");
    assert_eq!(contacts::find(&acme, id).await.expect("the page").open_sessions, Some(0));
    assert_eq!(world.written_down(id).await, ["contact.sessions_ended"]);
    sign_in(&world, "buyer@acme.example", PASSWORD).await.expect("signed in again");
    contacts::end_sessions(&acme, world.key(), id).await.expect("an admin helps the own team");
    contacts::end_sessions(&owner, world.key(), support.actor.contact).await.expect("an owner helps the staff");
}

#[tokio::test]
async fn a6_the_words_are_the_same_for_whom_there_is_and_whom_there_is_not() {
    let world = World::new().await;
    world.reseller("acme").await;
    let known = refusal(sign_in(&world, "admin@acme.example", "wrong").await);
    let unknown = refusal(sign_in(&world, "nobody@acme.example", "wrong").await);
    assert_eq!(known, unknown);
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn a5_the_link_in_the_mail_activates_once_and_a_second_mail_confirms() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    world.customer(&acme, "anna@northwind.example").await;
    let token = newest_link(&world).await;
    let invitation = contacts::invitation(&world.service, &world.origin(), &token).await.expect("an invitation");
    assert_eq!((invitation.username.as_str(), invitation.organisation.as_str()), ("anna@northwind.example", "acme"));
    let activate = |form| {
        let (service, origin) = (world.service.clone(), world.origin());
        async move { contacts::activate(&service, &origin, &form).await }
    };
    let wrong = activate(activation(&token, "password12")).await;
    assert!(matches!(wrong, Err(Error::Fields(errors)) if errors.get("password").is_some()));
    activate(activation(&token, PASSWORD)).await.expect("activated");
    assert_eq!(refusal(activate(activation(&token, PASSWORD)).await), Refusal::LinkUsed);
    assert_eq!(refusal(contacts::invitation(&world.service, &world.origin(), &token).await), Refusal::LinkUsed);
    let subjects: Vec<_> = world.mails().await.into_iter().map(|(_, subject)| subject).collect();
    assert_eq!(subjects, ["Activate your sign-in", "Your sign-in is active"]);
    sign_in(&world, "anna@northwind.example", PASSWORD).await.expect("signed in");
}

#[tokio::test]
async fn a5_expired_and_unknown_links_are_told_apart_and_a_new_one_voids_the_old() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let first = newest_link(&world).await;
    world.pass(Duration::hours(72));
    assert_eq!(refusal(contacts::invitation(&world.service, &world.origin(), &first).await), Refusal::LinkExpired);
    assert_eq!(
        refusal(contacts::invitation(&world.service, &world.origin(), "never made").await),
        Refusal::LinkUnknown
    );
    contacts::ask_new_link(&world.service, &world.origin(), &first).await.expect("always fine");
    contacts::ask_new_link(&world.service, &world.origin(), "never made").await.expect("always fine");
    let second = newest_link(&world).await;
    assert_ne!(first, second);
    let key = world.key();
    customers::resend_link(&acme, key, anna).await.expect("resent");
    customers::resend_link(&acme, key, anna).await.expect("the same form again");
    assert_eq!(refusal(contacts::invitation(&world.service, &world.origin(), &second).await), Refusal::LinkUnknown);
    contacts::invitation(&world.service, &world.origin(), &newest_link(&world).await)
        .await
        .expect("the newest is good");
    assert_eq!(world.mails().await.len(), 3);
}

#[tokio::test]
async fn a6_a_new_link_from_the_reseller_unlocks_a_locked_customer() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    world.as_customer("anna@northwind.example").await;
    world.lock("anna@northwind.example").await;
    let page = customers::find(&acme, anna).await.expect("the customer");
    assert_eq!(page.row.state, State::Locked);
    customers::resend_link(&acme, world.key(), anna).await.expect("resent");
    let form = activation(&newest_link(&world).await, "another velvet orbit");
    contacts::activate(&world.service, &world.origin(), &form).await.expect("unlocked");
    sign_in(&world, "anna@northwind.example", "another velvet orbit").await.expect("signed in");
    assert_eq!(refusal(customers::resend_link(&acme, world.key(), anna).await), Refusal::NotPending);
}

#[tokio::test]
async fn a10_a_given_password_is_changed_before_anything_else_and_other_sessions_end() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let draft = customers::begin(&acme, None).await.expect("a draft");
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    let person = service::testing::person("anna@northwind.example");
    customers::create(&acme, key, &person, &twice(PASSWORD)).await.expect("created");
    assert_eq!(world.mails().await, []);
    let first = sign_in(&world, "anna@northwind.example", PASSWORD).await.expect("signed in");
    let other = sign_in(&world, "anna@northwind.example", PASSWORD).await.expect("signed in");
    assert_eq!(first.actor.due, Some(Due::Password));
    let cx = Cx::new(world.service.clone(), first.actor, world.origin());
    assert!(matches!(service::licenses::mine(&cx, None).await, Err(Error::Due(Due::Password))));
    let change = |current: &str| PasswordChange { current: current.into(), new: twice("another velvet orbit") };
    let wrong = contacts::change_password(&cx, world.key(), &change("wrong")).await;
    assert!(
        matches!(wrong, Err(Error::Fields(e)) if e == FieldErrors::at("current", "This is not your current password."))
    );
    let form_key = world.key();
    contacts::change_password(&cx, form_key, &change(PASSWORD)).await.expect("changed");
    let token = contacts::change_password(&cx, form_key, &change(PASSWORD)).await.expect("the same form again");
    let resolve = |token: String| {
        let (service, origin) = (world.service.clone(), world.origin());
        async move { sessions::resolve(&service, &token, &origin).await.expect("resolved") }
    };
    assert_eq!(resolve(token.reveal().to_owned()).await.map(|actor| actor.due), Some(None));
    assert_eq!(resolve(other.token.reveal().to_owned()).await, None);
    assert_eq!(resolve(first.token.reveal().to_owned()).await, None);
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn nobody_ends_a_session_of_somebody_else() {
    let world = World::new().await;
    world.reseller("acme").await;
    world.reseller("globex").await;
    let acme = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    let globex = sign_in(&world, "admin@globex.example", PASSWORD).await.expect("signed in");
    let cx = Cx::new(world.service.clone(), globex.actor, world.origin());
    let ended = sessions::end(&cx, world.key(), acme.actor.session).await;
    assert!(matches!(ended, Err(Error::NotFound)));
    assert!(sessions::resolve(&world.service, acme.token.reveal(), &world.origin()).await.expect("resolved").is_some());
}

#[tokio::test]
async fn an_owner_is_made_at_the_command_line_and_reset_by_it() {
    let world = World::new().await;
    let weak = contacts::make_owner(&world.service, "olga@vendor.example", &"password123".into()).await;
    assert!(matches!(weak, Err(Error::Fields(errors)) if errors.get("password").is_some()));
    contacts::make_owner(&world.service, "olga@vendor.example", &PASSWORD.into()).await.expect("made");
    for _ in 0..4 {
        sign_in(&world, "olga@vendor.example", "wrong").await.expect_err("wrong");
    }
    sign_in(&world, "olga@vendor.example", PASSWORD).await.expect_err("locked");
    contacts::make_owner(&world.service, "olga@vendor.example", &"another velvet orbit".into()).await.expect("reset");
    sign_in(&world, "olga@vendor.example", "another velvet orbit").await.expect("signed in");
}

async fn ahead(world: World) {
    world.reseller("acme").await;
    let ahead = Duration::days(400);
    world.pass(ahead);
    let future = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    world.pass(-ahead);
    let resolve = async |token: &service::tokens::Token| {
        sessions::resolve(&world.service, token.reveal(), &world.origin()).await.expect("resolved")
    };
    assert_eq!(resolve(&future.token).await, None);
    let now = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    assert_eq!(resolve(&now.token).await, Some(now.actor));
}
on_both!(a_session_that_was_opened_while_the_clock_was_ahead_is_none, ahead);

async fn old_links(world: World) {
    let acme = world.reseller("acme").await;
    world.customer(&acme, "anna@northwind.example").await;
    let first = newest_link(&world).await;
    let ask = async |token: &str| contacts::ask_new_link(&world.service, &world.origin(), token).await;
    for _ in 0..5 {
        ask(&first).await.expect("sent");
    }
    let newest = newest_link(&world).await;
    for link in [first, newest] {
        assert!(matches!(ask(&link).await, Err(Error::TooMany { .. })), "of one person");
    }
    for _ in 0..5 {
        ask("never made").await.expect("always fine");
    }
    assert!(matches!(ask("never made").await, Err(Error::TooMany { .. })), "told alike");
    assert_eq!(world.mails().await.len(), 6, "the first one, and five by old links");
}
on_both!(a5_by_old_links_one_person_is_mailed_five_times_an_hour, old_links);

async fn meanwhile(world: World) {
    world.reseller("acme").await;
    let change = |signed_in: &sessions::SignedIn, new: &str| {
        let cx = Cx::new(world.service.clone(), signed_in.actor.clone(), world.origin());
        let (key, form) = (world.key(), PasswordChange { current: PASSWORD.into(), new: twice(new) });
        tokio::spawn(async move { contacts::change_password(&cx, key, &form).await.map(|_| ()) })
    };
    let over = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    let cx = Cx::new(world.service.clone(), over.actor.clone(), world.origin());
    sessions::sign_out(&cx).await.expect("signed out");
    let refused = change(&over, "another velvet orbit").await.expect("it ran");
    assert!(matches!(refused, Err(Error::SignedOut)), "{refused:?}");
    let here = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("the password is as it was");
    let both = [change(&here, "another velvet orbit"), change(&here, "a third velvet orbit")];
    let mut changed = 0;
    for change in both {
        match change.await.expect("it ran") {
            Ok(()) => changed += 1,
            Err(Error::Fields(errors)) => assert!(errors.get("current").is_some(), "{errors:?}"),
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(changed, 1, "of two at once, one has the current password");
}
on_both!(a7_a_password_that_was_replaced_meanwhile_and_a_session_that_ended_change_none, meanwhile);

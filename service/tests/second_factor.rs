//! The second factor: an app, recovery codes, and what they keep out.

use chrono::Duration;
use domain::{
    Deed, FieldErrors, Refusal,
    actor::Due,
    audit::What,
    contacts::{Asker, CodeForm, Confirmation, SignIn},
};
use service::{
    Cx, Error, contacts, sessions,
    testing::{PASSWORD, World},
};

const ADMIN: &str = "admin@acme.example";

async fn sign_in(world: &World) -> Cx {
    let form = SignIn { login: ADMIN.to_owned(), password: PASSWORD.into(), next: String::new() };
    let signed_in = sessions::sign_in(&world.service, &world.origin(), &form).await.expect("signed in");
    Cx::new(world.service.clone(), signed_in.actor, world.origin())
}

fn typed(code: &str) -> CodeForm {
    CodeForm { code: code.into() }
}

/// Sets an app up; gives its secret and the recovery codes.
async fn with_app(world: &World, cx: &Cx) -> (String, Vec<String>) {
    contacts::begin_app(cx, world.key()).await.expect("begun");
    let app = contacts::new_app(cx).await.expect("an app");
    let code = contacts::code_at(&app.secret, cx.now());
    contacts::confirm_app(cx, world.key(), &typed(&code)).await.expect("confirmed");
    (app.secret, app.recovery)
}

fn is_wrong<T>(result: Result<T, Error>) -> bool {
    let wrong = FieldErrors::at("code", "This code is wrong, too old, or was used before.");
    matches!(result, Err(Error::Fields(errors)) if errors == wrong)
}

#[tokio::test]
async fn with_an_app_the_password_alone_opens_nothing_and_the_code_opens_everything() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    let (secret, _) = with_app(&world, &cx).await;
    let mails: Vec<_> = world.mails().await.into_iter().map(|(_, subject)| subject).collect();
    assert_eq!(mails, ["Your second factor has been changed"]);
    assert_eq!(world.written_down(cx.actor.contact).await, ["contact.second_factor_on"]);

    world.pass(Duration::minutes(2));
    let half = sign_in(&world).await;
    assert_eq!(half.actor.due, Some(Due::Proof));
    assert!(Deed::ALL.into_iter().all(|deed| half.may(deed).is_err()));
    let token = sessions::prove(&half, &typed(&contacts::code_at(&secret, half.now()))).await.expect("proved");
    let actor = sessions::resolve(&world.service, token.reveal(), &world.origin()).await.expect("resolved");
    assert_eq!(actor.map(|actor| actor.due), Some(None));
}

#[tokio::test]
async fn a_code_works_once_and_for_a_minute_and_a_half() {
    let world = World::new().await;
    world.reseller("acme").await;
    let (secret, _) = with_app(&world, &sign_in(&world).await).await;
    let used = contacts::code_at(&secret, world.service.clock.now());
    assert!(is_wrong(sessions::prove(&sign_in(&world).await, &typed(&used)).await), "it switched the app on");
    world.pass(Duration::minutes(5));
    let early = contacts::code_at(&secret, world.service.clock.now() - Duration::seconds(60));
    assert!(is_wrong(sessions::prove(&sign_in(&world).await, &typed(&early)).await), "two steps old");
    let late = contacts::code_at(&secret, world.service.clock.now() - Duration::seconds(30));
    sessions::prove(&sign_in(&world).await, &typed(&late)).await.expect("one step old");
    assert!(is_wrong(sessions::prove(&sign_in(&world).await, &typed(&late)).await), "replayed");
}

#[tokio::test]
async fn a_recovery_code_lets_in_once_and_is_written_down() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    let (_, recovery) = with_app(&world, &cx).await;
    assert_eq!(recovery.len(), 10);
    let half = sign_in(&world).await;
    sessions::prove(&half, &typed(&recovery[3].to_lowercase())).await.expect("proved");
    assert!(is_wrong(sessions::prove(&sign_in(&world).await, &typed(&recovery[3])).await));
    let written = world.written_down(cx.actor.contact).await;
    assert_eq!(written, [What::SecondFactorOn.word(), What::RecoveryUsed.word()]);
    assert_eq!(contacts::second_factor(&cx).await.expect("the page").recovery_left, 9);
}

#[tokio::test]
async fn a6_after_the_fourth_wrong_code_the_network_waits_as_after_the_fourth_wrong_password() {
    let world = World::new().await;
    world.reseller("acme").await;
    with_app(&world, &sign_in(&world).await).await;
    let half = sign_in(&world).await;
    for _ in 0..4 {
        assert!(is_wrong(sessions::prove(&half, &typed("000000")).await));
    }
    let locked = sessions::prove(&half, &typed("000000")).await;
    assert!(matches!(locked, Err(Error::TooMany { seconds: 900 })));
    let mails: Vec<_> = world.mails().await.into_iter().map(|(_, subject)| subject).collect();
    assert!(mails.contains(&"Somebody enters wrong passwords for your sign-in".to_owned()), "{mails:?}");
}

#[tokio::test]
async fn an_app_that_was_begun_and_not_confirmed_changes_nothing() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    let key = world.key();
    contacts::begin_app(&cx, key).await.expect("begun");
    let first = contacts::new_app(&cx).await.expect("an app");
    contacts::begin_app(&cx, key).await.expect("the same form again");
    assert!(contacts::new_app(&cx).await.expect("an app") == first, "a form that is sent twice begins once");
    assert!(is_wrong(contacts::confirm_app(&cx, world.key(), &typed("000000")).await));
    assert_eq!(sign_in(&world).await.actor.due, None);
    contacts::begin_app(&cx, world.key()).await.expect("begun anew");
    assert!(contacts::new_app(&cx).await.expect("an app") != first);
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn what_matters_asks_for_the_password_again_after_a_quarter_of_an_hour() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    world.pass(Duration::minutes(15));
    assert!(matches!(contacts::begin_app(&cx, world.key()).await, Err(Error::Unconfirmed)));
    let wrong = sessions::confirm(&cx, &Confirmation { password: "wrong".into(), next: String::new() }).await;
    assert!(matches!(wrong, Err(Error::Fields(e)) if e == FieldErrors::at("password", "This is not your password.")));
    let right = Confirmation { password: PASSWORD.into(), next: String::new() };
    sessions::confirm(&cx, &right).await.expect("confirmed");
    let mut tx = world.service.store.read().await.expect("a transaction");
    let open = store::sessions::of_contact(&mut tx, cx.actor.contact, cx.now()).await.expect("sessions");
    assert_eq!(open.iter().map(|session| session.confirmed_at).collect::<Vec<_>>(), [cx.now()]);
}

#[tokio::test]
async fn where_an_account_asks_for_a_second_factor_it_is_set_up_first_and_stays() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let mut tx = world.service.store.write().await.expect("a transaction");
    let (account, now) = (acme.actor.account, Some(acme.now()));
    store::second_factors::require(&mut tx, account, Asker::Account, now).await.expect("required");
    tx.commit().await.expect("a commit");
    let cx = sign_in(&world).await;
    assert_eq!(cx.actor.due, Some(Due::SecondFactor));
    assert!(matches!(service::home::reseller(&cx).await, Err(Error::Due(Due::SecondFactor))));
    with_app(&world, &cx).await;
    let removed = contacts::remove_app(&cx, world.key()).await;
    assert!(matches!(removed, Err(Error::Refused(Refusal::SecondFactorRequired))));
}

#[tokio::test]
async fn switched_off_the_password_is_enough_again_and_its_holder_is_told() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    with_app(&world, &cx).await;
    contacts::remove_app(&cx, world.key()).await.expect("removed");
    assert_eq!(sign_in(&world).await.actor.due, None);
    assert!(matches!(contacts::remove_app(&cx, world.key()).await, Err(Error::NotFound)));
    assert_eq!(world.mails().await.len(), 2);
}

#[tokio::test]
async fn an_owner_who_lost_the_phone_comes_in_by_the_command_line() {
    let world = World::new().await;
    let email = "owner@keyhouse.example";
    with_app(&world, &world.owner().await).await;
    let form = SignIn { login: email.to_owned(), password: PASSWORD.into(), next: String::new() };
    let half = sessions::sign_in(&world.service, &world.origin(), &form).await.expect("signed in");
    assert_eq!(half.actor.due, Some(Due::Proof));
    contacts::make_owner(&world.service, email, &PASSWORD.into()).await.expect("reset");
    let whole = sessions::sign_in(&world.service, &world.origin(), &form).await.expect("signed in");
    assert_eq!(whole.actor.due, None);
}

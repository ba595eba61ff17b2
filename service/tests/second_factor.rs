//! The second factor: an app, recovery codes, and what they keep out.

use chrono::Duration;
use domain::{
    Actor, Deed, FieldErrors, Refusal, Role,
    actor::Due,
    audit::What,
    contacts::{Asker, CodeForm, Confirmation, PasswordChange, SignIn},
};
use service::{
    Cx, Error, contacts,
    random::Random,
    sealing::{self, Known, SealingKey},
    sessions,
    testing::{PASSWORD, World, errors, twice},
    tokens::Token,
};
use store::passkeys::Passkey;

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

/// Stores a passkey of that person, "Phone".
async fn with_passkey(world: &World, cx: &Cx) -> Passkey {
    let passkey = Passkey {
        id: "0badcafe".to_owned(),
        contact: cx.actor.contact,
        name: "Phone".to_owned(),
        credential: "{}".to_owned(),
        created_at: cx.now(),
        used_at: None,
    };
    let mut tx = world.service.store.write().await.expect("a transaction");
    assert!(store::passkeys::insert(&mut tx, &passkey).await.expect("stored"));
    tx.commit().await.expect("a commit");
    passkey
}

/// Proving once more who one is.
fn typing(password: &str, code: &str) -> Confirmation {
    Confirmation { password: password.into(), code: code.into(), next: String::new() }
}

/// Who comes with that token.
async fn resolve(world: &World, token: &Token) -> Option<Actor> {
    sessions::resolve(&world.service, token.reveal(), &world.origin()).await.expect("resolved")
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
async fn security_11_an_app_that_is_being_set_up_is_shown_only_to_who_has_just_entered_the_password() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    contacts::begin_app(&cx, world.key()).await.expect("begun");
    let begun = contacts::new_app(&cx).await.expect("an app");
    world.pass(Duration::minutes(15));
    assert!(matches!(contacts::new_app(&cx).await, Err(Error::Unconfirmed)));
    let token = sessions::confirm(&cx, &typing(PASSWORD, "")).await.expect("confirmed");
    let confirmed = Cx::new(world.service.clone(), resolve(&world, &token).await.expect("signed in"), world.origin());
    assert!(contacts::new_app(&confirmed).await.expect("an app") == begun, "it is still the same");
}

#[tokio::test]
async fn what_matters_asks_for_the_password_again_after_a_quarter_of_an_hour() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    world.pass(Duration::minutes(15));
    assert!(matches!(contacts::begin_app(&cx, world.key()).await, Err(Error::Unconfirmed)));
    let wrong = sessions::confirm(&cx, &typing("wrong", "")).await;
    assert!(matches!(wrong, Err(Error::Fields(e)) if e == FieldErrors::at("password", "This is not your password.")));
    sessions::confirm(&cx, &typing(PASSWORD, "")).await.expect("confirmed");
    let mut tx = world.service.store.read().await.expect("a transaction");
    let open = store::sessions::of_contact(&mut tx, cx.actor.contact, cx.now()).await.expect("sessions");
    assert_eq!(open.iter().map(|session| session.confirmed_at).collect::<Vec<_>>(), [cx.now()]);
}

#[tokio::test]
async fn security_11_a_new_password_proves_who_entered_the_current_one_unless_a_code_is_missing() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    let change = async |cx: &Cx, current: &str, new: &str| {
        let form = PasswordChange { current: current.into(), new: twice(new) };
        let token = contacts::change_password(cx, world.key(), &form).await.expect("changed");
        resolve(&world, &token).await.expect("signed in")
    };
    world.pass(Duration::minutes(20));
    let changed = change(&cx, PASSWORD, "another velvet orbit").await;
    assert_eq!(changed.confirmed_at, world.service.clock.now(), "the password was entered now");
    let cx = Cx::new(world.service.clone(), changed, world.origin());
    with_app(&world, &cx).await;
    world.pass(Duration::minutes(20));
    let changed = change(&cx, "another velvet orbit", "a third velvet orbit").await;
    assert!(!changed.is_confirmed(world.service.clock.now()), "nobody has given a code");
}

#[tokio::test]
async fn security_11_a_code_given_long_after_the_password_lets_in_and_proves_nothing_more() {
    let world = World::new().await;
    world.reseller("acme").await;
    let (secret, _) = with_app(&world, &sign_in(&world).await).await;
    for (minutes, confirmed) in [(5, true), (20, false)] {
        let half = sign_in(&world).await;
        world.pass(Duration::minutes(minutes));
        let code = contacts::code_at(&secret, half.now());
        let token = sessions::prove(&half, &typed(&code)).await.expect("proved");
        let actor = resolve(&world, &token).await.expect("signed in");
        assert_eq!((actor.due, actor.is_confirmed(half.now())), (None, confirmed), "{minutes} minutes");
        assert_eq!(actor.confirmed_at, half.actor.confirmed_at, "when the password was entered");
    }
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
    let removed = contacts::remove_app(&cx, world.key(), &typed("000000")).await;
    assert!(matches!(removed, Err(Error::Refused(Refusal::SecondFactorRequired))));
}

#[tokio::test]
async fn switched_off_the_password_is_enough_again_and_its_holder_is_told() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    let (_, recovery) = with_app(&world, &cx).await;
    let (key, code) = (world.key(), typed(&recovery[0]));
    let token = contacts::remove_app(&cx, key, &code).await.expect("removed");
    assert!(resolve(&world, &token).await.is_some());
    let again = contacts::remove_app(&cx, key, &code).await.expect("the same form again");
    assert!(resolve(&world, &again).await.is_some() && resolve(&world, &token).await.is_none());
    assert_eq!(sign_in(&world).await.actor.due, None);
    assert!(matches!(contacts::remove_app(&cx, world.key(), &code).await, Err(Error::NotFound)));
    assert_eq!(world.mails().await.len(), 2);
}

#[tokio::test]
async fn the_password_alone_switches_no_second_factor_off() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    let (secret, _) = with_app(&world, &cx).await;
    world.pass(Duration::minutes(20));
    // Whoever has the cookie and the password does not even confirm.
    for code in ["", "000000"] {
        let errors = errors(sessions::confirm(&cx, &typing(PASSWORD, code)).await);
        assert!(errors.get("code").is_some() && errors.get("password").is_none(), "{code:?}");
    }
    let code = contacts::code_at(&secret, cx.now());
    let token = sessions::confirm(&cx, &typing(PASSWORD, &code)).await.expect("confirmed");
    let cx = Cx::new(world.service.clone(), resolve(&world, &token).await.expect("signed in"), world.origin());
    for code in ["", "12", "000000", &code] {
        let errors = errors(contacts::remove_app(&cx, world.key(), &typed(code)).await);
        assert!(errors.get("code").is_some(), "{code:?}");
    }
    assert!(contacts::second_factor(&cx).await.expect("the page").app_since.is_some());
    world.pass(Duration::minutes(1));
    contacts::remove_app(&cx, world.key(), &typed(&contacts::code_at(&secret, cx.now()))).await.expect("removed");
}

#[tokio::test]
async fn security_11_a_passkey_goes_with_the_app_and_the_password_alone_removes_neither() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    let (secret, _) = with_app(&world, &cx).await;
    let passkey = with_passkey(&world, &cx).await;
    let passkeys = async || contacts::second_factor(&cx).await.expect("the page").passkeys.len();

    world.pass(Duration::minutes(20));
    assert!(errors(sessions::confirm(&cx, &typing(PASSWORD, "")).await).get("code").is_some());
    assert!(matches!(contacts::remove_passkey(&cx, world.key(), &passkey.id).await, Err(Error::Unconfirmed)));
    assert_eq!(passkeys().await, 1);

    let code = contacts::code_at(&secret, cx.now());
    let token = sessions::confirm(&cx, &typing(PASSWORD, &code)).await.expect("confirmed");
    let confirmed = Cx::new(world.service.clone(), resolve(&world, &token).await.expect("signed in"), world.origin());
    world.pass(Duration::minutes(1));
    let code = contacts::code_at(&secret, cx.now());
    contacts::remove_app(&confirmed, world.key(), &typed(&code)).await.expect("removed");
    assert_eq!(passkeys().await, 0, "no passkey is left alone");
}

#[tokio::test]
async fn security_11_who_removes_a_passkey_is_told_by_mail_once() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let buyer = world.colleague(&acme, "buyer@acme.example", &[Role::Buyer]).await;
    let cx = sign_in(&world).await;
    with_app(&world, &cx).await;
    let passkey = with_passkey(&world, &cx).await;
    let before = world.mails().await.len();
    let none = contacts::remove_passkey(&buyer, world.key(), &passkey.id).await;
    assert!(matches!(none, Err(Error::NotFound)), "it is somebody else's");
    let key = world.key();
    for _ in 0..2 {
        contacts::remove_passkey(&cx, key, &passkey.id).await.expect("removed, or removed before");
    }
    assert!(contacts::second_factor(&cx).await.expect("the page").passkeys.is_empty());
    let letters = world.letters().await;
    assert_eq!(letters.len(), before + 1);
    let told = letters.last().expect("a mail");
    assert_eq!((told.recipient.as_str(), told.subject.as_str()), (ADMIN, "A passkey has been removed"));
    assert!(told.body.as_deref().is_some_and(|text| text.contains("\"Phone\"")), "{:?}", told.body);
    let written = world.written_down(cx.actor.contact).await;
    assert_eq!(written, [What::SecondFactorOn.word(), What::PasskeyRemoved.word()]);
}

#[tokio::test]
async fn the_fourth_wrong_try_of_who_is_signed_in_ends_the_session_and_its_holder_is_told() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    let elsewhere = sign_in(&world).await;
    for _ in 0..3 {
        sessions::confirm(&cx, &typing("wrong", "")).await.expect_err("wrong");
    }
    let token = sessions::confirm(&cx, &typing(PASSWORD, "")).await.expect("three are forgiven");
    for _ in 0..4 {
        let errors = errors(sessions::confirm(&cx, &typing("wrong", "")).await);
        assert_eq!(errors, FieldErrors::at("password", "This is not your password."));
    }
    assert!(
        matches!(sessions::confirm(&cx, &typing(PASSWORD, "")).await, Err(Error::SignedOut)),
        "the right one is too late"
    );
    assert_eq!(resolve(&world, &token).await, None);
    assert_eq!(world.written_down(cx.actor.session).await, ["session.created", "session.cut_off"]);
    assert_eq!(world.mails().await, [(ADMIN.to_owned(), "A session of yours has ended".to_owned())]);
    // Its holder is not locked out, and is signed in elsewhere still.
    assert!(sessions::goes_on(&elsewhere).await.expect("an answer"));
    assert_eq!(sign_in(&world).await.actor.due, None);
}

#[tokio::test]
async fn many_tries_at_once_are_no_more_than_four() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    let tries = (0..20).map(|_| {
        let cx = cx.clone();
        tokio::spawn(async move { sessions::confirm(&cx, &typing("wrong", "")).await })
    });
    let mut looked_at = 0;
    for tried in tries.collect::<Vec<_>>() {
        match tried.await.expect("an answer") {
            Err(Error::Fields(_)) => looked_at += 1,
            Err(Error::SignedOut) => {}
            other => panic!("{:?}", other.map(|_| ())),
        }
    }
    assert_eq!(looked_at, 4);
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn proving_it_once_more_and_every_change_of_a_factor_give_the_session_a_new_token() {
    let world = World::new().await;
    world.reseller("acme").await;
    let form = SignIn { login: ADMIN.to_owned(), password: PASSWORD.into(), next: String::new() };
    let signed_in = sessions::sign_in(&world.service, &world.origin(), &form).await.expect("signed in");
    let cx = Cx::new(world.service.clone(), signed_in.actor, world.origin());
    let confirmed = sessions::confirm(&cx, &typing(PASSWORD, "")).await.expect("confirmed");
    assert_eq!(resolve(&world, &signed_in.token).await, None);
    contacts::begin_app(&cx, world.key()).await.expect("begun");
    let app = contacts::new_app(&cx).await.expect("an app");
    let code = typed(&contacts::code_at(&app.secret, cx.now()));
    assert!(resolve(&world, &confirmed).await.is_some(), "nothing has changed yet");
    let on = contacts::confirm_app(&cx, world.key(), &code).await.expect("on");
    assert_eq!(resolve(&world, &confirmed).await, None);
    assert_eq!(resolve(&world, &on).await.map(|actor| actor.session), Some(cx.actor.session));
}

#[tokio::test]
async fn a_stolen_database_holds_no_secret_of_an_app_and_no_recovery_code() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    let stored = async || {
        let mut tx = world.service.store.read().await.expect("a transaction");
        store::second_factors::app(&mut tx, cx.actor.contact).await.expect("an answer").expect("an app")
    };
    contacts::begin_app(&cx, world.key()).await.expect("begun");
    let app = contacts::new_app(&cx).await.expect("an app");
    let begun = stored().await;
    for text in [begun.secret.clone(), begun.recovery.clone().expect("recovery codes")] {
        assert!(text.starts_with("sealed1:"), "{text}");
    }
    let code = contacts::code_at(&app.secret, cx.now());
    contacts::confirm_app(&cx, world.key(), &typed(&code)).await.expect("confirmed");
    assert_eq!(stored().await.recovery, None);
    assert!(app.recovery.iter().all(|code| code.len() == 19 && code.replace('-', "").len() == 16), "80 bits");
    // Nor is the hash one that can be made without the key.
    let plain = service::tokens::hash(&format!("{} {}", cx.actor.contact, app.recovery[0].replace('-', "")));
    let mut tx = world.service.store.write().await.expect("a transaction");
    assert!(
        !store::second_factors::use_recovery(&mut tx, cx.actor.contact, &plain, cx.now()).await.expect("an answer")
    );
}

#[tokio::test]
async fn what_was_stored_before_there_was_a_key_goes_on_working_and_is_sealed_at_the_next_start() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    let (former, secret) = ("ABCDEFGHJK", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
    let mut tx = world.service.store.write().await.expect("a transaction");
    store::second_factors::begin(&mut tx, cx.actor.contact, secret, former, cx.now()).await.expect("begun");
    let hash = service::tokens::hash(&format!("{} {former}", cx.actor.contact));
    store::second_factors::confirm(&mut tx, cx.actor.contact, &[hash], cx.now()).await.expect("confirmed");
    tx.commit().await.expect("a commit");
    sessions::prove(&sign_in(&world).await, &typed("abcde-fghjk")).await.expect("a code of the former kind");

    let key = SealingKey::new(&Random::seeded(8));
    assert_eq!(sealing::take(&world.service, key.clone()).await.expect("sealed"), 1);
    assert_eq!(sealing::take(&world.service, key.clone()).await.expect("sealed before"), 0);
    let mut tx = world.service.store.read().await.expect("a transaction");
    let app = store::second_factors::app(&mut tx, cx.actor.contact).await.expect("an answer").expect("an app");
    drop(tx);
    assert!(app.secret.starts_with("sealed1:"), "{}", app.secret);
    let code = contacts::code_at(secret, cx.now());
    sessions::prove(&sign_in(&world).await, &typed(&code)).await.expect("the app goes on working");
    let another = SealingKey::new(&Random::seeded(9));
    assert_eq!(sealing::known(&world.service, Some(&another)).await.expect("an answer"), Known::Another);
    assert_eq!(sealing::known(&world.service, None).await.expect("an answer"), Known::Missing);
    assert!(sealing::take(&world.service, another).await.is_err());
}

#[tokio::test]
async fn an_app_that_nobody_confirms_is_swept_with_its_secret() {
    let world = World::new().await;
    world.reseller("acme").await;
    let cx = sign_in(&world).await;
    contacts::begin_app(&cx, world.key()).await.expect("begun");
    assert_eq!(contacts::sweep_apps(&world.service).await.expect("swept"), 0);
    world.pass(Duration::hours(25));
    assert_eq!(contacts::sweep_apps(&world.service).await.expect("swept"), 1);
    let cx = sign_in(&world).await;
    assert!(matches!(contacts::new_app(&cx).await, Err(Error::NotFound)));
    with_app(&world, &cx).await;
    world.pass(Duration::days(400));
    assert_eq!(contacts::sweep_apps(&world.service).await.expect("swept"), 0, "one that counts stays");
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
    let letters = world.letters().await;
    let told = letters.last().expect("a mail");
    assert_eq!((told.recipient.as_str(), letters.len()), (email, 2));
    let text = told.body.as_deref().expect("a text");
    assert!(text.contains("at the command line of the server"), "{text}");
    assert!(text.contains("Sign in with your password."), "{text}");
}

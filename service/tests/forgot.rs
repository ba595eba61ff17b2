//! A forgotten password (A7).

use chrono::Duration;
use domain::{
    FieldErrors, Refusal,
    contacts::{Activation, Forgot, PasswordChange, SignIn},
};
use service::{
    Cx, Error, contacts, mail, sessions,
    testing::{PASSWORD, World, on_both, refusal, rounds, twice},
};
use store::testing::write_nothing;

const NEW: &str = "another velvet orbit";

async fn sign_in(world: &World, login: &str, password: &str) -> Result<sessions::SignedIn, Error> {
    let form = SignIn { login: login.to_owned(), password: password.into(), next: String::new() };
    sessions::sign_in(&world.service, &world.origin(), &form).await
}

/// Asks, and waits for what is done after the answer.
async fn forgot(world: &World, login: &str) -> Result<(), Error> {
    let form = Forgot { login: login.to_owned() };
    let done = contacts::forgot(&world.service, &world.origin(), &form).await?;
    done.await.expect("it does not panic");
    Ok(())
}

async fn newest_link(world: &World) -> String {
    let letters = world.letters().await;
    let text = letters.iter().rev().find_map(|mail| mail.body.clone().filter(|body| body.contains("/reset/")));
    let text = text.expect("a mail with a link");
    let link = text.split("http://127.0.0.1:3000/reset/").nth(1).expect("a link of this house");
    link.split_whitespace().next().expect("a token").to_owned()
}

async fn reset(world: &World, token: &str, password: &str) -> Result<(), Error> {
    let form = Activation { token: token.into(), new: twice(password) };
    contacts::reset(&world.service, &world.origin(), &form).await
}

#[tokio::test]
async fn a7_a_link_gives_a_new_password_once_all_sessions_end_and_a_mail_confirms() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let before = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    forgot(&world, " ADMIN@acme.example ").await.expect("always fine");
    let link = newest_link(&world).await;
    let shown = contacts::reset_shown(&world.service, &world.origin(), &link).await.expect("a good link");
    assert_eq!(shown.username, "admin@acme.example");
    let weak = reset(&world, &link, "password12").await;
    assert!(matches!(weak, Err(Error::Fields(errors)) if errors.get("password").is_some()));
    reset(&world, &link, NEW).await.expect("chosen");
    assert_eq!(refusal(reset(&world, &link, PASSWORD).await), Refusal::LinkUsed);
    let who = sessions::resolve(&world.service, before.token.reveal(), &world.origin()).await.expect("an answer");
    assert_eq!(who, None);
    assert!(sign_in(&world, "admin@acme.example", PASSWORD).await.is_err());
    sign_in(&world, "admin@acme.example", NEW).await.expect("signed in");
    let mails: Vec<_> = world.mails().await.into_iter().map(|(_, subject)| subject).collect();
    assert_eq!(mails, ["Choose a new password", "Your password has been changed"]);
    assert_eq!(world.written_down(acme.actor.contact).await, ["contact.reset_sent", "contact.password_reset"]);
}

#[tokio::test]
async fn a7_a_locked_sign_in_is_unlocked_by_it() {
    let world = World::new().await;
    world.reseller("acme").await;
    world.lock("admin@acme.example").await;
    let locked = world.letters().await.into_iter().find(|mail| mail.subject == "Your sign-in is locked");
    let locked = locked.expect("a mail").body.expect("a text");
    assert!(locked.contains("http://127.0.0.1:3000/forgot"), "{locked}");
    forgot(&world, "admin@acme.example").await.expect("always fine");
    reset(&world, &newest_link(&world).await, NEW).await.expect("chosen");
    sign_in(&world, "admin@acme.example", NEW).await.expect("unlocked");
}

#[tokio::test]
async fn a7_who_is_unlocked_meanwhile_can_still_choose_a_new_password_by_the_link() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    world.lock("admin@acme.example").await;
    forgot(&world, "admin@acme.example").await.expect("always fine");
    contacts::unlock(&owner, world.key(), acme.actor.contact).await.expect("unlocked");
    reset(&world, &newest_link(&world).await, NEW).await.expect("chosen");
    sign_in(&world, "admin@acme.example", NEW).await.expect("signed in");
}

#[tokio::test]
async fn a7_no_link_outlives_a_change_of_the_password_or_a_new_one_from_the_command_line() {
    let world = World::new().await;
    world.owner().await;
    world.reseller("acme").await;
    forgot(&world, "admin@acme.example").await.expect("always fine");
    let link = newest_link(&world).await;
    let signed_in = sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signed in");
    let cx = Cx::new(world.service.clone(), signed_in.actor, world.origin());
    let form = PasswordChange { current: PASSWORD.into(), new: twice(NEW) };
    contacts::change_password(&cx, world.key(), &form).await.expect("changed");
    assert_eq!(refusal(reset(&world, &link, "a third velvet orbit").await), Refusal::LinkUnknown);
    sign_in(&world, "admin@acme.example", NEW).await.expect("the password is the one that was chosen");
    let next = mail::due(&world.service).await.expect("the outbox").expect("a mail");
    assert_eq!(next.subject, "Your password has been changed", "the mail with the link is not sent any more");

    forgot(&world, "owner@keyhouse.example").await.expect("always fine");
    let link = newest_link(&world).await;
    contacts::make_owner(&world.service, "owner@keyhouse.example", &NEW.into()).await.expect("reset");
    assert_eq!(refusal(reset(&world, &link, "a third velvet orbit").await), Refusal::LinkUnknown);
    sign_in(&world, "owner@keyhouse.example", NEW).await.expect("the password is the one that was given");
    assert!(mail::due(&world.service).await.expect("the outbox").is_none(), "nor is this one");
}

#[tokio::test]
async fn a7_expired_voided_and_unknown_links_are_told_apart_for_their_holder() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    forgot(&world, "admin@acme.example").await.expect("always fine");
    let first = newest_link(&world).await;
    forgot(&world, "admin@acme.example").await.expect("always fine");
    let second = newest_link(&world).await;
    assert_eq!(refusal(reset(&world, &first, NEW).await), Refusal::LinkUnknown);
    assert_eq!(refusal(reset(&world, "never made", NEW).await), Refusal::LinkUnknown);
    world.pass(Duration::minutes(60));
    assert_eq!(refusal(reset(&world, &second, NEW).await), Refusal::LinkExpired);
    sign_in(&world, "admin@acme.example", PASSWORD).await.expect("the password is the same");
    // A link of one kind opens nothing of the other.
    world.customer(&acme, "anna@northwind.example").await;
    let letters = world.letters().await;
    let text = letters.iter().find_map(|mail| mail.body.clone().filter(|body| body.contains("/activate/")));
    let activation = text.expect("a mail").split("/activate/").nth(1).expect("a link")[..64].to_owned();
    assert_eq!(refusal(reset(&world, &activation, NEW).await), Refusal::LinkUnknown);
    contacts::invitation(&world.service, &world.origin(), &activation).await.expect("still good for its own");
}

#[tokio::test]
async fn a7_the_answer_is_the_same_for_everybody_and_mail_goes_only_where_it_helps() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let bo = world.colleague(&acme, "bo@acme.example", &[domain::Role::Buyer]).await.actor.contact;
    contacts::deactivate(&owner, world.key(), bo).await.expect("switched off");
    world.customer(&acme, "anna@northwind.example").await;
    for nobody in ["nobody@acme.example", "bo@acme.example", "'; drop table contacts; --"] {
        forgot(&world, nobody).await.expect("always fine");
    }
    assert_eq!(world.mails().await.len(), 1, "the invitation of the customer alone");
    forgot(&world, "anna@northwind.example").await.expect("always fine");
    let again = ("anna@northwind.example".to_owned(), "Activate your sign-in".to_owned());
    assert_eq!(world.mails().await, [again.clone(), again], "who has no password yet is invited again");
    let empty = forgot(&world, "  ").await;
    let message = FieldErrors::at("login", "Enter your e-mail address or username.");
    assert!(matches!(empty, Err(Error::Fields(errors)) if errors == message));
}

#[tokio::test]
async fn a7_fifty_wait_to_be_looked_up_and_the_next_is_asked_to_come_again_whoever_it_is() {
    let world = World::new().await;
    world.reseller("acme").await;
    let ask = async |login: &str| {
        contacts::forgot(&world.service, &world.origin(), &Forgot { login: login.to_owned() }).await
    };
    // What was written a moment ago proves that more can be, so none of them has to wait, and between two nobody looks anything up.
    let mut waiting = Vec::new();
    for at in 0..50 {
        waiting.push(ask(&format!("{at}@nobody.example")).await.expect("always fine"));
    }
    for login in ["admin@acme.example", "nobody@acme.example"] {
        assert!(matches!(ask(login).await, Err(Error::Busy { .. })), "{login}");
    }
    for one in waiting {
        one.await.expect("it does not panic");
    }
    for _ in 0..5 {
        forgot(&world, "admin@acme.example").await.expect("whoever was sent away has not tried");
    }
    assert_eq!(world.mails().await.len(), 5);
}

#[tokio::test]
async fn a7_while_nothing_can_be_written_no_link_is_promised_whoever_it_is() {
    let world = World::new().await;
    world.reseller("acme").await;
    write_nothing(&world.service.store, true).await;
    // What was written a moment before spoke against it.
    forgot(&world, "admin@acme.example").await.expect("nobody knows of it yet");
    for login in ["admin@acme.example", "nobody@acme.example"] {
        let refused = forgot(&world, login).await;
        assert!(matches!(&refused, Err(Error::Store(error)) if error.is_for_now()), "{login}: {refused:?}");
    }
    write_nothing(&world.service.store, false).await;
    forgot(&world, "admin@acme.example").await.expect("it is written again");
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn a7_the_sixth_time_within_an_hour_has_to_wait_whoever_it_is() {
    let world = World::new().await;
    world.reseller("acme").await;
    for login in ["admin@acme.example", "nobody@acme.example"] {
        for _ in 0..5 {
            forgot(&world, login).await.expect("always fine");
        }
        assert!(matches!(forgot(&world, login).await, Err(Error::TooMany { .. })), "{login}");
    }
    assert_eq!(world.mails().await.len(), 5);
    sign_in(&world, "admin@acme.example", PASSWORD).await.expect("signing in is counted apart");
}

async fn at_one_moment(world: World) {
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let mut password = PASSWORD.to_owned();
    for round in 0..rounds(4) {
        contacts::send_reset(&owner, world.key(), acme.actor.contact).await.expect("sent");
        let link = newest_link(&world).await;
        let next = format!("another velvet orbit {round}");
        let tries: Vec<_> = (0..8)
            .map(|at| {
                let (service, origin) = (world.service.clone(), world.origin_at(&format!("198.51.100.{at}")));
                // Half of them are wrong.
                let typed = if at % 2 == 0 { password.as_str() } else { "wrong" };
                let form =
                    SignIn { login: "admin@acme.example".to_owned(), password: typed.into(), next: String::new() };
                tokio::spawn(async move { sessions::sign_in(&service, &origin, &form).await.map(|_| ()) })
            })
            .collect();
        reset(&world, &link, &next).await.expect("chosen");
        for tried in tries {
            let came = tried.await.expect("it ran");
            let fine = matches!(came, Ok(()) | Err(Error::Refused(Refusal::SignInFailed)));
            assert!(fine, "round {round}: {came:?}");
        }
        let old = sign_in(&world, "admin@acme.example", &password).await;
        assert!(matches!(old, Err(Error::Refused(Refusal::SignInFailed))), "round {round}: {old:?}");
        sign_in(&world, "admin@acme.example", &next).await.expect("the new password");
        password = next;
    }
}
on_both!(a7_a_sign_in_at_the_moment_of_a_reset_takes_nothing_of_it_back, at_one_moment);

//! A second factor that everybody of an account is asked for, and one that was lost.

use chrono::Duration;
use domain::{
    ContactId, FieldErrors, Refusal, Role, Roles,
    actor::Due,
    contacts::{CodeForm, FactorRule, PersonForm, SignIn, TakeFactor},
};
use service::{
    Cx, Error, accounts, contacts,
    live::{Change, Whose},
    sessions,
    testing::{PASSWORD, World},
    tokens::Token,
};

const ADMIN: &str = "admin@acme.example";
const BO: &str = "bo@acme.example";

async fn sign_in(world: &World, login: &str) -> sessions::SignedIn {
    let form = SignIn { login: login.to_owned(), password: PASSWORD.into(), next: String::new() };
    sessions::sign_in(&world.service, &world.origin(), &form).await.expect("signed in")
}

/// The request of whoever comes with that token now.
async fn next_request(world: &World, signed_in: &sessions::SignedIn) -> Option<Cx> {
    let actor = sessions::resolve(&world.service, signed_in.token.reveal(), &world.origin()).await.expect("an answer");
    actor.map(|actor| Cx::new(world.service.clone(), actor, world.origin()))
}

/// Sets an app up; gives the token that the session goes on with.
async fn with_app(world: &World, cx: &Cx) -> Token {
    contacts::begin_app(cx, world.key()).await.expect("begun");
    let app = contacts::new_app(cx).await.expect("an app");
    let code = CodeForm { code: contacts::code_at(&app.secret, cx.now()).as_str().into() };
    contacts::confirm_app(cx, world.key(), &code).await.expect("confirmed")
}

/// The same person with another role.
fn with(cx: &Cx, role: Role) -> Cx {
    let mut cx = cx.clone();
    cx.actor.roles = Roles::of(&[role]);
    cx
}

async fn rule(cx: &Cx) -> FactorRule {
    contacts::list(cx, None, None).await.expect("the team").factor_rule.expect("a rule")
}

fn sure() -> TakeFactor {
    TakeFactor { sure: "on".to_owned() }
}

fn is_not_found<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::NotFound))
}

fn read(rule: FactorRule) -> (bool, bool, i64, bool) {
    (rule.by_operator, rule.by_account, rule.without, rule.can_change())
}

#[tokio::test]
async fn second_factor_once_required_whoever_has_none_sets_one_up_at_the_next_request() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    world.colleague(&acme, BO, &[Role::Buyer]).await;
    let (ada, mut bo) = (sign_in(&world, ADMIN).await, sign_in(&world, BO).await);
    bo.token = with_app(&world, &next_request(&world, &bo).await.expect("bo")).await;
    let mails = world.mails().await.len();
    let (id, key) = (acme.actor.account, world.key());
    let mut heard = world.service.live.subscribe();
    for _ in 0..2 {
        contacts::require_second_factor(&owner, key, id, true).await.expect("required");
    }
    contacts::require_second_factor(&owner, world.key(), id, true).await.expect("it is so already");

    let words = "The operator asks everybody for a second factor".to_owned();
    assert_eq!(heard.try_recv().ok(), Some(Change { account: id, version: 1, words }));
    assert!(heard.try_recv().is_err(), "told once");
    assert_eq!(world.written_down(id).await, ["account.second_factor_required"]);
    assert_eq!(world.mails().await.len(), mails, "nobody is mailed");
    let ada = next_request(&world, &ada).await.expect("still signed in");
    assert_eq!(ada.actor.due, Some(Due::SecondFactor));
    assert!(matches!(service::home::reseller(&ada).await, Err(Error::Due(Due::SecondFactor))));
    assert_eq!(next_request(&world, &bo).await.expect("bo").actor.due, None, "bo has one");
    let page = accounts::find(&owner, id).await.expect("the account");
    assert_eq!(read(page.factor_rule), (true, false, 1, true));

    contacts::require_second_factor(&owner, world.key(), id, false).await.expect("not required");
    assert_eq!(sign_in(&world, ADMIN).await.actor.due, None);
    let written = ["account.second_factor_required", "account.second_factor_not_required"];
    assert_eq!(world.written_down(id).await, written);
}

#[tokio::test]
async fn second_factor_owners_ask_the_staff_and_admins_their_team() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    world.colleague(&owner, "sue@keyhouse.example", &[Role::Support]).await;
    contacts::require_second_factor(&owner, world.key(), owner.actor.account, true).await.expect("required");
    assert_eq!(read(rule(&owner).await), (true, false, 2, true));
    assert_eq!(sign_in(&world, "sue@keyhouse.example").await.actor.due, Some(Due::SecondFactor));
    assert_eq!(sign_in(&world, ADMIN).await.actor.due, None, "resellers are not staff");

    contacts::require_second_factor(&acme, world.key(), acme.actor.account, true).await.expect("required");
    assert_eq!(read(rule(&acme).await), (false, true, 1, true));
    assert_eq!(sign_in(&world, ADMIN).await.actor.due, Some(Due::SecondFactor));
}

#[tokio::test]
async fn second_factor_what_the_operator_asks_only_the_operator_takes_back() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let id = acme.actor.account;
    contacts::require_second_factor(&owner, world.key(), id, true).await.expect("required");
    contacts::require_second_factor(&acme, world.key(), id, false).await.expect("nothing of its own to take back");
    assert_eq!(read(rule(&acme).await), (true, false, 1, false));
    assert_eq!(sign_in(&world, ADMIN).await.actor.due, Some(Due::SecondFactor));
    assert_eq!(world.written_down(id).await, ["account.second_factor_required"]);

    contacts::require_second_factor(&acme, world.key(), id, true).await.expect("the account asks, too");
    contacts::require_second_factor(&owner, world.key(), id, false).await.expect("the operator does not any more");
    assert_eq!(read(rule(&acme).await), (false, true, 1, true));
    assert_eq!(sign_in(&world, ADMIN).await.actor.due, Some(Due::SecondFactor));
}

#[tokio::test]
async fn second_factor_who_may_not_ask_for_it_finds_nothing_and_who_may_confirms_first() {
    let world = World::new().await;
    let (owner, acme, globex) = (world.owner().await, world.reseller("acme").await, world.reseller("globex").await);
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let (staff, team) = (owner.actor.account, acme.actor.account);
    for (cx, account) in [
        (with(&owner, Role::Support), team),
        (with(&owner, Role::AccountManager), staff),
        (owner.clone(), anna),
        (acme.clone(), staff),
        (acme.clone(), anna),
        (with(&acme, Role::Buyer), team),
        (globex, team),
    ] {
        assert!(is_not_found(contacts::require_second_factor(&cx, world.key(), account, true).await));
    }
    let manager = with(&owner, Role::AccountManager);
    world.pass(Duration::minutes(15));
    for (cx, account) in [(&manager, team), (&owner, staff), (&acme, team)] {
        let early = contacts::require_second_factor(cx, world.key(), account, true).await;
        assert!(matches!(early, Err(Error::Unconfirmed)));
    }
    assert_eq!(sign_in(&world, ADMIN).await.actor.due, None);
    let support = with(&owner, Role::Support);
    assert!(!accounts::find(&support, team).await.expect("the account").factor_rule.can_change());
}

/// Bo of Acme's team, with a second factor.
async fn bo(world: &World, acme: &Cx) -> ContactId {
    let bo = world.colleague(acme, BO, &[Role::Buyer]).await;
    let signed_in = sign_in(world, BO).await;
    with_app(world, &next_request(world, &signed_in).await.expect("bo")).await;
    bo.actor.contact
}

#[tokio::test]
async fn second_factor_who_lost_the_phone_is_let_in_by_the_password_and_told() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let id = bo(&world, &acme).await;
    let half = sign_in(&world, BO).await;
    assert_eq!(half.actor.due, Some(Due::Proof));
    let mut ended = world.service.live.endings();
    let unsure = contacts::take_second_factor(&owner, world.key(), id, &TakeFactor::default()).await;
    let message = FieldErrors::at("sure", "Make sure who asks, and tick this. Then send it again.");
    assert!(matches!(unsure, Err(Error::Fields(errors)) if errors == message));
    assert_eq!(world.mails().await.len(), 1, "none but the one about the app");

    let key = world.key();
    for _ in 0..2 {
        contacts::take_second_factor(&owner, key, id, &sure()).await.expect("taken");
    }
    assert!(next_request(&world, &half).await.is_none(), "all sessions have ended");
    assert_eq!(ended.try_recv().ok(), Some(Whose::Contact(id)));
    let whole = sign_in(&world, BO).await;
    assert_eq!(whole.actor.due, None);
    let cx = next_request(&world, &whole).await.expect("bo");
    let factor = contacts::second_factor(&cx).await.expect("an answer");
    assert_eq!((factor.app_since, factor.recovery_left), (None, 0));
    assert_eq!(world.written_down(id).await, ["contact.second_factor_on", "contact.second_factor_taken"]);
    let letters = world.letters().await;
    let told = letters.last().expect("a mail");
    assert_eq!((told.recipient.as_str(), letters.len()), (BO, 2));
    assert!(told.body.as_deref().is_some_and(|text| text.contains("You can set up a new second factor")));
    let again = contacts::take_second_factor(&owner, world.key(), id, &sure()).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::SecondFactorGone))));
}

#[tokio::test]
async fn second_factor_goes_with_the_sign_in_after_the_password_was_entered_again_and_its_holder_is_told() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let id = bo(&world, &acme).await;
    let edition = contacts::find(&owner, id).await.expect("the person").edition;
    let no_user = PersonForm {
        first_name: "Bo".to_owned(),
        last_name: "Berg".to_owned(),
        email: "bo@new.example".to_owned(),
        ..PersonForm::default()
    };
    // The same address, so that it is the second factor alone that is asked about.
    let stays = PersonForm { email: BO.to_owned(), ..no_user.clone() };
    let mut old = owner.clone();
    old.actor.confirmed_at = old.now() - Duration::minutes(15);
    let unconfirmed = contacts::edit(&old, world.key(), id, edition, &stays).await;
    assert!(matches!(unconfirmed, Err(Error::Unconfirmed)), "{unconfirmed:?}");
    assert_eq!(world.mails().await.len(), 1, "none but the one about the app");
    contacts::edit(&owner, world.key(), id, edition, &no_user).await.expect("confirmed");
    let letters = world.letters().await;
    let told = letters.last().expect("a mail");
    assert_eq!((told.recipient.as_str(), letters.len()), (BO, 2), "at the address that they had");
    assert_eq!(told.subject, "Your second factor has been taken away");
    let text = told.body.as_deref().expect("a text");
    assert!(text.contains("has removed your sign-in") && !text.contains("Sign in with"), "{text}");
    let written = ["contact.second_factor_on", "contact.edited", "contact.second_factor_taken"];
    assert_eq!(world.written_down(id).await, written);

    // Who has none is not asked about it.
    let cy = world.colleague(&acme, "cy@acme.example", &[Role::Buyer]).await.actor.contact;
    let edition = contacts::find(&owner, cy).await.expect("the person").edition;
    let no_user = PersonForm { email: "cy@acme.example".to_owned(), ..no_user };
    contacts::edit(&old, world.key(), cy, edition, &no_user).await.expect("nothing is taken away but the sign-in");
    assert_eq!(world.mails().await.len(), 2);
}

#[tokio::test]
async fn second_factor_where_it_is_required_a_new_one_follows_the_lost_one() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let id = bo(&world, &acme).await;
    contacts::require_second_factor(&acme, world.key(), acme.actor.account, true).await.expect("required");
    contacts::take_second_factor(&acme, world.key(), id, &sure()).await.expect("taken by an admin of the team");
    assert_eq!(sign_in(&world, BO).await.actor.due, Some(Due::SecondFactor));
    let text = world.letters().await.pop().and_then(|mail| mail.body).expect("a mail");
    assert!(text.contains("before anything else"), "{text}");
}

#[tokio::test]
async fn second_factor_nobody_takes_the_own_one_away_so_nor_that_of_whom_they_may_not_switch_off() {
    let world = World::new().await;
    let (owner, acme, globex) = (world.owner().await, world.reseller("acme").await, world.reseller("globex").await);
    let id = bo(&world, &acme).await;
    with_app(&world, &acme).await;
    with_app(&world, &owner).await;
    for (cx, whose) in [
        (acme.clone(), acme.actor.contact),
        (owner.clone(), owner.actor.contact),
        (with(&owner, Role::AccountManager), owner.actor.contact),
        (with(&owner, Role::Support), id),
        (with(&acme, Role::Buyer), id),
        (acme.clone(), owner.actor.contact),
        (globex, id),
    ] {
        assert!(is_not_found(contacts::take_second_factor(&cx, world.key(), whose, &sure()).await));
    }
    world.pass(Duration::minutes(15));
    let early = contacts::take_second_factor(&acme, world.key(), id, &sure()).await;
    assert!(matches!(early, Err(Error::Unconfirmed)));
    let page = contacts::find(&acme, id).await.expect("bo");
    assert!(page.factor_since.is_some() && page.can_take_factor);
    assert!(!contacts::find(&acme, acme.actor.contact).await.expect("herself").can_take_factor);
    assert_eq!(world.written_down(id).await, ["contact.second_factor_on"]);
}

//! The people of an account, from the back office (A4-A6): added, invited, changed, helped, switched off and on.

use domain::{
    FieldErrors, Refusal, Role, Roles,
    contacts::{Activation, PersonForm, SignIn, State},
    editions::{Changed, Meanwhile},
};
use service::{
    Error, contacts, sessions,
    testing::{PASSWORD, World, is_not_found, refusal, twice},
};

fn bo() -> PersonForm {
    PersonForm {
        first_name: "Bo".to_owned(),
        last_name: "Lind".to_owned(),
        email: "bo@acme.example".to_owned(),
        phone: "+46 8 1".to_owned(),
        job_title: "Head of sales".to_owned(),
        storefront_user: "on".to_owned(),
    }
}

async fn sign_in(world: &World, login: &str) -> Result<sessions::SignedIn, Error> {
    let form = SignIn { login: login.to_owned(), password: PASSWORD.into(), next: String::new() };
    sessions::sign_in(&world.service, &world.origin(), &form).await
}

/// The token of the newest link in the outbox.
async fn newest_link(world: &World) -> String {
    let letters = world.letters().await;
    let text = letters.iter().rev().find_map(|mail| mail.body.clone().filter(|body| body.contains("/activate/")));
    token(&text.expect("an activation mail"))
}

fn token(text: &str) -> String {
    let link = text.split("/activate/").nth(1).expect("a link");
    link.split_whitespace().next().expect("a token").to_owned()
}

async fn activate(world: &World, token: &str) -> Result<(), Error> {
    let form = Activation { token: token.into(), new: twice(PASSWORD) };
    contacts::activate(&world.service, &world.origin(), &form).await
}

#[tokio::test]
async fn a4_a_storefront_user_is_invited_as_admin_activates_and_logs_in() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let key = world.key();
    let id = contacts::add(&owner, key, acme.actor.account, &bo()).await.expect("added");
    let again = contacts::add(&owner, key, acme.actor.account, &bo()).await.expect("the same form again");
    assert_eq!(id, again);
    let page = contacts::find(&owner, id).await.expect("the person");
    assert_eq!(page.row.roles, Roles::of(&[Role::Admin]));
    assert_eq!((page.row.state, page.username.as_str()), (Some(State::PendingActivation), "bo@acme.example"));
    assert_eq!(world.written_down(id).await, ["contact.added", "contact.invited"]);
    activate(&world, &newest_link(&world).await).await.expect("activated");
    let letters = world.letters().await;
    let (invited, confirmed) = (&letters[0], &letters[1]);
    assert_eq!((invited.recipient.as_str(), invited.subject.as_str()), ("bo@acme.example", "Activate your sign-in"));
    let second = confirmed.body.as_deref().expect("a text");
    assert!(second.contains("Login now: http://127.0.0.1:3000/login"), "{second}");
    assert_eq!(letters.len(), 2);
    let signed_in = sign_in(&world, "bo@acme.example").await.expect("signed in");
    assert_eq!(signed_in.actor.roles, Roles::of(&[Role::Admin]));
}

#[tokio::test]
async fn a4_who_is_no_storefront_user_gets_no_mail_and_takes_no_username() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let quiet = PersonForm { storefront_user: String::new(), email: "admin@acme.example".to_owned(), ..bo() };
    let id = contacts::add(&owner, world.key(), acme.actor.account, &quiet).await.expect("added");
    let row = contacts::find(&owner, id).await.expect("the person").row;
    assert_eq!((row.state, row.roles, row.acts), (None, Roles::default(), vec![]));
    assert_eq!(world.mails().await, []);
    assert!(is_not_found(contacts::send_reset(&owner, world.key(), id).await));
    let user = PersonForm { storefront_user: "on".to_owned(), ..quiet };
    let taken = contacts::add(&owner, world.key(), acme.actor.account, &user).await;
    let wanted = FieldErrors::at("email", "Somebody signs in with this address already. Use another one.");
    assert!(matches!(taken, Err(Error::Fields(errors)) if errors == wanted));
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn a4_of_two_staff_who_edit_one_person_the_second_is_told_what_changed() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let id = contacts::add(&owner, world.key(), acme.actor.account, &bo()).await.expect("added");
    let edition = contacts::find(&owner, id).await.expect("the person").edition;
    let first = PersonForm { phone: "+46 8 2".to_owned(), ..bo() };
    contacts::edit(&owner, world.key(), id, edition, &first).await.expect("saved");
    let second = PersonForm { last_name: "Berg".to_owned(), ..bo() };
    let refused = refusal(contacts::edit(&owner, world.key(), id, edition, &second).await);
    let phone = Changed::new("Phone", "+46 8 1", "+46 8 2");
    let told = Meanwhile { who: "Back office Owner".to_owned(), changed: phone };
    assert_eq!(refused, Refusal::ChangedMeanwhile { changed: vec![told], edition: edition + 1 });
    let page = contacts::find(&owner, id).await.expect("the person");
    assert_eq!((page.phone.as_deref(), page.last_name.as_str()), (Some("+46 8 2"), "Lind"));
    assert_eq!(world.written_down(id).await, ["contact.added", "contact.invited", "contact.edited"]);
    contacts::edit(&owner, world.key(), id, edition + 1, &second).await.expect("overwritten knowingly");
    let page = contacts::find(&owner, id).await.expect("the person");
    assert_eq!((page.phone.as_deref(), page.last_name.as_str()), (Some("+46 8 1"), "Berg"));
}

#[tokio::test]
async fn a4_a_new_address_is_the_new_name_and_the_former_one_is_told() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    world.colleague(&acme, "bo@acme.example", &[Role::Buyer]).await;
    let id = world.contact("bo@acme.example").await.id;
    contacts::send_reset(&owner, world.key(), id).await.expect("sent");
    let moved = PersonForm { email: "bo@new.example".to_owned(), ..bo() };
    contacts::edit(&owner, world.key(), id, 0, &moved).await.expect("saved");
    let told = ("bo@acme.example".to_owned(), "Your e-mail address has been changed".to_owned());
    assert_eq!(world.mails().await.last(), Some(&told));
    assert!(sign_in(&world, "bo@acme.example").await.is_err());
    let signed_in = sign_in(&world, "bo@new.example").await.expect("signed in");
    assert_eq!(signed_in.actor.roles, Roles::of(&[Role::Buyer]), "a simple user stays one");
    let body = world.letters().await[0].body.clone().expect("a text");
    let link = body.split("/reset/").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link");
    assert_eq!(refusal(contacts::reset_shown(&world.service, &world.origin(), link).await), Refusal::LinkUnknown);
}

#[tokio::test]
async fn a5_resend_voids_the_earlier_link_and_only_a_pending_activation_has_one() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let support = world.colleague(&owner, "support@keyhouse.example", &[Role::Support]).await;
    let id = contacts::add(&owner, world.key(), acme.actor.account, &bo()).await.expect("added");
    let first = newest_link(&world).await;
    contacts::resend_link(&support, world.key(), id).await.expect("sent again");
    assert_eq!(refusal(activate(&world, &first).await), Refusal::LinkUnknown);
    activate(&world, &newest_link(&world).await).await.expect("activated");
    assert_eq!(refusal(contacts::resend_link(&support, world.key(), id).await), Refusal::NotPending);
    assert_eq!(world.mails().await.len(), 3);
}

#[tokio::test]
async fn a5_staff_take_a_link_once_without_mail_and_that_is_written_down() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let support = world.colleague(&owner, "support@keyhouse.example", &[Role::Support]).await;
    let id = contacts::add(&owner, world.key(), acme.actor.account, &bo()).await.expect("added");
    let mailed = newest_link(&world).await;
    assert!(is_not_found(contacts::copy_link(&support, world.key(), id).await));
    assert!(is_not_found(contacts::copy_link(&acme, world.key(), id).await), "a link is shown to staff only");
    let key = world.key();
    let link = contacts::copy_link(&owner, key, id).await.expect("a link");
    assert!(link.starts_with("http://127.0.0.1:3000/activate/"), "{link}");
    assert_eq!(refusal(contacts::copy_link(&owner, key, id).await), Refusal::FormUnknown);
    assert_eq!(refusal(activate(&world, &mailed).await), Refusal::LinkUnknown, "the one in the mail is void");
    activate(&world, &token(&link)).await.expect("activated");
    let written = ["contact.added", "contact.invited", "contact.link_copied", "contact.activated"];
    assert_eq!(world.written_down(id).await, written);
    assert_eq!(world.mails().await.len(), 2, "the invitation and the confirmation");
}

#[tokio::test]
async fn a6_who_is_made_inactive_is_out_at_once_and_comes_back_as_before() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let id = world.colleague(&acme, "bo@acme.example", &[Role::Admin]).await.actor.contact;
    let signed_in = sign_in(&world, "bo@acme.example").await.expect("signed in");
    contacts::deactivate(&owner, world.key(), id).await.expect("switched off");
    let who = sessions::resolve(&world.service, signed_in.token.reveal(), &world.origin()).await.expect("an answer");
    assert_eq!(who, None);
    assert!(sign_in(&world, "bo@acme.example").await.is_err());
    let inactive = Refusal::NotInThisState { state: State::Inactive };
    assert_eq!(refusal(contacts::send_reset(&owner, world.key(), id).await), inactive);
    contacts::reactivate(&owner, world.key(), id).await.expect("switched on");
    let who = sessions::resolve(&world.service, signed_in.token.reveal(), &world.origin()).await.expect("an answer");
    assert_eq!(who, None, "the session has ended for good");
    sign_in(&world, "bo@acme.example").await.expect("signed in");
    assert_eq!(world.written_down(id).await, ["contact.deactivated", "contact.reactivated"]);
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn a6_support_unlocks_and_the_password_is_the_same() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let support = world.colleague(&owner, "support@keyhouse.example", &[Role::Support]).await;
    world.lock("admin@acme.example").await;
    assert!(sign_in(&world, "admin@acme.example").await.is_err());
    contacts::unlock(&support, world.key(), acme.actor.contact).await.expect("unlocked");
    sign_in(&world, "admin@acme.example").await.expect("signed in");
    assert_eq!(world.written_down(acme.actor.contact).await, ["contact.locked", "contact.unlocked"]);
    assert!(is_not_found(contacts::deactivate(&support, world.key(), acme.actor.contact).await));
}

#[tokio::test]
async fn a6_the_last_active_admin_of_a_reseller_stays() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let last = Refusal::LastChief { role: "admin".to_owned() };
    let id = acme.actor.contact;
    assert_eq!(refusal(contacts::deactivate(&owner, world.key(), id).await), last);
    let no_user = PersonForm { email: "admin@acme.example".to_owned(), storefront_user: String::new(), ..bo() };
    assert_eq!(refusal(contacts::edit(&owner, world.key(), id, 0, &no_user).await), last);
    sign_in(&world, "admin@acme.example").await.expect("nothing was changed");
    assert_eq!(world.written_down(id).await, [""; 0]);
}

#[tokio::test]
async fn a9_staff_without_the_right_and_resellers_reach_nobody_of_another_account() {
    let world = World::new().await;
    let (owner, acme, globex) = (world.owner().await, world.reseller("acme").await, world.reseller("globex").await);
    let manager = world.colleague(&owner, "manager@keyhouse.example", &[Role::AccountManager]).await;
    let buyer = world.colleague(&acme, "buyer@acme.example", &[Role::Buyer]).await;
    let (theirs, boss) = (acme.actor.contact, owner.actor.contact);
    for cx in [&globex, &buyer] {
        assert!(is_not_found(contacts::find(cx, theirs).await));
        assert!(is_not_found(contacts::list(cx, Some(acme.actor.account), None).await));
        assert!(is_not_found(contacts::edit(cx, world.key(), theirs, 0, &bo()).await));
        assert!(is_not_found(contacts::send_reset(cx, world.key(), theirs).await));
        assert!(is_not_found(contacts::add(cx, world.key(), acme.actor.account, &bo()).await));
    }
    // Whoever could change the owner's address, or take a link of staff, would be the owner.
    assert!(is_not_found(contacts::find(&manager, boss).await));
    assert!(is_not_found(contacts::edit(&manager, world.key(), boss, 0, &bo()).await));
    assert!(is_not_found(contacts::add(&manager, world.key(), owner.actor.account, &bo()).await));
    assert!(is_not_found(contacts::add(&owner, world.key(), owner.actor.account, &bo()).await));
    assert_eq!(world.mails().await, []);
}

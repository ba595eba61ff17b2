//! The people of the own account (A8, A9): a reseller's team and the operator's staff, who differ in their roles only.

use domain::{
    FieldErrors, Refusal, Role, Roles,
    contacts::{PersonForm, RolesForm, SignIn, State},
    editions::{Changed, Meanwhile},
};
use service::{
    Cx, Error, contacts, sessions,
    testing::{PASSWORD, World, is_not_found, refusal},
};

fn bo() -> PersonForm {
    PersonForm {
        first_name: "Bo".to_owned(),
        last_name: "Lind".to_owned(),
        email: "bo@acme.example".to_owned(),
        ..PersonForm::default()
    }
}

fn simple(roles: &[Role]) -> RolesForm {
    RolesForm { user_type: "simple".to_owned(), ..RolesForm::of(&Roles::of(roles)) }
}

fn admin() -> RolesForm {
    RolesForm::of(&Roles::of(&[Role::Admin]))
}

async fn sign_in(world: &World, login: &str) -> sessions::SignedIn {
    let form = SignIn { login: login.to_owned(), password: PASSWORD.into(), next: String::new() };
    sessions::sign_in(&world.service, &world.origin(), &form).await.expect("signed in")
}

/// The request of whoever comes with that token now.
async fn next_request(world: &World, signed_in: &sessions::SignedIn) -> Option<Cx> {
    let actor = sessions::resolve(&world.service, signed_in.token.reveal(), &world.origin()).await.expect("an answer");
    actor.map(|actor| Cx::new(world.service.clone(), actor, world.origin()))
}

fn is_no_such_role<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Fields(errors)) if errors == FieldErrors::at("roles", "There is no such role here."))
}

#[tokio::test]
async fn a8_an_admin_adds_a_simple_user_who_is_invited_in_the_name_of_the_team() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let roles = [Role::Buyer, Role::LicenseManager];
    let id = contacts::add_to_own(&acme, world.key(), &bo(), &simple(&roles)).await.expect("added");
    let team = contacts::list(&acme, None, None).await.expect("the team");
    let states: Vec<_> = team.rows.iter().map(|row| (row.name.as_str(), row.state, row.roles.labels())).collect();
    assert_eq!(
        states,
        [
            ("Ada acme", Some(State::Active), "Admin".to_owned()),
            ("Bo Lind", Some(State::PendingActivation), "Buyer, License manager".to_owned()),
        ]
    );
    let letters = world.letters().await;
    let text = letters[0].body.as_deref().expect("a text");
    assert!(text.contains("acme has opened a sign-in for you"), "{text}");
    assert_eq!(letters.len(), 1);
    assert_eq!(world.written_down(id).await, ["contact.added", "contact.invited"]);
}

#[tokio::test]
async fn a8_rights_are_read_at_each_request_so_a_change_acts_on_the_next_one() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let bo = world.colleague(&acme, "bo@acme.example", &[Role::Buyer]).await.actor.contact;
    let signed_in = sign_in(&world, "bo@acme.example").await;
    let before = next_request(&world, &signed_in).await.expect("signed in");
    assert!(is_not_found(contacts::list(&before, None, None).await));
    contacts::set_roles(&acme, world.key(), bo, 0, &admin()).await.expect("promoted");
    let promoted = next_request(&world, &signed_in).await.expect("the same session");
    assert_eq!(contacts::list(&promoted, None, None).await.expect("the team").rows.len(), 2);
    contacts::set_roles(&acme, world.key(), bo, 1, &simple(&[Role::BillingAgent])).await.expect("demoted");
    let demoted = next_request(&world, &signed_in).await.expect("the same session");
    assert!(is_not_found(contacts::list(&demoted, None, None).await));
    assert!(is_not_found(service::customers::begin(&demoted, None).await), "a buyer no more");
    contacts::deactivate(&acme, world.key(), bo).await.expect("switched off");
    assert!(next_request(&world, &signed_in).await.is_none());
    let written = ["session.created", "contact.roles_changed"];
    assert_eq!(world.written_down(signed_in.actor.session).await, written[..1]);
    assert_eq!(world.written_down(bo).await, [written[1], written[1], "contact.deactivated"]);
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn a6_the_last_active_admin_and_owner_can_be_neither_demoted_nor_made_inactive() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    for (cx, less, role) in
        [(&acme, simple(&[Role::Buyer]), "admin"), (&owner, simple(&[Role::Support, Role::Finance]), "owner")]
    {
        let last = Refusal::LastChief { role: role.to_owned() };
        let me = cx.actor.contact;
        assert_eq!(refusal(contacts::set_roles(cx, world.key(), me, 0, &less).await), last);
        assert_eq!(refusal(contacts::deactivate(cx, world.key(), me).await), last);
        assert_eq!(contacts::find(cx, me).await.expect("me").row.roles, Roles::chief(cx.actor.side));
    }
    let second = world.colleague(&acme, "second@acme.example", &[Role::Admin]).await;
    contacts::set_roles(&acme, world.key(), acme.actor.contact, 0, &simple(&[Role::Buyer])).await.expect("one is left");
    assert_eq!(
        refusal(contacts::deactivate(&second, world.key(), second.actor.contact).await),
        Refusal::LastChief { role: "admin".to_owned() }
    );
}

async fn two_who_demote_each_other(world: World) {
    let ada = world.reseller("acme").await;
    let bo = world.colleague(&ada, "bo@acme.example", &[Role::Admin]).await;
    let less = simple(&[Role::Buyer]);
    let (one, two) = tokio::join!(
        contacts::set_roles(&ada, world.key(), bo.actor.contact, 0, &less),
        contacts::set_roles(&bo, world.key(), ada.actor.contact, 0, &less),
    );
    let refused = [one, two].into_iter().filter_map(Result::err).map(|error| refusal::<()>(Err(error)));
    assert_eq!(refused.collect::<Vec<_>>(), [Refusal::LastChief { role: "admin".to_owned() }]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a6_of_two_admins_who_demote_each_other_at_once_one_stays_on_sqlite() {
    two_who_demote_each_other(World::new().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a6_of_two_admins_who_demote_each_other_at_once_one_stays_on_postgres() {
    two_who_demote_each_other(World::postgres().await).await;
}

#[tokio::test]
async fn a8_nobody_gets_a_role_by_a_hand_made_request() {
    let world = World::new().await;
    let (owner, acme, globex) = (world.owner().await, world.reseller("acme").await, world.reseller("globex").await);
    let buyer = world.colleague(&acme, "buyer@acme.example", &[Role::Buyer]).await;
    let support = world.colleague(&owner, "support@keyhouse.example", &[Role::Support]).await;
    let (me, staff) = (buyer.actor.contact, support.actor.contact);
    // Simple users and staff make nobody anything, themselves least of all.
    assert!(is_not_found(contacts::set_roles(&buyer, world.key(), me, 0, &admin()).await));
    assert!(is_not_found(contacts::add_to_own(&buyer, world.key(), &bo(), &admin()).await));
    assert!(is_not_found(contacts::set_roles(&support, world.key(), staff, 0, &simple(&[Role::Owner])).await));
    // Staff roles are for staff, also when an admin or an owner asks.
    assert!(is_no_such_role(contacts::set_roles(&acme, world.key(), me, 0, &simple(&[Role::Owner])).await));
    assert!(is_no_such_role(contacts::add_to_own(&acme, world.key(), &bo(), &simple(&[Role::Support])).await));
    assert!(is_no_such_role(contacts::set_roles(&owner, world.key(), staff, 0, &simple(&[Role::Buyer])).await));
    // And each side gives roles to its own people only.
    assert!(is_not_found(contacts::set_roles(&owner, world.key(), me, 0, &simple(&[Role::Owner])).await));
    assert!(is_not_found(contacts::set_roles(&globex, world.key(), me, 0, &admin()).await));
    assert!(is_not_found(contacts::set_roles(&acme, world.key(), staff, 0, &admin()).await));
    assert_eq!(contacts::find(&acme, me).await.expect("the buyer").row.roles, Roles::of(&[Role::Buyer]));
    assert_eq!(contacts::find(&owner, staff).await.expect("support").row.roles, Roles::of(&[Role::Support]));
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn a8_somebody_who_could_not_sign_in_is_invited_with_the_first_roles() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let id = contacts::add(&owner, world.key(), acme.actor.account, &bo()).await.expect("added");
    assert_eq!(world.mails().await, []);
    contacts::set_roles(&acme, world.key(), id, 0, &simple(&[Role::Buyer])).await.expect("let in");
    assert_eq!(world.mails().await, [("bo@acme.example".to_owned(), "Activate your sign-in".to_owned())]);
    contacts::edit(&acme, world.key(), id, 1, &PersonForm { job_title: "Sales".to_owned(), ..bo() })
        .await
        .expect("saved");
    let row = contacts::find(&acme, id).await.expect("the person").row;
    assert_eq!((row.state, row.job_title.as_deref()), (Some(State::PendingActivation), Some("Sales")), "nobody asked");
}

#[tokio::test]
async fn a8_of_two_who_change_one_of_the_team_or_of_the_staff_the_second_is_told_and_overwrites_nothing() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    for (cx, first, second) in [(&acme, Role::Buyer, Role::Admin), (&owner, Role::Support, Role::Finance)] {
        let id = contacts::add_to_own(cx, world.key(), &bo_of(cx), &simple(&[first])).await.expect("added");
        let titled = PersonForm { job_title: "Sales".to_owned(), ..bo_of(cx) };
        contacts::edit(cx, world.key(), id, 0, &titled).await.expect("saved");
        let mails = world.mails().await;
        let roles = RolesForm::of(&Roles::of(&[second]));
        let refused = refusal(contacts::set_roles(cx, world.key(), id, 0, &roles).await);
        let told = |name: &str, before: &str, after: &str| Meanwhile {
            who: cx.actor.name.clone(),
            changed: Changed::new(name, before, after),
        };
        let changed = vec![told("Job title", "", "Sales")];
        assert_eq!(refused, Refusal::ChangedMeanwhile { changed, edition: 1 });
        assert_eq!(contacts::find(cx, id).await.expect("the person").row.roles, Roles::of(&[first]));
        assert_eq!(world.written_down(id).await.last(), Some(&"contact.edited"));

        contacts::set_roles(cx, world.key(), id, 1, &roles).await.expect("given");
        let refused = refusal(contacts::edit(cx, world.key(), id, 1, &bo_of(cx)).await);
        let changed = vec![told("roles", first.label(), second.label())];
        assert_eq!(refused, Refusal::ChangedMeanwhile { changed, edition: 2 });
        let page = contacts::find(cx, id).await.expect("the person");
        assert_eq!((page.row.job_title.as_deref(), page.row.roles), (Some("Sales"), Roles::of(&[second])));
        assert_eq!(world.mails().await, mails);
    }
}

/// Somebody new of the actor's account.
fn bo_of(cx: &Cx) -> PersonForm {
    PersonForm { email: format!("bo@{}.example", cx.actor.contact), ..bo() }
}

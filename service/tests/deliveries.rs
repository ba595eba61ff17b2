//! Mails that do not arrive are told to those who had them sent, and nobody has a mailbox flooded (D13, X2).

use domain::{
    AccountId, Refusal, Role, Roles,
    contacts::{ContactRow, PersonForm, RolesForm},
    customers::CustomersQuery,
    licenses::ResellerHome,
    mail::{Delivery, Purpose, State, Undelivered},
};
use service::{Cx, Error, contacts, customers, home, mail, testing::World};

/// The mail server refuses for good whatever is due.
async fn bounce(world: &World, answer: &str) {
    while let Some(letter) = mail::due(&world.service).await.expect("the outbox") {
        mail::answered(&world.service, letter.id, Some(answer)).await.expect("kept");
        mail::given_up(&world.service, letter.id, "the mail server: permanent error").await.expect("noted");
    }
}

async fn arrive(world: &World) {
    while let Some(letter) = mail::due(&world.service).await.expect("the outbox") {
        mail::sent(&world.service, letter.id).await.expect("sent");
    }
}

async fn home(cx: &Cx) -> ResellerHome {
    home::reseller(cx).await.expect("the home")
}

fn short(deliveries: Vec<Delivery>) -> Vec<(Purpose, State, Option<String>)> {
    deliveries.into_iter().map(|mail| (mail.purpose, mail.state, mail.answer)).collect()
}

async fn of_customer(cx: &Cx, id: AccountId) -> Vec<(Purpose, State, Option<String>)> {
    short(customers::find(cx, id).await.expect("the customer").deliveries)
}

#[tokio::test]
async fn d13_an_invitation_that_bounced_is_told_to_the_reseller_until_a_new_one_is_sent() {
    let world = World::new().await;
    let [acme, globex] = [world.reseller("acme").await, world.reseller("globex").await];
    let northwind = world.customer(&acme, "anna@northwind.example").await;
    assert_eq!(of_customer(&acme, northwind).await, [(Purpose::Activation, State::Waiting, None)]);
    bounce(&world, "550 5.1.1\r\nno such person").await;
    let answer = Some("550 5.1.1 no such person".to_owned());
    assert_eq!(of_customer(&acme, northwind).await, [(Purpose::Activation, State::Failed, answer)]);
    let rows = customers::list(&acme, &CustomersQuery::default()).await.expect("the list").rows;
    assert_eq!(rows.iter().map(|row| row.undelivered).collect::<Vec<_>>(), [true]);
    let contact = home(&acme).await.undelivered[0].contact;
    let name = "anna Berg".to_owned();
    let anna = Undelivered { contact, customer: Some(northwind), name, purpose: Purpose::Activation };
    assert_eq!(home(&acme).await.undelivered, [anna]);

    // Nobody else hears of it, and whoever only pays has nothing to do with customers.
    assert_eq!(home(&globex).await.undelivered, []);
    assert!(matches!(customers::find(&globex, northwind).await, Err(Error::NotFound)));

    customers::resend_link(&acme, world.key(), northwind).await.expect("sent again");
    assert_eq!(of_customer(&acme, northwind).await, [(Purpose::Activation, State::Waiting, None)]);
    assert_eq!(home(&acme).await.undelivered, []);
    arrive(&world).await;
    assert_eq!(of_customer(&acme, northwind).await, [(Purpose::Activation, State::Sent, None)]);
    let rows = customers::list(&acme, &CustomersQuery::default()).await.expect("the list").rows;
    assert_eq!(rows.iter().map(|row| row.undelivered).collect::<Vec<_>>(), [false]);
}

#[tokio::test]
async fn d13_the_mail_that_a_server_puts_off_says_when_it_is_tried_again() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let northwind = world.customer(&acme, "anna@northwind.example").await;
    let letter = mail::due(&world.service).await.expect("the outbox").expect("a mail");
    mail::answered(&world.service, letter.id, Some("451 busy")).await.expect("kept");
    mail::failed(&world.service, letter.id, "the mail server: transient error").await.expect("noted");
    let told = customers::find(&acme, northwind).await.expect("the customer").deliveries.remove(0);
    assert_eq!(told.advice(), "The next try is at 21 Nov 2026, 11:00:10 CET. There is nothing to do meanwhile.");
    assert_eq!((told.state, told.answer.as_deref(), told.failed()), (State::Retrying, Some("451 busy"), false));
    assert_eq!(home(&acme).await.undelivered, [], "nobody has to do anything");
}

#[tokio::test]
async fn d13_a_colleague_whose_mail_bounced_is_named_to_those_who_manage_the_team() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let buyer = world.colleague(&acme, "bob@acme.example", &[Role::Buyer]).await;
    let form = PersonForm {
        first_name: "Carla".to_owned(),
        last_name: "Berg".to_owned(),
        email: "carla@acme.example".to_owned(),
        ..PersonForm::default()
    };
    let roles = RolesForm { user_type: "simple".to_owned(), ..RolesForm::of(&Roles::of(&[Role::Buyer])) };
    let carla = contacts::add_to_own(&acme, world.key(), &form, &roles).await.expect("added");
    bounce(&world, "550 no such person").await;
    let page = contacts::find(&acme, carla).await.expect("the page");
    assert_eq!(short(page.deliveries), [(Purpose::Activation, State::Failed, Some("550 no such person".to_owned()))]);
    let team = contacts::list(&acme, None, None).await.expect("the team").rows;
    let named: Vec<_> = team.iter().filter(|row| row.undelivered).map(|row: &ContactRow| row.id).collect();
    assert_eq!(named, [carla]);
    let undelivered = home(&acme).await.undelivered;
    assert_eq!(undelivered.iter().map(|mail| (mail.contact, mail.customer)).collect::<Vec<_>>(), [(carla, None)]);
    assert_eq!(home(&buyer).await.undelivered, []);

    let corrected = PersonForm { email: "carla.berg@acme.example".to_owned(), ..form };
    contacts::edit(&acme, world.key(), carla, page.edition, &corrected).await.expect("corrected");
    let page = contacts::find(&acme, carla).await.expect("the page");
    assert_eq!(page.deliveries[0].to, "carla.berg@acme.example");
    assert_eq!(short(page.deliveries), [(Purpose::Activation, State::Waiting, None)]);
    assert_eq!(home(&acme).await.undelivered, []);
}

#[tokio::test]
async fn x2_nobody_has_a_strangers_mailbox_flooded() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let northwind = world.customer(&acme, "anna@northwind.example").await;
    for _ in 1..world.service.settings.mails_per_hour {
        customers::resend_link(&acme, world.key(), northwind).await.expect("sent again");
    }
    let before = world.mails().await.len();
    let refused = customers::resend_link(&acme, world.key(), northwind).await.expect_err("too many");
    let Error::Refused(Refusal::MailsToOne { to, limit: 10, minutes: 1..=60 }) = refused else { panic!("{refused:?}") };
    assert_eq!(to, "anna@northwind.example");
    assert_eq!(world.mails().await.len(), before);
    let contoso = world.customer(&acme, "lee@contoso.example").await;
    customers::resend_link(&acme, world.key(), contoso).await.expect("others are not held up");
}

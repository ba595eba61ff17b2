//! Mails that do not arrive are told to those who had them sent, and nobody has a mailbox flooded (D13, X2).

use domain::{
    AccountId, FormKey, OrderId, Refusal, Role, Roles,
    contacts::{ContactRow, PersonForm, RolesForm},
    customers::{CustomerForm, CustomersQuery},
    licenses::ResellerHome,
    mail::{Delivery, Purpose, State, Undelivered},
    products::{Billing, Kind},
    ticks::Ticks,
};
use service::{
    Cx, Error, contacts, customers, home, licenses, mail, office, orders,
    testing::{World, on_both},
};
use store::testing::tamper;

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

on_both!(d13_a_bounce_of_one_order_is_told_until_a_mail_about_the_same_licenses_takes_its_place, of_two_orders);
async fn of_two_orders(world: World) {
    let acme = world.reseller("acme").await;
    let northwind = world.customer(&acme, "anna@northwind.example").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let two = world.create(&acme, option, northwind, 2, "permanent").await.expect("an order of two licenses");
    let one = world.create(&acme, option, northwind, 1, "permanent").await.expect("an order of one license");
    arrive(&world).await;
    let executed = async |order: OrderId| orders::executed(&acme, order).await.expect("the order");
    let told = async |order: OrderId| executed(order).await.delivery.map(|mail| mail.state);
    assert_eq!((told(two).await, told(one).await), (None, None));

    orders::send(&acme, world.key(), two).await.expect("sent");
    bounce(&world, "550 5.1.1 no such person").await;
    orders::send(&acme, world.key(), one).await.expect("sent");
    arrive(&world).await;
    assert_eq!((told(two).await, told(one).await), (Some(State::Failed), Some(State::Sent)));
    let bounced = (Purpose::Details, State::Failed, Some("550 5.1.1 no such person".to_owned()));
    let sent = |purpose| (purpose, State::Sent, None);
    assert_eq!(of_customer(&acme, northwind).await, [sent(Purpose::Details), bounced, sent(Purpose::Activation)]);
    assert_eq!(home(&acme).await.undelivered.len(), 1);

    // A mail about one of its licenses is not about the other.
    let first = executed(two).await.licenses[0].row.id;
    licenses::send(&acme, world.key(), first).await.expect("sent");
    arrive(&world).await;
    assert_eq!((told(two).await, home(&acme).await.undelivered.len()), (Some(State::Failed), 1));
    orders::send(&acme, world.key(), two).await.expect("sent again");
    arrive(&world).await;
    assert_eq!((told(two).await, home(&acme).await.undelivered), (Some(State::Sent), Vec::new()));

    // The only license of an order is all of it.
    orders::send(&acme, world.key(), one).await.expect("sent again");
    bounce(&world, "552 5.2.2 mailbox full").await;
    assert_eq!((told(one).await, home(&acme).await.undelivered.len()), (Some(State::Failed), 1));
    let only = executed(one).await.licenses[0].row.id;
    licenses::send(&acme, world.key(), only).await.expect("sent");
    arrive(&world).await;
    assert_eq!((told(one).await, home(&acme).await.undelivered), (Some(State::Sent), Vec::new()));
    assert_eq!(told(two).await, Some(State::Sent));
}

on_both!(d13_a12_what_bounced_at_a_mistyped_address_is_not_told_after_the_correction, mistyped);
async fn mistyped(world: World) {
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let wrong = "anna@nothrwind.example";
    let northwind = world.customer(&acme, wrong).await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let order = world.create(&acme, option, northwind, 1, "permanent").await.expect("an order");
    orders::send(&acme, world.key(), order).await.expect("sent");
    bounce(&world, "550 5.1.1 no such person").await;
    assert_eq!(home(&acme).await.undelivered.len(), 2, "the link and the details");
    let page = customers::edit_page(&acme, northwind).await.expect("the form");
    let form = CustomerForm { email: "anna@northwind.example".to_owned(), ..page.form };
    assert!(customers::edit(&acme, world.key(), northwind, page.edition, &form).await.expect("corrected"));
    assert_eq!(home(&acme).await.undelivered, []);
    assert_eq!(of_customer(&acme, northwind).await, [(Purpose::Activation, State::Waiting, None)]);

    // The order and its license say that it did not arrive, and where.
    let license = orders::executed(&acme, order).await.expect("the order").licenses[0].row.id;
    for told in [
        orders::executed(&acme, order).await.expect("the order").delivery.expect("a mail"),
        licenses::find(&acme, license).await.expect("the license").delivery.expect("a mail"),
    ] {
        let right = Some("anna@northwind.example");
        assert_eq!((told.state, told.to.as_str(), told.moved_to.as_deref()), (State::Replaced, wrong, right));
        assert!(told.missed() && told.again, "{told:?}");
    }

    // Nor does anybody send to that address again.
    let late: Vec<_> = world.letters().await.into_iter().filter(|letter| letter.recipient == wrong).collect();
    assert_eq!(late.len(), 2);
    for letter in late {
        let refused = mail::retry(&owner, world.key(), &Ticks::only(letter.id)).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::MailReplaced))), "{refused:?}");
    }
}

on_both!(a12_x2_what_still_waits_for_a_mistyped_address_is_never_sent_there, still_waiting);
async fn still_waiting(world: World) {
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let (wrong, right) = ("anna@nothrwind.example", "anna@northwind.example");
    let northwind = world.customer(&acme, wrong).await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let order = world.create(&acme, option, northwind, 1, "permanent").await.expect("an order");
    orders::send(&acme, world.key(), order).await.expect("sent");
    while let Some(letter) = mail::due(&world.service).await.expect("the outbox") {
        mail::failed(&world.service, letter.id, "the mail server: 450 greylisted").await.expect("noted");
    }
    let page = customers::edit_page(&acme, northwind).await.expect("the form");
    let form = CustomerForm { email: right.to_owned(), ..page.form };
    assert!(customers::edit(&acme, world.key(), northwind, page.edition, &form).await.expect("corrected"));

    world.pass(chrono::Duration::hours(1));
    let mut to = Vec::new();
    while let Some(letter) = mail::due(&world.service).await.expect("the outbox") {
        mail::sent(&world.service, letter.id).await.expect("sent");
        to.push(letter.to);
    }
    assert!(to.iter().any(|to| to == right) && to.iter().all(|to| to != wrong), "{to:?}");
    let waits = office::home(&owner).await.expect("the home");
    assert_eq!((waits.failed_mails, waits.mail_waits_since), (Some(0), None), "and it waits for nobody");
    let told = async || orders::executed(&acme, order).await.expect("the order").delivery.expect("a mail");
    assert_eq!((told().await.state, told().await.to.as_str()), (State::Replaced, wrong));

    orders::send(&acme, world.key(), order).await.expect("sent again");
    arrive(&world).await;
    let told = told().await;
    assert_eq!((told.state, told.to.as_str(), told.missed()), (State::Sent, right, false));
}

#[tokio::test]
async fn a12_what_arrived_at_a_former_address_is_not_said_to_have_gone_to_the_new_one() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let (wrong, right) = ("anna@nothrwind.example", "anna@northwind.example");
    let northwind = world.customer(&acme, wrong).await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let order = world.create(&acme, option, northwind, 1, "permanent").await.expect("an order");
    orders::send(&acme, world.key(), order).await.expect("sent");
    arrive(&world).await;
    let page = customers::edit_page(&acme, northwind).await.expect("the form");
    let form = CustomerForm { email: right.to_owned(), ..page.form };
    assert!(customers::edit(&acme, world.key(), northwind, page.edition, &form).await.expect("corrected"));
    let told = orders::executed(&acme, order).await.expect("the order").delivery.expect("a mail");
    assert_eq!((told.state, told.to.as_str(), told.moved_to.as_deref()), (State::Sent, wrong, Some(right)));
    assert!(told.missed());
}

#[tokio::test]
async fn l15_keys_of_the_own_organisation_go_to_nobody_who_has_left() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let bob = world.colleague(&acme, "bob@acme.example", &[Role::Admin]).await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let order = world.create(&acme, option, acme.actor.account, 1, "permanent").await.expect("an order");
    let license = orders::executed(&acme, order).await.expect("the order").licenses[0].row.id;
    let to = async || licenses::find(&bob, license).await.expect("the license").customer_email;
    assert_eq!(to().await, "admin@acme.example");
    contacts::deactivate(&bob, world.key(), acme.actor.contact).await.expect("switched off");
    assert_eq!(to().await, "bob@acme.example");
    arrive(&world).await;
    for sent in [orders::send(&bob, world.key(), order).await, licenses::send(&bob, world.key(), license).await] {
        sent.expect("sent");
    }
    let letter = mail::due(&world.service).await.expect("the outbox").expect("a mail");
    assert_eq!(letter.to, "bob@acme.example");
}

#[tokio::test]
async fn d13_who_reads_that_a_password_link_bounced_is_told_what_they_can_do_themselves() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let northwind = world.customer(&acme, "anna@northwind.example").await;
    let anna = world.as_customer("anna@northwind.example").await.actor.contact;
    arrive(&world).await;
    contacts::send_reset(&owner, world.key(), anna).await.expect("sent");
    bounce(&world, "550 no such person").await;
    let of_reseller = customers::find(&acme, northwind).await.expect("the customer").deliveries.remove(0);
    let of_staff = contacts::find(&owner, anna).await.expect("the person").deliveries.remove(0);
    assert_eq!((of_reseller.purpose, of_staff.purpose), (Purpose::Reset, Purpose::Reset));
    let (theirs, ours) = (of_reseller.advice(), of_staff.advice());
    assert!(theirs.contains("\"Forgot your password?\"") && !theirs.contains("Reset password"), "{theirs}");
    assert!(ours.ends_with("Then choose \"Reset password\"."), "{ours}");
}

#[tokio::test]
async fn d13_the_home_names_the_newest_bounces_and_counts_the_others() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let lines: String = (0..23).map(|at| format!("c{at}@many.example,First,Last\n")).collect();
    let table = format!("E-mail address,First name,Last name\n{lines}");
    let draft = customers::upload(&acme, table.as_bytes()).await.expect("a table");
    let key = FormKey::parse(&draft.to_string()).expect("a draft's id is a key");
    customers::import(&acme, key).await.expect("imported");
    bounce(&world, "550 no such person").await;
    let page = home(&acme).await;
    assert_eq!((page.undelivered.len(), page.undelivered_more), (20, 3));
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

#[tokio::test]
async fn x2_a_mail_that_came_to_nothing_because_the_database_failed_is_not_counted() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let northwind = world.customer(&acme, "anna@northwind.example").await;
    tamper(&world.url, &["create trigger fails before insert on outbox begin select raise(abort, 'no'); end"]).await;
    for _ in 0..20 {
        let failed = customers::resend_link(&acme, world.key(), northwind).await.expect_err("it cannot be written");
        assert!(matches!(failed, Error::Store(_)), "{failed:?}");
    }
    tamper(&world.url, &["drop trigger fails"]).await;
    for _ in 1..world.service.settings.mails_per_hour {
        customers::resend_link(&acme, world.key(), northwind).await.expect("sent again");
    }
    customers::resend_link(&acme, world.key(), northwind).await.expect_err("too many");
}

async fn nobody_is_flooded_by_corrections(world: World) {
    let acme = world.reseller("acme").await;
    let northwind = world.customer(&acme, "anna@northwind.example").await;
    let correct = async |email: &str| {
        let page = customers::edit_page(&acme, northwind).await.expect("the form");
        let form = CustomerForm { email: email.to_owned(), ..page.form };
        customers::edit(&acme, world.key(), northwind, page.edition, &form).await
    };
    // Each of them has had ten mails then.
    for email in ["lee@contoso.example", "anna@northwind.example"].into_iter().cycle().take(19) {
        assert!(correct(email).await.expect("invited anew"));
    }
    let before = world.mails().await.len();
    let refused = correct("anna@northwind.example").await.expect_err("too many");
    let Error::Refused(Refusal::MailsToOne { to, limit: 10, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(to, "anna@northwind.example");
    let page = customers::edit_page(&acme, northwind).await.expect("the form");
    assert_eq!(
        (page.form.email.as_str(), world.mails().await.len()),
        ("lee@contoso.example", before),
        "nothing is done"
    );

    let bob = world.colleague(&acme, "bob@acme.example", &[Role::Buyer]).await.actor.contact;
    let moved = async |email: &str| {
        let edition = contacts::find(&acme, bob).await.expect("the page").edition;
        let form = PersonForm {
            first_name: "Bob".to_owned(),
            last_name: "Berg".to_owned(),
            email: email.to_owned(),
            ..PersonForm::default()
        };
        contacts::edit(&acme, world.key(), bob, edition, &form).await
    };
    for email in ["bob@new.example", "bob@acme.example"].into_iter().cycle().take(20) {
        moved(email).await.expect("the former address is told");
    }
    let refused = moved("bob@new.example").await.expect_err("too many");
    let Error::Refused(Refusal::MailsToOne { to, limit: 10, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(to, "bob@acme.example");
}
on_both!(x2_nobody_is_flooded_by_correcting_an_address_to_and_fro, nobody_is_flooded_by_corrections);

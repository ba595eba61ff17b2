//! What matters is asked for once more: an open session that somebody left, or stole, does none of it after a quarter of an hour.

use std::collections::BTreeMap;

use chrono::Duration;
use domain::{
    ContactId, Currency,
    accounts::{AccountForm, CreditForm},
    applications::{ApplicationsQuery, Apply, ApproveForm},
    billing::{CreditForm as CreditNoteForm, InvoiceNumber, RefundForm},
    contacts::{Confirmation, PersonForm, SignIn},
    orders::HeldForm,
    products::{Billing, Kind},
    ticks::Ticks,
};
use service::{
    Cx, Error, accounts, applications,
    billing::{credit_notes, refunds},
    contacts, orders, sessions,
    testing::{PASSWORD, World, on_both},
};

fn account(name: &str) -> AccountForm {
    AccountForm {
        name: name.to_owned(),
        email: format!("office@{name}.example"),
        ..AccountForm::blank("Europe/Berlin", Currency::EUR)
    }
}

fn owes(limit: &str) -> CreditForm {
    CreditForm { credit_limit: limit.to_owned(), credit_unlimited: String::new() }
}

fn unlimited() -> CreditForm {
    CreditForm { credit_limit: String::new(), credit_unlimited: "on".to_owned() }
}

fn person(email: &str, storefront_user: &str) -> PersonForm {
    PersonForm {
        first_name: "Bo".to_owned(),
        last_name: "Berg".to_owned(),
        email: email.to_owned(),
        storefront_user: storefront_user.to_owned(),
        ..PersonForm::default()
    }
}

fn ticks(fields: &[(&str, &str)]) -> Ticks {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Ticks(fields.collect::<BTreeMap<_, _>>())
}

/// The owner, who has entered the password long ago; and just now.
fn long_ago(owner: &Cx) -> Cx {
    let mut cx = owner.clone();
    cx.actor.confirmed_at = cx.now() - Duration::minutes(15);
    cx
}

fn asks<T>(result: Result<T, Error>, what: &str) {
    match result {
        Err(Error::Unconfirmed) => {}
        Err(error) => panic!("{what}: {error:?}"),
        Ok(_) => panic!("{what}: done without asking"),
    }
}

#[tokio::test]
async fn who_is_given_a_credit_limit_or_prices_is_given_them_by_somebody_who_has_just_entered_the_password() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let (old, id) = (long_ago(&owner), acme.actor.account);
    asks(accounts::create(&old, world.key(), &account("initech"), &unlimited()).await, "unlimited");
    asks(accounts::create(&old, world.key(), &account("initech"), &owes("5000")).await, "a limit");
    let made = accounts::create(&old, world.key(), &account("hooli"), &owes("0")).await.expect("nothing is given away");
    let list = accounts::prices(&owner, made).await.expect("the page").lists[0].0.to_string();
    asks(accounts::assign_price_list(&old, world.key(), made, 1, &list).await, "prices");
    let many = ticks(&[(&Ticks::name("account", made), "on"), ("price_list", &list)]);
    asks(accounts::assign_to_many(&old, world.key(), &many).await, "prices of many");

    let apply = Apply {
        organisation: "Umbrella".to_owned(),
        first_name: "Ida".to_owned(),
        last_name: "Ng".to_owned(),
        email: "ida@umbrella.example".to_owned(),
        phone: "+49 30 1234".to_owned(),
        country: "Germany".to_owned(),
        ..Apply::default()
    };
    applications::apply(&world.service, &world.origin(), world.key(), &apply).await.expect("an application");
    let applied = applications::list(&owner, &ApplicationsQuery::default()).await.expect("the queue").rows[0].id;
    let later =
        ApproveForm { price_list: ApproveForm::LATER.to_owned(), ..ApproveForm::suggested("ida@umbrella.example") };
    let priced = ApproveForm { price_list: list.clone(), ..later.clone() };
    asks(applications::approve(&old, world.key(), applied, &later, &unlimited()).await, "approved without a limit");
    asks(applications::approve(&old, world.key(), applied, &priced, &owes("0")).await, "approved with prices");
    applications::approve(&old, world.key(), applied, &later, &owes("0")).await.expect("nothing is given away");

    accounts::assign_price_list(&owner, world.key(), made, 1, &list).await.expect("confirmed");
    accounts::create(&owner, world.key(), &account("initech"), &unlimited()).await.expect("confirmed");
    assert_eq!(world.written_down(id).await, [""; 0]);
}

#[tokio::test]
async fn who_may_do_everything_of_an_account_is_made_by_somebody_who_has_just_entered_the_password() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let (old, id) = (long_ago(&owner), acme.actor.account);
    asks(contacts::add(&old, world.key(), id, &person("bo@acme.example", "on")).await, "a Storefront user");
    let bo: ContactId =
        contacts::add(&old, world.key(), id, &person("bo@acme.example", "")).await.expect("who does not sign in");
    asks(contacts::edit(&old, world.key(), bo, 0, &person("bo@acme.example", "on")).await, "made a Storefront user");
    contacts::edit(&owner, world.key(), bo, 0, &person("bo@acme.example", "on")).await.expect("confirmed");
    let edition = contacts::find(&owner, bo).await.expect("the page").edition;
    asks(contacts::copy_link(&old, world.key(), bo).await, "the link of one");
    assert!(contacts::copy_link(&owner, world.key(), bo).await.expect("confirmed").contains("/activate/"));
    let renamed = PersonForm { first_name: "Ben".to_owned(), ..person("bo@acme.example", "on") };
    contacts::edit(&old, world.key(), bo, edition, &renamed).await.expect("a name is no matter");
}

#[tokio::test]
async fn money_is_given_away_by_staff_who_have_just_entered_the_password() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let old = long_ago(&owner);
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let order = world.create(&acme, option, anna, 1, "permanent").await.expect("an order");
    let license = orders::executed(&acme, order).await.expect("the order").licenses[0].row.id;
    let reason = RefundForm { reason: "Abuse".to_owned() };
    asks(refunds::refund_any(&old, world.key(), license, &reason).await, "a refund by staff");
    let note = CreditNoteForm(ticks(&[("line-0", "on"), ("reason", "Wrong")]));
    asks(credit_notes::credit(&old, world.key(), InvoiceNumber(1), &note).await, "a credit note");

    world.limit(&acme, 7_000).await;
    let held = world.create(&acme, option, anna, 1, "permanent").await.expect("an order");
    let number = orders::executed(&acme, held).await.expect("the order").number;
    let anyway = HeldForm { anyway: "on".to_owned(), reason: "Agreed".to_owned() };
    asks(orders::execute(&old, world.key(), number, &anyway).await, "over the credit");
    orders::execute(&owner, world.key(), number, &anyway).await.expect("confirmed");

    // Within the credit it is no more than what the account may do by itself; and what resellers give back is their own.
    let held = world.create(&acme, option, anna, 1, "permanent").await.expect("an order");
    let number = orders::executed(&acme, held).await.expect("the order").number;
    world.limit(&acme, 1_000_000).await;
    orders::execute(&old, world.key(), number, &HeldForm::default()).await.expect("within the credit");
    refunds::refund(&long_ago(&acme), world.key(), license, &reason).await.expect("given back");
}

async fn nobody_looked(world: World) {
    world.reseller("acme").await;
    let form = SignIn { login: "admin@acme.example".to_owned(), password: PASSWORD.into(), next: String::new() };
    let signed_in = sessions::sign_in(&world.service, &world.origin(), &form).await.expect("signed in");
    let cx = Cx::new(world.service.clone(), signed_in.actor, world.origin());
    let confirm = async |password: &str| {
        let form = Confirmation { password: password.into(), ..Confirmation::default() };
        sessions::confirm(&cx, &form).await
    };
    for _ in 0..3 {
        assert!(matches!(confirm("wrong").await, Err(Error::Fields(_))));
    }
    let busy = world.service.hasher.busy();
    for _ in 0..5 {
        assert!(matches!(confirm(PASSWORD).await, Err(Error::Busy { .. })), "nobody looks");
    }
    drop(busy);
    confirm(PASSWORD).await.expect("the last try of four is there still");
}
on_both!(a_try_to_prove_it_once_more_that_nobody_looked_at_is_not_counted, nobody_looked);

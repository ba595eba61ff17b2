//! Fewer licenses are renewed, a subscription ends with its period, and goes on after all.

use chrono::Duration;
use domain::{
    Refusal, Role,
    billing::{AccountTermsForm, OptionBilling, QuantityForm, RefundForm, Refunded, Timing},
};
use service::{
    accounts,
    billing::{
        refunds::refund,
        subscriptions::{cancel, go_on, renew},
    },
    licenses,
    testing::{World, errors, is_not_found, on_both, refusal},
};

use super::shop::shop;

fn so_many(quantity: &str) -> QuantityForm {
    QuantityForm { quantity: quantity.to_owned() }
}

on_both!(p3_fewer_are_renewed_those_first_that_were_created_first, fewer);
async fn fewer(world: World) {
    let shop = shop(world).await;
    let licenses = shop.subscribe(3).await;
    let (cx, world) = (&shop.acme, &shop.world);
    for wrong in ["0", "4", "", "-1", "1.5", "99999999999"] {
        let refused = errors(renew(cx, world.key(), licenses[2], &so_many(wrong)).await);
        assert_eq!(refused.get("quantity"), Some("Enter a whole number from 1 to 3."), "{wrong}");
    }
    let key = world.key();
    for _ in 0..2 {
        renew(cx, key, licenses[2], &so_many("1")).await.expect("changed, or changed before");
    }
    let shown = shop.shown(licenses[0]).await;
    assert_eq!((shown.quantity, shown.renewed, shown.most), (3, 1, 3));
    assert_eq!(shown.next.map(|next| next.charge.amount().gross().minor), Some(8_330));
    renew(cx, world.key(), licenses[0], &so_many("2")).await.expect("it takes the place of the first wish");
    shop.until("2026-12-01", Duration::minutes(1));
    assert_eq!(shop.run().await, 1);
    assert_eq!(shop.charges().await.len(), 5);
    let days: Vec<_> = shop.valid().await.into_iter().map(|(until, _)| until).collect();
    let days: Vec<_> = days.iter().map(|until| until.split(',').next().unwrap_or_default()).collect();
    assert_eq!(days, ["1 Jan 2027", "1 Jan 2027", "1 Dec 2026"]);
    let shown = shop.shown(licenses[0]).await;
    assert_eq!((shown.quantity, shown.renewed, shown.most), (2, 2, 2));
    shop.is_sound().await;
}

on_both!(b1_canceled_it_runs_to_the_end_of_its_period_and_is_charged_no_more, canceled);
async fn canceled(world: World) {
    let shop = shop(world).await;
    let licenses = shop.subscribe(1).await;
    let (cx, world, license) = (&shop.acme, &shop.world, licenses[0]);
    assert_eq!(refusal(cancel_twice(&shop, license).await).to_string(), ENDS);
    let shown = shop.shown(license).await;
    assert_eq!((shown.last.map(|day| day.to_string()).as_deref(), shown.next), (Some("2026-11-30"), None));
    assert_eq!(refusal(renew(cx, world.key(), license, &so_many("1")).await).to_string(), ENDS);
    go_on(cx, world.key(), license).await.expect("taken back");
    assert!(shop.shown(license).await.next.is_some());
    cancel(cx, world.key(), license).await.expect("canceled");
    shop.until("2027-02-01", Duration::zero());
    assert_eq!((shop.run().await, shop.charges().await.len()), (0, 1));
    assert_eq!(refusal(go_on(cx, world.key(), license).await), Refusal::NotRunning);
    assert_eq!(refusal(cancel(cx, world.key(), license).await), Refusal::NotRunning);
    let order = licenses::find(cx, license).await.expect("a license").order;
    let written = world.written_down(order).await;
    assert_eq!(written[1..], ["subscription.canceled", "subscription.kept", "subscription.canceled"]);
    shop.is_sound().await;
}

const ENDS: &str = "This subscription ends on 30 Nov 2026. Take the cancellation back first.";

async fn cancel_twice(shop: &super::shop::Shop, license: domain::LicenseId) -> Result<(), service::Error> {
    cancel(&shop.acme, shop.world.key(), license).await.expect("canceled");
    cancel(&shop.acme, shop.world.key(), license).await
}

#[tokio::test]
async fn a8_a_subscription_is_changed_by_who_may_and_is_not_there_for_others() {
    let shop = shop(World::new().await).await;
    let license = shop.subscribe(2).await[0];
    let world = &shop.world;
    let globex = world.reseller("globex").await;
    let buyer = world.colleague(&shop.acme, "bo@acme.example", &[Role::Buyer]).await;
    for other in [&globex, &buyer, &shop.owner] {
        assert!(is_not_found(renew(other, world.key(), license, &so_many("1")).await));
        assert!(is_not_found(cancel(other, world.key(), license).await));
        assert!(is_not_found(go_on(other, world.key(), license).await));
    }
    assert!(is_not_found(licenses::find(&globex, license).await));
    assert!(licenses::find(&buyer, license).await.expect("its page").subscription.is_some());
    let manager = world.colleague(&shop.acme, "cy@acme.example", &[Role::SubscriptionsManager]).await;
    cancel(&manager, world.key(), license).await.expect("a subscriptions manager may");
    shop.is_sound().await;
}

#[tokio::test]
async fn b1_what_is_bought_once_is_no_subscription() {
    let shop = shop(World::new().await).await;
    let once = shop.world.option("Store Manager", domain::products::Kind::Primary, domain::products::Billing::OneTime);
    let once = once.await.id;
    shop.world.bill(&shop.acme, "Europe/Berlin", None, 0).await;
    shop.world.create(&shop.acme, once, shop.anna, 1, "permanent").await.expect("a license");
    let license = shop.rows().await[0].id;
    assert_eq!(licenses::find(&shop.acme, license).await.expect("its page").subscription, None);
    assert!(is_not_found(cancel(&shop.acme, shop.world.key(), license).await));
}

on_both!(b9_before_its_first_charge_in_arrears_a_license_is_given_back_and_never_charged, before_a_charge);
async fn before_a_charge(world: World) {
    let shop = shop(world).await;
    let terms = OptionBilling { timing: Timing::Arrears, ..OptionBilling::default() };
    shop.world.bill_option(shop.monthly, terms).await;
    let licenses = shop.subscribe(2).await;
    assert_eq!((shop.owed().await, shop.unpaid().await), ((0, 5_554), 2));
    let page = licenses::find(&shop.acme, licenses[0]).await.expect("a license");
    let back = page.give_back.expect("it can be given back");
    assert_eq!((back.credit.gross().minor, back.unpaid), (0, true));
    let why = RefundForm { reason: "Bought by mistake".to_owned() };
    let key = shop.world.key();
    for _ in 0..2 {
        let done = refund(&shop.acme, key, licenses[0], &why).await.expect("given back, or before");
        assert_eq!(done, Refunded::Uncharged, "the page says that there is no credit note");
    }
    assert_eq!((shop.owed().await, shop.unpaid().await), ((0, 2_776), 1));
    let letter = shop.world.letters().await.pop().and_then(|letter| letter.body).expect("a letter");
    assert!(letter.contains("nothing will be charged for it"), "{letter}");
    shop.is_sound().await;
    shop.until("2026-12-01", Duration::minutes(1));
    assert_eq!((shop.run().await, shop.charges().await), (1, vec![2_776]));
    shop.is_sound().await;
    let done = refund(&shop.acme, shop.world.key(), licenses[1], &why).await.expect("given back");
    assert_eq!((done, shop.owed().await, shop.unpaid().await), (Refunded::Credited, (0, 0), 0));
    shop.until("2027-02-01", Duration::minutes(1));
    assert_eq!((shop.run().await, shop.charges().await.len()), (0, 1));
    shop.is_sound().await;
}

on_both!(c7_a_reminder_goes_out_also_when_a_change_lowers_the_credit, reminded_by_a_change);
async fn reminded_by_a_change(world: World) {
    let shop = shop(world).await;
    let terms = OptionBilling { timing: Timing::Arrears, ..OptionBilling::default() };
    shop.world.bill_option(shop.monthly, terms).await;
    let licenses = shop.subscribe(2).await;
    shop.world.limit(&shop.acme, 10_000).await;
    let terms = |tax: &str| AccountTermsForm {
        tax: tax.to_owned(),
        invoice_per: "reseller".to_owned(),
        reminder_1: "40".to_owned(),
        ..AccountTermsForm::default()
    };
    let set = async |form| {
        let account = shop.acme.actor.account;
        let edition = accounts::find(&shop.owner, account).await.expect("its page").edition;
        accounts::set_terms(&shop.owner, shop.world.key(), account, edition, &form).await.expect("set");
    };
    set(terms("19")).await;
    shop.is_sound().await;
    // What runs will be charged with the new tax, which the next change of it reckons: 46.66 and 30 %.
    set(terms("30")).await;
    let before = shop.world.mails().await.len();
    cancel(&shop.acme, shop.world.key(), licenses[0]).await.expect("canceled");
    assert_eq!(shop.owed().await, (0, 6_067));
    let told = ("admin@acme.example".to_owned(), "40 % of your credit limit or less is left".to_owned());
    assert_eq!(shop.world.mails().await[before..], [told]);
    shop.is_sound().await;
}

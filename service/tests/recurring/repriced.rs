//! Staff change the price of a running subscription: from the next period on, or from today (P3).

use chrono::Duration;
use domain::{
    Deed, LicenseId, Money, Refusal, Role,
    billing::{InvoiceNumber, OptionBilling, PriceForm, PricePreview, RefundForm, Timing},
    licenses::PaymentStatus,
    price_lists::EntryForm,
};
use service::{
    Cx, Error,
    billing::{
        invoices,
        refunds::refund,
        subscriptions::{ask, price, reprice},
    },
    testing::{World, errors, is_not_found, on_both, refusal},
};

use super::shop::{Shop, shop};

fn at(price: &str, from: &str) -> PriceForm {
    PriceForm { price: price.to_owned(), from: from.to_owned(), reason: "Agreed by phone".to_owned() }
}

/// The owner, who has just entered the password.
fn owner(shop: &Shop) -> Cx {
    let mut cx = shop.owner.clone();
    cx.actor.confirmed_at = cx.now();
    cx
}

/// What that would do.
async fn preview(cx: &Cx, license: LicenseId, form: &PriceForm) -> PricePreview {
    let page = price(cx, license, form.clone()).await.expect("the page");
    page.preview.expect("something is asked for").expect("possible")
}

/// Changes the price to what was shown. Gives what it said beforehand that the account owes more.
async fn change(shop: &Shop, license: LicenseId, form: &PriceForm) -> i64 {
    let (cx, key) = (owner(shop), shop.world.key());
    let shown = preview(&cx, license, form).await;
    for _ in 0..2 {
        reprice(&cx, key, license, form, &shown.seen).await.expect("changed, or changed before");
    }
    shown.at_once.map_or(0, |at_once| at_once.total().expect("countable").minor)
}

/// The letters about prices.
async fn letters(shop: &Shop) -> Vec<(String, String)> {
    let mails = shop.world.letters().await.into_iter();
    let of_prices = mails.filter(|mail| mail.subject.starts_with("The price of"));
    of_prices.map(|mail| (mail.recipient, mail.body.unwrap_or_default())).collect()
}

on_both!(p3_from_today_on_the_days_that_are_left_are_credited_and_charged_anew, today);
async fn today(world: World) {
    let shop = shop(world).await;
    let licenses = shop.subscribe(2).await;
    let before = shop.owed().await.0;
    shop.until("2026-11-26", Duration::hours(9));
    let form = at("60", "today");
    let shown = preview(&owner(&shop), licenses[1], &form).await;
    let at_once = shown.at_once.clone().expect("charged in advance");
    assert_eq!(at_once.old.to_string(), "2 \u{d7} € 70.00, 5 of 30 days, 26 Nov 2026 to 30 Nov 2026");
    assert_eq!(at_once.charge.to_string(), "2 \u{d7} € 60.00, 5 of 30 days, 26 Nov 2026 to 30 Nov 2026");
    let (credit, charge) = (at_once.credit().expect("countable"), at_once.charge.amount());
    assert_eq!((credit.gross().minor, charge.gross().minor), (2_333 + 443, 2_000 + 380));

    assert_eq!(change(&shop, licenses[1], &form).await, 2_380 - 2_776);
    assert_eq!(shop.owed().await, (before - 396, 0));
    let told = letters(&shop).await;
    assert_eq!(told.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["admin@acme.example"]);
    for words in [
        "€ 60.00 per month from 26 Nov 2026 on; before, it was € 70.00 per month",
        "€ 27.76 is credited by CN-000001, and € 23.80 is charged at the new price.",
        "Agreed by phone",
    ] {
        assert!(told[0].1.contains(words), "{words}: {}", told[0].1);
    }
    let order = service::licenses::find(&shop.acme, licenses[0]).await.expect("a license");
    assert_eq!(order.price, Some(Money::new(6_000, domain::Currency::EUR)));
    let written = shop.world.written_down(order.order).await;
    assert_eq!(written.last(), Some(&"subscription.repriced"));
    let subscribed = shop.shown(licenses[0]).await;
    assert_eq!(
        (subscribed.unit.minor, subscribed.since.map(|day| day.to_string()).as_deref()),
        (6_000, Some("2026-11-26"))
    );
    shop.is_sound().await;

    // The new charge is on an invoice at the price at which it was charged, and so is the next period.
    shop.until("2026-12-01", Duration::minutes(1));
    assert_eq!(shop.run().await, 1);
    invoices::run(&shop.world.service).await.expect("invoiced");
    let line = async |number| {
        let page = invoices::find(&shop.acme, InvoiceNumber(number)).await.expect("an invoice");
        page.lines[0].explained.clone()
    };
    assert_eq!(line(1).await, "2 \u{d7} € 70.00, 10 of 30 days, 21 Nov 2026 to 30 Nov 2026");
    assert_eq!(line(2).await, "2 \u{d7} € 60.00, 5 of 30 days, 26 Nov 2026 to 30 Nov 2026");
    assert_eq!(line(3).await, "2 \u{d7} € 60.00, 1 Dec 2026 to 31 Dec 2026");
    shop.is_sound().await;
}

on_both!(p3_from_the_next_period_on_what_runs_stays_as_it_was_charged, next_period);
async fn next_period(world: World) {
    let shop = shop(world).await;
    let license = shop.subscribe(1).await[0];
    let before = shop.owed().await;
    assert_eq!(change(&shop, license, &at("100.00", "next")).await, 0);
    assert_eq!(shop.owed().await, before);
    let shown = shop.shown(license).await;
    let coming = shown.coming.map(|(from, unit)| (from.to_string(), unit.minor));
    assert_eq!((shown.unit.minor, coming), (7_000, Some(("2026-12-01".to_owned(), 10_000))));
    assert!(letters(&shop).await[0].1.contains("one license costs € 100.00 per month from 1 Dec 2026 on"));
    // Another one takes its place; the same one is none.
    assert_eq!(refusal(ask(&owner(&shop), license, &at("100", "next")).await), Refusal::SamePrice);
    change(&shop, license, &at("80", "next")).await;
    shop.until("2027-01-01", Duration::minutes(1));
    assert_eq!((shop.run().await, shop.charges().await), (1, vec![2_776, 9_520, 9_520]));
    shop.is_sound().await;
}

on_both!(p3_a_price_list_that_is_changed_later_touches_no_running_subscription, price_list);
async fn price_list(world: World) {
    let shop = shop(world).await;
    let license = shop.subscribe(1).await[0];
    let cx = &shop.owner;
    let mut tx = shop.world.service.store.read().await.expect("a transaction");
    let account = store::accounts::by_id(&mut tx, shop.acme.actor.account).await.expect("an answer").expect("acme");
    drop(tx);
    let list = account.price_list.expect("a price list");
    let form = EntryForm { from_quantity: "1".to_owned(), fixed_price: "500.00".to_owned(), ..EntryForm::default() };
    let edition = service::price_lists::find(cx, list, None).await.expect("the list").edition;
    let key = shop.world.key();
    service::price_lists::set_price(cx, key, list, edition, &shop.monthly.to_string(), None, &form)
        .await
        .expect("another price");
    shop.until("2026-12-01", Duration::minutes(1));
    assert_eq!((shop.run().await, shop.charges().await), (1, vec![2_776, 8_330]));
    assert_eq!(shop.shown(license).await.unit.minor, 7_000);
    shop.is_sound().await;
}

on_both!(p3_b6_paid_licenses_owe_what_is_dearer_and_keep_what_is_cheaper, paid);
async fn paid(world: World) {
    let shop = shop(world).await;
    let license = shop.subscribe(1).await[0];
    shop.world.receive(&shop.acme, 2_776).await;
    assert_eq!((shop.owed().await.0, shop.unpaid().await), (0, 0));
    assert_eq!(change(&shop, license, &at("100", "today")).await, 3_966 - 2_776);
    assert_eq!((shop.owed().await.0, shop.unpaid().await), (1_190, 1));
    assert_eq!(shop.valid().await[0].1, Some(PaymentStatus::Pending));
    shop.world.receive(&shop.acme, 1_190).await;
    // Twice on the same day: each takes the place of the one before.
    assert_eq!(change(&shop, license, &at("40", "today")).await, 1_586 - 3_966);
    assert_eq!((shop.owed().await.0, shop.unpaid().await), (-2_380, 0));
    shop.is_sound().await;
    let form = RefundForm { reason: "Not needed".to_owned() };
    refund(&shop.acme, shop.world.key(), license, &form).await.expect("given back");
    assert_eq!(shop.owed().await.0, -2_776 - 1_190);
    shop.is_sound().await;
}

on_both!(p3_b9_one_of_several_is_given_back_with_what_is_left_of_it, one_of_three);
async fn one_of_three(world: World) {
    let shop = shop(world).await;
    let licenses = shop.subscribe(3).await;
    shop.until("2026-11-24", Duration::hours(9));
    change(&shop, licenses[0], &at("35.01", "today")).await;
    let form = RefundForm { reason: "Not needed".to_owned() };
    for license in &licenses {
        refund(&shop.acme, shop.world.key(), *license, &form).await.expect("given back");
        shop.is_sound().await;
    }
    assert_eq!(shop.owed().await, (0, 0));
}

on_both!(p3_in_arrears_the_new_price_holds_for_the_whole_running_period, arrears);
async fn arrears(world: World) {
    let shop = shop(world).await;
    let option = OptionBilling { timing: Timing::Arrears, ..OptionBilling::default() };
    shop.world.bill_option(shop.monthly, option).await;
    let license = shop.subscribe(1).await[0];
    shop.until("2026-11-26", Duration::hours(9));
    let shown = preview(&owner(&shop), license, &at("100", "today")).await;
    assert_eq!((shown.at_once, shown.from.to_string().as_str()), (None, "2026-11-21"));
    assert_eq!(change(&shop, license, &at("100", "today")).await, 0);
    assert_eq!(shop.owed().await, (0, 3_966));
    shop.until("2026-12-01", Duration::minutes(1));
    assert_eq!((shop.run().await, shop.charges().await), (1, vec![3_966]));
    shop.is_sound().await;
}

on_both!(p3_what_has_come_due_is_charged_first_at_the_old_price, due);
async fn due(world: World) {
    let shop = shop(world).await;
    let license = shop.subscribe(1).await[0];
    // Nobody looked since midnight: what was shown before is not what would be done.
    let shown = preview(&owner(&shop), license, &at("100", "today")).await;
    shop.until("2026-12-01", Duration::seconds(30));
    let key = shop.world.key();
    let late = reprice(&owner(&shop), key, license, &at("100", "today"), &shown.seen).await;
    assert_eq!(refusal(late), Refusal::NotAsSeen);
    assert_eq!((shop.charges().await, letters(&shop).await), (vec![2_776, 8_330], Vec::new()));
    assert_eq!(change(&shop, license, &at("100", "today")).await, 11_900 - 8_330);
    assert_eq!((shop.run().await, shop.charges().await), (0, vec![2_776, 8_330, 11_900]));
    shop.is_sound().await;
}

#[tokio::test]
async fn x3_a_price_and_a_reason_are_asked_for_and_what_ends_has_no_next_period() {
    let shop = shop(World::new().await).await;
    let license = shop.subscribe(1).await[0];
    let cx = &shop.owner;
    let wrong = errors(ask(cx, license, &at("1.234", "never")).await);
    assert!(wrong.get("price").is_some() && wrong.get("from").is_some());
    let silent = PriceForm { reason: " ".to_owned(), ..at("60", "next") };
    let seen = preview(cx, license, &silent).await.seen;
    let refused = errors(reprice(cx, shop.world.key(), license, &silent, &seen).await);
    assert_eq!(refused.get("reason"), Some("Enter why the price changes; the reseller reads it."));
    let other = reprice(cx, shop.world.key(), license, &at("60", "next"), "what was never shown").await;
    assert_eq!(refusal(other), Refusal::NotAsSeen);
    service::billing::subscriptions::cancel(&shop.acme, shop.world.key(), license).await.expect("canceled");
    assert!(matches!(refusal(ask(cx, license, &at("60", "next")).await), Refusal::SubscriptionEnds { .. }));
    change(&shop, license, &at("60", "today")).await;
    shop.until("2026-12-01", Duration::minutes(1));
    assert_eq!(refusal(ask(&owner(&shop), license, &at("70", "today")).await), Refusal::NotRunning);
    shop.is_sound().await;
}

#[tokio::test]
async fn a9_owner_and_finance_change_prices_after_their_password_and_nobody_else() {
    let shop = shop(World::new().await).await;
    let license = shop.subscribe(1).await[0];
    let form = at("60", "next");
    let seen = preview(&shop.owner, license, &form).await.seen;
    let support =
        shop.world.colleague(&shop.owner, "su@keyhouse.example", &[Role::Support, Role::AccountManager]).await;
    for other in [&shop.acme, &support] {
        assert!(!other.actor.may(Deed::PriceSubscriptions));
        assert!(is_not_found(price(other, license, form.clone()).await));
        assert!(is_not_found(ask(other, license, &form).await));
        assert!(is_not_found(reprice(other, shop.world.key(), license, &form, &seen).await));
    }
    let finance = shop.world.colleague(&shop.owner, "fi@keyhouse.example", &[Role::Finance]).await;
    reprice(&finance, shop.world.key(), license, &form, &seen).await.expect("finance may");
    shop.world.pass(Duration::minutes(20));
    let late = reprice(&finance, shop.world.key(), license, &at("61", "next"), &seen).await;
    assert!(matches!(late, Err(Error::Unconfirmed)));
    shop.is_sound().await;
}

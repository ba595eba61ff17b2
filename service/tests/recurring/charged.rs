//! What has come due is charged once, and the licenses go on.

use chrono::Duration;
use domain::{
    Refusal,
    billing::{OptionBilling, Timing},
    licenses::{
        PaymentStatus::{Paid, Pending},
        State,
    },
    products::{Billing, Kind},
};
use service::{
    Service, billing,
    random::Random,
    testing::{World, on_both, refusal},
};

use super::shop::{shop, subscribe};

on_both!(b1_the_next_period_is_charged_when_its_day_begins_where_the_account_is, next_period);
async fn next_period(world: World) {
    let shop = shop(world).await;
    let licenses = shop.subscribe(2).await;
    // 21 to 30 November: 10 of 30 days of 140.00, and 19 %.
    assert_eq!((shop.charges().await, shop.owed().await), (vec![2_778, 2_776], (5_554, 0)));
    shop.world.receive(&shop.acme, 5_554).await;
    shop.until("2026-12-01", Duration::seconds(-1));
    assert_eq!(shop.run().await, 0);
    shop.until("2026-12-01", Duration::zero());
    assert_eq!((shop.run().await, shop.run().await), (1, 0));
    assert_eq!((shop.charges().await.len(), shop.owed().await, shop.unpaid().await), (4, (16_660, 0), 2));
    let until = |day: &str, paid| (format!("{day}, 11:00:00 CET"), Some(paid));
    assert_eq!(shop.valid().await, [until("1 Jan 2027", Pending), until("1 Jan 2027", Pending)]);
    let shown = shop.shown(licenses[0]).await;
    assert_eq!(shown.next.map(|next| next.on.to_string()).as_deref(), Some("2027-01-01"));
    shop.world.receive(&shop.acme, 16_660).await;
    assert_eq!((shop.valid().await[1].1, shop.unpaid().await), (Some(Paid), 0));
    shop.is_sound().await;
}

on_both!(b1_when_the_program_is_about_to_stop_the_rest_is_charged_the_next_time, stopping);
async fn stopping(world: World) {
    let shop = shop(world).await;
    shop.subscribe(2).await;
    shop.until("2027-03-08", Duration::zero());
    let service = &shop.world.service;
    service.closing.begin();
    assert_eq!(shop.run().await, 0);
    assert_eq!(billing::invoices::run(service).await.expect("it ran"), 0);
    // The program that was started in its place.
    let (store, clock, random) = (service.store.clone(), service.clock.clone(), Random::seeded(1));
    let next = Service::new(store, clock, random, service.settings.clone());
    assert_eq!(billing::recur::run(&next).await.expect("it ran"), 1);
    assert_eq!((shop.charges().await.len(), shop.owed().await.0), (10, 5_554 + 4 * 16_660));
}

on_both!(b1_after_weeks_of_silence_each_missing_period_is_charged_once_whoever_looks, silence);
async fn silence(world: World) {
    let shop = shop(world).await;
    shop.subscribe(2).await;
    shop.until("2027-03-08", Duration::zero());
    let mut runs = Vec::new();
    for _ in 0..8 {
        let service = shop.world.service.clone();
        runs.push(tokio::spawn(async move { billing::recur::run(&service).await.expect("it ran") }));
    }
    let mut charged = 0;
    for run in runs {
        charged += run.await.expect("it ran");
    }
    assert_eq!(charged, 1);
    assert_eq!((shop.charges().await.len(), shop.owed().await.0), (10, 5_554 + 4 * 16_660));
    assert_eq!(shop.valid().await[0].0, "1 Apr 2027, 11:00:00 CEST");
    let order = shop.rows().await[0].id;
    let order = service::licenses::find(&shop.acme, order).await.expect("a license").order;
    assert_eq!(shop.world.written_down(order).await, ["order.executed", "subscription.charged"]);
    shop.is_sound().await;
}

on_both!(c1_in_arrears_the_estimate_becomes_the_charge_and_the_next_one_is_kept, arrears);
async fn arrears(world: World) {
    let shop = shop(world).await;
    let terms = OptionBilling { timing: Timing::Arrears, ..OptionBilling::default() };
    shop.world.bill_option(shop.monthly, terms).await;
    shop.subscribe(1).await;
    assert_eq!((shop.charges().await, shop.owed().await), (vec![], (0, 2_776)));
    shop.until("2026-12-01", Duration::minutes(1));
    assert_eq!(shop.run().await, 1);
    assert_eq!((shop.charges().await, shop.owed().await), (vec![2_776], (2_776, 8_330)));
    assert_eq!(shop.valid().await, [("1 Jan 2027, 11:00:00 CET".to_owned(), Some(Pending))]);
    shop.is_sound().await;
    shop.world.receive(&shop.acme, 3_000).await;
    assert_eq!((shop.valid().await[0].1, shop.unpaid().await), (Some(Paid), 0));
    shop.until("2027-01-01", Duration::minutes(1));
    assert_eq!(shop.run().await, 1);
    // What was paid ahead goes to it, and it is pending for the rest.
    assert_eq!((shop.owed().await, shop.valid().await[0].1), ((8_330 - 224, 8_330), Some(Pending)));
    shop.is_sound().await;
}

on_both!(l7_a_renewal_takes_slots_also_over_the_cap, over_the_cap);
async fn over_the_cap(world: World) {
    let acme = world.reseller("acme").await;
    let monthly = world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    let once = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let own = acme.actor.account;
    subscribe(&world, &acme, monthly, own, 10).await;
    world.receive(&acme, 70_000).await;
    world.create(&acme, once, own, 10, "permanent").await.expect("ten slots are free");
    world.pass(Duration::days(30));
    assert_eq!(billing::recur::run(&world.service).await.expect("it ran"), 1);
    let refused = refusal(world.create(&acme, once, own, 1, "permanent").await);
    assert_eq!(refused, Refusal::UnpaidCap { cap: 10, left: 0, asked: 1 });
    assert_eq!(service::verify::verify(&world.service).await.expect("recounted"), []);
}

on_both!(l10_b1_what_is_bought_after_midnight_in_summer_works_until_it_is_renewed_in_winter, clocks_set_back);
async fn clocks_set_back(world: World) {
    let shop = shop(world).await;
    shop.world.bill(&shop.acme, "Europe/Berlin", None, 1_900).await;
    // Half past midnight on 10 October, in summer; the period ends in winter.
    shop.until("2027-10-09", Duration::minutes(23 * 60 + 30));
    shop.subscribe(1).await;
    assert_eq!(shop.valid().await[0].0, "10 Nov 2027, 00:30:00 CET");
    shop.until("2027-11-10", Duration::seconds(-1));
    assert_eq!((shop.run().await, shop.rows().await[0].state), (0, State::Active));
    shop.until("2027-11-10", Duration::zero());
    assert_eq!((shop.run().await, shop.rows().await[0].state), (1, State::Active));
    assert_eq!(shop.valid().await[0].0, "10 Dec 2027, 00:30:00 CET");
    shop.is_sound().await;
}

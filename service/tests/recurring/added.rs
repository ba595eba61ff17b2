//! Licenses that are added in mid-term (B2): an order of one line, for the days that are left.

use chrono::Duration;
use domain::{
    LicenseId, OrderId, Refusal, Role,
    billing::QuantityForm,
    orders::{HeldForm, State},
};
use service::{
    Cx, Error,
    billing::subscriptions::{add, cancel, more},
    orders,
    testing::{World, errors, is_not_found, on_both, refusal},
};

use super::shop::{Shop, shop};

fn so_many(quantity: &str) -> QuantityForm {
    QuantityForm { quantity: quantity.to_owned() }
}

impl Shop {
    /// Adds so many at what is shown.
    async fn add(&self, cx: &Cx, license: LicenseId, quantity: &str) -> Result<OrderId, Error> {
        let seen = more(cx, license, &so_many(quantity)).await?.charge.amount().gross();
        add(cx, self.world.key(), license, &so_many(quantity), seen.minor).await
    }
}

on_both!(b2_licenses_added_in_mid_term_are_charged_for_the_days_left_and_meet_the_others, added);
async fn added(world: World) {
    let shop = shop(world).await;
    let license = shop.subscribe(1).await[0];
    shop.world.pass(Duration::days(5));
    let shown = more(&shop.acme, license, &so_many("2")).await.expect("shown");
    // 26 to 30 November: 5 of 30 days of 140.00, and 19 %.
    assert_eq!((shown.charge.amount().gross().minor, shown.slots, shown.refusal.clone()), (2_776, 2, None));
    assert!(shown.charge.to_string().ends_with("5 of 30 days, 26 Nov 2026 to 30 Nov 2026"), "{}", shown.charge);
    let key = shop.world.key();
    let order = add(&shop.acme, key, license, &so_many("2"), 2_776).await.expect("added");
    assert_eq!(add(&shop.acme, key, license, &so_many("2"), 2_776).await.expect("added before"), order);
    assert_eq!(shop.charges().await, [2_776, 1_389, 1_387]);
    shop.is_sound().await;
    shop.until("2026-12-01", Duration::minutes(1));
    assert_eq!((shop.run().await, shop.charges().await.len()), (2, 6));
    let days: Vec<_> = shop.valid().await.into_iter().map(|(until, _)| until).collect();
    assert!(days.iter().all(|until| until.starts_with("1 Jan 2027")), "{days:?}");
    shop.is_sound().await;
}

on_both!(c3_what_is_added_over_the_credit_is_held_and_keeps_to_the_periods_of_the_others, held);
async fn held(world: World) {
    let shop = shop(world).await;
    let license = shop.subscribe(1).await[0];
    shop.world.limit(&shop.acme, 0).await;
    let order = shop.add(&shop.acme, license, "1").await.expect("held");
    let placed = orders::executed(&shop.acme, order).await.expect("the result");
    assert_eq!((placed.state, shop.charges().await.len()), (State::Submitted, 1));
    shop.world.limit(&shop.acme, 1_000_000).await;
    shop.world.pass(Duration::days(7));
    let key = shop.world.key();
    orders::execute(&shop.owner, key, placed.number, &HeldForm::default()).await.expect("executed");
    // 28 to 30 November: 3 of 30 days of 70.00, and 19 %.
    assert_eq!(shop.charges().await, [2_776, 833]);
    shop.is_sound().await;
}

on_both!(b2_nothing_is_added_to_what_has_ended, ended);
async fn ended(world: World) {
    let shop = shop(world).await;
    let license = shop.subscribe(1).await[0];
    shop.world.limit(&shop.acme, 0).await;
    let order = shop.add(&shop.acme, license, "1").await.expect("held");
    let number = orders::executed(&shop.acme, order).await.expect("the result").number;
    cancel(&shop.acme, shop.world.key(), license).await.expect("canceled");
    shop.world.limit(&shop.acme, 1_000_000).await;
    shop.until("2026-12-01", Duration::zero());
    assert_eq!(refusal(shop.add(&shop.acme, license, "1").await), Refusal::NotRunning);
    orders::find_any(&shop.owner, number).await.expect("it is shown all the same");
    let refused = orders::execute(&shop.owner, shop.world.key(), number, &HeldForm::default()).await;
    assert_eq!(refusal(refused), Refusal::NotRunning);
    assert_eq!((shop.charges().await.len(), shop.rows().await.len()), (1, 1));
    shop.is_sound().await;
}

#[tokio::test]
async fn b2_what_is_added_follows_the_rules_of_every_order() {
    let shop = shop(World::new().await).await;
    let license = shop.subscribe(1).await[0];
    let (cx, world) = (&shop.acme, &shop.world);
    for wrong in ["", "0", "-1", "1001", "1.5", "many"] {
        let refused = errors(add(cx, world.key(), license, &so_many(wrong), 0).await);
        assert_eq!(refused.get("quantity"), Some("Enter a whole number from 1 to 1000."), "{wrong}");
    }
    let refused = refusal(add(cx, world.key(), license, &so_many("1"), 1).await);
    assert_eq!(refused, Refusal::PriceChanged { now: "€ 27.76".to_owned() });
    let refused = refusal(shop.add(cx, license, "1000").await);
    assert_eq!(refused, Refusal::UnpaidCap { cap: 1_000, left: 999, asked: 1_000 });
    let globex = world.reseller("globex").await;
    let buyer = world.colleague(cx, "bo@acme.example", &[Role::Buyer]).await;
    for other in [&globex, &buyer] {
        assert!(is_not_found(more(other, license, &so_many("1")).await));
        assert!(is_not_found(add(other, world.key(), license, &so_many("1"), 2_776).await));
    }
    assert_eq!(shop.rows().await.len(), 1);
    shop.is_sound().await;
}

//! A license that is given back is the one that is not renewed (B9, P3).

use chrono::Duration;
use domain::billing::{QuantityForm, RefundForm};
use service::{
    billing::{refunds::refund, subscriptions::renew},
    testing::{World, on_both},
};

use super::shop::shop;

on_both!(p3_b9_a_license_that_is_given_back_is_the_one_that_is_not_renewed, not_renewed);
async fn not_renewed(world: World) {
    let shop = shop(world).await;
    let licenses = shop.subscribe(3).await;
    let (cx, world) = (&shop.acme, &shop.world);
    renew(cx, world.key(), licenses[0], &QuantityForm { quantity: "2".to_owned() }).await.expect("two are renewed");
    let form = RefundForm { reason: "One too many".to_owned() };
    refund(cx, world.key(), licenses[2], &form).await.expect("the one that was not to be renewed");
    let shown = shop.shown(licenses[0]).await;
    assert_eq!((shown.quantity, shown.renewed, shown.most), (2, 2, 2));
    shop.until("2026-12-01", Duration::minutes(1));
    assert_eq!((shop.run().await, shop.charges().await.len()), (1, 5));
    refund(cx, world.key(), licenses[0], &form).await.expect("one that runs");
    assert_eq!(shop.shown(licenses[1]).await.quantity, 1);
    shop.is_sound().await;
}

on_both!(p3_b9_what_has_ended_already_is_in_no_next_period, ended);
async fn ended(world: World) {
    let shop = shop(world).await;
    let licenses = shop.subscribe(3).await;
    let (cx, world) = (&shop.acme, &shop.world);
    renew(cx, world.key(), licenses[0], &QuantityForm { quantity: "2".to_owned() }).await.expect("two are renewed");
    shop.until("2026-12-02", Duration::minutes(1));
    assert_eq!(shop.run().await, 1);
    let form = RefundForm { reason: "Never used".to_owned() };
    refund(cx, world.key(), licenses[2], &form).await.expect("the one that has ended");
    assert_eq!(shop.shown(licenses[0]).await.renewed, 2);
    shop.until("2027-01-01", Duration::minutes(1));
    assert_eq!((shop.run().await, shop.charges().await.len()), (1, 7));
    shop.is_sound().await;
}

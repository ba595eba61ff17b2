//! Resale prices: recorded by a reseller for itself, with a warning below the floor (P4); on both databases.

use domain::{
    Currency, Money, Role,
    price_lists::ResaleForm,
    products::{Billing, Kind},
};
use service::{
    Cx, Error, licenses, products,
    testing::{World, errors, is_not_found, on_both},
    verify::verify,
};

fn typed(price: &str) -> ResaleForm {
    ResaleForm { resale_price: price.to_owned() }
}

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

async fn set(world: &World, cx: &Cx, option: domain::OptionId, price: &str) -> Result<(), Error> {
    products::set_resale(cx, world.key(), option, &typed(price)).await
}

on_both!(p4_a_resale_price_is_recorded_warned_of_and_taken_away_again, recorded);
async fn recorded(world: World) {
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    // At 100.00, with a floor of 90 %.
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let below = |cx: &Cx| {
        let cx = cx.clone();
        async move {
            let catalog = products::catalog(&cx).await.expect("a catalog");
            catalog.resale.first().map(|resale| (resale.price, resale.below.map(|below| below.floor)))
        }
    };
    assert_eq!(below(&acme).await, None);
    set(&world, &acme, option, "90.00").await.expect("recorded");
    assert_eq!(below(&acme).await, Some((euros(9_000), None)));
    set(&world, &acme, option, "89.99").await.expect("recorded");
    assert_eq!(below(&acme).await, Some((euros(8_999), Some(euros(9_000)))));
    assert_eq!(below(&globex).await, None);
    assert_eq!(world.written_down(option).await, ["resale_price.set", "resale_price.set"]);
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let draft = world.draft(&acme, option, anna, 1, "permanent").await.expect("a draft");
    let wizard = licenses::wizard(&acme, draft).await.expect("a wizard");
    assert_eq!(wizard.resale.map(|resale| resale.price), Some(euros(8_999)));
    set(&world, &acme, option, " ").await.expect("taken away");
    set(&world, &acme, option, "").await.expect("nothing to take away");
    assert_eq!((below(&acme).await, world.written_down(option).await.len()), (None, 3));
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}

#[tokio::test]
async fn p4_x3_what_is_no_amount_is_refused_at_its_field_and_others_may_not() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    for wrong in ["-1", "1.234", "cheap", "99999999999999999999"] {
        assert!(errors(set(&world, &acme, option, wrong).await).get("resale_price").is_some(), "{wrong}");
    }
    let agent = world.colleague(&acme, "agent@acme.example", &[Role::BillingAgent]).await;
    assert!(is_not_found(set(&world, &agent, option, "120").await));
    let owner = world.owner().await;
    assert!(is_not_found(set(&world, &owner, option, "120").await));
    assert_eq!(products::catalog(&acme).await.expect("a catalog").resale, []);
}

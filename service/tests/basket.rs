//! The basket: several lines become one order, at the prices that were seen (O1, P3); on both databases.

use domain::{
    FormKey, Refusal,
    accounts::Missing,
    licenses::Type,
    orders::{CheckoutForm, State},
    products::{Billing, Kind},
};
use service::{
    Cx, Error, orders,
    testing::{World, errors, is_not_found, refusal},
    verify::verify,
};

macro_rules! on_both {
    ($name:ident, $story:ident) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                $story(World::new().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                $story(World::postgres().await).await;
            }
        }
    };
}

/// Acme with a product bought once, one by the month, both at 70.00, and one customer.
struct Shop {
    world: World,
    acme: Cx,
    once: domain::OptionId,
    monthly: domain::OptionId,
    anna: domain::AccountId,
}

async fn shop(world: World) -> Shop {
    world.owner().await;
    let acme = world.reseller("acme").await;
    let once = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let monthly = world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    Shop { world, acme, once, monthly, anna }
}

impl Shop {
    async fn add(&self, option: domain::OptionId, license_type: Type, quantity: &str) -> Result<(), Error> {
        orders::add_to_basket(&self.acme, self.world.key(), option, license_type, quantity).await
    }

    /// The key of the basket, and what it comes to.
    async fn basket(&self) -> (FormKey, i64) {
        let page = orders::basket(&self.acme).await.expect("a basket");
        let draft = page.draft.expect("a draft").to_string();
        (FormKey::parse(&draft).expect("a key"), page.takes.minor)
    }

    fn for_anna(&self) -> CheckoutForm {
        let reseller_notes = "PO 2026-118".to_owned();
        CheckoutForm { user: self.anna.to_string(), reseller_notes, ..CheckoutForm::default() }
    }
}

on_both!(o1_a_basket_of_several_lines_becomes_one_order_once, several_lines);
async fn several_lines(world: World) {
    let shop = shop(world).await;
    shop.add(shop.once, Type::Permanent, "2").await.expect("added");
    shop.add(shop.once, Type::Permanent, "1").await.expect("added");
    shop.add(shop.monthly, Type::Subscription, "1").await.expect("added");
    let page = orders::basket(&shop.acme).await.expect("a basket");
    assert_eq!(page.rows.iter().map(|row| row.quantity).collect::<Vec<_>>(), [3, 1]);
    let (key, total) = shop.basket().await;
    assert_eq!(total, 28_000);
    let tries = (0..8).map(|_| {
        let (cx, form) = (shop.acme.clone(), shop.for_anna());
        tokio::spawn(async move { orders::place_basket(&cx, key, total, &form).await })
    });
    let mut placed = Vec::new();
    for one in tries.collect::<Vec<_>>() {
        placed.push(one.await.expect("ran").expect("placed, or placed before"));
    }
    placed.dedup();
    assert_eq!(placed.len(), 1);
    let order = orders::executed(&shop.acme, placed[0]).await.expect("the result");
    assert_eq!((order.state, order.licenses.len(), order.total.minor), (State::Executed, 4, 28_000));
    let page = orders::find(&shop.acme, order.number).await.expect("the order");
    assert_eq!((page.lines.len(), page.reseller_notes.as_deref()), (2, Some("PO 2026-118")));
    assert!(orders::basket(&shop.acme).await.expect("a basket").rows.is_empty());
    assert_eq!(verify(&shop.world.service).await.expect("recounted"), []);
}

on_both!(p3_a_price_list_that_ends_between_basket_and_checkout_is_told_and_confirmed, changed);
async fn changed(world: World) {
    let shop = shop(world).await;
    shop.add(shop.once, Type::Permanent, "1").await.expect("added");
    shop.add(shop.monthly, Type::Subscription, "1").await.expect("added");
    let (key, total) = shop.basket().await;
    assign_another(&shop, 4_000).await;
    let refused = refusal(orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await);
    let Refusal::BasketChanged { changes } = &refused else { panic!("{refused}") };
    assert_eq!(changes.len(), 2);
    assert!(refused.to_string().contains("Store Manager, Primary license costs € 60.00 each now, not € 70.00."));
    let shown = orders::basket(&shop.acme).await.expect("a basket");
    assert_eq!((shown.changes.len(), shown.takes.minor), (2, 14_000));
    orders::confirm_basket(&shop.acme, shop.world.key()).await.expect("confirmed");
    let (key, total) = shop.basket().await;
    assert_eq!(total, 12_000);
    orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await.expect("placed");
    assert_eq!(shop.world.billed(&shop.acme).await.balance.minor, 12_000);
}

/// Another price list, with so many basis points off.
async fn assign_another(shop: &Shop, points: u16) {
    let list = domain::price_lists::PriceList {
        id: shop.world.service.random.id(shop.acme.now()),
        name: "Others".to_owned(),
        currency: domain::Currency::EUR,
        starts: "2026-01-01".parse().expect("a day"),
        ends: None,
        active: true,
        percent_off: domain::BasisPoints::new(points),
    };
    let mut tx = shop.world.service.store.write().await.expect("a transaction");
    store::price_lists::insert(&mut tx, &list, "").await.expect("a list");
    store::price_lists::assign(&mut tx, shop.acme.actor.account, Some(list.id)).await.expect("assigned");
    tx.commit().await.expect("assigned");
}

on_both!(c3_a_basket_over_the_credit_says_so_beforehand_and_is_held, held);
async fn held(world: World) {
    let shop = shop(world).await;
    shop.world.limit(&shop.acme, 10_000).await;
    shop.add(shop.once, Type::Permanent, "2").await.expect("added");
    let page = orders::basket(&shop.acme).await.expect("a basket");
    assert_eq!(page.held.map(|held| held.missing.minor), Some(4_000));
    let (key, total) = shop.basket().await;
    let id = orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await.expect("accepted");
    let order = orders::executed(&shop.acme, id).await.expect("the result");
    assert_eq!((order.state, order.licenses.len()), (State::Submitted, 0));
    assert_eq!(verify(&shop.world.service).await.expect("recounted"), []);
}

#[tokio::test]
async fn x3_what_is_typed_wrong_into_the_basket_or_the_checkout_orders_nothing() {
    let shop = shop(World::new().await).await;
    for wrong in ["0", "-1", "1.5", "1001", "many", ""] {
        assert!(errors(shop.add(shop.once, Type::Permanent, wrong).await).get("quantity").is_some(), "{wrong}");
    }
    assert_eq!(refusal(shop.add(shop.once, Type::Subscription, "1").await), Refusal::NotOffered);
    assert!(is_not_found(shop.add(shop.world.service.random.uuid().into(), Type::Permanent, "1").await));
    shop.add(shop.once, Type::Permanent, "1").await.expect("added");
    let (key, total) = shop.basket().await;
    let nobody = CheckoutForm { customer_paid: "on".to_owned(), ..CheckoutForm::default() };
    let wrong = errors(orders::place_basket(&shop.acme, key, total, &nobody).await);
    let fields: Vec<_> = wrong.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["user", "customer_paid_date"]);
    let globex = shop.world.reseller("globex").await;
    let theirs = CheckoutForm { user: globex.actor.account.to_string(), ..CheckoutForm::default() };
    assert!(errors(orders::place_basket(&shop.acme, key, total, &theirs).await).get("user").is_some());
    assert_eq!(refusal(orders::place_basket(&globex, key, total, &shop.for_anna()).await), Refusal::FormUnknown);
    let refused = refusal(orders::place_basket(&shop.acme, key, total - 1, &shop.for_anna()).await);
    assert_eq!(refused, Refusal::PriceChanged { now: "€ 70.00".to_owned() });
    assert_eq!(orders::list(&shop.acme, &domain::orders::OrdersQuery::default()).await.expect("a list").rows, []);
}

#[tokio::test]
async fn o2_a_basket_that_nobody_touched_for_seven_days_is_gone() {
    let shop = shop(World::new().await).await;
    shop.add(shop.once, Type::Permanent, "1").await.expect("added");
    let (key, total) = shop.basket().await;
    shop.world.pass(chrono::Duration::days(7));
    assert_eq!(orders::basket(&shop.acme).await.expect("a basket").draft, None);
    let gone = refusal(orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await);
    assert_eq!(gone, Refusal::FormUnknown);
    shop.add(shop.monthly, Type::Subscription, "1").await.expect("added");
    assert_eq!(orders::basket(&shop.acme).await.expect("a basket").rows.len(), 1);
}

#[tokio::test]
async fn a2_a_basket_waits_where_nothing_can_be_ordered() {
    let shop = shop(World::new().await).await;
    shop.add(shop.once, Type::Permanent, "1").await.expect("added");
    let mut tx = shop.world.service.store.write().await.expect("a transaction");
    store::price_lists::assign(&mut tx, shop.acme.actor.account, None).await.expect("taken away");
    tx.commit().await.expect("taken away");
    let not_ready = Refusal::NotReady { missing: vec![Missing::PriceList] };
    let page = orders::basket(&shop.acme).await.expect("a basket");
    assert_eq!((page.refusal, page.rows.len(), page.changes.len()), (Some(not_ready.clone()), 1, 0));
    let (key, total) = shop.basket().await;
    assert_eq!(refusal(orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await), not_ready);
    orders::set_in_basket(&shop.acme, shop.world.key(), shop.once, Type::Permanent, "0").await.expect("taken out");
    assert!(orders::basket(&shop.acme).await.expect("a basket").rows.is_empty());
}

//! Upgrading a trial: the key stays, and it is an order like any other (L5); on both databases.

use chrono::Duration;
use domain::{
    LicenseId, Refusal, Role,
    accounts::Unpaid,
    billing::RefundForm,
    licenses::{LicensesQuery, PaymentStatus, State, Type, UpgradeForm, Upgraded},
    orders::{self as domain_orders, HeldForm},
    products::{Billing, Kind},
};
use service::{
    Cx, Error,
    billing::refunds,
    licenses, orders,
    testing::{World, is_not_found, on_both, refusal},
    verify::verify,
};
use store::products::PricedOption;

/// Acme, whose customer tries a product at 70.00.
struct Shop {
    world: World,
    owner: Cx,
    acme: Cx,
    option: PricedOption,
    anna: domain::AccountId,
    trial: LicenseId,
}

async fn shop(world: World) -> Shop {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let order = world.create(&acme, option.id, anna, 1, "trial").await.expect("a trial");
    let trial = orders::executed(&acme, order).await.expect("the result").licenses[0].row.id;
    Shop { world, owner, acme, option, anna, trial }
}

impl Shop {
    async fn upgrade(&self, option: &PricedOption, total: i64) -> Result<Upgraded, Error> {
        let form = UpgradeForm { option: option.id.to_string(), total: total.to_string() };
        licenses::upgrade(&self.acme, self.world.key(), self.trial, &form).await
    }

    async fn license(&self) -> domain::licenses::LicensePage {
        licenses::find(&self.acme, self.trial).await.expect("a license")
    }

    /// Licenses, unpaid ones, and what is owed.
    async fn owes(&self) -> (usize, i64, i64) {
        let list = licenses::list(&self.acme, &LicensesQuery::default()).await.expect("a list");
        (list.rows.len(), list.unpaid.count, self.world.billed(&self.acme).await.balance.minor)
    }

    async fn is_sound(&self) {
        assert_eq!(verify(&self.world.service).await.expect("recounted"), []);
    }
}

on_both!(l5_a_trial_that_has_expired_becomes_permanent_under_its_key_and_is_charged, permanent);
async fn permanent(world: World) {
    let shop = shop(world).await;
    let before = shop.license().await;
    shop.world.pass(Duration::days(31));
    assert_eq!(shop.license().await.license.row.state, State::Expired);
    let page = licenses::upgrades(&shop.acme, shop.trial).await.expect("the offers");
    assert_eq!(page.offers.iter().map(|offer| offer.takes.minor).collect::<Vec<_>>(), [7_000]);
    assert_eq!((page.held, page.refusal), (None, None));
    let stale = refusal(shop.upgrade(&shop.option, 6_999).await);
    assert_eq!(stale, Refusal::PriceChanged { now: "€ 70.00".to_owned() });
    let form = UpgradeForm { option: shop.option.id.to_string(), total: "7000".to_owned() };
    let key = shop.world.key();
    let done = licenses::upgrade(&shop.acme, key, shop.trial, &form).await.expect("upgraded");
    assert_eq!(licenses::upgrade(&shop.acme, key, shop.trial, &form).await.expect("upgraded before"), done);
    let after = shop.license().await;
    assert_eq!(after.license.key, before.license.key);
    let row = after.license.row.clone();
    assert_eq!((row.license_type, row.state), (Type::Permanent, State::Active));
    assert_eq!((row.payment, row.valid_until), (Some(PaymentStatus::Pending), None));
    assert_eq!((after.order_number, after.price.map(|price| price.minor)), (done.order, Some(7_000)));
    assert_eq!(shop.owes().await, (1, 1, 7_000));
    assert_eq!(shop.world.written_down(shop.trial).await, ["license.created", "license.upgraded"]);
    // Both its orders show it.
    for number in [before.order_number, done.order] {
        let order = orders::find(&shop.acme, number).await.expect("an order").order;
        assert_eq!(order.licenses.iter().map(|license| license.row.id).collect::<Vec<_>>(), [shop.trial]);
    }
    let again = refusal(shop.upgrade(&shop.option, 7_000).await);
    assert_eq!(again, Refusal::NotATrial { license_type: "permanent".to_owned() });
    let second = refusal(shop.world.create(&shop.acme, shop.option.id, shop.anna, 1, "trial").await);
    assert_eq!(second, Refusal::TrialUsed { product: "Store Manager".to_owned() });
    shop.is_sound().await;
}

on_both!(l5_a_trial_becomes_a_subscription_from_the_day_of_the_upgrade, subscription);
async fn subscription(world: World) {
    let shop = shop(world).await;
    let monthly = shop.world.another_option(&shop.option.product, Kind::Primary, Billing::Monthly).await;
    shop.world.another_option(&shop.option.product, Kind::Additional, Billing::OneTime).await;
    let page = licenses::upgrades(&shop.acme, shop.trial).await.expect("the offers");
    let types: Vec<_> = page.offers.iter().map(|offer| offer.license_type).collect();
    assert_eq!(types.len(), 2, "additional licenses are no upgrade: {types:?}");
    shop.world.pass(Duration::days(3));
    shop.upgrade(&monthly, 7_000).await.expect("upgraded");
    let row = shop.license().await.license.row;
    assert_eq!((row.license_type, row.state), (Type::Subscription, State::Active));
    assert_eq!(row.valid_until.map(|at| at.exact).as_deref(), Some("23 Dec 2026, 23:59:59 CET"));
    assert_eq!(shop.owes().await, (1, 1, 7_000));
    shop.is_sound().await;
}

on_both!(l5_c3_over_the_credit_the_upgrade_is_held_and_the_trial_stays_one, held);
async fn held(world: World) {
    let shop = shop(world).await;
    shop.world.limit(&shop.acme, 0).await;
    let first = shop.upgrade(&shop.option, 7_000).await.expect("placed");
    let second = shop.upgrade(&shop.option, 7_000).await.expect("placed");
    assert_eq!((first.state, second.state), (domain_orders::State::Submitted, domain_orders::State::Submitted));
    let page = shop.license().await;
    assert_eq!((page.license.row.license_type, page.upgrade_held), (Type::Trial, Some(second.order)));
    assert_eq!(shop.owes().await, (1, 0, 0));
    shop.world.receive(&shop.acme, 14_000).await;
    let execute = |number| orders::execute(&shop.owner, shop.world.key(), number, &HELD);
    execute(first.order).await.expect("executed");
    // What was paid ahead has paid for it.
    let row = shop.license().await.license.row;
    assert_eq!((row.license_type, row.payment), (Type::Permanent, Some(PaymentStatus::Paid)));
    let late = refusal(execute(second.order).await);
    assert_eq!(late, Refusal::NotATrial { license_type: "permanent".to_owned() });
    assert_eq!(shop.owes().await, (1, 0, -7_000));
    shop.is_sound().await;
}

static HELD: HeldForm = HeldForm { anyway: String::new(), reason: String::new() };

on_both!(l5_two_who_upgrade_it_at_once_upgrade_it_once, at_once);
async fn at_once(world: World) {
    let shop = shop(world).await;
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let (cx, key, id) = (shop.acme.clone(), shop.world.key(), shop.trial);
        let form = UpgradeForm { option: shop.option.id.to_string(), total: "7000".to_owned() };
        tasks.push(tokio::spawn(async move { licenses::upgrade(&cx, key, id, &form).await.is_ok() }));
    }
    let mut done = 0;
    for task in tasks {
        done += usize::from(task.await.expect("no panic"));
    }
    assert_eq!((done, shop.owes().await), (1, (1, 1, 7_000)));
    shop.is_sound().await;
}

on_both!(b9_l5_an_upgraded_trial_is_given_back_within_thirty_days_of_the_upgrade, given_back);
async fn given_back(world: World) {
    let shop = shop(world).await;
    shop.world.pass(Duration::days(29));
    shop.upgrade(&shop.option, 7_000).await.expect("upgraded");
    shop.world.pass(Duration::days(30));
    let form = RefundForm { reason: "Not needed".to_owned() };
    refunds::refund(&shop.acme, shop.world.key(), shop.trial, &form).await.expect("given back");
    assert_eq!((shop.license().await.license.row.state, shop.owes().await), (State::Revoked, (1, 0, 0)));
    shop.is_sound().await;
}

#[tokio::test]
async fn l5_l7_a_full_cap_refuses_the_upgrade() {
    let shop = shop(World::new().await).await;
    let other = shop.world.option("Mailer", Kind::Primary, Billing::OneTime).await.id;
    shop.world.create(&shop.acme, other, shop.anna, 10, "permanent").await.expect("ten");
    let cap = Refusal::UnpaidCap { cap: 10, left: Unpaid { count: 10, cap: 10 }.left(), asked: 1 };
    assert_eq!(refusal(shop.upgrade(&shop.option, 7_000).await), cap);
    let page = licenses::upgrades(&shop.acme, shop.trial).await.expect("the page");
    assert_eq!((page.offers.len(), page.refusal), (0, Some(cap)));
    assert_eq!(shop.license().await.license.row.license_type, Type::Trial);
    shop.is_sound().await;
}

#[tokio::test]
async fn a8_a11_l5_it_is_upgraded_by_those_who_may_to_what_is_sold_of_its_product() {
    let shop = shop(World::new().await).await;
    let globex = shop.world.reseller("globex").await;
    assert!(is_not_found(licenses::upgrades(&globex, shop.trial).await));
    let form = UpgradeForm { option: shop.option.id.to_string(), total: "7000".to_owned() };
    assert!(is_not_found(licenses::upgrade(&globex, shop.world.key(), shop.trial, &form).await));
    let buyer = shop.world.colleague(&shop.acme, "buyer@acme.example", &[Role::Buyer]).await;
    assert!(is_not_found(licenses::upgrade(&buyer, shop.world.key(), shop.trial, &form).await));
    let other = shop.world.option("Mailer", Kind::Primary, Billing::OneTime).await;
    assert_eq!(refusal(shop.upgrade(&other, 7_000).await), Refusal::NotOffered);
    assert_eq!(shop.owes().await, (1, 0, 0));
    shop.is_sound().await;
}

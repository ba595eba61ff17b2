//! Amounts and quantities that nobody means well with: refused with a reason, and nothing is stored; on both databases.

use domain::{
    BasisPoints, Currency, FormKey, Money, OptionId, OrderId, Refusal,
    accounts::AccountForm,
    billing::{MonthQuery, What},
    licenses::{LicensesQuery, Type},
    orders::OrdersQuery,
    products::{Billing, Kind},
};
use service::{
    Cx, Error, accounts,
    billing::month,
    licenses, orders,
    testing::{World, errors, on_both, refusal},
    verify::verify,
};

/// A reseller with one option at that list price, and one customer.
struct Shop {
    world: World,
    owner: Cx,
    acme: Cx,
    option: OptionId,
    anna: domain::AccountId,
}

async fn shop(world: World, list_price: Money) -> Shop {
    let owner = world.owner().await;
    let acme = world.reseller_in("acme", list_price.currency).await;
    let product = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.product;
    let option = world.option_at(&product, Kind::Primary, Billing::OneTime, list_price).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    Shop { world, owner, acme, option, anna }
}

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

impl Shop {
    /// Orders so many when that was shown to be paid.
    async fn order(&self, quantity: u32, seen: i64) -> Result<OrderId, Error> {
        let draft = self.world.draft(&self.acme, self.option, self.anna, quantity, "permanent").await?;
        licenses::create(&self.acme, FormKey::parse(&draft.to_string()).expect("a key"), seen).await
    }

    async fn put(&self, quantity: &str) -> Result<(), Error> {
        orders::add_to_basket(&self.acme, self.world.key(), self.option, Type::Permanent, quantity).await
    }

    /// Licenses, orders, and what is owed; after a recount of everything.
    async fn standing(&self) -> (usize, usize, i64) {
        assert_eq!(verify(&self.world.service).await.expect("recounted"), []);
        let list = licenses::list(&self.acme, &LicensesQuery::default()).await.expect("a list");
        let placed = orders::list(&self.acme, &OrdersQuery::default()).await.expect("orders");
        (list.rows.len(), placed.rows.len(), self.world.billed(&self.acme).await.balance.minor)
    }
}

on_both!(x3_a_quantity_that_is_no_whole_number_from_1_to_1000_is_refused_at_the_field, quantities);
async fn quantities(world: World) {
    let shop = shop(world, euros(10_000)).await;
    let hostile = [
        "-1",
        "−1",
        "0",
        "-0",
        "1.5",
        "1,5",
        "1e2",
        "0x10",
        "½",
        "١",
        "1001",
        "4294967297",
        "99999999999999999999",
        "",
        "1 0",
        "NaN",
        "∞",
        "1;drop table orders",
    ];
    for quantity in hostile {
        let said = errors(shop.put(quantity).await);
        assert_eq!(said.get("quantity"), Some("Enter a whole number from 1 to 1000."), "{quantity:?}");
    }
    assert_eq!(orders::basket(&shop.acme).await.expect("a basket").rows, []);
    shop.put(" 7 ").await.expect("spaces around it do no harm");
    for quantity in ["-1", "0.5", "1001", "18446744073709551617"] {
        let set = orders::set_in_basket(&shop.acme, shop.world.key(), shop.option, Type::Permanent, quantity).await;
        assert_eq!(errors(set).get("quantity"), Some("Enter a whole number from 0 to 1000."), "{quantity:?}");
    }
    assert_eq!(orders::basket(&shop.acme).await.expect("a basket").rows[0].quantity, 7);
    assert_eq!(shop.standing().await, (0, 0, 0));
}

on_both!(p3_a_total_that_was_never_shown_buys_nothing, totals);
async fn totals(world: World) {
    let shop = shop(world, euros(10_000)).await;
    for seen in [0, -1, -7_000, 6_999, 7_001, i64::MIN, i64::MAX] {
        let now = "€ 70.00".to_owned();
        assert_eq!(refusal(shop.order(1, seen).await), Refusal::PriceChanged { now }, "{seen}");
    }
    assert_eq!(shop.standing().await, (0, 0, 0));
}

on_both!(c2_what_costs_nothing_is_bought_without_credit_and_is_on_no_ledger, nothing);
async fn nothing(world: World) {
    let shop = shop(world, euros(0)).await;
    shop.world.limit(&shop.acme, 0).await;
    shop.order(3, 0).await.expect("executed");
    assert_eq!(shop.standing().await, (3, 1, 0));
    let month = month::own(&shop.acme, &MonthQuery::default()).await.expect("a month").month_end;
    assert_eq!((month.tally(What::Bought).count, month.closing()), (0, euros(0)));
    let list = licenses::list(&shop.acme, &LicensesQuery::default()).await.expect("a list");
    assert_eq!(list.unpaid.count, 0);
}

on_both!(p5_money_of_nothing_of_less_and_of_another_currency_is_not_entered, receipts);
async fn receipts(world: World) {
    let shop = shop(world, euros(10_000)).await;
    for amount in [euros(0), euros(-1), euros(i64::MIN)] {
        let refused = shop.world.receives(&shop.acme, amount).await;
        assert!(matches!(refused, Err(Error::Internal(_))), "{amount}: {refused:?}");
    }
    let dollars = refusal(shop.world.receives(&shop.acme, Money::new(1, Currency::USD)).await);
    assert_eq!(dollars, Refusal::MixedCurrencies { one: Currency::EUR, other: Currency::USD });
    assert_eq!(shop.standing().await, (0, 0, 0));
}

on_both!(p5_money_that_was_paid_ahead_keeps_its_currency, keeps_its_currency);
async fn keeps_its_currency(world: World) {
    let shop = shop(world, euros(10_000)).await;
    let (owner, id) = (&shop.owner, shop.acme.actor.account);
    shop.world.receive(&shop.acme, 10_000).await;
    let form = accounts::find(owner, id).await.expect("its page").form;
    let dollars = AccountForm { currency: "USD".to_owned(), ..form };
    let refused = errors(accounts::edit(owner, shop.world.key(), id, 1, &dollars).await);
    assert_eq!(refused.get("currency"), Some("This account has paid in EUR, so its currency stays."));
    assert_eq!(shop.world.billed(&shop.acme).await.balance, euros(-10_000));
}

on_both!(p5_what_an_account_owes_never_passes_what_can_be_counted, overflow);
async fn overflow(world: World) {
    let shop = shop(world, euros(i64::MAX)).await;
    // 30 % off the highest price there is; twice that cannot be counted, in one order or in two.
    let one = euros(i64::MAX).less(BasisPoints::new(3_000).expect("30 %")).minor;
    assert_eq!(refusal(shop.order(2, i64::MAX).await), Refusal::TooMuch);
    assert_eq!(shop.standing().await, (0, 0, 0));
    shop.order(1, one).await.expect("executed");
    assert_eq!(refusal(shop.order(1, one).await), Refusal::TooMuch);
    assert_eq!(shop.standing().await, (1, 1, one));
    let month = month::own(&shop.acme, &MonthQuery::default()).await.expect("a month").month_end;
    assert_eq!((month.tally(What::Bought).amount, month.closing()), (euros(one), euros(one)));
}

on_both!(p5_what_is_paid_ahead_never_passes_what_can_be_counted, paid_ahead);
async fn paid_ahead(world: World) {
    let shop = shop(world, euros(10_000)).await;
    shop.world.limit(&shop.acme, 0).await;
    shop.world.receive(&shop.acme, i64::MAX).await;
    assert_eq!(refusal(shop.world.receives(&shop.acme, euros(i64::MAX)).await), Refusal::TooMuch);
    assert_eq!(shop.standing().await, (0, 0, -i64::MAX));
    shop.order(2, 14_000).await.expect("it is paid already");
    assert_eq!(shop.standing().await, (2, 1, 14_000 - i64::MAX));
}

on_both!(p5_yen_have_no_decimals_and_are_reckoned_and_shown_without, yen);
async fn yen(world: World) {
    // 30 % off 1,999 yen are 1,399.3; three of them with 19 % tax.
    decimals(world, Money::new(1_999, Currency::JPY), 3 * 1_399, 797, "4994").await;
}

on_both!(p5_dinars_have_three_decimals_and_lose_none, dinars);
async fn dinars(world: World) {
    // 30 % off 10.005 dinars are 7.0035, which rounds half up; three of them with 19 % tax.
    decimals(world, Money::new(10_005, Currency::KWD), 3 * 7_004, 3_992, "25.004").await;
}

async fn decimals(world: World, list_price: Money, net: i64, tax: i64, plain: &str) {
    let shop = shop(world, list_price).await;
    let mut tx = shop.world.service.store.write().await.expect("a transaction");
    let rate = BasisPoints::new(1_900).expect("19 %");
    store::accounts::set_tax(&mut tx, shop.acme.actor.account, rate).await.expect("a rate");
    tx.commit().await.expect("a rate");
    shop.order(3, net + tax).await.expect("executed");
    assert_eq!(shop.standing().await, (3, 1, net + tax));
    let of_order = orders::list(&shop.acme, &OrdersQuery::default()).await.expect("orders").rows[0].total;
    assert_eq!(of_order, Money::new(net + tax, list_price.currency));
    let table = month::of_own(&shop.acme, &MonthQuery::default()).await.expect("a table").rows;
    let bought = table.iter().find(|row| row[1] == "Bought").expect("a row");
    assert_eq!(bought[2..], ["3", plain, list_price.currency.code()].map(str::to_owned));
    let half = (net + tax) / 2;
    shop.world.receives(&shop.acme, Money::new(half, list_price.currency)).await.expect("received");
    assert_eq!(shop.standing().await, (3, 1, net + tax - half));
}

//! The basket: several lines become one order, at the prices that were seen (O1, P3); on both databases.

use domain::{
    Currency, FormKey, Refusal,
    accounts::{Missing, SuspensionForm},
    customers::Waiting,
    licenses::Type,
    orders::{CheckoutForm, HeldForm, Seen, State, TermsForm},
    products::{Billing, Kind, OptionForm},
};
use service::{
    Cx, Error, accounts, customers, licenses, orders, products,
    testing::{World, errors, is_not_found, on_both, person, refusal, twice},
    verify::verify,
};

/// Acme with a product bought once, one by the month, both at 70.00, and one customer.
struct Shop {
    world: World,
    owner: Cx,
    acme: Cx,
    product: domain::ProductId,
    once: domain::OptionId,
    monthly: domain::OptionId,
    anna: domain::AccountId,
}

async fn shop(world: World) -> Shop {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let (once, product) = (option.id, option.product.id);
    let monthly = world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    Shop { world, owner, acme, product, once, monthly, anna }
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

    /// Staff change the option that is bought once.
    async fn change(&self, change: impl FnOnce(OptionForm) -> OptionForm) {
        let shown = products::option(&self.owner, self.product, Some(self.once)).await.expect("the option");
        let (form, key) = (change(shown.form), self.world.key());
        let saved = products::save_option(&self.owner, key, self.product, self.once, shown.edition, &form).await;
        saved.expect("saved");
    }

    async fn terms(&self, text: &str) {
        self.change(|form| OptionForm { terms_of_use: text.to_owned(), ..form }).await;
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

on_both!(r14_o2_a_basket_that_was_placed_is_refused_with_other_entries_and_orders_no_more, placed_and_changed);
async fn placed_and_changed(world: World) {
    let shop = shop(world).await;
    let bea = shop.world.customer(&shop.acme, "bea@contoso.example").await;
    shop.add(shop.once, Type::Permanent, "2").await.expect("added");
    let (key, total) = shop.basket().await;
    let id = orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await.expect("placed");
    // Back in the browser, and another customer or other notes.
    let for_bea = CheckoutForm { user: bea.to_string(), ..shop.for_anna() };
    let noted = CheckoutForm { reseller_notes: "PO 2026-119".to_owned(), ..shop.for_anna() };
    for other in [for_bea, noted] {
        let refused = refusal(orders::place_basket(&shop.acme, key, total, &other).await);
        assert_eq!(refused, Refusal::FormSentBefore, "{other:?}");
    }
    let again = orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await.expect("placed before");
    assert_eq!(again, id);
    let all = orders::list(&shop.acme, &domain::orders::OrdersQuery::default()).await.expect("a list").rows;
    assert_eq!(all.len(), 1);
    assert_eq!(verify(&shop.world.service).await.expect("recounted"), []);
}

on_both!(p3_a_price_list_that_ends_between_basket_and_checkout_is_told_and_confirmed, changed);
async fn changed(world: World) {
    let shop = shop(world).await;
    shop.add(shop.once, Type::Permanent, "1").await.expect("added");
    shop.add(shop.monthly, Type::Subscription, "1").await.expect("added");
    let (key, total) = shop.basket().await;
    assign_another(&shop, 4_000, Currency::EUR, None).await;
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

/// Another price list, with so many basis points off, up to a last day.
async fn assign_another(shop: &Shop, points: u16, currency: Currency, ends: Option<&str>) {
    let list = domain::price_lists::PriceList {
        id: shop.world.service.random.id(shop.acme.now()),
        name: "Others".to_owned(),
        currency,
        starts: "2026-01-01".parse().expect("a day"),
        ends: ends.map(|day| day.parse().expect("a day")),
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

on_both!(p2_a_price_list_that_is_over_by_the_checkout_is_told_and_the_basket_waits_for_the_next, over);
async fn over(world: World) {
    let shop = shop(world).await;
    assign_another(&shop, 3_000, Currency::EUR, Some("2026-11-21")).await;
    shop.add(shop.once, Type::Permanent, "1").await.expect("added on its last day");
    let (key, total) = shop.basket().await;
    shop.world.pass(chrono::Duration::days(1));
    let ended = Refusal::NotReady { missing: vec![Missing::PriceList] };
    assert_eq!(refusal(orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await), ended);
    assert_eq!(orders::basket(&shop.acme).await.expect("a basket").refusal, Some(ended));
    assign_another(&shop, 5_000, Currency::EUR, None).await;
    let refused = refusal(orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await);
    assert!(matches!(refused, Refusal::BasketChanged { changes } if changes.len() == 1));
    orders::confirm_basket(&shop.acme, shop.world.key()).await.expect("confirmed");
    orders::place_basket(&shop.acme, key, 5_000, &shop.for_anna()).await.expect("placed");
    assert_eq!(shop.world.billed(&shop.acme).await.balance.minor, 5_000);
}

on_both!(o1_a_basket_in_the_former_currency_of_the_account_is_told_and_ordered_in_the_new_one, another_currency);
async fn another_currency(world: World) {
    let shop = shop(world).await;
    shop.add(shop.once, Type::Permanent, "1").await.expect("added");
    shop.change(|form| OptionForm { prices: "EUR 100.00\nUSD 120.00".to_owned(), ..form }).await;
    in_dollars(&shop).await;
    assign_another(&shop, 3_000, Currency::USD, None).await;
    let page = orders::basket(&shop.acme).await.expect("a basket");
    let sentences: Vec<_> = page.changes.iter().map(domain::orders::LineChange::sentence).collect();
    assert_eq!(sentences, ["Store Manager, Primary license costs $ 84.00 each now, not € 70.00."]);
    assert_eq!((page.takes.to_string().as_str(), page.held), ("€ 70.00", None));
    let trial = shop.add(shop.once, Type::Trial, "1").await;
    assert_eq!(refusal(trial), Refusal::MixedCurrencies { one: Currency::EUR, other: Currency::USD });
    let (key, total) = shop.basket().await;
    let refused = refusal(orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await);
    assert!(matches!(refused, Refusal::BasketChanged { .. }), "{refused}");
    orders::confirm_basket(&shop.acme, shop.world.key()).await.expect("confirmed");
    orders::place_basket(&shop.acme, key, 8_400, &shop.for_anna()).await.expect("placed");
    assert_eq!(shop.world.billed(&shop.acme).await.balance, domain::Money::new(8_400, Currency::USD));
    assert_eq!(verify(&shop.world.service).await.expect("recounted"), []);
}

/// Staff change the account's currency, which they may before its first order.
async fn in_dollars(shop: &Shop) {
    let id = shop.acme.actor.account;
    let mut tx = shop.world.service.store.write().await.expect("a transaction");
    let mut details =
        store::accounts::find(&mut tx, &shop.owner.scope(), id).await.expect("an answer").expect("it").details;
    details.billing.currency = Currency::USD;
    store::accounts::save(&mut tx, id, &details, shop.owner.now()).await.expect("saved");
    tx.commit().await.expect("saved");
}

on_both!(a1_who_is_suspended_between_basket_and_checkout_orders_nothing_and_loses_nothing, suspended);
async fn suspended(world: World) {
    let shop = shop(world).await;
    shop.add(shop.once, Type::Permanent, "1").await.expect("added");
    let (key, total) = shop.basket().await;
    let (acme, reason) = (shop.acme.actor.account, SuspensionForm { reason: "Unpaid".to_owned() });
    accounts::suspend(&shop.owner, shop.world.key(), acme, &reason).await.expect("suspended");
    let refused = refusal(orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await);
    assert_eq!(refused, Refusal::NotReady { missing: vec![Missing::Reactivation] });
    assert_eq!(shop.world.billed(&shop.acme).await.balance.minor, 0);
    accounts::reactivate(&shop.owner, shop.world.key(), acme, &reason).await.expect("reactivated");
    orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await.expect("placed");
    assert_eq!(shop.world.billed(&shop.acme).await.balance.minor, 7_000);
}

fn accepting(total: i64, accept: &str, terms: &str) -> Seen {
    Seen { total, terms: TermsForm { accept: accept.to_owned(), terms: terms.to_owned() } }
}

on_both!(o1_terms_of_use_are_accepted_with_the_order_and_kept_as_they_were_shown, terms);
async fn terms(world: World) {
    let shop = shop(world).await;
    shop.add(shop.once, Type::Permanent, "1").await.expect("added");
    shop.add(shop.monthly, Type::Subscription, "1").await.expect("added");
    assert_eq!(orders::basket(&shop.acme).await.expect("a basket").terms, None);
    shop.terms("Sweep daily.").await;
    let shown = orders::basket(&shop.acme).await.expect("a basket").terms.expect("terms");
    let (key, total) = shop.basket().await;
    let place = |seen| {
        let (cx, form) = (shop.acme.clone(), shop.for_anna());
        async move { orders::place_basket(&cx, key, seen, &form).await }
    };
    let unticked = errors(place(Seen::from(total)).await);
    assert_eq!(unticked.get("accept"), Some("Accept the terms of use to go on."));
    shop.terms("Sweep twice a day.").await;
    assert_eq!(refusal(place(accepting(total, "on", &shown.mark)).await), Refusal::TermsChanged);
    let shown = orders::basket(&shop.acme).await.expect("a basket").terms.expect("terms");
    let id = place(accepting(total, "on", &shown.mark)).await.expect("placed");
    shop.terms("").await;
    let number = orders::executed(&shop.acme, id).await.expect("the result").number;
    let accepted = orders::find(&shop.acme, number).await.expect("the order").accepted.expect("a consent");
    let text = "Store Manager, Primary license:\nSweep twice a day.";
    assert_eq!((accepted.by.as_str(), accepted.terms.as_str(), accepted.from), ("Ada acme", text, None));
    let accepted = orders::find_any(&shop.owner, number).await.expect("the order").accepted.expect("a consent");
    let origin = shop.world.origin();
    assert_eq!(accepted.from, Some(format!("{}, {}", origin.address, origin.browser)));
    assert_eq!(verify(&shop.world.service).await.expect("recounted"), []);
}

on_both!(o1_the_license_wizard_asks_for_the_same_consent_which_a_held_order_keeps, wizard_terms);
async fn wizard_terms(world: World) {
    let shop = shop(world).await;
    shop.terms("Sweep daily.").await;
    shop.world.limit(&shop.acme, 0).await;
    let draft = shop.world.draft(&shop.acme, shop.once, shop.anna, 1, "permanent").await.expect("a draft");
    let key = FormKey::parse(&draft.to_string()).expect("a key");
    let mark = licenses::wizard(&shop.acme, draft).await.expect("the wizard").terms.expect("terms").mark;
    assert!(errors(licenses::create(&shop.acme, key, 7_000).await).get("accept").is_some());
    let id = licenses::create(&shop.acme, key, accepting(7_000, "on", &mark)).await.expect("held");
    let placed = orders::executed(&shop.acme, id).await.expect("the result");
    assert_eq!(placed.state, State::Submitted);
    let anyway = HeldForm { anyway: "on".to_owned(), reason: "Paid by phone".to_owned() };
    orders::execute(&shop.owner, shop.world.key(), placed.number, &anyway).await.expect("executed");
    let page = orders::find(&shop.acme, placed.number).await.expect("the order");
    assert_eq!((page.order.state, page.accepted.is_some()), (State::Executed, true));
    assert_eq!(verify(&shop.world.service).await.expect("recounted"), []);
}

on_both!(o1_a_customer_created_inside_the_checkout_is_chosen_and_nothing_is_lost, inside);
async fn inside(world: World) {
    let shop = shop(world).await;
    shop.add(shop.once, Type::Permanent, "2").await.expect("added");
    let basket = orders::basket(&shop.acme).await.expect("a basket").draft.expect("a draft");
    let notes = CheckoutForm { reseller_notes: "PO 2026-118".to_owned(), ..CheckoutForm::default() };
    orders::keep_checkout(&shop.acme, basket, &notes).await.expect("kept");
    let draft = customers::begin(&shop.acme, Some(basket)).await.expect("a draft");
    let waiting = customers::wizard(&shop.acme, draft).await.expect("the wizard").waiting;
    assert_eq!(waiting, Some(Waiting::Checkout));
    let key = FormKey::parse(&draft.to_string()).expect("a key");
    let password = twice("seven green kettles");
    let nina = customers::create(&shop.acme, key, &person("nina@northsea.example"), &password).await.expect("created");
    let page = orders::basket(&shop.acme).await.expect("a basket");
    assert_eq!(page.user.map(|user| user.id), Some(nina));
    assert_eq!((page.rows.len(), page.checkout.reseller_notes.as_str()), (1, "PO 2026-118"));
    // What somebody else keeps is out of reach, whatever id they know.
    let bo = shop.world.colleague(&shop.acme, "bo@acme.example", &[domain::Role::Buyer]).await;
    assert_eq!(refusal(orders::keep_checkout(&bo, basket, &shop.for_anna()).await), Refusal::FormUnknown);
    let theirs = customers::begin(&bo, Some(basket)).await.expect("a draft");
    let key = FormKey::parse(&theirs.to_string()).expect("a key");
    customers::create(&bo, key, &person("otto@northsea.example"), &password).await.expect("created");
    assert_eq!(orders::basket(&shop.acme).await.expect("a basket").user.map(|user| user.id), Some(nina));
    shop.world.pass(chrono::Duration::days(7));
    assert_eq!(refusal(orders::keep_checkout(&shop.acme, basket, &notes).await), Refusal::FormUnknown);
}

/// The draft of the basket holds this instead.
async fn write(shop: &Shop, fields: impl FnOnce(serde_json::Value) -> String) {
    let mut tx = shop.world.service.store.write().await.expect("a transaction");
    let draft = store::drafts::newest(&mut tx, shop.acme.actor.contact, store::drafts::Kind::Basket).await;
    let mut draft = draft.expect("an answer").expect("a draft");
    draft.fields = fields(serde_json::from_str(&draft.fields).expect("JSON"));
    store::drafts::save(&mut tx, &draft).await.expect("saved");
    tx.commit().await.expect("a commit");
}

on_both!(o1_a_basket_that_the_release_before_kept_is_read_and_ordered, release_before);
async fn release_before(world: World) {
    let shop = shop(world).await;
    shop.add(shop.once, Type::Permanent, "2").await.expect("added");
    shop.add(shop.monthly, Type::Subscription, "1").await.expect("added");
    // It kept the lines alone.
    write(&shop, |kept| kept["basket"].to_string()).await;
    let page = orders::basket(&shop.acme).await.expect("a basket");
    assert_eq!((page.rows.iter().map(|row| row.quantity).collect::<Vec<_>>(), page.unread), (vec![2, 1], false));
    let (key, total) = shop.basket().await;
    orders::keep_checkout(&shop.acme, page.draft.expect("a draft"), &shop.for_anna()).await.expect("kept");
    let placed = orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await.expect("placed");
    assert_eq!(orders::executed(&shop.acme, placed).await.expect("the result").licenses.len(), 3);
    assert_eq!(verify(&shop.world.service).await.expect("recounted"), []);
}

on_both!(o1_of_a_basket_that_cannot_be_read_it_is_said_so_and_it_is_empty, unread);
async fn unread(world: World) {
    let shop = shop(world).await;
    for garbage in ["{\"basket\":7}", "[{\"option\":1}]", "7", "{", ""] {
        shop.add(shop.once, Type::Permanent, "2").await.expect("added");
        let (key, total) = shop.basket().await;
        write(&shop, |_| garbage.to_owned()).await;
        let page = orders::basket(&shop.acme).await.expect("a basket");
        assert_eq!((page.rows.len(), page.unread, page.takes.minor), (0, true, 0), "{garbage}");
        let refused = refusal(orders::place_basket(&shop.acme, key, total, &shop.for_anna()).await);
        assert_eq!(refused, Refusal::BasketEmpty, "{garbage}");
        // What is put into it now is all that is in it.
        shop.add(shop.once, Type::Permanent, "1").await.expect("added");
        let page = orders::basket(&shop.acme).await.expect("a basket");
        assert_eq!((page.rows.len(), page.rows[0].quantity, page.unread), (1, 1, false), "{garbage}");
        shop.add(shop.once, Type::Permanent, "1").await.expect("added");
    }
}

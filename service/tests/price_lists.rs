//! Price lists: what staff change, what resellers then see, and what stays as it was sold (P1 to P3).

use domain::{
    Deed, Money, OptionId, OrderId, PriceListId, Refusal, Role, Roles,
    price_lists::{EntryForm, Hidden, NoPrices, PriceListForm, PriceListPage, Seen, State},
    products::{Billing, Kind},
};
use service::{Cx, Error, orders, price_lists, products, testing::World};

fn partner() -> PriceListForm {
    PriceListForm {
        name: "Partner 2026".to_owned(),
        currency: "EUR".to_owned(),
        description: "For partners".to_owned(),
        starts: "2026-01-01".to_owned(),
        ends: "2026-12-31".to_owned(),
        active: "on".to_owned(),
        percent_off: "30".to_owned(),
    }
}

fn price(from: &str, fixed: &str, off: &str) -> EntryForm {
    EntryForm { from_quantity: from.to_owned(), fixed_price: fixed.to_owned(), percent_off: off.to_owned() }
}

async fn page(cx: &Cx, id: PriceListId) -> PriceListPage {
    price_lists::find(cx, id, None).await.expect("the price list")
}

/// The price list of a reseller.
async fn list_of(world: &World, reseller: &Cx) -> PriceListId {
    let mut tx = world.service.store.read().await.expect("a transaction");
    let account = store::accounts::by_id(&mut tx, reseller.actor.account).await.expect("an account");
    account.and_then(|account| account.price_list).expect("a price list")
}

/// A price list with one price, from 10 on.
struct Priced {
    world: World,
    owner: Cx,
    id: PriceListId,
    option: OptionId,
}

async fn priced() -> Priced {
    let world = World::new().await;
    let owner = world.owner().await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let id = price_lists::add(&owner, world.key(), &partner()).await.expect("added");
    let half = price("10", "", "50");
    price_lists::set_price(&owner, world.key(), id, 1, &option.to_string(), None, &half).await.expect("set");
    Priced { world, owner, id, option }
}

/// What was changed meanwhile in words, and the edition that it is by now.
fn told(result: Result<(), Error>) -> Option<(Vec<String>, i64)> {
    match result {
        Err(Error::Refused(Refusal::ChangedMeanwhile { changed, edition })) => {
            Some((changed.iter().map(ToString::to_string).collect(), edition))
        }
        _ => None,
    }
}

#[tokio::test]
async fn p1_a_price_list_is_added_once_and_stands_in_the_list() {
    let world = World::new().await;
    let owner = world.owner().await;
    let key = world.key();
    let id = price_lists::add(&owner, key, &partner()).await.expect("added");
    assert_eq!(price_lists::add(&owner, key, &partner()).await.expect("added before"), id);
    let later = PriceListForm { name: "Later".to_owned(), starts: "2026-12-01".to_owned(), ..partner() };
    price_lists::add(&owner, world.key(), &later).await.expect("added");
    let off = PriceListForm { name: "Off".to_owned(), active: String::new(), ..partner() };
    price_lists::add(&owner, world.key(), &off).await.expect("added");
    let over = PriceListForm { name: "Over".to_owned(), ends: "2026-11-20".to_owned(), ..partner() };
    price_lists::add(&owner, world.key(), &over).await.expect("added");
    let lists = price_lists::list(&owner, None).await.expect("a list");
    let mut rows: Vec<_> = lists.rows.iter().map(|row| (row.name.as_str(), row.state)).collect();
    rows.sort_by_key(|(name, _)| *name);
    assert_eq!(
        rows,
        [("Later", State::NotYet), ("Off", State::Inactive), ("Over", State::Ended), ("Partner 2026", State::Active)]
    );
    assert_eq!(page(&owner, id).await.form, partner());
    assert_eq!(world.written_down(id).await, ["price_list.created"]);
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn x3_a_wrong_price_list_is_refused_at_its_fields_and_nothing_is_stored() {
    let world = World::new().await;
    let owner = world.owner().await;
    let wrong = PriceListForm { ends: "2025-01-01".to_owned(), percent_off: "101".to_owned(), ..partner() };
    let refused = price_lists::add(&owner, world.key(), &wrong).await;
    assert!(
        matches!(refused, Err(Error::Fields(errors)) if errors.get("ends").is_some() && errors.get("percent_off").is_some())
    );
    assert_eq!(price_lists::list(&owner, None).await.expect("a list").rows, []);
}

#[tokio::test]
async fn p1_the_second_of_two_who_change_a_price_list_is_told_what_changed_and_overwrites_nothing() {
    let world = World::new().await;
    let owner = world.owner().await;
    let id = price_lists::add(&owner, world.key(), &partner()).await.expect("added");
    let seen = page(&owner, id).await.edition;
    let first = PriceListForm { name: "Partners".to_owned(), ends: String::new(), ..partner() };
    price_lists::save(&owner, world.key(), id, seen, &first).await.expect("saved");
    let second = PriceListForm { percent_off: "50".to_owned(), ..partner() };
    let refused = told(price_lists::save(&owner, world.key(), id, seen, &second).await);
    let who = &owner.actor.name;
    let name = format!("{who} changed name from “Partner 2026” to “Partners”");
    let end = format!("{who} changed end from “2026-12-31” to nothing");
    assert_eq!(refused, Some((vec![name, end], 2)));
    assert_eq!(page(&owner, id).await.form, first);
    assert_eq!(world.written_down(id).await, ["price_list.created", "price_list.edited"]);
    let now = page(&owner, id).await.edition;
    price_lists::save(&owner, world.key(), id, now, &second).await.expect("saved");
    assert_eq!(page(&owner, id).await.form, second);
}

#[tokio::test]
async fn p1_what_changes_nothing_is_not_written_down_and_no_new_edition() {
    let world = World::new().await;
    let owner = world.owner().await;
    let id = price_lists::add(&owner, world.key(), &partner()).await.expect("added");
    price_lists::save(&owner, world.key(), id, 1, &partner()).await.expect("saved");
    assert_eq!(page(&owner, id).await.edition, 1);
    assert_eq!(world.written_down(id).await, ["price_list.created"]);
}

#[tokio::test]
async fn p1_the_currency_is_fixed_once_a_price_list_has_prices_or_an_account() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let dollars = PriceListForm { currency: "USD".to_owned(), ..partner() };
    let unused = price_lists::add(&owner, world.key(), &partner()).await.expect("added");
    price_lists::save(&owner, world.key(), unused, 1, &dollars).await.expect("saved");
    let priced = price_lists::add(&owner, world.key(), &partner()).await.expect("added");
    let option = option.id.to_string();
    price_lists::set_price(&owner, world.key(), priced, 1, &option, None, &price("1", "45", "")).await.expect("set");
    for (id, edition) in [(priced, 2), (list_of(&world, &acme).await, 1)] {
        assert!(page(&owner, id).await.currency_fixed);
        let refused = price_lists::save(&owner, world.key(), id, edition, &dollars).await;
        assert!(matches!(refused, Err(Error::Fields(errors)) if errors.get("currency").is_some()));
    }
}

#[tokio::test]
async fn p1_prices_are_added_changed_and_removed_and_the_reseller_sees_them() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let (list, of) = (list_of(&world, &acme).await, option.id.to_string());
    let units = || {
        let acme = acme.clone();
        async move {
            let catalog = products::catalog(&acme).await.expect("a catalog");
            let tiers = &catalog.shelves[0].offers[0].tiers;
            tiers.iter().map(|tier| (tier.from, tier.unit.minor)).collect::<Vec<_>>()
        }
    };
    assert_eq!(units().await, [(1, 7_000)]);
    price_lists::set_price(&owner, world.key(), list, 1, &of, None, &price("10", "", "50")).await.expect("set");
    price_lists::set_price(&owner, world.key(), list, 2, &of, None, &price("1", "80", "")).await.expect("set");
    assert_eq!(units().await, [(1, 8_000), (10, 5_000)]);
    price_lists::set_price(&owner, world.key(), list, 3, &of, Some(10), &price("20", "45.50", "")).await.expect("set");
    assert_eq!(units().await, [(1, 8_000), (20, 4_550)]);
    price_lists::remove_price(&owner, world.key(), list, 4, option.id, 1).await.expect("removed");
    assert_eq!(units().await, [(1, 7_000), (20, 4_550)]);
    let shown = page(&owner, list).await;
    let rows: Vec<_> = shown.entries.iter().map(|row| (row.name.as_str(), row.entry.from, row.unit)).collect();
    assert_eq!(rows, [("Store Manager, Primary license", 20, Some(Money::new(4_550, domain::Currency::EUR)))]);
    assert_eq!(
        world.written_down(list).await,
        ["price_list.price_set", "price_list.price_set", "price_list.price_set", "price_list.price_removed"]
    );
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn p1_a_second_price_from_the_same_quantity_on_is_refused_and_so_is_one_of_nothing() {
    let Priced { world, owner, id, option } = priced().await;
    let of = option.to_string();
    for (of, was, form, field) in [
        (of.as_str(), None, price("10", "45", ""), "from_quantity"),
        (of.as_str(), None, price("0", "45", ""), "from_quantity"),
        (of.as_str(), None, price("1", "-45", ""), "fixed_price"),
        ("", None, price("1", "45", ""), "option"),
        ("01935f6e-7b1c-7000-8000-00000badcafe", None, price("1", "45", ""), "option"),
    ] {
        let refused = price_lists::set_price(&owner, world.key(), id, 2, of, was, &form).await;
        assert!(matches!(refused, Err(Error::Fields(errors)) if errors.get(field).is_some()), "{form:?}");
    }
    assert_eq!(page(&owner, id).await.entries.len(), 1);
}

#[tokio::test]
async fn p1_the_second_of_two_who_set_prices_is_told_which_price_was_set() {
    let Priced { world, owner, id, option } = priced().await;
    let of = option.to_string();
    let second = price_lists::set_price(&owner, world.key(), id, 1, &of, None, &price("20", "", "60")).await;
    let who = &owner.actor.name;
    let ten =
        format!("{who} changed the price of Store Manager, Primary license from 10 on from nothing to “50 % off”");
    assert_eq!(told(second), Some((vec![ten.clone()], 2)));
    let removed = price_lists::remove_price(&owner, world.key(), id, 1, option, 10).await;
    assert_eq!(told(removed), Some((vec![ten], 2)));
    assert_eq!(page(&owner, id).await.entries.len(), 1);
    assert_eq!(world.written_down(id).await, ["price_list.created", "price_list.price_set"]);
}

#[tokio::test]
async fn p1_who_was_told_that_a_price_is_gone_sets_it_again_or_leaves_it_so() {
    let Priced { world, owner, id, option } = priced().await;
    let of = option.to_string();
    price_lists::set_price(&owner, world.key(), id, 2, &of, Some(10), &price("20", "45", "")).await.expect("moved");
    let mine = price("10", "", "60");
    let refused = told(price_lists::set_price(&owner, world.key(), id, 2, &of, Some(10), &mine).await);
    let who = &owner.actor.name;
    let price_of = "the price of Store Manager, Primary license";
    let gone = format!("{who} changed {price_of} from 10 on from “50 % off” to nothing");
    let new = format!("{who} changed {price_of} from 20 on from nothing to “€ 45.00”");
    assert_eq!(refused, Some((vec![gone, new], 3)));
    let shown = price_lists::price(&owner, id, Some((option, 10))).await.expect("a form");
    assert_eq!((shown.entry, shown.edition), (None, 3));

    price_lists::remove_price(&owner, world.key(), id, 3, option, 10).await.expect("gone already");
    assert_eq!(page(&owner, id).await.edition, 3);
    price_lists::set_price(&owner, world.key(), id, 3, &of, Some(10), &mine).await.expect("set again");
    let entries: Vec<_> = page(&owner, id).await.entries.iter().map(|row| row.entry.from).collect();
    assert_eq!(entries, [10, 20]);
    assert_eq!(world.written_down(id).await[1..], ["price_list.price_set"; 3]);
}

#[tokio::test]
async fn a9_support_sees_prices_and_changes_none() {
    let world = World::new().await;
    let mut support = world.owner().await;
    support.actor.roles = Roles::of(&[Role::Support]);
    let owner = world.owner().await;
    let id = price_lists::add(&owner, world.key(), &partner()).await.expect("added");
    assert!(support.actor.may(Deed::SeePrices));
    assert!(!page(&support, id).await.may_edit);
    let refused = price_lists::save(&support, world.key(), id, 1, &PriceListForm::default()).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    assert!(matches!(price_lists::add(&support, world.key(), &partner()).await, Err(Error::NotFound)));
    assert!(matches!(price_lists::price(&support, id, None).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn p2_the_preview_shows_what_the_reseller_sees_and_why_not_the_rest() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    world.option("Cloud Backup", Kind::Primary, Billing::Yearly).await;
    let seen = price_lists::seen_as(&owner, acme.actor.account).await.expect("a preview");
    assert_eq!((seen.no_prices, seen.missing.as_slice(), seen.options.len()), (None, [].as_slice(), 1));
    let catalog = products::catalog(&acme).await.expect("a catalog");
    assert_eq!(seen.options[0].seen, Seen::Offered(catalog.shelves[0].offers[0].tiers.clone()));
    let list = list_of(&world, &acme).await;
    let named_only = PriceListForm { percent_off: String::new(), ends: String::new(), ..page(&owner, list).await.form };
    price_lists::save(&owner, world.key(), list, 1, &named_only).await.expect("saved");
    let seen = price_lists::seen_as(&owner, acme.actor.account).await.expect("a preview");
    assert_eq!(seen.options[0].seen, Seen::Hidden(Hidden::NotInPriceList));
    assert_eq!(products::catalog(&acme).await.expect("a catalog").shelves, []);
    let customer = world.customer(&acme, "anna@northwind.example").await;
    assert!(matches!(price_lists::seen_as(&owner, customer).await, Err(Error::NotFound)));
    assert!(matches!(price_lists::seen_as(&acme, acme.actor.account).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn p2_a_price_list_that_is_switched_off_or_out_of_its_dates_empties_the_catalog_with_the_reason() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let list = list_of(&world, &acme).await;
    let day = |text: &str| text.parse().expect("a day");
    for (form, reason) in [
        (PriceListForm { active: String::new(), ..partner() }, Some(NoPrices::Inactive)),
        (PriceListForm { starts: "2026-11-22".to_owned(), ..partner() }, Some(NoPrices::NotYet(day("2026-11-22")))),
        (PriceListForm { ends: "2026-11-20".to_owned(), ..partner() }, Some(NoPrices::Ended(day("2026-11-20")))),
        (PriceListForm { ends: "2026-11-21".to_owned(), ..partner() }, None),
    ] {
        let edition = page(&owner, list).await.edition;
        price_lists::save(&owner, world.key(), list, edition, &form).await.expect("saved");
        let catalog = products::catalog(&acme).await.expect("a catalog");
        assert_eq!((catalog.no_prices, catalog.shelves.is_empty()), (reason, reason.is_some()));
        let seen = price_lists::seen_as(&owner, acme.actor.account).await.expect("a preview");
        assert_eq!((seen.no_prices, seen.options.len()), (reason, 1));
    }
}

#[tokio::test]
async fn p3_what_was_sold_keeps_its_price_whatever_becomes_of_the_price_list() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let order = world.create(&acme, option.id, anna, 3, "permanent").await.expect("an order");
    let total = |order: OrderId| {
        let acme = acme.clone();
        async move { orders::executed(&acme, order).await.expect("the order").total.minor }
    };
    assert_eq!(total(order).await, 21_000);
    let (list, of) = (list_of(&world, &acme).await, option.id.to_string());
    price_lists::set_price(&owner, world.key(), list, 1, &of, None, &price("1", "99", "")).await.expect("set");
    let off = PriceListForm { active: String::new(), ..page(&owner, list).await.form };
    price_lists::save(&owner, world.key(), list, 2, &off).await.expect("saved");
    assert_eq!(total(order).await, 21_000);
}

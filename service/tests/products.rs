//! Products and options: what staff change, what can then be ordered, and what goes on as it was sold (P1, L4, L6).

use domain::{
    AccountId, OptionId, ProductId, Refusal, Role, Roles,
    licenses::Type,
    products::{Billing, Kind, OptionForm, ProductForm},
};
use service::{Cx, Error, licenses, orders, products, testing::World};

fn backup() -> ProductForm {
    ProductForm {
        name: "Cloud Backup".to_owned(),
        description: "Keeps a copy.".to_owned(),
        trial_days: "14".to_owned(),
        add_on_of: String::new(),
    }
}

fn primary() -> OptionForm {
    OptionForm {
        name: "Primary license".to_owned(),
        kind: "primary".to_owned(),
        billing: "one_time".to_owned(),
        activations: "1".to_owned(),
        position: "0".to_owned(),
        prices: "EUR 100.00\nUSD 120.00".to_owned(),
        timing: "advance".to_owned(),
        proration: "per-day".to_owned(),
        ..OptionForm::default()
    }
}

/// A reseller with a customer, and an option that it can order.
struct Shop {
    world: World,
    owner: Cx,
    acme: Cx,
    anna: AccountId,
    option: OptionId,
    product: ProductId,
}

async fn shop() -> Shop {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    Shop { world, owner, acme, anna, option: option.id, product: option.product.id }
}

async fn edition(cx: &Cx, id: ProductId) -> i64 {
    products::find(cx, id).await.expect("the product").edition
}

async fn offers(cx: &Cx) -> Vec<String> {
    let catalog = products::catalog(cx).await.expect("a catalog");
    catalog.shelves.iter().flat_map(|shelf| &shelf.offers).map(domain::products::Offer::full_name).collect()
}

fn field(result: Result<impl Sized, Error>) -> Option<String> {
    match result {
        Err(Error::Fields(errors)) => errors.iter().next().map(|error| error.field.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn p1_a_product_and_its_option_are_added_once_and_offered_at_once() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let key = world.key();
    let id = products::add(&owner, key, &backup()).await.expect("added");
    assert_eq!(products::add(&owner, key, &backup()).await.expect("added before"), id);
    assert_eq!(offers(&acme).await, [""; 0]);
    let key = world.key();
    let option = products::add_option(&owner, key, id, &primary()).await.expect("added");
    assert_eq!(products::add_option(&owner, key, id, &primary()).await.expect("added before"), option);
    assert_eq!(offers(&acme).await, ["Cloud Backup, Primary license"]);
    let page = products::find(&owner, id).await.expect("the product");
    assert_eq!((page.form, page.options.len()), (backup(), 1));
    let shown = products::option(&owner, id, Some(option)).await.expect("the option");
    assert_eq!((shown.form, shown.sold), (primary(), false));
    assert_eq!(products::list(&owner, None).await.expect("a list").rows.len(), 1);
    assert_eq!(world.written_down(id).await, ["product.created"]);
    assert_eq!(world.written_down(option).await, ["option.created"]);
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn p1_what_is_deactivated_can_no_longer_be_ordered_and_what_was_sold_goes_on() {
    let Shop { world, owner, acme, anna, option, product } = shop().await;
    let order = world.create(&acme, option, anna, 1, "permanent").await.expect("an order");
    let draft = world.draft(&acme, option, anna, 1, "permanent").await.expect("a draft");
    let key = draft.to_string().parse::<uuid::Uuid>().expect("an id").into();

    products::switch_option(&owner, world.key(), product, option, 1, false).await.expect("off");
    assert_eq!(offers(&acme).await, [""; 0]);
    let begun = licenses::begin(&acme, option, Some(anna)).await;
    assert!(matches!(begun, Err(Error::NotFound)));
    for refused in [licenses::wizard(&acme, draft).await.err(), licenses::create(&acme, key, 7_000).await.err()] {
        assert!(matches!(refused, Some(Error::Refused(Refusal::NotOffered))), "{refused:?}");
    }
    let executed = orders::executed(&acme, order).await.expect("the order");
    assert_eq!((executed.total.minor, executed.licenses.len()), (7_000, 1));

    products::switch_option(&owner, world.key(), product, option, 2, true).await.expect("on");
    products::switch(&owner, world.key(), product, 1, false).await.expect("off");
    assert_eq!(offers(&acme).await, [""; 0]);
    assert!(matches!(licenses::begin(&acme, option, Some(anna)).await, Err(Error::NotFound)));
    products::switch(&owner, world.key(), product, 2, true).await.expect("on");
    licenses::create(&acme, key, 7_000).await.expect("an order of the draft");
    assert_eq!(world.written_down(option).await, ["product.sale_ended", "product.sale_resumed"]);
    assert_eq!(world.written_down(product).await, ["product.sale_ended", "product.sale_resumed"]);
}

#[tokio::test]
async fn p3_a_new_list_price_holds_for_what_is_ordered_from_then_on() {
    let Shop { world, owner, acme, anna, option, product } = shop().await;
    let order = world.create(&acme, option, anna, 2, "permanent").await.expect("an order");
    let draft = world.draft(&acme, option, anna, 1, "permanent").await.expect("a draft");
    let dearer = OptionForm { prices: "EUR 200.00".to_owned(), ..primary() };
    products::save_option(&owner, world.key(), product, option, 1, &dearer).await.expect("saved");
    assert_eq!(orders::executed(&acme, order).await.expect("the order").total.minor, 14_000);
    let key = draft.to_string().parse::<uuid::Uuid>().expect("an id").into();
    let changed = licenses::create(&acme, key, 7_000).await;
    assert!(matches!(changed, Err(Error::Refused(Refusal::PriceChanged { now })) if now == "€ 140.00"));
    let order = licenses::create(&acme, key, 14_000).await.expect("an order");
    assert_eq!(orders::executed(&acme, order).await.expect("the order").total.minor, 14_000);
}

#[tokio::test]
async fn p1_kind_and_billing_of_what_was_sold_are_fixed() {
    let Shop { world, owner, acme, anna, option, product } = shop().await;
    let yearly = OptionForm { billing: "yearly".to_owned(), ..primary() };
    products::save_option(&owner, world.key(), product, option, 1, &yearly).await.expect("not sold yet");
    products::save_option(&owner, world.key(), product, option, 2, &primary()).await.expect("not sold yet");
    world.create(&acme, option, anna, 1, "permanent").await.expect("an order");
    let additional = OptionForm { kind: "additional".to_owned(), ..primary() };
    for (form, wrong) in [(yearly, "billing"), (additional, "kind")] {
        let saved = products::save_option(&owner, world.key(), product, option, 3, &form).await;
        assert_eq!(field(saved).as_deref(), Some(wrong));
    }
    let renamed = OptionForm { name: "For one computer".to_owned(), ..primary() };
    products::save_option(&owner, world.key(), product, option, 3, &renamed).await.expect("saved");
    assert!(products::option(&owner, product, Some(option)).await.expect("the option").sold);
}

#[tokio::test]
async fn l6_an_add_on_has_no_additional_options_and_no_add_ons() {
    let world = World::new().await;
    let owner = world.owner().await;
    let manager = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.product.id;
    let of_manager = ProductForm { add_on_of: manager.to_string(), ..backup() };
    let add_on = products::add(&owner, world.key(), &of_manager).await.expect("added");
    let additional = OptionForm { kind: "additional".to_owned(), ..primary() };
    let refused = products::add_option(&owner, world.key(), add_on, &additional).await;
    assert_eq!(field(refused).as_deref(), Some("kind"));
    assert!(products::option(&owner, add_on, None).await.expect("a new option").add_on);
    for of in [add_on.to_string(), "01935f6e-7b1c-7000-8000-00000badcafe".to_owned()] {
        let nested = ProductForm { add_on_of: of, ..backup() };
        assert_eq!(field(products::add(&owner, world.key(), &nested).await).as_deref(), Some("add_on_of"));
    }
    let other = products::add(&owner, world.key(), &backup()).await.expect("added");
    let of_other = ProductForm { add_on_of: other.to_string(), ..backup() };
    let with_add_ons = products::save(&owner, world.key(), manager, 1, &of_other).await;
    assert_eq!(field(with_add_ons).as_deref(), Some("add_on_of"));
    let itself = products::save(&owner, world.key(), other, 1, &of_other).await;
    assert_eq!(field(itself).as_deref(), Some("add_on_of"));
    products::add_option(&owner, world.key(), other, &additional).await.expect("an application has them");
    let with_additional = products::save(&owner, world.key(), other, edition(&owner, other).await, &of_manager).await;
    assert_eq!(field(with_additional).as_deref(), Some("add_on_of"));
}

#[tokio::test]
async fn p1_the_second_of_two_who_change_a_product_or_an_option_is_told_and_overwrites_nothing() {
    let world = World::new().await;
    let owner = world.owner().await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let (product, option) = (option.product.id, option.id);
    let told = |result: Result<(), Error>| match result {
        Err(Error::Refused(Refusal::ChangedMeanwhile { changed, edition })) => {
            Some((changed.iter().map(ToString::to_string).collect::<Vec<_>>(), edition))
        }
        _ => None,
    };
    let changed = |words: &str| format!("{} changed {words}", owner.actor.name);
    let mine = ProductForm { name: "Mine".to_owned(), trial_days: "7".to_owned(), ..backup() };
    products::save(&owner, world.key(), product, 1, &backup()).await.expect("saved");
    let refused = told(products::save(&owner, world.key(), product, 1, &mine).await);
    let name = changed("name from “Store Manager” to “Cloud Backup”");
    let (names, edition) = refused.expect("told");
    assert_eq!((names.first(), edition), (Some(&name), 2));
    assert_eq!(told(products::switch(&owner, world.key(), product, 1, false).await), Some((names, 2)));
    let page = products::find(&owner, product).await.expect("the product");
    assert_eq!((page.form, page.active), (backup(), true));
    assert_eq!(world.written_down(product).await, ["product.edited"]);
    products::switch(&owner, world.key(), product, 2, false).await.expect("off");
    let refused = told(products::save(&owner, world.key(), product, 2, &mine).await);
    assert_eq!(refused, Some((vec![changed("the sale from “on” to “off”")], 3)));
    products::save(&owner, world.key(), product, 3, &mine).await.expect("overwritten knowingly");
    assert_eq!(products::find(&owner, product).await.expect("the product").form, mine);

    let dearer = OptionForm { prices: "EUR 200.00".to_owned(), ..primary() };
    products::save_option(&owner, world.key(), product, option, 1, &dearer).await.expect("saved");
    let refused = told(products::save_option(&owner, world.key(), product, option, 1, &primary()).await);
    assert_eq!(refused, Some((vec![changed("list prices from “EUR 100.00” to “EUR 200.00”")], 2)));
    let shown = products::option(&owner, product, Some(option)).await.expect("the option");
    assert_eq!(shown.form.prices, "EUR 200.00");
    assert_eq!(world.written_down(option).await, ["option.edited"]);
    products::save_option(&owner, world.key(), product, option, 2, &primary()).await.expect("overwritten knowingly");
    let shown = products::option(&owner, product, Some(option)).await.expect("the option");
    assert_eq!(shown.form, primary());
}

#[tokio::test]
async fn p1_who_was_slower_is_told_an_add_ons_application_by_name() {
    let world = World::new().await;
    let owner = world.owner().await;
    let manager = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.product.id;
    let id = products::add(&owner, world.key(), &backup()).await.expect("added");
    let of_manager = ProductForm { add_on_of: manager.to_string(), ..backup() };
    products::save(&owner, world.key(), id, 1, &of_manager).await.expect("saved");
    let late = products::switch(&owner, world.key(), id, 1, false).await.expect_err("told");
    assert!(late.to_string().contains("changed add-on of from nothing to “Store Manager”"), "{late}");
}

#[tokio::test]
async fn a9_support_sees_products_and_changes_none() {
    let world = World::new().await;
    let mut support = world.owner().await;
    support.actor.roles = Roles::of(&[Role::Support]);
    let product = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.product.id;
    assert!(!products::find(&support, product).await.expect("the product").may_edit);
    assert!(matches!(products::add(&support, world.key(), &backup()).await, Err(Error::NotFound)));
    assert!(matches!(products::switch(&support, world.key(), product, 1, false).await, Err(Error::NotFound)));
    assert!(matches!(products::option(&support, product, None).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn l4_a_wizard_that_is_begun_as_a_trial_is_one_where_the_product_has_trials() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let additional = world.another_option(&option.product, Kind::Additional, Billing::OneTime).await;
    for (option, license_type) in [(option.id, "trial"), (additional.id, "permanent")] {
        let draft = licenses::begin_as(&acme, option, Some(anna), Some(Type::Trial)).await.expect("a draft");
        let wizard = licenses::wizard(&acme, draft).await.expect("the wizard");
        assert_eq!(wizard.form.license_type, license_type);
    }
}

#[tokio::test]
async fn b4_what_an_option_says_of_its_billing_holds_for_what_is_ordered_from_then_on() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let option = world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await;
    let (product, option) = (option.product.id, option.id);
    world.create(&acme, option, anna, 1, "subscription").await.expect("charged in advance");
    let own = |timing: &str, billing_day: &str| OptionForm {
        billing: "monthly".to_owned(),
        timing: timing.to_owned(),
        billing_day: billing_day.to_owned(),
        terms_of_use: "Keep it. ".repeat(20),
        ..primary()
    };
    let wrong = products::save_option(&owner, world.key(), product, option, 1, &own("arrears", "32")).await;
    assert_eq!(field(wrong).as_deref(), Some("billing_day"));
    products::save_option(&owner, world.key(), product, option, 1, &own("arrears", "")).await.expect("saved");
    let shown = products::option(&owner, product, Some(option)).await.expect("the option");
    assert_eq!((shown.form.timing.as_str(), shown.form.terms_of_use.chars().count()), ("arrears", 179));
    let late = products::save_option(&owner, world.key(), product, option, 1, &own("advance", "15")).await;
    let told = late.expect_err("told").to_string();
    assert!(told.contains("changed charged from “In advance” to “In arrears”"), "{told}");
    assert!(told.contains("changed terms of use from nothing to “Keep it. ") && told.len() < 1_000, "{told}");
    let without = OptionForm { terms_of_use: String::new(), ..own("arrears", "") };
    products::save_option(&owner, world.key(), product, option, 2, &without).await.expect("saved");
    world.create(&acme, option, anna, 1, "subscription").await.expect("charged in arrears");
    let billed = world.billed(&acme).await;
    assert_eq!((billed.balance.minor, billed.arrears.minor), (7_000, 7_000));
    assert_eq!(service::verify::verify(&world.service).await.expect("recounted"), []);
}

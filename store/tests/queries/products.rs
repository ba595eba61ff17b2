//! Products and their options.

use std::slice;

use domain::{
    Currency, Money,
    accounts::BillingDay,
    billing::{OptionBilling, Proration, Timing},
    price_lists::OnSale,
    products::{Billing, Kind},
};
use store::products::{self, EditedOption, PricedOption, Product};

use crate::world::{World, noon};

on_both! {
    async fn p1_options_come_by_product_and_position_with_their_price_in_that_currency(world: World) {
        let manager = world.unstored_option("Store Manager");
        let additional = PricedOption {
            id: world.id(),
            name: "Additional license".to_owned(),
            kind: Kind::Additional,
            activations: 3,
            ..manager.clone()
        };
        let import = PricedOption {
            product: Product { add_on_of: Some(manager.product.id), trial_days: None, ..world.unstored_option("Import").product },
            ..world.unstored_option("Import")
        };
        let backup = PricedOption {
            billing: Billing::Monthly,
            list_price: Money::new(990, Currency::USD),
            ..world.unstored_option("Cloud Backup")
        };
        let mut tx = world.write().await;
        for product in [&manager.product, &import.product, &backup.product] {
            products::insert(&mut tx, product).await.expect("a product");
        }
        for (option, position) in [(&additional, 2), (&manager, 1), (&import, 1), (&backup, 1)] {
            products::insert_option(&mut tx, option, position).await.expect("an option");
        }
        let named = |option: &PricedOption| (option.product.id, option.product.name.clone());
        let names = products::names(&mut tx, Currency::EUR).await.expect("products");
        assert_eq!(names, [named(&import), named(&manager)]);
        let sold = products::priced(&mut tx, Currency::EUR).await.expect("options");
        assert_eq!(sold, [import, manager.clone(), additional]);
        assert_eq!(products::priced(&mut tx, Currency::USD).await.expect("options"), slice::from_ref(&backup));
        assert_eq!(products::priced(&mut tx, Currency::JPY).await.expect("options"), []);
        let one = products::priced_one(&mut tx, manager.id, Currency::EUR).await.expect("an answer");
        assert_eq!(one, Some(manager));
        assert_eq!(products::priced_one(&mut tx, backup.id, Currency::EUR).await.expect("an answer"), None);
        assert_eq!(products::priced_one(&mut tx, world.id(), Currency::EUR).await.expect("an answer"), None);
    }

    async fn what_is_switched_off_is_not_sold(world: World) {
        let (one, two, three) =
            (world.option("Store Manager").await, world.option("Cloud Backup").await, world.option("Import").await);
        world.break_by(format!("update products set deactivated_at = 1 where id = '{}'", one.product.id)).await.expect("off");
        world.break_by(format!("update license_options set deactivated_at = 1 where id = '{}'", two.id)).await.expect("off");
        let mut tx = world.read().await;
        let names = products::names(&mut tx, Currency::EUR).await.expect("products");
        assert_eq!(names, [(three.product.id, "Import".to_owned())]);
        assert_eq!(products::priced(&mut tx, Currency::EUR).await.expect("options"), [three]);
        for gone in [one, two] {
            assert_eq!(products::priced_one(&mut tx, gone.id, Currency::EUR).await.expect("an answer"), None);
        }
    }

    async fn products_page_by_key_newest_first_and_are_saved_from_their_last_edition_only(world: World) {
        let (manager, backup) = (world.option("Store Manager").await, world.option("Cloud Backup").await);
        let mut tx = world.write().await;
        let page = products::page(&mut tx, None, 1).await.expect("a page");
        assert_eq!(page.iter().map(|row| (&row.product, row.options)).collect::<Vec<_>>(), [(&backup.product, 1)]);
        let next = products::page(&mut tx, Some(page[0].seq), 9).await.expect("a page");
        assert_eq!(next.iter().map(|row| &row.product).collect::<Vec<_>>(), [&manager.product]);
        let add_on = Product { name: "Import".to_owned(), add_on_of: Some(manager.product.id), trial_days: None, ..backup.product };
        assert!(products::save(&mut tx, &add_on, Some(noon()), 1).await.expect("saved"));
        assert!(!products::save(&mut tx, &add_on, None, 1).await.expect("an answer"));
        let stored = products::product(&mut tx, add_on.id).await.expect("an answer").expect("a product");
        assert_eq!((stored.product, stored.deactivated_at, stored.edition), (add_on, Some(noon()), 2));
        let applications = products::applications(&mut tx).await.expect("applications");
        assert_eq!(applications, [(manager.product.id, "Store Manager".to_owned())]);
        assert!(products::has_add_ons(&mut tx, manager.product.id).await.expect("an answer"));
        assert!(!products::has_add_ons(&mut tx, backup.product.id).await.expect("an answer"));
    }

    async fn an_option_is_saved_with_all_its_prices_and_keeps_kind_and_billing_once_it_was_sold(world: World) {
        let acme = world.reseller("acme").await;
        let anna = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let stored = world.option("Store Manager").await;
        let mut tx = world.write().await;
        let option = products::option(&mut tx, stored.id).await.expect("an answer").expect("an option");
        assert_eq!((option.edition, option.sold, option.prices.as_slice()), (1, false, [stored.list_price].as_slice()));
        let yearly = EditedOption {
            name: "Yearly".to_owned(),
            billing: Billing::Yearly,
            position: 3,
            prices: vec![Money::new(5_000, Currency::EUR), Money::new(6_000, Currency::USD)],
            own: OptionBilling {
                timing: Timing::Arrears,
                proration: Proration::WholePeriod,
                billing_day: Some(BillingDay::Fixed(15)),
            },
            terms_of_use: Some("One computer.\nNo resale.".to_owned()),
            ..option
        };
        assert!(products::save_option(&mut tx, &yearly).await.expect("saved"));
        assert!(!products::save_option(&mut tx, &yearly).await.expect("an answer"));
        let saved = EditedOption { edition: 2, ..yearly };
        assert_eq!(products::options_of(&mut tx, stored.product.id).await.expect("options"), slice::from_ref(&saved));
        tx.commit().await.expect("a commit");
        world.sell(&acme, &anna, &stored, 1, |_, _| {}).await;
        let mut tx = world.write().await;
        assert!(products::option(&mut tx, stored.id).await.expect("an answer").expect("an option").sold);
        let sold = products::sold(&mut tx, stored.id).await.expect("an answer").expect("an option");
        assert_eq!((sold.terms, &sold.terms_of_use), (saved.own, &saved.terms_of_use));
        let monthly = EditedOption { billing: Billing::Monthly, ..saved.clone() };
        assert!(!products::save_option(&mut tx, &monthly).await.expect("an answer"));
        let off = EditedOption { deactivated_at: Some(noon()), ..saved };
        assert!(products::save_option(&mut tx, &off).await.expect("saved"));
        assert_eq!(products::priced(&mut tx, Currency::EUR).await.expect("options"), []);
        let all = products::every_option(&mut tx, Currency::USD).await.expect("options");
        let sale = OnSale { product: true, option: false, list_price: Some(Money::new(6_000, Currency::USD)) };
        assert_eq!(all.iter().map(|option| option.sale).collect::<Vec<_>>(), [sale]);
        let all = products::every_option(&mut tx, Currency::JPY).await.expect("options");
        assert_eq!(all[0].sale.list_price, None);
    }

    async fn a_new_option_has_a_price_in_each_currency(world: World) {
        let manager = world.option("Store Manager").await;
        let additional = EditedOption {
            id: world.id(),
            product: manager.product.id,
            name: "Additional license".to_owned(),
            kind: Kind::Additional,
            billing: Billing::OneTime,
            activations: 2,
            position: 7,
            deactivated_at: None,
            edition: 1,
            sold: false,
            prices: vec![Money::new(9_900, Currency::EUR), Money::new(15_000, Currency::JPY)],
            own: OptionBilling { billing_day: Some(BillingDay::Last), ..OptionBilling::default() },
            terms_of_use: None,
        };
        let mut tx = world.write().await;
        products::insert_edited_option(&mut tx, &additional).await.expect("an option");
        assert_eq!(products::option(&mut tx, additional.id).await.expect("an answer"), Some(additional));
    }
}

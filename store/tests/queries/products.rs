//! Products and their options.

use std::slice;

use domain::{
    Currency, Money,
    products::{Billing, Kind},
};
use store::products::{self, PricedOption, Product};

use crate::world::World;

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
        assert_eq!(products::priced(&mut tx, Currency::EUR).await.expect("options"), [three]);
        for gone in [one, two] {
            assert_eq!(products::priced_one(&mut tx, gone.id, Currency::EUR).await.expect("an answer"), None);
        }
    }
}

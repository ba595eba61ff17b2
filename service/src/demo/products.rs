//! The products of the demo, with their options and list prices.

use std::sync::Arc;

use domain::{
    Currency, Money, OptionId, ProductId,
    products::{Billing, Kind},
};
use store::{
    Tx,
    products::{PricedOption, Product},
};

use crate::{Error, Service};

/// The options that the demo sells.
pub(super) struct Options {
    pub prestashop: OptionId,
    pub prestashop_more: OptionId,
    pub opencart: OptionId,
    pub import: OptionId,
    pub backup_yearly: OptionId,
}

pub(super) async fn make(service: &Arc<Service>) -> Result<Options, Error> {
    let mut tx = service.store.write().await?;
    let shelf = Shelf { service, tx: &mut tx };
    let options = shelf.fill().await?;
    tx.commit().await?;
    Ok(options)
}

struct Shelf<'a> {
    service: &'a Service,
    tx: &'a mut Tx,
}

impl Shelf<'_> {
    async fn fill(mut self) -> Result<Options, Error> {
        let prestashop = self
            .product("Store Manager for PrestaShop", "Manages a PrestaShop store from the desktop.", None, Some(30))
            .await?;
        let opencart = self
            .product("Store Manager for OpenCart", "Manages an OpenCart store from the desktop.", None, Some(14))
            .await?;
        let import = self
            .product("Automated Product Import", "Imports suppliers' catalogs on a schedule.", Some(&prestashop), None)
            .await?;
        let backup =
            self.product("Cloud Backup", "Keeps a daily copy of a store, and restores it.", None, None).await?;
        let options = Options {
            prestashop: self.option(&prestashop, 0, "Primary license", Kind::Primary, Billing::OneTime, 19_900).await?,
            prestashop_more: self
                .option(&prestashop, 1, "Additional license", Kind::Additional, Billing::OneTime, 9_900)
                .await?,
            opencart: self.option(&opencart, 0, "Primary license", Kind::Primary, Billing::OneTime, 14_900).await?,
            import: self.option(&import, 0, "Primary license", Kind::Primary, Billing::OneTime, 7_999).await?,
            backup_yearly: self
                .option(&backup, 1, "Yearly subscription", Kind::Primary, Billing::Yearly, 9_900)
                .await?,
        };
        self.option(&opencart, 1, "Additional license", Kind::Additional, Billing::OneTime, 7_500).await?;
        self.option(&backup, 0, "Monthly subscription", Kind::Primary, Billing::Monthly, 990).await?;
        Ok(options)
    }

    async fn product(
        &mut self,
        name: &str,
        description: &str,
        add_on_of: Option<&Product>,
        trial_days: Option<u32>,
    ) -> Result<Product, Error> {
        let product = Product {
            id: self.service.random.id::<ProductId>(self.service.clock.now()),
            name: name.to_owned(),
            description: description.to_owned(),
            add_on_of: add_on_of.map(|product| product.id),
            trial_days,
        };
        store::products::insert(self.tx, &product).await?;
        Ok(product)
    }

    async fn option(
        &mut self,
        product: &Product,
        position: i64,
        name: &str,
        kind: Kind,
        billing: Billing,
        cents: i64,
    ) -> Result<OptionId, Error> {
        let option = PricedOption {
            id: self.service.random.id(self.service.clock.now()),
            product: product.clone(),
            name: name.to_owned(),
            kind,
            billing,
            activations: 1,
            list_price: Money::new(cents, Currency::EUR),
        };
        store::products::insert_option(self.tx, &option, position).await?;
        Ok(option.id)
    }
}

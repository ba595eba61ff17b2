//! An option as an order needs it, also when it is not sold any more: a held order is executed all the same.

use domain::{
    OptionId,
    accounts::BillingDay,
    billing::{OptionBilling, Proration, Timing},
    products::{Billing, Kind, Offer},
};

use super::Product;
use crate::{Error, Tx, row::Read};

/// An option with its product and what it says of its own billing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sold {
    /// Its id.
    pub id: OptionId,
    /// Its product.
    pub product: Product,
    /// Its name.
    pub name: String,
    /// Primary or additional.
    pub kind: Kind,
    /// How it is charged.
    pub billing: Billing,
    /// On how many computers one license works.
    pub activations: u32,
    /// B4.
    pub terms: OptionBilling,
    /// O1: what has to be accepted before it is ordered.
    pub terms_of_use: Option<String>,
}

impl Sold {
    /// The option as it was offered at that price.
    pub fn offered_at(&self, unit: domain::Money) -> Offer {
        Offer {
            option: self.id,
            product: self.product.id,
            product_name: self.product.name.clone(),
            name: self.name.clone(),
            kind: self.kind,
            add_on: self.product.add_on_of.is_some(),
            billing: self.billing,
            trial_days: self.product.trial_days,
            activations: self.activations,
            list_price: unit,
            tiers: Vec::new(),
        }
    }
}

/// An option, whether it is sold or not.
///
/// # Errors
/// When the database cannot.
pub async fn sold(tx: &mut Tx, id: OptionId) -> Result<Option<Sold>, Error> {
    let query = sqlx::query(
        "select o.id, o.name, o.kind, o.billing, o.activations, o.timing, o.proration, o.billing_day, o.terms_of_use,
             p.id as product_id, p.name as product_name, p.description, p.add_on_of, p.trial_days
         from license_options o
         join products p on p.id = o.product_id
         where o.id = $1",
    );
    let row = query.bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.map(|row| {
        let trial_days = row.maybe_int("trial_days")?;
        Ok(Sold {
            id: row.parsed("id")?,
            product: Product {
                id: row.parsed("product_id")?,
                name: row.text("product_name")?,
                description: row.text("description")?,
                add_on_of: row.maybe_parsed("add_on_of")?,
                trial_days: trial_days.and_then(|days| u32::try_from(days).ok()),
            },
            name: row.text("name")?,
            kind: row.word("kind", Kind::from_word)?,
            billing: row.word("billing", Billing::from_word)?,
            activations: row.small("activations")?,
            terms: OptionBilling {
                timing: row.word("timing", Timing::from_word)?,
                proration: row.word("proration", Proration::from_word)?,
                billing_day: row.maybe_word("billing_day", BillingDay::from_word)?,
            },
            terms_of_use: row.maybe_text("terms_of_use")?,
        })
    })
    .transpose()
}

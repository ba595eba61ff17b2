//! A license as lists show it. A page of a list reads fifty of them, so no more is read than their rows show.

use domain::{
    AccountId, LicenseId, Timestamp,
    licenses::{LicenseKey, Life, PaymentStatus, Type},
    products::Kind,
};
use sqlx::any::AnyRow;

use super::{Named, Place, life};
use crate::{Error, row::Read};

/// A license in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its place in the lists.
    pub seq: i64,
    /// Its id.
    pub id: LicenseId,
    /// Its key.
    pub key: LicenseKey,
    /// The product's name.
    pub product: String,
    /// The option's name.
    pub option: String,
    /// Primary or additional.
    pub kind: Kind,
    /// Permanent, trial, subscription.
    pub license_type: Type,
    /// L8: the reseller's payment to the operator; none for a trial.
    pub payment: Option<PaymentStatus>,
    /// L8: whether the customer has paid the reseller.
    pub customer_paid: bool,
    /// Whose it is.
    pub customer_id: AccountId,
    /// Whose it is, by name.
    pub customer: String,
    /// Since when.
    pub created_at: Timestamp,
    /// The times that make its state (L9).
    pub life: Life,
}

impl Listed {
    /// Its place in the list.
    pub fn place(&self) -> Place {
        Place::at(self.seq, &self.life)
    }
}

impl Named {
    /// What a list shows of it.
    pub fn listed(&self) -> Listed {
        let license = &self.license;
        Listed {
            seq: self.seq,
            id: license.id,
            key: license.key.clone(),
            product: self.product.clone(),
            option: self.option.clone(),
            kind: license.kind,
            license_type: license.license_type,
            payment: license.payment,
            customer_paid: license.customer_paid.0.is_some(),
            customer_id: license.customer,
            customer: self.customer.clone(),
            created_at: license.created_at,
            life: license.life,
        }
    }
}

pub(super) const COLUMNS: &str = "r.seq, r.id, r.license_key, r.customer_id, r.kind, r.license_type, r.payment_status, \
    r.customer_paid_on, r.created_at, r.valid_until, r.suspended_at, r.revoked_at, r.transferred_at, \
    p.name as product_name, o.name as option_name, a.name as customer_name";
// As in `super::NAMES`.
pub(super) const NAMES: &str = "left join products p on p.id = r.product_id \
    left join license_options o on o.id = r.option_id \
    left join accounts a on a.id = r.customer_id";

pub(super) fn read(row: &AnyRow) -> Result<Listed, Error> {
    Ok(Listed {
        seq: row.int("seq")?,
        id: row.parsed("id")?,
        key: row.word("license_key", |text| LicenseKey::parse(text).ok())?,
        product: row.text("product_name")?,
        option: row.text("option_name")?,
        kind: row.word("kind", Kind::from_word)?,
        license_type: row.word("license_type", Type::from_word)?,
        payment: row.maybe_word("payment_status", PaymentStatus::from_word)?,
        customer_paid: row.maybe_text("customer_paid_on")?.is_some(),
        customer_id: row.parsed("customer_id")?,
        customer: row.text("customer_name")?,
        created_at: row.time("created_at")?,
        life: life(row)?,
    })
}

//! How often a thing was changed. Whoever changes it names the edition that was on the screen, and the
//! guard is the `where`: of two that were made for the same edition, one is the next.

use domain::{AccountId, ContactId, OptionId, PriceListId, ProductId};

use crate::{Error, Tx, tx::pieces};

/// A thing that has editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// An account: its details, its credit limit, its price list.
    Account(AccountId),
    /// A person: the details, the roles, whether it may sign in.
    Contact(ContactId),
    /// A product.
    Product(ProductId),
    /// A license option with its list prices.
    Option(OptionId),
    /// A price list with its prices.
    PriceList(PriceListId),
    /// What the operator, whose account it is, says once about billing.
    BillingSettings(AccountId),
}

impl Of {
    /// Its id, as everything else calls it.
    pub fn id(self) -> String {
        match self {
            Self::Account(id) | Self::BillingSettings(id) => id.to_string(),
            Self::Contact(id) => id.to_string(),
            Self::Product(id) => id.to_string(),
            Self::Option(id) => id.to_string(),
            Self::PriceList(id) => id.to_string(),
        }
    }

    const fn table(self) -> &'static str {
        match self {
            Self::Account(_) => "accounts",
            Self::Contact(_) => "contacts",
            Self::Product(_) => "products",
            Self::Option(_) => "license_options",
            Self::PriceList(_) => "price_lists",
            Self::BillingSettings(_) => "billing_settings",
        }
    }

    /// The column that names it.
    const fn column(self) -> &'static str {
        match self {
            Self::BillingSettings(_) => "account_id",
            _ => "id",
        }
    }
}

/// The edition that is the last one now; `None` when there is no such thing.
///
/// # Errors
/// When the database cannot.
pub async fn last(tx: &mut Tx, of: Of) -> Result<Option<i64>, Error> {
    let sql = format!("select edition from {} where {} = $1", of.table(), of.column());
    Ok(sqlx::query_scalar(pieces(sql)).bind(of.id()).fetch_optional(tx.db()).await?)
}

/// Makes a change the next edition; `false` when there is another than `edition` by now.
///
/// # Errors
/// When the database cannot.
pub async fn raise(tx: &mut Tx, of: Of, edition: i64) -> Result<bool, Error> {
    let sql = format!("update {} set edition = edition + 1 where {} = $1 and edition = $2", of.table(), of.column());
    Ok(sqlx::query(pieces(sql)).bind(of.id()).bind(edition).execute(tx.db()).await?.rows_affected() == 1)
}

//! What the command menu finds.

use crate::shared::{
    actions::{self, Does},
    customers,
};
use crate::storefront::licenses;
use crate::ui::paths;
use domain::{
    Deed, Roles,
    customers::CustomerRow,
    licenses::{LicensesQuery, ResellerRow},
};

/// How many of a kind are shown.
const MOST: usize = 5;

/// One that is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The id of its line.
    pub id: String,
    /// In words.
    pub words: String,
    /// What it is.
    pub hint: String,
    /// Its shortcut.
    pub keys: &'static [&'static str],
    /// What happens when it is chosen.
    pub go: Go,
}

/// What happens when one is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Go {
    /// An action.
    Does(Does),
    /// The page of a thing.
    To(String),
}

/// The actions that fit, but for the one that has opened the menu.
pub fn actions(roles: &Roles, typed: &str) -> Vec<Found> {
    let fit = actions::of(roles).filter(|action| action.does != Does::Command && action.fits(typed));
    let found = fit.map(|action| Found {
        id: format!("command-{}", action.words.to_lowercase().replace(' ', "-")),
        words: action.words.to_owned(),
        hint: String::new(),
        keys: action.keys,
        go: Go::Does(action.does),
    });
    found.collect()
}

/// The customers and licenses that fit; nothing before something is typed.
pub async fn things(roles: &Roles, typed: &str) -> Vec<Found> {
    if typed.trim().is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    if roles.may(Deed::SeeCustomers) {
        let rows = customers::api::search(typed.to_owned()).await.unwrap_or_default();
        found.extend(rows.into_iter().take(MOST).map(customer));
    }
    if roles.may(Deed::SeeLicenses) {
        let view = LicensesQuery { q: typed.to_owned(), ..LicensesQuery::default() };
        let rows = licenses::api::list(view).await.map(|page| page.rows).unwrap_or_default();
        found.extend(rows.into_iter().take(MOST).map(license));
    }
    found
}

fn customer(row: CustomerRow) -> Found {
    Found {
        id: format!("command-{}", row.id),
        words: row.name,
        hint: format!("Customer, {}", row.email),
        keys: &[],
        go: Go::To(paths::customer(row.id)),
    }
}

fn license(row: ResellerRow) -> Found {
    Found {
        id: format!("command-{}", row.id),
        words: row.key,
        hint: format!("License, {}, {}", row.product, row.customer),
        keys: &[],
        go: Go::To(paths::license(row.id)),
    }
}

#[cfg(test)]
mod tests {
    use domain::accounts::Kind;

    use super::*;

    fn words(roles: &Roles, typed: &str) -> Vec<String> {
        actions(roles, typed).into_iter().map(|found| found.words).collect()
    }

    #[test]
    fn only_what_somebody_may_do_is_found() {
        assert_eq!(words(&Roles::chief(Kind::Reseller), "create"), ["Create license", "Create customer"]);
        assert_eq!(words(&Roles::chief(Kind::Customer), "create"), [""; 0]);
    }
}

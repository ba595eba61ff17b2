//! The list of accounts as a table, in the view that the address asks for.

use domain::{
    Deed,
    accounts::{AccountsQuery, Missing, Part},
};

use super::{
    list::{Standing, matching},
    own,
};
use crate::{
    Cx, Error,
    export::{self, PART},
    moment::Zone,
};

/// Its columns, in the words of the screen.
pub const COLUMNS: [&str; 9] =
    ["Account", "E-mail", "State", "Missing", "Currency", "Price list", "Customers", "Licenses", "Added"];

/// The part that begins where the view does.
///
/// # Errors
/// When the actor may not see them.
pub async fn export(cx: &Cx, query: &AccountsQuery) -> Result<export::Part<9>, Error> {
    cx.may(Deed::SeeAccounts)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = own(cx, &mut tx).await?;
    let (rows, next) = matching(cx, &mut tx, query, PART).await?;
    let rows = rows.into_iter().map(|standing| row(standing, zone)).collect();
    Ok(export::Part { rows, next: next.map(|seq| seq.to_string()) })
}

fn row(Standing { listed, missing, price_list }: Standing, zone: Zone) -> [String; 9] {
    let account = listed.account;
    let state = match (account.suspended_at, missing.is_empty()) {
        (Some(_), _) => Part::Suspended,
        (None, true) => Part::Ready,
        (None, false) => Part::NotReady,
    };
    let missing: Vec<_> = missing.into_iter().map(Missing::to_do).collect();
    [
        account.name,
        listed.email.unwrap_or_default(),
        state.label().to_owned(),
        missing.join("; "),
        account.currency.code().to_owned(),
        price_list.unwrap_or_default(),
        account.customers.to_string(),
        account.licenses.to_string(),
        zone.day(account.created_at).to_string(),
    ]
}

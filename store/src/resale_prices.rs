//! What a reseller takes from its customers for one of an option (P4).

use std::collections::HashMap;

use domain::{AccountId, Currency, Money, OptionId};

use crate::{Error, Tx, row::Read};

/// All that an account has recorded in that currency, by option.
///
/// # Errors
/// When the database cannot.
pub async fn of_account(
    tx: &mut Tx,
    account: AccountId,
    currency: Currency,
) -> Result<HashMap<OptionId, Money>, Error> {
    let query = sqlx::query(
        "select option_id, amount, currency
         from resale_prices
         where account_id = $1 and currency = $2",
    );
    let rows = query.bind(account.to_string()).bind(currency.code()).fetch_all(tx.db()).await?;
    rows.iter().map(|row| Ok((row.parsed("option_id")?, row.money("amount", "currency")?))).collect()
}

/// The one of an option.
///
/// # Errors
/// When the database cannot.
pub async fn find(
    tx: &mut Tx,
    account: AccountId,
    option: OptionId,
    currency: Currency,
) -> Result<Option<Money>, Error> {
    let query = sqlx::query(
        "select amount, currency
         from resale_prices
         where account_id = $1 and option_id = $2 and currency = $3",
    );
    let query = query.bind(account.to_string()).bind(option.to_string()).bind(currency.code());
    let row = query.fetch_optional(tx.db()).await?;
    row.as_ref().map(|row| row.money("amount", "currency")).transpose()
}

/// Records one, in place of what was recorded before.
///
/// # Errors
/// When the database cannot.
pub async fn set(tx: &mut Tx, account: AccountId, option: OptionId, price: Money) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into resale_prices (account_id, option_id, currency, amount)
         values ($1, $2, $3, $4)
         on conflict (account_id, option_id, currency) do update set amount = excluded.amount",
    )
    .bind(account.to_string())
    .bind(option.to_string())
    .bind(price.currency.code())
    .bind(price.minor);
    query.execute(tx.db()).await?;
    Ok(())
}

/// Takes it away.
///
/// # Errors
/// When the database cannot.
pub async fn remove(tx: &mut Tx, account: AccountId, option: OptionId, currency: Currency) -> Result<(), Error> {
    let query = sqlx::query("delete from resale_prices where account_id = $1 and option_id = $2 and currency = $3");
    let query = query.bind(account.to_string()).bind(option.to_string()).bind(currency.code());
    query.execute(tx.db()).await?;
    Ok(())
}

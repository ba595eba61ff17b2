//! The ledger: money that comes in settles what is open, and what is left settles what is charged next (B5, C6).

use domain::{
    AccountId, ChargeId, Money, Refusal, Timestamp,
    billing::{self, Entry, EntryKind},
};
use store::{Tx, accounts::Billed};

use crate::{Error, Service, billing::credit_changed};

/// Money of an account has come in: it settles what it is meant for, then the oldest open charge; what is left is paid ahead.
pub(crate) async fn receive(
    service: &Service,
    tx: &mut Tx,
    account: AccountId,
    amount: Money,
    meant_for: &[ChargeId],
    note: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    let entry = Entry::new(EntryKind::Payment, amount)
        .ok_or_else(|| Error::Internal("a payment is more than nothing".to_owned()))?;
    // What is owed then is in one currency and can be counted, or nothing is entered (P5).
    let billed = store::accounts::billed(tx, account).await?.ok_or(Error::NotFound)?;
    let balance = billed.balance.minus(amount).map_err(Refusal::from)?;
    Billed { balance, ..billed }.credit().map_err(Refusal::from)?;
    store::ledger::insert(tx, account, entry, note, now).await?;
    settle(service, tx, account, meant_for, now).await
}

/// Settles what is open of an account with what is left of its payments and credits: no money lies beside a debt. Licenses all of
/// whose charges are settled are paid, and their slots free. It comes last in whatever changed what the account owes, and so sends the
/// reminders that are due (C7). Whoever calls it holds the account.
pub(crate) async fn settle(
    service: &Service,
    tx: &mut Tx,
    account: AccountId,
    meant_for: &[ChargeId],
    now: Timestamp,
) -> Result<(), Error> {
    for (entry, rest) in store::ledger::with_rest(tx, account).await? {
        let open = store::charges::open(tx, account).await?;
        for (charge, share) in billing::settle(&open, meant_for, rest).map_err(Refusal::from)?.shares {
            if !store::ledger::settle(tx, entry, charge, share, now).await? {
                return Err(Error::Internal(format!("charge {charge} was settled by another")));
            }
            store::ledger::pay_settled(tx, account, charge).await?;
        }
    }
    credit_changed(service, tx, account).await
}

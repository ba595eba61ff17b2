//! The ledger: money that comes in settles what is open, and what is left settles what is charged next (B5, C6).

use domain::{
    AccountId, ChargeId, Money, PaymentId, Refusal, Timestamp,
    billing::{self, Entry, EntryKind},
};
use store::{Tx, accounts::Billed};

use crate::{
    Error, Service,
    billing::{credit_changed, let_in},
};

/// Money of an account has come in: it settles what it is meant for, then the oldest open charge; what is left is paid ahead. `payment` is
/// the one that was begun, if it came by one. Gives the place of its entry.
#[expect(clippy::too_many_arguments, reason = "each says something else of the money")]
pub(crate) async fn receive(
    service: &Service,
    tx: &mut Tx,
    account: AccountId,
    amount: Money,
    meant_for: &[ChargeId],
    payment: Option<PaymentId>,
    note: Option<&str>,
    now: Timestamp,
) -> Result<i64, Error> {
    let entry = Entry::new(EntryKind::Payment, amount)
        .ok_or_else(|| Error::Internal("a payment is more than nothing".to_owned()))?;
    // What is owed then is in one currency and can be counted, or nothing is entered (P5).
    let billed = store::accounts::billed(tx, account).await?.ok_or(Error::NotFound)?;
    let balance = billed.balance.minus(amount).map_err(Refusal::from)?;
    Billed { balance, ..billed }.credit().map_err(Refusal::from)?;
    let seq = store::ledger::insert(tx, account, entry, payment, note, now).await?;
    settle(service, tx, account, meant_for, now).await?;
    Ok(seq)
}

/// So much of a payment is taken back: recorded by mistake, or given back to the payer. What it had settled is open again, unless other
/// money lies there that settles it.
pub(crate) async fn take_back(
    service: &Service,
    tx: &mut Tx,
    account: AccountId,
    entry: i64,
    amount: Money,
    note: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    if !store::ledger::take_back(tx, account, entry, amount, note, now).await? {
        return Err(Error::Internal(format!("entry {entry} is less than {amount}")));
    }
    settle(service, tx, account, &[], now).await
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
        if open.is_empty() {
            break;
        }
        for (charge, share) in billing::settle(&open, meant_for, rest).map_err(Refusal::from)?.shares {
            if !store::ledger::settle(tx, entry, charge, share, now).await? {
                return Err(Error::Internal(format!("charge {charge} was settled by another")));
            }
            store::ledger::pay_settled(tx, account, charge).await?;
        }
    }
    credit_changed(service, tx, account).await?;
    // V12: who was suspended for a debt that is paid now is let in at once.
    let_in(service, tx, account).await?;
    Ok(())
}

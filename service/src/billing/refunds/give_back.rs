//! The deed: the license is revoked, credited and *refunded* (B9).

use domain::{
    ChargeId, Deed, FormKey, LicenseId, Refusal,
    audit::What,
    billing::{CreditLine, RefundForm, Refunded, Subscription, Taxed},
};
use serde_json::json;
use store::{Tx, accounts::Account, licenses::Named};

use super::back::Back;
use crate::{
    Cx, Error,
    billing::{
        credit_notes::{Credit, issue, payers},
        invoices,
        paper::amount,
        recur,
    },
    live::Change,
    mail,
    moment::Zone,
};

/// Gives a license of the actor's account back.
///
/// # Errors
/// A message at `reason`; what [`domain::billing::Purchase::refund`] refuses; [`Error::NotFound`] when it is another's.
pub async fn refund(cx: &Cx, key: FormKey, id: LicenseId, form: &RefundForm) -> Result<Refunded, Error> {
    cx.may(Deed::ChangeLicenses)?;
    give_back(cx, key, id, form).await
}

/// Takes a license of any account back.
///
/// # Errors
/// As [`refund`], and [`Error::Unconfirmed`].
pub async fn refund_any(cx: &Cx, key: FormKey, id: LicenseId, form: &RefundForm) -> Result<Refunded, Error> {
    cx.may(Deed::CreditInvoices)?;
    form.check()?;
    cx.confirmed()?;
    give_back(cx, key, id, form).await
}

async fn give_back(cx: &Cx, key: FormKey, id: LicenseId, form: &RefundForm) -> Result<Refunded, Error> {
    let mut tx = cx.service.store.write().await?;
    let found = store::licenses::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    let reason = form.check()?;
    if let Some(done) = cx.once(&mut tx, key, What::LicenseRefunded.word(), (id, form)).await? {
        return Ok(Refunded::from_word(&done).unwrap_or(Refunded::Credited));
    }
    store::accounts::hold(&mut tx, found.license.reseller).await?;
    let named = store::licenses::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    let account = store::accounts::by_id(&mut tx, named.license.reseller).await?.ok_or(Error::NotFound)?;
    let back = Back::of(cx, &mut tx, &account, &named).await?;
    let refund = back.purchase.refund(cx.now())?;
    let runs = runs(cx, &mut tx, &account, &named).await?;
    if !store::licenses::give_back(&mut tx, &named.license, refund.frees_slot, cx.now()).await? {
        return Err(Error::Internal("a license of a held account changed".to_owned()));
    }
    if runs {
        let fewer = |running: &Subscription, today| Ok(running.without(today, 1));
        recur::save(&cx.service, &mut tx, named.license.order_line, fewer).await?;
    }
    let charges: Vec<_> = back.charges.iter().map(|(charge, share)| (charge.id, *share)).collect();
    let notes = credit(cx, &mut tx, &account, &named, &charges, &reason).await?;
    let total = refund.credit.gross().to_string();
    let detail = json!({ "credit notes": notes, "total": total, "reason": reason });
    cx.write_down(&mut tx, What::LicenseRefunded, id, account.id, detail).await?;
    tell(cx, &mut tx, &named, &notes.join(", "), &total, &reason).await?;
    let done = if notes.is_empty() { Refunded::Uncharged } else { Refunded::Credited };
    cx.settle(&mut tx, key, done.word()).await?;
    let version = store::accounts::raise_version(&mut tx, account.id).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    let words = format!("A license for {} was given back", named.customer);
    cx.service.live.announce(Change { account: account.id, version, words });
    Ok(done)
}

/// Whether a license is one of those of a subscription that run today: what has ended already is in none of its next periods.
async fn runs(cx: &Cx, tx: &mut Tx, account: &Account, named: &Named) -> Result<bool, Error> {
    let line = named.license.order_line;
    let Some(stored) = store::subscriptions::find(tx, line).await? else { return Ok(false) };
    let quantity = stored.subscription.terms_on(Zone::of(account).day(cx.now())).quantity;
    let running = store::subscriptions::renewable(tx, line, quantity).await?;
    Ok(running.iter().any(|(license, _)| *license == named.license.id))
}

/// Credits what is left of a license's charges: one credit note for each invoice. What is not invoiced yet is invoiced first, and its
/// invoice asks for nothing. Where nothing was charged yet there is none.
async fn credit(
    cx: &Cx,
    tx: &mut Tx,
    account: &Account,
    named: &Named,
    charges: &[(ChargeId, Taxed)],
    reason: &str,
) -> Result<Vec<String>, Error> {
    invoices::issue_to_credit(cx, tx, account.id, charges).await?;
    let Back { charges, invoices, .. } = Back::of(cx, tx, account, named).await?;
    let own: Vec<_> = charges.iter().map(|(charge, _)| charge.id).collect();
    let mut numbers = Vec::new();
    for invoice in &invoices {
        let mut lines: Vec<CreditLine> = Vec::new();
        for (charge, share) in charges.iter().filter(|(_, share)| share.gross().is_positive()) {
            let Some((_, line)) = charge.invoiced.filter(|(id, _)| *id == invoice.id) else { continue };
            match lines.iter_mut().find(|other| other.line == line) {
                Some(other) => other.amount = amount(other.amount.plus(*share))?,
                None => lines.push(CreditLine { line, amount: *share }),
            }
        }
        if !lines.is_empty() {
            numbers.push(
                issue(cx, tx, Credit { account, invoice, lines, first: &own, reason }).await?.number().to_string(),
            );
        }
    }
    match numbers.is_empty() && !charges.is_empty() {
        true => Err(Refusal::NothingToRefund.into()),
        false => Ok(numbers),
    }
}

async fn tell(cx: &Cx, tx: &mut Tx, named: &Named, notes: &str, total: &str, reason: &str) -> Result<(), Error> {
    let link = format!("{}/licenses/{}", cx.service.settings.base_url, named.license.id);
    for person in payers(tx, named.license.reseller).await? {
        let letter = mail::LicenseRefunded {
            name: &person.first_name,
            product: &named.product,
            customer: &named.customer,
            amount: total,
            notes,
            reason,
            link: &link,
        };
        let subject = format!("A license of {} has been given back", named.product);
        mail::post_person(&cx.service, tx, &person, &subject, &letter).await?;
    }
    Ok(())
}

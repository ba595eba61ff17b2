//! Beginning a payment: what it is for is held for it, so that nobody pays for the same twice (B6).

use domain::{
    Deed, FieldErrors, FormKey, Money, Refusal,
    audit::What,
    billing::{Method, PayForm, PaymentNumber, PaymentState, Purpose},
    orders::{Consent, ConsentForm},
};
use serde_json::json;
use store::{Tx, accounts::Account, payments::Payment};

use super::{card, wanted::Wanted};
use crate::{Cx, Error, accounts, card::OPEN_FOR, live::Change, tokens};

/// Begins a payment for licenses or invoices, all or none of them, and gives its number. By card, its page is opened as well.
///
/// # Errors
/// Messages at the fields; [`Refusal::TermsOfPaymentChanged`], [`Refusal::ToPayChanged`], [`Refusal::BeingPaid`], [`Refusal::NotToBePaid`] and the like.
pub async fn begin(cx: &Cx, key: FormKey, form: &PayForm) -> Result<PaymentNumber, Error> {
    cx.may(Deed::Pay)?;
    let asked = form.asked().check()?;
    let mut tx = cx.service.store.write().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    if let Some(done) = cx.once(&mut tx, key, What::PaymentBegun.word(), form).await? {
        return done.parse().map_err(|_| Error::NotFound);
    }
    store::accounts::hold(&mut tx, account.id).await?;
    let terms = store::billing_settings::find(&mut tx).await?.terms;
    let (method, consent) = check(cx, form, &terms)?;
    let wanted = Wanted::of(cx, &mut tx, account.id, zone, &asked).await?;
    if let Some(refusal) = &wanted.refusal {
        return Err(refusal.clone().into());
    }
    let seen = form.total.parse().map_err(|_| Refusal::FormUnknown)?;
    if seen != wanted.total.minor {
        let seen = Money::new(seen, wanted.total.currency);
        return Err(Refusal::ToPayChanged { seen, now: wanted.total }.into());
    }
    let payment = new(cx, &mut tx, &account, wanted.purpose, method, wanted.total).await?;
    store::payments::insert(&mut tx, &payment, Some(&consent)).await?;
    for (charge, open) in wanted.charges() {
        if !store::payments::hold_charge(&mut tx, payment.id, charge, open).await? {
            return Err(Refusal::InvoiceBeingPaid.into());
        }
    }
    finish(cx, tx, key, &payment).await
}

fn check(cx: &Cx, form: &PayForm, terms: &str) -> Result<(Method, Consent), Error> {
    let mut errors = FieldErrors::default();
    let method = errors.take_all(Method::check(&form.method, cx.service.settings.card.is_some()));
    let accept = ConsentForm { accept: form.accept.clone() };
    let origin = &cx.origin;
    let consent = accept.check(terms, cx.actor.contact, cx.now(), &origin.address, &origin.browser);
    let consent = errors.take_all(consent);
    let said = method.zip(consent).ok_or(errors)?;
    if form.terms == tokens::hash(terms) { Ok(said) } else { Err(Refusal::TermsOfPaymentChanged.into()) }
}

/// A payment that is about to be begun.
pub(super) async fn new(
    cx: &Cx,
    tx: &mut Tx,
    account: &Account,
    purpose: Purpose,
    method: Method,
    asked: Money,
) -> Result<Payment, Error> {
    let (now, nothing) = (cx.now(), Money::zero(asked.currency));
    Ok(Payment {
        id: cx.service.random.id(now),
        number: store::payments::next_number(tx).await?,
        account: account.id,
        purpose,
        method,
        state: PaymentState::Begun,
        asked,
        received: nothing,
        given_back: nothing,
        session: None,
        intent: None,
        page_url: None,
        begun_by: cx.actor.contact,
        begun_at: now,
        expires_at: (method == Method::Card).then(|| now + OPEN_FOR),
        ended_at: None,
        problem: None,
        failure: None,
    })
}

/// Writes it down and commits; a page for a card is opened afterwards, outside of any transaction.
pub(super) async fn finish(cx: &Cx, mut tx: Tx, key: FormKey, payment: &Payment) -> Result<PaymentNumber, Error> {
    let detail = json!({ "number": payment.number.to_string(), "amount": payment.asked.to_string(),
        "method": payment.method.label(), "for": payment.purpose.label() });
    cx.write_down(&mut tx, What::PaymentBegun, payment.id, payment.account, detail).await?;
    cx.settle(&mut tx, key, payment.number).await?;
    let version = store::accounts::raise_version(&mut tx, payment.account).await?;
    tx.commit().await?;
    let words = format!("Payment {} was begun", payment.number);
    cx.service.live.announce(Change { account: payment.account, version, words });
    if payment.method == Method::Card {
        // Whatever comes of it stands on the page of the payment.
        card::open(&cx.service, payment).await?;
    }
    Ok(payment.number)
}

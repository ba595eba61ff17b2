//! Money that came in by bank transfer: recorded by finance, assigned where nobody knew whose it was, taken back when it was recorded by
//! mistake (B7). Partial, double and over-payments are money like any other: what is left over settles the oldest, or is paid ahead.

use domain::{
    AccountId, ChargeId, Deed, FieldErrors, FormKey, InvoiceId, Money, ReceiptId, Refusal,
    accounts::Kind,
    audit::What,
    billing::{InvoiceNumber, PaymentNumber, PaymentState, Receipt, ReceiptForm, Reference, Whose},
    time,
};
use serde_json::json;
use store::{Tx, accounts::Account, payments::Payment, receipts::Receipt as Stored};

use super::{money, tell};
use crate::{Cx, Error, accounts, ledger, live::Change};

/// Where a receipt goes.
pub(super) struct Landing {
    pub(super) account: Account,
    payment: Option<Payment>,
    invoice: Option<InvoiceId>,
    meant_for: Vec<ChargeId>,
    /// What it is for, in words.
    pub(super) what: String,
}

impl Landing {
    /// What a reference leads to, if that is anything of ours.
    pub(super) async fn of(tx: &mut Tx, reference: Reference) -> Result<Option<Self>, Error> {
        match reference {
            Reference::Payment(number) => {
                let Some(payment) = store::payments::by_number(tx, number).await? else { return Ok(None) };
                let account = store::accounts::by_id(tx, payment.account).await?.ok_or(Error::NotFound)?;
                let what = number.to_string();
                Ok(Some(Self { account, payment: Some(payment), invoice: None, meant_for: Vec::new(), what }))
            }
            Reference::Invoice(number) => {
                let Some((invoice, account)) = store::receipts::invoice(tx, number).await? else { return Ok(None) };
                let due = store::payments::of_invoice(tx, account, number).await?;
                let account = store::accounts::by_id(tx, account).await?.ok_or(Error::NotFound)?;
                let (meant_for, what) = (due.iter().map(|due| due.charge).collect(), number.to_string());
                Ok(Some(Self { account, payment: None, invoice: Some(invoice), meant_for, what }))
            }
        }
    }

    /// Of a reseller, for nothing in particular.
    async fn of_account(tx: &mut Tx, account: AccountId) -> Result<Option<Self>, Error> {
        let account = store::accounts::by_id(tx, account).await?.filter(|account| account.kind == Kind::Reseller);
        let what = "its oldest open charges".to_owned();
        Ok(account.map(|account| Self { account, payment: None, invoice: None, meant_for: Vec::new(), what }))
    }

    /// Money in another currency than the account's settles nothing.
    pub(super) fn takes(&self, amount: Money) -> bool {
        self.account.currency == amount.currency
    }
}

/// Records a receipt and gives it. With a reference of ours it settles at once; otherwise it waits for somebody to say whose it is.
///
/// # Errors
/// Messages at the fields, also when the bank's id was recorded before.
pub async fn record(cx: &Cx, key: FormKey, form: &ReceiptForm) -> Result<ReceiptId, Error> {
    cx.may(Deed::RecordPayments)?;
    let mut tx = cx.service.store.write().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let receipt = form.check(zone.day(cx.now()))?;
    if let Some(done) = cx.once(&mut tx, key, What::ReceiptRecorded.word(), form).await? {
        return done.parse().map_err(|_| Error::NotFound);
    }
    let (id, change) = keep(cx, &mut tx, &receipt).await?;
    let id = id.ok_or_else(|| FieldErrors::at("bank_id", "A receipt with this bank id was recorded before."))?;
    cx.settle(&mut tx, key, id).await?;
    tx.commit().await?;
    announce(cx, change);
    Ok(id)
}

pub(super) fn announce(cx: &Cx, changes: impl IntoIterator<Item = Change>) {
    cx.service.post.notify_one();
    for change in changes {
        cx.service.live.announce(change);
    }
}

/// Stores a receipt and lets it settle, where it says what it is for. No id when the bank's id was recorded before.
pub(super) async fn keep(
    cx: &Cx,
    tx: &mut Tx,
    receipt: &Receipt,
) -> Result<(Option<ReceiptId>, Option<Change>), Error> {
    let now = cx.now();
    let stored = Stored {
        id: cx.service.random.id(now),
        account: None,
        payment: None,
        invoice: None,
        received_on: receipt.received_on,
        amount: receipt.amount,
        text: receipt.text.clone(),
        bank_id: receipt.bank_id.clone(),
        entry: None,
        recorded_by: cx.actor.contact,
        created_at: now,
        taken_back_at: None,
    };
    if !store::receipts::insert(tx, &stored).await? {
        return Ok((None, None));
    }
    let detail = json!({ "amount": receipt.amount.to_string(), "received on": receipt.received_on });
    cx.write_down(tx, What::ReceiptRecorded, stored.id, cx.actor.account, detail).await?;
    let landing = match receipt.reference {
        Some(reference) => Landing::of(tx, reference).await?.filter(|landing| landing.takes(receipt.amount)),
        None => None,
    };
    let change = match landing {
        Some(landing) => Some(put(cx, tx, &stored, &landing).await?),
        None => None,
    };
    Ok((Some(stored.id), change))
}

/// The money of a receipt settles what it lands at.
async fn put(cx: &Cx, tx: &mut Tx, receipt: &Stored, landing: &Landing) -> Result<Change, Error> {
    let (account, amount) = (landing.account.id, receipt.amount);
    store::accounts::hold(tx, account).await?;
    let payment = match &landing.payment {
        Some(payment) => store::payments::by_id(tx, payment.id).await?,
        None => None,
    };
    let entry = match &payment {
        Some(payment) => money::money_in(&cx.service, tx, payment, amount, None).await?,
        None => {
            let words = format!("Bank transfer of {}", time::day(receipt.received_on));
            ledger::receive(&cx.service, tx, account, amount, &landing.meant_for, None, Some(&words), cx.now()).await?
        }
    };
    let meant_for = (payment.map(|payment| payment.id), landing.invoice);
    if !store::receipts::assign(tx, receipt.id, account, meant_for, entry).await? {
        return Err(Refusal::ReceiptIs { state: "assigned or taken back".to_owned() }.into());
    }
    let detail = json!({ "amount": amount.to_string(), "for": landing.what });
    cx.write_down(tx, What::ReceiptAssigned, receipt.id, account, detail).await?;
    let version = store::accounts::raise_version(tx, account).await?;
    Ok(Change { account, version, words: format!("{amount} came in") })
}

/// Says whose a receipt is that waits: by the number of an invoice or a payment, or by the account alone.
///
/// # Errors
/// Messages at the fields; [`Refusal::ReceiptIs`] when somebody else was faster.
pub async fn assign(cx: &Cx, key: FormKey, id: ReceiptId, form: &Whose) -> Result<(), Error> {
    cx.may(Deed::RecordPayments)?;
    let mut tx = cx.service.store.write().await?;
    let found = store::receipts::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    if cx.once(&mut tx, key, What::ReceiptAssigned.word(), (id, form)).await?.is_some() {
        return Ok(());
    }
    let landing = landing(&mut tx, form).await?;
    if !landing.takes(found.receipt.amount) {
        let (name, currency) = (&landing.account.name, landing.account.currency.code());
        let message = format!("{name} is charged in {currency}, and this is {}.", found.receipt.amount);
        return Err(
            FieldErrors::at(if form.reference.trim().is_empty() { "account" } else { "reference" }, message).into()
        );
    }
    let change = put(cx, &mut tx, &found.receipt, &landing).await?;
    tx.commit().await?;
    announce(cx, [change]);
    Ok(())
}

async fn landing(tx: &mut Tx, form: &Whose) -> Result<Landing, Error> {
    let typed = form.reference.trim();
    if typed.is_empty() {
        let account = form.account.parse().ok();
        let found = match account {
            Some(account) => Landing::of_account(tx, account).await?,
            None => None,
        };
        return found.ok_or_else(|| FieldErrors::at("reference", "Enter a number, or choose an account.").into());
    }
    let number = typed.to_ascii_uppercase();
    let reference = if number.starts_with("INV-") {
        number.parse::<InvoiceNumber>().ok().map(Reference::Invoice)
    } else if number.starts_with("PAY-") {
        number.parse::<PaymentNumber>().ok().map(Reference::Payment)
    } else {
        Some(Reference::read(typed).map_err(|error| FieldErrors::at("reference", error.to_string()))?)
    };
    let found = match reference {
        Some(reference) => Landing::of(tx, reference).await?,
        None => None,
    };
    found.ok_or_else(|| FieldErrors::at("reference", "There is no such invoice or payment.").into())
}

/// Takes back a receipt that was recorded by mistake: what it had settled is open again. Its bank id can be recorded anew.
///
/// # Errors
/// [`Refusal::ReceiptIs`] when it was taken back before.
pub async fn take_back(cx: &Cx, key: FormKey, id: ReceiptId) -> Result<(), Error> {
    cx.may(Deed::RecordPayments)?;
    let mut tx = cx.service.store.write().await?;
    let receipt = store::receipts::find(&mut tx, id).await?.ok_or(Error::NotFound)?.receipt;
    if cx.once(&mut tx, key, What::ReceiptTakenBack.word(), id).await?.is_some() {
        return Ok(());
    }
    if let Some(account) = receipt.account {
        store::accounts::hold(&mut tx, account).await?;
    }
    if !store::receipts::take_back(&mut tx, id, cx.actor.contact, cx.now()).await? {
        return Err(Refusal::ReceiptIs { state: "taken back".to_owned() }.into());
    }
    let receipt = store::receipts::find(&mut tx, id).await?.ok_or(Error::NotFound)?.receipt;
    let change = match (receipt.account, receipt.entry) {
        (Some(account), Some(entry)) => Some(reverse(cx, &mut tx, &receipt, account, entry).await?),
        _ => None,
    };
    let account = receipt.account.unwrap_or(cx.actor.account);
    let detail = json!({ "amount": receipt.amount.to_string(), "received on": receipt.received_on });
    cx.write_down(&mut tx, What::ReceiptTakenBack, id, account, detail).await?;
    tx.commit().await?;
    announce(cx, change);
    Ok(())
}

async fn reverse(cx: &Cx, tx: &mut Tx, receipt: &Stored, account: AccountId, entry: i64) -> Result<Change, Error> {
    let payment = match receipt.payment {
        Some(id) => store::payments::by_id(tx, id).await?,
        None => None,
    };
    let words = format!("Bank transfer of {}, taken back", time::day(receipt.received_on));
    ledger::take_back(&cx.service, tx, account, entry, receipt.amount, Some(&words), cx.now()).await?;
    if let Some(payment) = payment {
        let less = receipt.amount.opposite().map_err(Refusal::from)?;
        store::payments::receive(tx, payment.id, less, None).await?;
        let left = payment.received.minor - receipt.amount.minor;
        if payment.state == PaymentState::Received && left < payment.asked.minor {
            let why = "The operator had recorded money by mistake, and has taken it back.";
            store::payments::end(tx, &payment, PaymentState::Failed, Some(why), cx.now()).await?;
            let detail = json!({ "number": payment.number.to_string() });
            cx.write_down(tx, What::PaymentFailed, payment.id, account, detail).await?;
            let counts = Money::new(left - payment.given_back.minor, payment.asked.currency);
            tell::failed(&cx.service, tx, &payment, counts, why).await?;
        }
    }
    let version = store::accounts::raise_version(tx, account).await?;
    Ok(Change { account, version, words: format!("{} was taken back", receipt.amount) })
}

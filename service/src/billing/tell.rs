//! Whom a reseller's money is told to: those of its people who may pay.

use askama::Template;
use domain::{
    AccountId, BasisPoints, Deed, Money, Refusal,
    billing::{Available, BankDetails, Credit, InvoiceNumber},
    time,
};
use store::{Tx, contacts::Contact, invoices::OpenInvoice, overdue::Due};

use crate::{Error, Service, mail};

/// The credit has come down to a percentage of the limit (C7).
#[derive(Template)]
#[template(path = "credit_reminder.txt")]
struct CreditReminder<'a> {
    name: &'a str,
    organisation: &'a str,
    at: String,
    available: String,
    limit: String,
    balance: String,
    link: &'a str,
}

/// An invoice is overdue (B8).
#[derive(Template)]
#[template(path = "invoice_overdue.txt")]
struct InvoiceOverdue<'a> {
    name: &'a str,
    organisation: &'a str,
    number: InvoiceNumber,
    due: String,
    open: String,
    last: bool,
    link: &'a str,
}

/// The account is suspended because of what it owes (C8).
#[derive(Template)]
#[template(path = "suspended_by_debt.txt")]
struct SuspendedByDebt<'a> {
    name: &'a str,
    organisation: &'a str,
    reason: &'a str,
    /// What brings the debt within the limit; none where nothing does.
    missing: Option<String>,
    invoices: &'a [OpenInvoice],
    /// How many more are open.
    more: i64,
    bank: Option<&'a BankDetails>,
    link: &'a str,
}

/// The debt is within the limit again (V12).
#[derive(Template)]
#[template(path = "let_in_again.txt")]
struct LetInAgain<'a> {
    name: &'a str,
    organisation: &'a str,
    link: &'a str,
}

/// So many open invoices are named in a mail.
const INVOICES: i64 = 10;

/// C7: so much of the limit or less is left.
pub(super) async fn credit(
    service: &Service,
    tx: &mut Tx,
    account: AccountId,
    at: BasisPoints,
    credit: &Credit,
) -> Result<(), Error> {
    let (organisation, people) = payers(tx, account).await?;
    let link = format!("{}/billing/top-up", service.settings.base_url);
    let subject = match at.get() {
        0 => "Your credit is used up".to_owned(),
        _ => format!("{at} of your credit limit or less is left"),
    };
    for person in people {
        let letter = CreditReminder {
            name: &person.first_name,
            organisation: &organisation,
            at: at.to_string(),
            available: credit.available().to_string(),
            limit: credit.limit().label(credit.balance().currency),
            balance: credit.balance().to_string(),
            link: &link,
        };
        mail::post_bulk(service, tx, &person, &subject, &letter).await?;
    }
    Ok(())
}

/// B8: an invoice is overdue; `last` says that no other reminder will follow.
pub(super) async fn overdue(service: &Service, tx: &mut Tx, due: &Due, open: Money, last: bool) -> Result<(), Error> {
    let (organisation, people) = payers(tx, due.account).await?;
    let link = format!("{}/billing/invoices/{}", service.settings.base_url, due.number);
    let subject = format!("Invoice {} is overdue", due.number);
    for person in people {
        let letter = InvoiceOverdue {
            name: &person.first_name,
            organisation: &organisation,
            number: due.number,
            due: time::day(due.due_on),
            open: open.to_string(),
            last,
            link: &link,
        };
        mail::post_bulk(service, tx, &person, &subject, &letter).await?;
    }
    Ok(())
}

/// C8: the account is suspended: by how much too much is owed, by which invoices, and where to pay it to (V12).
pub(super) async fn suspended(
    service: &Service,
    tx: &mut Tx,
    account: AccountId,
    reason: &str,
    credit: &Credit,
) -> Result<(), Error> {
    let (organisation, people) = payers(tx, account).await?;
    let bank = store::billing_settings::find(tx).await?.bank;
    let (invoices, all) = store::invoices::open_of(tx, account, INVOICES).await?;
    let missing = match credit.available() {
        Available::Amount(left) if left.minor < 0 => Some(left.opposite().map_err(Refusal::from)?.to_string()),
        _ => None,
    };
    let link = format!("{}/billing", service.settings.base_url);
    for person in people {
        let letter = SuspendedByDebt {
            name: &person.first_name,
            organisation: &organisation,
            reason,
            missing: missing.clone(),
            invoices: &invoices,
            more: all - i64::try_from(invoices.len()).unwrap_or(all),
            bank: bank.as_ref(),
            link: &link,
        };
        mail::post_person(service, tx, &person, "Your account is suspended", &letter).await?;
    }
    Ok(())
}

/// V12: everything is open to the account again.
pub(super) async fn let_in(service: &Service, tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    let (organisation, people) = payers(tx, account).await?;
    for person in people {
        let link = &service.settings.base_url;
        let letter = LetInAgain { name: &person.first_name, organisation: &organisation, link };
        mail::post_person(service, tx, &person, "Your account is active again", &letter).await?;
    }
    Ok(())
}

/// The name of an account, and its people who may pay.
async fn payers(tx: &mut Tx, account: AccountId) -> Result<(String, Vec<Contact>), Error> {
    let name = store::accounts::by_id(tx, account).await?.ok_or(Error::NotFound)?.name;
    let mut people = store::contacts::active_of(tx, account).await?;
    people.retain(|person| person.roles.may(Deed::Pay));
    Ok((name, people))
}

//! Whom a reseller's money is told to: those of its people who may pay.

use askama::Template;
use domain::{
    AccountId, BasisPoints, Deed, Money,
    billing::{Credit, InvoiceNumber},
    time,
};
use store::{Tx, contacts::Contact, overdue::Due};

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
}

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
        mail::post_bulk(service, tx, &person.email, &subject, &letter).await?;
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
        mail::post_bulk(service, tx, &person.email, &subject, &letter).await?;
    }
    Ok(())
}

/// C8: nobody of the account signs in any more.
pub(super) async fn suspended(service: &Service, tx: &mut Tx, account: AccountId, reason: &str) -> Result<(), Error> {
    let (organisation, people) = payers(tx, account).await?;
    for person in people {
        let letter = SuspendedByDebt { name: &person.first_name, organisation: &organisation, reason };
        mail::post(service, tx, &person.email, "Your account is suspended", &letter).await?;
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

//! Whom an invoice goes to: those who pay for the account. The mail has a link, and no file.

use domain::{Deed, Money, Refusal, Role, time};
use store::{Tx, invoices::Stored};

use crate::{Error, Service, mail};

/// It is issued: its billing agents are told, or its admins where it has none.
pub(super) async fn issued(service: &Service, tx: &mut Tx, issued: &Stored) -> Result<(), Error> {
    let invoice = &issued.invoice;
    let (number, total) = (invoice.number().to_string(), invoice.total().gross().to_string());
    let some = |amount: Money| amount.is_positive().then(|| amount.to_string());
    let by_credit = issued.letterhead.by_credit.unwrap_or_else(|| Money::zero(issued.open.currency));
    let asked = issued.open.minus(by_credit).map_err(Refusal::from)?;
    let (due, link) = (time::day(invoice.due_on()), format!("{}/billing/invoices/{number}", service.settings.base_url));
    let mut people = store::contacts::active_of(tx, issued.account).await?;
    people.retain(|person| person.roles.may(Deed::SeeBilling));
    let agents = people.iter().any(|person| person.roles.has(Role::BillingAgent));
    for person in people.iter().filter(|person| !agents || person.roles.has(Role::BillingAgent)) {
        let letter = mail::InvoiceIssued {
            name: &person.first_name,
            number: &number,
            total: &total,
            due: &due,
            paid_ahead: some(issued.paid_ahead),
            by_credit: some(by_credit),
            open: some(asked),
            link: &link,
        };
        mail::post_bulk(service, tx, person, &format!("Invoice {number}"), &letter).await?;
    }
    Ok(())
}

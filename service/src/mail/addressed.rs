//! Mails to one person for a purpose: in a lane of the outbox, and with what those who had them sent may know of them.

use std::sync::Arc;

use askama::Template;
use domain::{
    Deed, LicenseId, MailId, OrderId,
    mail::{Delivery, Lane, Purpose, moved_to},
};
use store::{
    Tx,
    contacts::Contact,
    mail::people::{First, Latest, Of},
};

use super::{put, secret::Text};
use crate::{Cx, Error, Service, moment::Zone};

/// How long an answer of a mail server may be that is kept for those who had the mail sent.
const ANSWER: usize = 300;

/// Puts a mail to a person into the outbox, in the deed's transaction. Those who had it sent are told when it cannot be
/// delivered.
pub(crate) async fn post_to(
    service: &Service,
    tx: &mut Tx,
    (contact, purpose, lane): (&Contact, Purpose, Lane),
    subject: &str,
    mail: &impl Template,
) -> Result<(), Error> {
    let id = put(service, tx, &contact.email, subject, mail).await?;
    Ok(store::mail::people::address(tx, id, contact.id, purpose, lane, service.clock.now()).await?)
}

/// The same with the details of licenses: what becomes of it is told at those.
pub(crate) async fn post_details(
    service: &Service,
    tx: &mut Tx,
    (contact, of, lane): (&Contact, Of, Lane),
    subject: &str,
    mail: &impl Template,
) -> Result<(), Error> {
    let id = put(service, tx, &contact.email, subject, mail).await?;
    Ok(store::mail::people::address_details(tx, id, contact.id, of, lane, service.clock.now()).await?)
}

/// A mail to somebody who is about to be added, to be put into the outbox with others.
pub(crate) fn first(service: &Service, contact: &Contact, mail: &impl Template) -> Result<First, Error> {
    let text = Text::of(mail)?;
    let id = service.random.id(service.clock.now());
    let recipient = contact.email.clone();
    Ok(First { id, contact: contact.id, recipient, body: text.shown, whole: text.whole })
}

/// Puts a mail to a person into the outbox, in the deed's transaction. Nobody else is told whether it arrives.
pub(crate) async fn post_person(
    service: &Service,
    tx: &mut Tx,
    contact: &Contact,
    subject: &str,
    mail: &impl Template,
) -> Result<(), Error> {
    let id = put(service, tx, &contact.email, subject, mail).await?;
    Ok(store::mail::people::to(tx, id, contact.id).await?)
}

/// Puts one mail of many to a person into the outbox, in the deed's transaction: those that somebody waits for go before it.
pub(crate) async fn post_bulk(
    service: &Service,
    tx: &mut Tx,
    contact: &Contact,
    subject: &str,
    mail: &impl Template,
) -> Result<(), Error> {
    let id = put(service, tx, &contact.email, subject, mail).await?;
    store::mail::people::to(tx, id, contact.id).await?;
    Ok(store::mail::set_lane(tx, id, Lane::Bulk).await?)
}

/// What became of the last mails to somebody, as far as the actor may know: of the own people and customers. Those for these purposes
/// can be sent again by the actor.
pub(crate) async fn deliveries(
    cx: &Cx,
    tx: &mut Tx,
    zone: Zone,
    contact: &Contact,
    again: &[Purpose],
) -> Result<Vec<Delivery>, Error> {
    let latest = store::mail::people::latest(tx, &cx.scope(), contact.id).await?;
    Ok(latest.into_iter().map(|mail| told(mail, zone, again)).collect())
}

/// What became of the last mail with the details of an order that has been found in scope.
pub(crate) async fn delivery_of(
    cx: &Cx,
    tx: &mut Tx,
    zone: Zone,
    order: OrderId,
    only_one: bool,
) -> Result<Option<Delivery>, Error> {
    let latest = store::mail::people::of_order(tx, &cx.scope(), order, only_one).await?;
    Ok(latest.map(|mail| told(mail, zone, details_again(cx))))
}

/// What became of the last mail with the details of a license that has been found in scope, with its order.
pub(crate) async fn delivery_of_license(
    cx: &Cx,
    tx: &mut Tx,
    zone: Zone,
    order: OrderId,
    license: LicenseId,
) -> Result<Option<Delivery>, Error> {
    let latest = store::mail::people::of_license(tx, &cx.scope(), order, license).await?;
    Ok(latest.map(|mail| told(mail, zone, details_again(cx))))
}

/// Details are sent again, at the order or the license, by whoever edits licenses.
pub(crate) fn details_again(cx: &Cx) -> &'static [Purpose] {
    if cx.actor.may(Deed::EditLicenses) { &[Purpose::Details] } else { &[] }
}

fn told(mail: Latest, zone: Zone, again: &[Purpose]) -> Delivery {
    Delivery {
        purpose: mail.purpose,
        moved_to: moved_to(&mail.to, mail.now),
        to: mail.to,
        state: mail.state,
        at: zone.moment(mail.at),
        answer: mail.answer,
        again: again.contains(&mail.purpose),
    }
}

/// Whether a mail of that lane is due. To look for it keeps nobody from writing.
///
/// # Errors
/// When the database does not answer.
pub async fn any_due(service: &Arc<Service>, lane: Lane) -> Result<bool, Error> {
    let mut tx = service.store.read_once().await?;
    Ok(store::mail::any_due(&mut tx, lane, service.clock.now()).await?)
}

/// Keeps what the mail server answered when it did not take a mail, in one line.
///
/// # Errors
/// When the database does not answer.
pub async fn answered(service: &Arc<Service>, id: MailId, answer: Option<&str>) -> Result<(), Error> {
    let line = answer.map(one_line);
    let mut tx = service.store.write().await?;
    store::mail::people::answered(&mut tx, id, line.as_deref()).await?;
    Ok(tx.commit().await?)
}

/// What a server says may have any length and any signs in it.
fn one_line(answer: &str) -> String {
    let words = answer.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(ANSWER).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x3_an_answer_of_a_mail_server_is_one_line_of_text_and_not_endless() {
        assert_eq!(one_line("550 no such\r\n\tperson\u{0}here \u{1b}[31m"), "550 no such person here [31m");
        assert_eq!(one_line(&"x".repeat(1_000)).len(), ANSWER);
    }
}

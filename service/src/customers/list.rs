//! The reseller's customers: the list, the search in the wizard, the page of one.

use domain::{
    AccountId, Deed, FormKey, Refusal,
    audit::What,
    contacts::State,
    customers::{CustomerPage, CustomerRow, Customers, CustomersQuery},
    licenses::SearchText,
    mail::{Delivery, Purpose},
};
use store::{contacts::Contact, customers::Customer, licenses::Page};

use crate::{Cx, Error, accounts, contacts, licenses, mail, moment::Zone};

const PAGE: usize = 50;

/// A page of the reseller's customers, newest first.
///
/// # Errors
/// When the actor may not see them.
pub async fn list(cx: &Cx, query: &CustomersQuery) -> Result<Customers, Error> {
    cx.may(Deed::SeeCustomers)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let search = SearchText::of(&query.q);
    if search.is_none() && !query.q.trim().is_empty() {
        return Ok(Customers { rows: Vec::new(), next: None });
    }
    let mut rows = store::customers::page(&mut tx, &cx.scope(), search.as_ref(), query.after, PAGE as i64 + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| row.seq);
    let shown: Vec<_> = rows.iter().map(|customer| customer.id).collect();
    let undelivered = store::mail::people::undelivered_to(&mut tx, &shown).await?;
    let rows = rows.into_iter().map(|customer| {
        let undelivered = undelivered.contains(&customer.id);
        CustomerRow { undelivered, ..row(customer, zone) }
    });
    Ok(Customers { rows: rows.collect(), next })
}

/// The customers that a wizard offers: up to ten, the newest when nothing is typed.
///
/// # Errors
/// When the actor may not see them.
pub async fn search(cx: &Cx, q: &str) -> Result<Vec<CustomerRow>, Error> {
    let query = CustomersQuery { q: q.to_owned(), after: None };
    let mut found = list(cx, &query).await?.rows;
    found.truncate(10);
    Ok(found)
}

/// The page of one customer.
///
/// # Errors
/// [`Error::NotFound`] when it is not a customer of the actor's account (A11).
pub async fn find(cx: &Cx, id: AccountId) -> Result<CustomerPage, Error> {
    cx.may(Deed::SeeCustomers)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let customer = store::customers::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    let person = store::contacts::first_of(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let page = Page { customer: Some(id), most: PAGE as i64, ..Page::default() };
    let now = cx.now();
    let licenses = store::licenses::rows(&mut tx, &cx.scope(), &page, now).await?;
    let mut again = mail::details_again(cx).to_vec();
    again.extend((takes_link(&person) && cx.actor.may(Deed::CreateCustomers)).then_some(Purpose::Activation));
    let deliveries = mail::deliveries(cx, &mut tx, zone, &person, &again).await?;
    let undelivered = deliveries.iter().any(Delivery::failed);
    Ok(CustomerPage {
        row: CustomerRow { undelivered, ..row(customer, zone) },
        deliveries,
        username: person.username,
        phone: person.phone,
        password_due: person.password_given_at.is_some(),
        first_signed_in: person.first_signed_in_at.map(|at| zone.moment(at)),
        licenses: licenses.into_iter().map(|listed| licenses::row(listed, zone, now)).collect(),
    })
}

/// Sends the customer's person a new activation link; it activates, or unlocks (A5, A6).
///
/// # Errors
/// [`Refusal::NotPending`] when the person can sign in.
pub async fn resend_link(cx: &Cx, key: FormKey, id: AccountId) -> Result<(), Error> {
    cx.may(Deed::CreateCustomers)?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::Invited.word(), id).await?.is_some() {
        return Ok(());
    }
    store::customers::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    let person = store::contacts::first_of(&mut tx, id).await?.ok_or(Error::NotFound)?;
    if !takes_link(&person) {
        return Err(Refusal::NotPending.into());
    }
    cx.may_mail(&mut tx, &person.email)?;
    contacts::invite(&cx.service, &mut tx, &person, &cx.actor.organisation).await?;
    cx.write_down(&mut tx, What::Invited, person.id, id, ()).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(())
}

/// Whether a new activation link is of use to the person.
fn takes_link(person: &Contact) -> bool {
    matches!(person.state(), State::PendingActivation | State::Locked)
}

/// A customer as the list shows it, before it is asked whether its mails arrive.
pub(crate) fn row(customer: Customer, zone: Zone) -> CustomerRow {
    CustomerRow {
        id: customer.id,
        name: customer.name,
        person: customer.person,
        email: customer.email,
        state: customer.state,
        undelivered: false,
        licenses: customer.licenses,
        created: zone.moment(customer.created_at),
    }
}

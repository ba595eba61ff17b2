//! The payments of one's own account, and the page of each.

use domain::{
    Deed, Money, Refusal,
    billing::{
        Method, PaymentNumber, PaymentPage, PaymentRow, PaymentState, Payments, PaymentsQuery, Purpose, Reference,
        ToPayForm,
    },
};
use store::{
    Tx,
    payments::{Listed, Payment},
};

use super::wanted;
use crate::{Cx, Error, accounts, audit, moment::Zone};

const PAGE: usize = 50;
/// How many lines the page of a payment shows.
const LINES: usize = 100;

/// A page of the payments of the actor's account, newest first.
///
/// # Errors
/// When the actor may not see them.
pub async fn list(cx: &Cx, query: &PaymentsQuery) -> Result<Payments, Error> {
    cx.may(Deed::SeeBilling)?;
    page(cx, query).await
}

pub(super) async fn page(cx: &Cx, query: &PaymentsQuery) -> Result<Payments, Error> {
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let most = PAGE as i64 + 1;
    let mut listed = store::payments::page(&mut tx, &cx.scope(), query.waits, query.after, most).await?;
    let more = listed.len() > PAGE;
    listed.truncate(PAGE);
    let next = listed.last().filter(|_| more).map(|listed| listed.payment.number.0);
    let mut rows: Vec<_> = listed.iter().map(|listed| row(listed, zone)).collect();
    if !cx.scope().operator() {
        rows.iter_mut().for_each(|row| row.problem = None);
    }
    Ok(Payments { rows, next })
}

fn row(listed: &Listed, zone: Zone) -> PaymentRow {
    let Listed { payment, organisation } = listed;
    PaymentRow {
        number: payment.number,
        purpose: payment.purpose,
        method: payment.method,
        state: payment.state,
        asked: payment.asked,
        received: payment.received,
        begun: zone.moment(payment.begun_at),
        account: payment.account,
        organisation: organisation.clone(),
        problem: payment.problem.clone(),
    }
}

/// The page of a payment of the actor's account.
///
/// # Errors
/// [`Error::NotFound`] when it is another's.
pub async fn find(cx: &Cx, number: PaymentNumber) -> Result<PaymentPage, Error> {
    cx.may(Deed::SeeBilling)?;
    let mut page = one(cx, number).await?;
    // What finance has to look at is for finance, and so is where money is given back.
    (page.row.problem, page.intent) = (None, None);
    Ok(page)
}

pub(super) async fn one(cx: &Cx, number: PaymentNumber) -> Result<PaymentPage, Error> {
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let payment = store::payments::find(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    let account = store::accounts::by_id(&mut tx, payment.account).await?.ok_or(Error::NotFound)?;
    let person = store::contacts::by_id(&mut tx, payment.begun_by).await?;
    let (lines, open, licenses) = paid_for(&mut tx, &payment).await?;
    let more = lines.len().saturating_sub(LINES);
    let missing = payment.asked.minor.saturating_sub(payment.received.minor).max(0);
    let over = matches!(payment.state, PaymentState::Failed | PaymentState::Expired);
    let again = match payment.purpose {
        Purpose::Licenses if over => Some(ToPayForm::of_licenses(&licenses)),
        _ => None,
    };
    let on_page = payment.state.is_under_way() && payment.method == Method::Card;
    Ok(PaymentPage {
        lines: lines.into_iter().take(LINES).collect(),
        more,
        reference: Reference::Payment(number).to_string(),
        bank: store::billing_settings::find(&mut tx).await?.bank,
        missing: Money::new(missing, payment.asked.currency),
        open,
        page_url: payment.page_url.clone().filter(|_| on_page),
        open_until: payment.expires_at.filter(|_| on_page).map(|at| zone.moment(at)),
        ended: payment.ended_at.map(|at| zone.moment(at)),
        given_back: payment.given_back,
        intent: payment.intent.clone(),
        failure: payment.failure.clone(),
        again,
        begun_by: person.map(|person| person.name()).unwrap_or_default(),
        history: audit::history(&mut tx, payment.id, zone).await?,
        row: row(&Listed { payment, organisation: account.name }, zone),
    })
}

type PaidFor = (Vec<domain::billing::PaidFor>, Money, Vec<domain::LicenseId>);

/// The lines, what of them is open still, and the licenses.
async fn paid_for(tx: &mut Tx, payment: &Payment) -> Result<PaidFor, Error> {
    let due = store::payments::of_payment(tx, payment.id).await?;
    let open = due.iter().map(|due| due.open);
    let open = match payment.purpose {
        Purpose::TopUp => payment.asked,
        _ => Money::sum(payment.asked.currency, open).map_err(Refusal::from)?,
    };
    let mut licenses: Vec<_> = due.iter().map(|due| due.license).collect();
    licenses.sort_unstable();
    licenses.dedup();
    Ok((wanted::lines(payment.purpose, &due)?, open, licenses))
}

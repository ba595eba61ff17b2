//! Payments by card (B7): their page is opened, looked at and closed outside of any transaction, and what is told of them counts once.

use std::sync::Arc;

use chrono::Duration;
use domain::{
    Deed, Money, PaymentId, Refusal,
    audit::What,
    billing::{GivenBack, Heard, Method, News, PaymentNumber, PaymentState},
};
use serde_json::json;
use store::{Tx, payments::Payment};
use uuid::Uuid;

use super::{money, tell, told};
use crate::{
    Cx, Error, Service,
    card::{Asked, CardError, Event, Line, OPEN_FOR, Told},
    ledger,
    live::Change,
};

/// After how long a payment is looked at of which nothing was heard.
const SILENCE: Duration = Duration::minutes(5);

/// Opens the page of a payment by card. One that cannot be opened at all ends the payment; when nobody answers, it stays begun, and
/// asking again opens the same page.
pub(super) async fn open(service: &Arc<Service>, payment: &Payment) -> Result<Option<CardError>, Error> {
    let Some(card) = &service.settings.card else { return Ok(None) };
    let opened = card.open(&asked(service, payment)?).await;
    let mut tx = service.store.write().await?;
    let refused = match opened {
        Ok(session) => {
            store::payments::opened(&mut tx, payment.id, &session.id, &session.url).await?;
            None
        }
        Err(error @ CardError::Unreachable(_)) => Some(error),
        Err(error) => {
            tracing::error!(%error, payment = %payment.number, "a page for paying by card was not opened");
            stop(service, &mut tx, payment.id, PaymentState::Failed, error.for_payer()).await?;
            Some(error)
        }
    };
    tx.commit().await?;
    Ok(refused)
}

/// Always the very same for a payment, so that asking twice opens one page.
fn asked(service: &Service, payment: &Payment) -> Result<Asked, Error> {
    let key = uuid_of(payment.id)?;
    let page = format!("{}/billing/payments/{}", service.settings.base_url, payment.number);
    Ok(Asked {
        number: payment.number,
        reference: key,
        amount: payment.asked,
        lines: vec![Line { name: format!("{} ({})", payment.purpose.label(), payment.number), amount: payment.asked }],
        expires: payment.expires_at.unwrap_or(payment.begun_at + OPEN_FOR),
        success_url: page.clone(),
        cancel_url: page,
        key,
    })
}

fn uuid_of(id: PaymentId) -> Result<Uuid, Error> {
    id.to_string().parse().map_err(|_| Error::Internal("a payment's id is a UUID".to_owned()))
}

/// Asks once more for the page of a payment of one's own account that could not be opened. The same page is opened however often;
/// a bank transfer needs none.
///
/// # Errors
/// [`Refusal::CardSays`] with what the payer is told; [`Refusal::PaymentIs`].
pub async fn open_page(cx: &Cx, number: PaymentNumber) -> Result<(), Error> {
    cx.may(Deed::Pay)?;
    let mut tx = cx.service.store.read().await?;
    let payment = store::payments::find(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    drop(tx);
    if payment.method != Method::Card {
        return Ok(());
    }
    if !payment.state.is_under_way() {
        return Err(super::stop::is(payment.state).into());
    }
    match open(&cx.service, &payment).await? {
        None => Ok(()),
        Some(error) => Err(Refusal::CardSays { sentence: error.for_payer().to_owned() }.into()),
    }
}

/// What whoever takes cards tells us, proved to come from them. What is told twice, late or out of order counts once; what is not ours is
/// heard and left.
///
/// # Errors
/// When it could not be written down; then it is told again.
pub async fn hear(service: &Arc<Service>, event: &Event) -> Result<(), Error> {
    if told::is_too_old(service, event) {
        tracing::warn!(event.id = %event.id, event.at = %event.at, "an old event about a payment by card was not heard");
        return Ok(());
    }
    let mut tx = service.store.write().await?;
    if !store::payments::heard(&mut tx, &event.id, service.clock.now()).await? {
        return Ok(());
    }
    let Some(payment) = found(&mut tx, event).await? else {
        tx.commit().await?;
        return Ok(());
    };
    store::accounts::hold(&mut tx, payment.account).await?;
    let payment = store::payments::by_id(&mut tx, payment.id).await?.ok_or(Error::NotFound)?;
    match event.told {
        Told::News(news) => apply(service, &mut tx, &payment, event.intent.as_deref(), news).await?,
        Told::UnderWay => store::payments::looked(&mut tx, payment.id, service.clock.now()).await?,
        Told::GivenBack(told) => give_back(service, &mut tx, &payment, event, told).await?,
        Told::RefundFailed(money) => {
            let problem = format!(
                "A refund of {money} came back from the bank: the money is still here, and counted as given back. Send it to the payer \
                 in another way, or record it as money that came in."
            );
            odd(service, &mut tx, &payment, &problem).await?;
        }
    }
    finish(service, tx, &payment).await
}

async fn found(tx: &mut Tx, event: &Event) -> Result<Option<Payment>, Error> {
    if let Some(reference) = event.reference
        && let Some(payment) = store::payments::by_id(tx, PaymentId::from(reference)).await?
    {
        return Ok(Some(payment));
    }
    if let Some(session) = &event.session
        && let Some(payment) = store::payments::by_session(tx, session).await?
    {
        return Ok(Some(payment));
    }
    match &event.intent {
        Some(intent) => Ok(store::payments::by_intent(tx, intent).await?),
        None => Ok(None),
    }
}

/// What news does to a payment whose account is held.
pub(super) async fn apply(
    service: &Arc<Service>,
    tx: &mut Tx,
    payment: &Payment,
    intent: Option<&str>,
    news: News,
) -> Result<(), Error> {
    match (payment.state.hear(payment.asked, news), news) {
        (Heard::Becomes(PaymentState::Received), News::Received(came)) => {
            money::money_in(service, tx, payment, came, intent).await?;
            Ok(())
        }
        (Heard::Becomes(state), _) => {
            let why = match state {
                PaymentState::Failed => "The payment did not work. Nothing was charged.",
                _ => "Nobody has paid in time.",
            };
            stop(service, tx, payment.id, state, why).await
        }
        (Heard::Nothing, News::Received(came)) if !by_card(tx, payment).await? => {
            money::money_in(service, tx, payment, came, intent).await?;
            odd(service, tx, payment, "It was paid by bank transfer and by card. What is too much is paid ahead.").await
        }
        (Heard::Nothing, _) => Ok(()),
        (Heard::WrongAmount { asked, came }, _) => {
            let problem = format!("{came} came in, and not {asked}. It has settled nothing.");
            odd(service, tx, payment, &problem).await
        }
    }
}

/// Whether its money came by card; it may have come by a transfer with its reference.
async fn by_card(tx: &mut Tx, payment: &Payment) -> Result<bool, Error> {
    Ok(store::ledger::entry_of_payment(tx, payment.id).await?.is_some())
}

/// It has ended without money, unless it has ended before: what it was for can be paid otherwise.
pub(super) async fn stop(
    service: &Arc<Service>,
    tx: &mut Tx,
    payment: PaymentId,
    state: PaymentState,
    why: &str,
) -> Result<(), Error> {
    let Some(payment) = store::payments::by_id(tx, payment).await? else { return Ok(()) };
    if payment.state.is_under_way() && store::payments::end(tx, &payment, state, Some(why), service.clock.now()).await?
    {
        store::payments::free(tx, payment.id).await?;
        money::note(service, tx, What::PaymentFailed, &payment, json!({ "number": payment.number.to_string() }))
            .await?;
        if state == PaymentState::Failed {
            tell::failed(service, tx, &payment, payment.received, why).await?;
        }
    }
    Ok(())
}

async fn give_back(
    service: &Arc<Service>,
    tx: &mut Tx,
    payment: &Payment,
    event: &Event,
    told: Money,
) -> Result<(), Error> {
    if payment.state != PaymentState::Received {
        // That it came may be told any moment; it counts first.
        if payment.problem.is_none() && told::may_be_early(service, event) {
            let number = payment.number;
            return Err(Error::Internal(format!("money of {number} went back before it was said to have come")));
        }
        let problem = format!("{told} went back to the payer. It had settled nothing, so nothing is open again.");
        return odd(service, tx, payment, &problem).await;
    }
    match GivenBack::of(payment.received, payment.given_back, told) {
        GivenBack::Nothing => Ok(()),
        GivenBack::More(more) => {
            let entry = store::ledger::entry_of_payment(tx, payment.id).await?.ok_or(Error::NotFound)?;
            if !store::payments::give_back(tx, payment, more).await? {
                return Err(Error::Internal("what is known of a held account changed".to_owned()));
            }
            let note = format!("{} given back", payment.number);
            ledger::take_back(service, tx, payment.account, entry, more, Some(&note), service.clock.now()).await?;
            let detail = json!({ "number": payment.number.to_string(), "amount": more.to_string() });
            money::note(service, tx, What::PaymentGivenBack, payment, detail).await?;
            tell::given_back(service, tx, payment, more).await
        }
        GivenBack::WrongAmount { received, told } => {
            let problem = format!("{told} is said to have gone back, of {received}. It was not counted.");
            odd(service, tx, payment, &problem).await
        }
    }
}

/// Somebody has to look at it. The same told again is noted once.
async fn odd(service: &Arc<Service>, tx: &mut Tx, payment: &Payment, problem: &str) -> Result<(), Error> {
    if payment.problem.as_deref() == Some(problem) {
        return Ok(());
    }
    store::payments::look_at(tx, payment.id, problem).await?;
    let detail = json!({ "number": payment.number.to_string(), "problem": problem });
    money::note(service, tx, What::PaymentOdd, payment, detail).await
}

pub(super) async fn finish(service: &Arc<Service>, mut tx: Tx, payment: &Payment) -> Result<(), Error> {
    let version = store::accounts::raise_version(&mut tx, payment.account).await?;
    tx.commit().await?;
    service.post.notify_one();
    let words = format!("Payment {} has changed", payment.number);
    service.live.announce(Change { account: payment.account, version, words });
    Ok(())
}

/// Looks at payments by card of which nothing was heard for long, a few at a time, and gives how many these were. One that cannot be
/// looked at is told in the log and tried again; the others do not wait for it.
///
/// # Errors
/// When the database does not answer.
pub async fn look(service: &Arc<Service>) -> Result<usize, Error> {
    let now = service.clock.now();
    let mut tx = service.store.read().await?;
    if store::payments::to_look(&mut tx, now - SILENCE).await?.is_empty() {
        return Ok(0);
    }
    drop(tx);
    let mut tx = service.store.write().await?;
    let silent = store::payments::to_look(&mut tx, now - SILENCE).await?;
    for payment in &silent {
        store::payments::looked(&mut tx, payment.id, now).await?;
    }
    tx.commit().await?;
    for payment in &silent {
        if service.closing.has_begun() {
            break;
        }
        if let Err(error) = look_at(service, payment).await {
            tracing::error!(%error, payment = %payment.number, "a payment by card cannot be looked at");
        }
    }
    Ok(silent.len())
}

async fn look_at(service: &Arc<Service>, payment: &Payment) -> Result<(), Error> {
    let over = payment.expires_at.is_none_or(|at| at <= service.clock.now());
    let (intent, news) = match (&payment.session, &service.settings.card) {
        // Its page was opened for nobody, so nobody can pay there.
        (None, _) if over => (None, News::Expired),
        (Some(session), Some(card)) => match card.look(session).await {
            Ok(looked) => match looked.standing.news() {
                Some(news) => (looked.intent, news),
                None => return Ok(()),
            },
            Err(error) => {
                tracing::warn!(%error, payment = %payment.number, "a payment by card cannot be looked at");
                return Ok(());
            }
        },
        _ => return Ok(()),
    };
    let mut tx = service.store.write().await?;
    store::accounts::hold(&mut tx, payment.account).await?;
    let payment = store::payments::by_id(&mut tx, payment.id).await?.ok_or(Error::NotFound)?;
    apply(service, &mut tx, &payment, intent.as_deref(), news).await?;
    finish(service, tx, &payment).await
}

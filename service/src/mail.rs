//! The outbox: mails are written with the deed they speak of, and sent until they arrive (X2).

mod addressed;
mod limits;
pub(crate) mod plain;
mod quoted;
mod secret;

use std::sync::Arc;

use askama::Template;
use chrono::Duration;
use domain::{
    ApplicationId, Deed, FormKey, MailId, Refusal,
    audit::What,
    licenses::KeyGroup,
    mail::{MailQuery, MailRow, Outbox, State},
    ticks::{Tally, Ticks},
};
use store::{Tx, mail::Retried};

pub(crate) use self::secret::Secret;
use self::secret::{Text, filters};
use crate::{
    Cx, Error, Service, accounts,
    security_log::{self, Who},
};

pub use addressed::{answered, any_due};
pub(crate) use addressed::{
    deliveries, delivery_of, delivery_of_license, details_again, first, post_bulk, post_details, post_person, post_to,
};
pub use limits::MailLimits;
pub(crate) use limits::Sender;

const PAGE: i64 = 50;

/// A mail to be sent now.
pub struct Letter {
    /// The mail.
    pub id: MailId,
    /// To whom.
    pub to: String,
    /// About what.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The reseller in whose name it goes to a customer.
    pub reseller: Option<String>,
    /// Who reads what is answered, if that is known.
    pub reply_to: Option<String>,
}

/// The invitation to activate (A5).
#[derive(Template)]
#[template(path = "activation.txt")]
pub(crate) struct Activation<'a> {
    pub name: &'a str,
    pub organisation: &'a str,
    pub username: &'a str,
    pub link: &'a Secret,
    pub hours: u32,
}

/// The second mail, after activation (A5).
#[derive(Template)]
#[template(path = "activated.txt")]
pub(crate) struct Activated<'a> {
    pub name: &'a str,
    pub username: &'a str,
    pub link: &'a str,
}

/// After the fourth wrong password from one network (A6).
#[derive(Template)]
#[template(path = "throttled.txt")]
pub(crate) struct Throttled<'a> {
    pub name: &'a str,
    pub username: &'a str,
    pub network: &'a str,
    pub link: &'a str,
}

/// After the hundredth wrong password (A6).
#[derive(Template)]
#[template(path = "locked.txt")]
pub(crate) struct Locked<'a> {
    pub name: &'a str,
    pub username: &'a str,
    pub link: &'a str,
}

/// After the fourth wrong password or code in a row of somebody who is signed in.
#[derive(Template)]
#[template(path = "session_cut_off.txt")]
pub(crate) struct SessionCutOff<'a> {
    pub name: &'a str,
    pub address: &'a str,
    pub link: &'a str,
}

/// The link for a new password (A7).
#[derive(Template)]
#[template(path = "reset.txt")]
pub(crate) struct Reset<'a> {
    pub name: &'a str,
    pub username: &'a str,
    pub link: &'a Secret,
}

/// To the former address, after somebody else changed it.
#[derive(Template)]
#[template(path = "address_changed.txt")]
pub(crate) struct AddressChanged<'a> {
    pub name: &'a str,
    pub email: &'a str,
}

/// After a change of password.
#[derive(Template)]
#[template(path = "password_changed.txt")]
pub(crate) struct PasswordChanged<'a> {
    pub name: &'a str,
}

/// After the second factor was switched on or off.
#[derive(Template)]
#[template(path = "second_factor.txt")]
pub(crate) struct SecondFactorChanged<'a> {
    pub name: &'a str,
    pub on: bool,
}

/// After somebody else has taken a second factor away.
#[derive(Template)]
#[template(path = "second_factor_taken.txt")]
pub(crate) struct SecondFactorTaken<'a> {
    pub name: &'a str,
    pub taken: Taken<'a>,
    pub required: bool,
}

/// How somebody else has taken a second factor away.
#[derive(Clone, Copy)]
pub(crate) enum Taken<'a> {
    /// It was lost, as somebody of that organisation was told.
    Lost(&'a str),
    /// With the whole sign-in, by somebody of that organisation.
    WithSignIn(&'a str),
    /// With a new password, at the command line.
    AtCommandLine,
}

/// After a passkey was added.
#[derive(Template)]
#[template(path = "passkey.txt")]
pub(crate) struct PasskeyAdded<'a> {
    pub name: &'a str,
    pub passkey: &'a str,
}

/// After a passkey was removed.
#[derive(Template)]
#[template(path = "passkey_removed.txt")]
pub(crate) struct PasskeyRemoved<'a> {
    pub name: &'a str,
    pub passkey: &'a str,
}

/// Keys and details for the customer (L15).
#[derive(Template)]
#[template(path = "details.txt")]
pub(crate) struct Details<'a> {
    pub name: &'a str,
    pub organisation: &'a str,
    pub count: usize,
    pub groups: Vec<KeysOf>,
    /// What is said of all of them alike.
    pub details: Option<Secret>,
    pub link: &'a str,
}

/// Licenses that have all in common but their keys.
pub(crate) struct KeysOf {
    pub name: String,
    pub terms: String,
    pub keys: Vec<Secret>,
    pub details: Option<Secret>,
}

impl From<KeyGroup> for KeysOf {
    fn from(group: KeyGroup) -> Self {
        Self {
            terms: group.terms(),
            name: group.name,
            keys: group.keys.iter().map(|key| Secret::key(key.grouped())).collect(),
            details: group.details.as_deref().map(Secret::details),
        }
    }
}

/// An application has arrived (A3). Nothing in it was typed by whoever applied, who may have typed another's address.
#[derive(Template)]
#[template(path = "application_received.txt")]
pub(crate) struct ApplicationReceived {}

/// An application waits for those who decide (A3).
#[derive(Template)]
#[template(path = "application_waiting.txt")]
pub(crate) struct ApplicationWaiting<'a> {
    pub name: &'a str,
    pub link: &'a str,
}

/// An application was rejected (A3).
#[derive(Template)]
#[template(path = "application_rejected.txt")]
pub(crate) struct ApplicationRejected<'a> {
    pub organisation: &'a str,
    pub reason: &'a str,
}

/// An order is held over the credit (C3), to whoever placed it.
#[derive(Template)]
#[template(path = "order_held.txt")]
pub(crate) struct OrderHeld<'a> {
    pub name: &'a str,
    pub number: String,
    pub why: String,
    pub link: &'a str,
}

/// A held order waits for those who decide (C4).
#[derive(Template)]
#[template(path = "order_waiting.txt")]
pub(crate) struct OrderWaiting<'a> {
    pub name: &'a str,
    pub organisation: &'a str,
    pub number: String,
    pub missing: String,
    pub link: &'a str,
    /// Where all that wait stand.
    pub all: &'a str,
}

/// Charges were invoiced (B5), to those who pay.
#[derive(Template)]
#[template(path = "invoice_issued.txt")]
pub(crate) struct InvoiceIssued<'a> {
    pub name: &'a str,
    pub number: &'a str,
    pub total: &'a str,
    pub due: &'a str,
    /// What was paid ahead of it; none where nothing was.
    pub paid_ahead: Option<String>,
    /// What a credit note settles of it that is issued together with it; none where there is none.
    pub by_credit: Option<String>,
    /// What it asks for; none where nothing is left.
    pub open: Option<String>,
    pub link: &'a str,
}

/// A held order was executed (C4), to whoever placed it.
#[derive(Template)]
#[template(path = "order_executed.txt")]
pub(crate) struct OrderExecuted<'a> {
    pub name: &'a str,
    pub number: String,
    pub customer: &'a str,
    pub groups: Vec<KeyGroup>,
    pub link: &'a str,
}

/// A held order was canceled, to whoever placed it.
#[derive(Template)]
#[template(path = "order_canceled.txt")]
pub(crate) struct OrderCanceled<'a> {
    pub name: &'a str,
    pub number: String,
    pub reason: &'a str,
    pub link: &'a str,
}

/// A credit note was issued (B5), to those who see invoices.
#[derive(Template)]
#[template(path = "credit_note.txt")]
pub(crate) struct CreditNoteIssued<'a> {
    pub name: &'a str,
    pub number: &'a str,
    pub invoice: &'a str,
    pub amount: &'a str,
    pub reason: &'a str,
    pub link: &'a str,
}

/// A license was given back (B9), to those who see invoices.
#[derive(Template)]
#[template(path = "license_refunded.txt")]
pub(crate) struct LicenseRefunded<'a> {
    pub name: &'a str,
    pub product: &'a str,
    pub customer: &'a str,
    pub amount: &'a str,
    pub notes: &'a str,
    pub reason: &'a str,
    pub link: &'a str,
}

/// A subscription costs something else (P3), to those who see invoices.
#[derive(Template)]
#[template(path = "subscription_repriced.txt")]
pub(crate) struct SubscriptionRepriced<'a> {
    pub name: &'a str,
    pub product: &'a str,
    pub customer: &'a str,
    pub old: &'a str,
    pub new: &'a str,
    pub from: &'a str,
    pub at_once: &'a str,
    pub reason: &'a str,
    pub link: &'a str,
}

/// The money of a payment is there, to whoever began it.
#[derive(Template)]
#[template(path = "payment_received.txt")]
pub(crate) struct PaymentReceived<'a> {
    pub name: &'a str,
    pub number: String,
    pub amount: String,
    /// Whether it is for nothing in particular (C6).
    pub top_up: bool,
    pub link: &'a str,
}

/// A payment did not work, to whoever began it.
#[derive(Template)]
#[template(path = "payment_failed.txt")]
pub(crate) struct PaymentFailed<'a> {
    pub name: &'a str,
    pub number: String,
    pub why: &'a str,
    /// What has come in of it and still counts; none where nothing has.
    pub received: Option<String>,
    pub link: &'a str,
}

/// The operator has canceled a payment (B7), to whoever began it.
#[derive(Template)]
#[template(path = "payment_canceled.txt")]
pub(crate) struct PaymentCanceled<'a> {
    pub name: &'a str,
    pub number: String,
    pub reason: &'a str,
    /// What has come in of it; none where nothing has.
    pub received: Option<String>,
    pub link: &'a str,
}

/// Money of a payment by card went back (B7), to whoever began it.
#[derive(Template)]
#[template(path = "payment_given_back.txt")]
pub(crate) struct PaymentGivenBack<'a> {
    pub name: &'a str,
    pub number: String,
    pub amount: String,
    pub link: &'a str,
}

/// Puts a mail that somebody waits for into the outbox, in the deed's transaction: to an address alone, such as a former one. Nobody
/// is named as its sender but us; to a person there is [`post_person`].
pub(crate) async fn post(
    service: &Service,
    tx: &mut Tx,
    to: &str,
    subject: &str,
    mail: &impl Template,
) -> Result<(), Error> {
    put(service, tx, to, subject, mail).await.map(|_| ())
}

/// The same to an applicant, who is forgotten if the application is rejected.
pub(crate) async fn post_about(
    service: &Service,
    tx: &mut Tx,
    application: ApplicationId,
    to: &str,
    subject: &str,
    mail: &impl Template,
) -> Result<(), Error> {
    let id = put(service, tx, to, subject, mail).await?;
    Ok(store::mail::about(tx, id, application).await?)
}

pub(crate) async fn put(
    service: &Service,
    tx: &mut Tx,
    to: &str,
    subject: &str,
    mail: &impl Template,
) -> Result<MailId, Error> {
    let text = Text::of(mail)?;
    let subject = domain::text::one_line(subject);
    let now = service.clock.now();
    let id = service.random.id(now);
    store::mail::insert(tx, id, to, &subject, &text.shown, text.whole.as_deref(), now).await?;
    Ok(id)
}

/// A page of the outbox. The texts are without links and keys, which are the recipients' alone (A9); that somebody has read texts
/// stands in the security log.
///
/// # Errors
/// When the actor may not see it.
pub async fn outbox(cx: &Cx, view: &MailQuery) -> Result<Outbox, Error> {
    cx.may(Deed::SeeMail)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let mut mails = store::mail::page(&mut tx, &cx.scope(), view.state, view.after, PAGE + 1).await?;
    let more = mails.len() > PAGE as usize;
    mails.truncate(PAGE as usize);
    let next = mails.last().filter(|_| more).map(|mail| mail.seq);
    if mails.iter().any(|mail| mail.body.is_some()) {
        security_log::event("mail.read", &cx.origin.address, Who::Contact(cx.actor.contact), "outbox");
    }
    let in_files = cx.service.settings.keep_sent_mail;
    let rows = mails.into_iter().map(|mail| {
        let state = mail.state();
        let has_file = in_files && state == State::Sent;
        MailRow {
            id: mail.id,
            state,
            recipient: mail.recipient,
            subject: mail.subject,
            attempts: mail.attempts,
            error: mail.error,
            next_try: matches!(state, State::Waiting | State::Retrying).then(|| zone.moment(mail.due_at)),
            created: zone.moment(mail.created_at),
            text: mail.body,
            file: has_file.then(|| file_of(mail.id)),
        }
    });
    Ok(Outbox { rows: rows.collect(), next, may_retry: cx.actor.may(Deed::RetryMail) })
}

/// The file of the data folder that a mail becomes without a mail server.
pub fn file_of(id: MailId) -> String {
    format!("mail/{id}.eml")
}

/// Sends mails that have failed or wait again, now: one, or all that are ticked. Of many, those that were sent meanwhile are left.
///
/// # Errors
/// Messages at the fields. Of one alone [`Refusal::MailSent`] when it was sent, [`Refusal::MailReplaced`] when it is not needed any more,
/// [`Refusal::MailTextGone`] when it failed too long ago, and [`Error::NotFound`] when there is none, or the actor may not.
pub async fn retry(cx: &Cx, key: FormKey, form: &Ticks) -> Result<Tally, Error> {
    cx.may(Deed::RetryMail)?;
    let ids = form.check::<MailId>("mail")?;
    let mut tx = cx.service.store.write().await?;
    if let Some(done) = cx.once(&mut tx, key, What::MailRetried.word(), form).await? {
        return done.parse().map_err(|()| Error::NotFound);
    }
    let alone = ids.len() == 1;
    let mut tally = Tally { done: 0, of: ids.len() };
    for id in ids {
        match store::mail::retry(&mut tx, &cx.scope(), id, cx.now()).await? {
            Some(Retried::Due) => {
                cx.write_down(&mut tx, What::MailRetried, id, cx.actor.account, ()).await?;
                tally.done += 1;
            }
            Some(Retried::Sent) if alone => return Err(Refusal::MailSent.into()),
            Some(Retried::Replaced) if alone => return Err(Refusal::MailReplaced.into()),
            Some(Retried::TextGone) if alone => return Err(Refusal::MailTextGone.into()),
            None if alone => return Err(Error::NotFound),
            Some(Retried::Sent | Retried::Replaced | Retried::TextGone) | None => {}
        }
    }
    cx.settle(&mut tx, key, tally).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(tally)
}

/// Takes the next mail that is due, of the first lane that has one. If its sender dies, it is due again when its claim is over.
///
/// # Errors
/// When the database does not answer.
pub async fn due(service: &Arc<Service>) -> Result<Option<Letter>, Error> {
    let now = service.clock.now();
    let mut tx = service.store.write().await?;
    let Some(due) = store::mail::take_due(&mut tx, now, now + service.settings.mail_claim).await? else {
        return Ok(None);
    };
    let mail = due.mail;
    // Our mails say "answer to the people who invited you": so the answer goes to them.
    let answers = store::mail::answered_by(&mut tx, mail.id).await?;
    tx.commit().await?;
    let (reseller, reply_to) = answers.map_or((None, None), |answers| (answers.reseller, answers.email));
    Ok(Some(Letter { id: mail.id, to: mail.recipient, subject: mail.subject, text: due.text, reseller, reply_to }))
}

/// A mail has been handed over. Its links and keys go at once, and its text too, unless mails are files here.
///
/// # Errors
/// When the database does not answer; then the mail is sent once more.
pub async fn sent(service: &Arc<Service>, id: MailId) -> Result<(), Error> {
    let mut tx = service.store.write().await?;
    store::mail::sent(&mut tx, id, service.clock.now(), service.settings.keep_sent_mail).await?;
    Ok(tx.commit().await?)
}

/// A try failed; the next comes after twice the time, from ten seconds up to six hours.
///
/// # Errors
/// When the database does not answer.
pub async fn failed(service: &Arc<Service>, id: MailId, error: &str) -> Result<(), Error> {
    let mut tx = service.store.write().await?;
    let attempts = store::mail::attempts(&mut tx, id).await?;
    let seconds = 10_i64.saturating_mul(1 << attempts.clamp(1, 20).saturating_sub(1)).min(6 * 3_600);
    let due = service.clock.now() + Duration::seconds(seconds);
    store::mail::failed(&mut tx, id, error, due).await?;
    Ok(tx.commit().await?)
}

/// A try failed, and every other would as well: the mail stays, with the reason, until somebody tries it again.
///
/// # Errors
/// When the database does not answer.
pub async fn given_up(service: &Arc<Service>, id: MailId, error: &str) -> Result<(), Error> {
    let mut tx = service.store.write().await?;
    store::mail::given_up(&mut tx, id, error, service.clock.now()).await?;
    Ok(tx.commit().await?)
}

//! The people of an account, and the page of one: in the back office, of the own team, of the staff.

use domain::{
    AccountId, ContactId, Role,
    accounts::Kind,
    contacts::{Act, ContactPage, ContactRow, Contacts, State},
    mail::{Delivery, Purpose},
};
use store::{accounts::Account, contacts::Contact};

use super::{
    rule, sessions, take,
    whose::{self, Want},
};
use crate::{Cx, Error, accounts, audit, mail};

const PAGE: usize = 50;

/// A page of an account's people, who came first first; of the own account, if none is named.
///
/// # Errors
/// [`Error::NotFound`] when they are not for the actor to see.
pub async fn list(cx: &Cx, account: Option<AccountId>, after: Option<ContactId>) -> Result<Contacts, Error> {
    Want::See.at_all(cx)?;
    let mut tx = cx.service.store.read().await?;
    let account = whose::account(cx, &mut tx, Want::See, account).await?;
    let mut people = store::contacts::page(&mut tx, &cx.scope(), account.id, after, PAGE as i64 + 1).await?;
    let more = people.len() > PAGE;
    people.truncate(PAGE);
    let undelivered = store::mail::people::undelivered_in(&mut tx, account.id).await?;
    let shown =
        |contact: &Contact| ContactRow { undelivered: undelivered.contains(&contact.id), ..row(cx, &account, contact) };
    let factor_rule = match account.id == cx.actor.account {
        true => Some(rule(cx, &mut tx, &account).await?),
        false => None,
    };
    Ok(Contacts {
        factor_rule,
        next: people.last().filter(|_| more).map(|contact| contact.id),
        rows: people.iter().map(shown).collect(),
        can_add: Want::Edit.with(cx, &account),
        organisation: account.name,
    })
}

/// The page of one person.
///
/// # Errors
/// [`Error::NotFound`] when the person is not for the actor to see.
pub async fn find(cx: &Cx, id: ContactId) -> Result<ContactPage, Error> {
    Want::See.at_all(cx)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let (contact, account) = whose::person(cx, &mut tx, Want::See, id).await?;
    let shown = row(cx, &account, &contact);
    let mut again = mail::details_again(cx).to_vec();
    for (act, purpose) in [(Act::Resend, Purpose::Activation), (Act::Reset, Purpose::Reset)] {
        again.extend(shown.acts.contains(&act).then_some(purpose));
    }
    let deliveries = mail::deliveries(cx, &mut tx, zone, &contact, &again).await?;
    let undelivered = deliveries.iter().any(Delivery::failed);
    Ok(ContactPage {
        row: ContactRow { undelivered, ..shown },
        deliveries,
        account: account.id,
        organisation: account.name.clone(),
        side: account.kind,
        username: contact.username.clone(),
        edition: contact.edition,
        first_signed_in: contact.first_signed_in_at.map(|at| zone.moment(at)),
        can_edit: Want::Edit.with(cx, &account),
        can_set_roles: Want::Roles.with(cx, &account),
        is_me: contact.id == cx.actor.contact,
        factor_since: contact.second_factor_since.map(|at| zone.moment(at)),
        can_take_factor: take::may_take(cx, &account, &contact),
        open_sessions: sessions::open_sessions(cx, &mut tx, &account, &contact).await?,
        history: audit::history(&mut tx, contact.id, zone).await?,
        first_name: contact.first_name,
        last_name: contact.last_name,
        phone: contact.phone,
    })
}

/// What it takes to do that about a sign-in.
pub(super) const fn want_of(act: Act) -> Want {
    match act {
        Act::Resend | Act::Reset | Act::Unlock => Want::Help,
        Act::CopyLink | Act::Deactivate | Act::Reactivate => Want::Switch,
    }
}

/// Whether the actor may do that about the sign-ins of this account's people. A link is shown to staff only.
pub(super) fn may(cx: &Cx, account: &Account, act: Act) -> bool {
    want_of(act).with(cx, account) && (act != Act::CopyLink || cx.actor.side == Kind::Operator)
}

fn row(cx: &Cx, account: &Account, contact: &Contact) -> ContactRow {
    let state = contact.storefront_since.map(|_| contact.state());
    let acts = state.map(State::acts).unwrap_or_default();
    ContactRow {
        id: contact.id,
        name: contact.name(),
        email: contact.email.clone(),
        job_title: contact.job_title.clone(),
        state,
        roles: contact.roles.clone(),
        undelivered: false,
        acts: acts.iter().copied().filter(|act| may(cx, account, *act)).collect(),
    }
}

/// Of an account's people, the role of which one active has to stay (A6).
pub(super) const fn chief(account: &Account) -> Role {
    Role::chief(account.kind)
}

//! Changing a person's details (A4), without overwriting what somebody else changed meanwhile.

use domain::{
    ContactId, FieldErrors, FormKey, Refusal, Roles,
    audit::What,
    contacts::{Person, PersonForm, State},
};
use store::{
    Tx,
    accounts::Account,
    contacts::{Contact, Saved},
    editions::Of,
};

use super::{
    add::{TAKEN, invite_by},
    hold::hold_and_forget_tries,
    list::chief,
    names::{Question, ask},
    take::take_away,
    whose::{self, Want},
};
use crate::{
    Cx, Error,
    editions::{Changes, changed_meanwhile},
    live::Whose,
    mail,
};

/// Changes the details. In the back office also whether the person is a Storefront user: who becomes one may do everything
/// of the account and gets the activation mail; who is one no more cannot sign in, and begins anew should that change.
/// Somebody who signs in with the address goes on with the new one; the former one is told.
///
/// # Errors
/// Messages at the fields, [`Error::Unconfirmed`], [`Refusal::ChangedMeanwhile`], [`Refusal::LastChief`], or [`Error::NotFound`].
pub async fn edit(cx: &Cx, key: FormKey, id: ContactId, edition: i64, form: &PersonForm) -> Result<(), Error> {
    Want::Edit.at_all(cx)?;
    let mut tx = cx.service.store.write().await?;
    // Before the key, which refers to who sends it.
    store::contacts::hold_names(&mut tx).await?;
    if cx.once(&mut tx, key, What::ContactEdited.word(), (id, edition, form)).await?.is_some() {
        return Ok(());
    }
    let (before, account) = whose::person(cx, &mut tx, Want::Edit, id).await?;
    let after = Contact { edition, ..changed(cx, &account, &before, form.check()?) };
    // By the address somebody signs in, and who is made a Storefront user may do everything of the account.
    let becomes_user = before.storefront_since.is_none() && after.storefront_since.is_some();
    if before.email != after.email || becomes_user {
        cx.confirmed()?;
    }
    let changes = changes(&before, &after);
    if changes.is_empty() && before.edition == edition {
        return Ok(tx.commit().await?);
    }
    let renamed = before.email.to_lowercase() != after.email.to_lowercase();
    let question = renamed.then(|| ask(cx, &[&after.email])).transpose()?;
    let out = before.storefront_since.is_some() && after.storefront_since.is_none();
    if out {
        let held = hold_and_forget_tries(&mut tx, &before).await?;
        // A second factor goes with the sign-in.
        if held.second_factor_since.is_some() {
            cx.confirmed()?;
        }
    }
    let saved = store::contacts::change(&mut tx, &after, chief(&account)).await?;
    if saved == Saved::Taken {
        question.into_iter().for_each(Question::taken);
    }
    judge(&mut tx, &account, &after, saved).await?;
    cx.write_down(&mut tx, What::ContactEdited, id, account.id, changes.detail(edition)).await?;
    follow(cx, &mut tx, &account, &before, after).await?;
    tx.commit().await?;
    if out {
        cx.service.live.sessions_ended(Whose::Contact(id));
    }
    cx.service.post.notify_one();
    Ok(())
}

fn changed(cx: &Cx, account: &Account, before: &Contact, person: Person) -> Contact {
    let signs_in_by_address = before.username.to_lowercase() == before.email.to_lowercase();
    // Everybody of one's own account signs in, and has the roles that were given there.
    let asks_for_user = account.id != cx.actor.account;
    let (storefront_since, roles) = match (before.storefront_since, person.storefront_user) {
        (None, true) if asks_for_user => (Some(cx.now()), Roles::chief(account.kind)),
        (Some(_), false) if asks_for_user => (None, Roles::default()),
        (since, _) => (since, before.roles.clone()),
    };
    Contact {
        username: if signs_in_by_address { person.email.clone() } else { before.username.clone() },
        email: person.email,
        first_name: person.first_name,
        last_name: person.last_name,
        phone: person.phone,
        job_title: person.job_title,
        storefront_since,
        roles,
        ..before.clone()
    }
}

fn changes(before: &Contact, after: &Contact) -> Changes {
    let user = |contact: &Contact| contact.storefront_since.map_or("no", |_| "yes");
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Changes::between([
        ("First name", &before.first_name, &after.first_name),
        ("Last name", &before.last_name, &after.last_name),
        ("E-mail address", &before.email, &after.email),
        ("Phone", &text(&before.phone), &text(&after.phone)),
        ("Job title", &text(&before.job_title), &text(&after.job_title)),
        ("Storefront user", user(before), user(after)),
    ])
}

/// What comes of a change that the store did not take.
pub(super) async fn judge(tx: &mut Tx, account: &Account, after: &Contact, saved: Saved) -> Result<(), Error> {
    match saved {
        Saved::Done => Ok(()),
        Saved::Taken => Err(FieldErrors::at("email", TAKEN).into()),
        Saved::LastChief => Err(Refusal::LastChief { role: chief(account).label().to_lowercase() }.into()),
        Saved::Stale => Err(changed_meanwhile(tx, Of::Contact(after.id), after.edition).await),
    }
}

/// What follows for the sign-in and who is told.
async fn follow(cx: &Cx, tx: &mut Tx, account: &Account, before: &Contact, after: Contact) -> Result<(), Error> {
    let moved = before.email.to_lowercase() != after.email.to_lowercase();
    if moved {
        // What is still to be sent does not go to the former address.
        store::mail::people::replace(tx, after.id, None, cx.now()).await?;
    }
    if after.storefront_since.is_none() {
        if before.storefront_since.is_some() {
            forget_sign_in(cx, tx, before).await?;
        }
        return Ok(());
    }
    if after.state() == State::PendingActivation && (moved || before.storefront_since.is_none()) {
        return invite_by(cx, tx, &after, account).await;
    }
    if moved {
        // What was sent to the former address opens nothing any more.
        store::links::void_all(tx, after.id, cx.now()).await?;
        cx.may_mail(tx, &before.email)?;
        let letter = mail::AddressChanged { name: &after.first_name, email: &after.email };
        mail::post(&cx.service, tx, &before.email, "Your e-mail address has been changed", &letter).await?;
    }
    Ok(())
}

async fn forget_sign_in(cx: &Cx, tx: &mut Tx, before: &Contact) -> Result<(), Error> {
    let contact = store::contacts::held(tx, before.id).await?.ok_or(Error::NotFound)?;
    let contact = Contact {
        password_hash: None,
        password_given_at: None,
        wrong_passwords: 0,
        activated_at: None,
        locked_at: None,
        ..contact
    };
    store::contacts::save(tx, &contact).await?;
    store::links::void_all(tx, contact.id, cx.now()).await?;
    store::mail::people::replace(tx, contact.id, None, cx.now()).await?;
    // To the address that they had until now.
    let with_sign_in = mail::Taken::WithSignIn(&cx.actor.organisation);
    if take_away(&cx.service, &cx.origin, tx, before, with_sign_in).await? {
        cx.write_down(tx, What::SecondFactorTaken, contact.id, contact.account, ()).await?;
    }
    store::sessions::end_others(tx, contact.id, None, cx.now()).await?;
    Ok(())
}

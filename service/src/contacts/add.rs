//! Adding a person: to a reseller in the back office (A4), to the own team (A8), to the staff (A9).

use domain::{
    AccountId, ContactId, Deed, FieldErrors, FormKey, Roles,
    audit::What,
    contacts::{Person, PersonForm, RolesForm},
};
use serde_json::json;
use store::{Tx, accounts::Account, contacts::Contact};

use super::{
    activate::words_for,
    invite,
    names::ask,
    whose::{self, Want},
};
use crate::{Cx, Error};

/// The message at the address of somebody whose name to sign in with it would be.
pub(super) const TAKEN: &str = "Somebody signs in with this address already. Use another one.";

/// Adds a person to an account. A Storefront user may do everything of that account, and gets the activation mail.
///
/// # Errors
/// Messages at the fields; [`Error::Unconfirmed`] for a Storefront user; [`Error::NotFound`] when the account's people are not
/// for the actor to add to.
pub async fn add(cx: &Cx, key: FormKey, account: AccountId, form: &PersonForm) -> Result<ContactId, Error> {
    cx.may(Deed::EditContacts)?;
    let mut tx = cx.service.store.write().await?;
    // Before the key, which refers to who sends it.
    store::contacts::hold_names(&mut tx).await?;
    if let Some(id) = cx.once(&mut tx, key, What::ContactAdded.word(), (account, form)).await? {
        return id.parse().map_err(|_| Error::NotFound);
    }
    // The people of one's own account are added with the roles that they are to have.
    let account = whose::account(cx, &mut tx, Want::Edit, Some(account)).await?;
    if account.id == cx.actor.account {
        return Err(Error::NotFound);
    }
    let person = form.check()?;
    if person.storefront_user {
        cx.confirmed()?;
    }
    let roles = if person.storefront_user { Roles::chief(account.kind) } else { Roles::default() };
    store_person(cx, tx, key, &account, person, roles).await
}

/// Adds a person to the actor's own account, with these roles and the activation mail.
///
/// # Errors
/// Messages at the fields, those of the roles among them; [`Error::NotFound`] when it is not for the actor to do.
pub async fn add_to_own(cx: &Cx, key: FormKey, form: &PersonForm, roles: &RolesForm) -> Result<ContactId, Error> {
    Want::Roles.at_all(cx)?;
    let (person, roles) = check(cx, form, roles)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    // Before the key, which refers to who sends it.
    store::contacts::hold_names(&mut tx).await?;
    if let Some(id) = cx.once(&mut tx, key, What::ContactAdded.word(), (form, roles.words())).await? {
        return id.parse().map_err(|_| Error::NotFound);
    }
    let account = whose::account(cx, &mut tx, Want::Roles, None).await?;
    store_person(cx, tx, key, &account, Person { storefront_user: true, ..person }, roles).await
}

/// Both parts of the form, with the messages of both.
fn check(cx: &Cx, form: &PersonForm, roles: &RolesForm) -> Result<(Person, Roles), FieldErrors> {
    match (form.check(), roles.check(cx.actor.side)) {
        (Ok(person), Ok(roles)) => Ok((person, roles)),
        (person, roles) => {
            let mut errors = person.err().unwrap_or_default();
            let more = roles.err().unwrap_or_default();
            more.iter().for_each(|error| errors.add(&error.field, error.message.clone()));
            Err(errors)
        }
    }
}

async fn store_person(
    cx: &Cx,
    mut tx: Tx,
    key: FormKey,
    account: &Account,
    person: Person,
    roles: Roles,
) -> Result<ContactId, Error> {
    let now = cx.now();
    let names = [person.first_name.as_str(), person.last_name.as_str()];
    let contact = Contact {
        phone: person.phone,
        job_title: person.job_title,
        storefront_since: person.storefront_user.then_some(now),
        roles,
        ..Contact::new(cx.service.random.id(now), account, &person.email, names, now)
    };
    let question = ask(cx, &[&contact.email])?;
    if !store::contacts::insert(&mut tx, &contact).await? {
        question.taken();
        return Err(FieldErrors::at("email", TAKEN).into());
    }
    drop(question);
    let detail = json!({ "name": contact.name(), "email": contact.email, "roles": contact.roles.words() });
    cx.write_down(&mut tx, What::ContactAdded, contact.id, account.id, detail).await?;
    if contact.storefront_since.is_some() {
        invite_by(cx, &mut tx, &contact, account).await?;
    }
    cx.settle(&mut tx, key, contact.id).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(contact.id)
}

/// Sends the activation mail in the name of who invites: the own organisation, or the one that made the account.
pub(super) async fn invite_by(cx: &Cx, tx: &mut Tx, contact: &Contact, account: &Account) -> Result<(), Error> {
    let organisation = match account.id == cx.actor.account {
        true => account.name.clone(),
        false => words_for(tx, account).await?,
    };
    cx.may_mail(tx, &contact.email)?;
    invite(&cx.service, tx, contact, &organisation).await?;
    cx.write_down(tx, What::Invited, contact.id, account.id, ()).await
}

//! The first back-office owner, made at the command line.

use std::sync::Arc;

use domain::{Role, Roles, accounts::Kind, audit::What, contacts::Password};
use store::{Tx, accounts::Account, contacts::Contact};

use super::{guess_proof, hold::hold_and_forget_tries, links, take::take_away};
use crate::{Error, Origin, Service, audit, mail::Taken};

/// Makes a back-office owner with that password, or gives an existing one that password and
/// unlocks it; its sessions end, and no mailed link works any more. The operator's account is made with the first.
///
/// # Errors
/// A message at `password` when it is too short or easily guessed, at `email` when the address
/// belongs to somebody who is not of the operator.
pub async fn make_owner(service: &Arc<Service>, email: &str, password: &Password) -> Result<(), Error> {
    let typed = domain::contacts::NewPassword { password: password.clone(), password_confirmation: password.clone() };
    let password = typed.check(&[email])?;
    guess_proof(service, &password, vec![email.to_owned()]).await?;
    save_owner(service, email, &password).await
}

/// The same without a judgement of the password, for the demo.
pub(crate) async fn save_owner(service: &Arc<Service>, email: &str, password: &Password) -> Result<(), Error> {
    let hash = service.hasher.hash(password, &service.random).await?;
    let now = service.clock.now();
    let origin = Origin::command_line(service);
    let mut tx = service.store.write().await?;
    // Before the account and the person, as everywhere.
    store::contacts::hold_names(&mut tx).await?;
    let operator = operator(service, &mut tx).await?;
    let contact = match store::contacts::by_login(&mut tx, email).await? {
        Some(contact) if contact.account == operator.id => {
            let mut contact = hold_and_forget_tries(&mut tx, &contact).await?;
            contact.password_hash = Some(hash);
            contact.wrong_passwords = 0;
            contact.locked_at = None;
            contact.activated_at = contact.activated_at.or(Some(now));
            store::contacts::save(&mut tx, &contact).await?;
            contact.deactivated_at = None;
            contact.storefront_since = contact.storefront_since.or(Some(now));
            contact.roles = Roles::chief(operator.kind);
            store::contacts::change(&mut tx, &contact, Role::chief(operator.kind)).await?;
            // Who has lost the phone comes in again by the machine itself.
            take_away(service, &origin, &mut tx, &contact, Taken::AtCommandLine).await?;
            links::void_all(&mut tx, contact.id, now).await?;
            store::sessions::end_others(&mut tx, contact.id, None, now).await?;
            contact
        }
        Some(_) => return Err(of_somebody_else()),
        None => {
            let contact = Contact {
                password_hash: Some(hash),
                activated_at: Some(now),
                ..Contact::new(service.random.id(now), &operator, email, ["Back office", "Owner"], now)
            };
            if !store::contacts::insert(&mut tx, &contact).await? {
                return Err(of_somebody_else());
            }
            contact
        }
    };
    let mut event = audit::event(service, &origin, What::OwnerMade, contact.id, ())?;
    event.account = Some(operator.id);
    event.who = "command line".to_owned();
    store::audit::append(&mut tx, &event).await?;
    Ok(tx.commit().await?)
}

fn of_somebody_else() -> Error {
    domain::FieldErrors::at("email", "This address belongs to somebody who is not of the operator.").into()
}

async fn operator(service: &Service, tx: &mut Tx) -> Result<Account, Error> {
    if let Some(operator) = store::accounts::operator(tx).await? {
        return Ok(operator);
    }
    let now = service.clock.now();
    let operator = Account::new(service.random.id(now), Kind::Operator, "Operator", now);
    store::accounts::insert(tx, &operator).await?;
    Ok(operator)
}

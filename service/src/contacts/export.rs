//! The people of an account as a table.

use domain::{AccountId, ContactId, contacts::State};
use store::contacts::Contact;

use super::whose::{self, Want};
use crate::{
    Cx, Error, accounts,
    export::{self, PART, Part},
    moment::Zone,
};

/// Its columns, in the words of the screen.
pub const COLUMNS: [&str; 8] = ["Name", "E-mail", "Username", "Job title", "Phone", "State", "Roles", "Added"];

/// The part from after somebody on, of an account; of the own one, if none is named.
///
/// # Errors
/// [`Error::NotFound`] when they are not for the actor to see.
pub async fn export(cx: &Cx, account: Option<AccountId>, after: Option<ContactId>) -> Result<Part<8>, Error> {
    Want::See.at_all(cx)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let account = whose::account(cx, &mut tx, Want::See, account).await?;
    let mut people = store::contacts::page(&mut tx, &cx.scope(), account.id, after, PART as i64 + 1).await?;
    let next = export::next(&mut people, PART, |last| last.id.to_string());
    Ok(Part { rows: people.into_iter().map(|contact| row(contact, zone)).collect(), next })
}

fn row(contact: Contact, zone: Zone) -> [String; 8] {
    let state = contact.storefront_since.map_or("No sign-in", |_| State::label(contact.state()));
    let username = contact.storefront_since.map(|_| contact.username.clone());
    [
        contact.name(),
        contact.email,
        username.unwrap_or_default(),
        contact.job_title.unwrap_or_default(),
        contact.phone.unwrap_or_default(),
        state.to_owned(),
        contact.roles.labels(),
        zone.day(contact.created_at).to_string(),
    ]
}

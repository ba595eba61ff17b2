//! The browsers in which somebody is signed in, and signing out of them.

use domain::{
    ContactId, FormKey, SessionId,
    audit::What,
    contacts::{SessionRow, State},
};
use store::Tx;

use crate::{Cx, Error, accounts, live::Whose};

/// Ends the session that asks.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out(cx: &Cx) -> Result<(), Error> {
    let mut tx = cx.service.store.write().await?;
    end_one(cx, &mut tx, cx.actor.contact, cx.actor.session).await?;
    Ok(tx.commit().await?)
}

/// The actor's open sessions.
///
/// # Errors
/// When the database does not answer.
pub async fn list(cx: &Cx) -> Result<Vec<SessionRow>, Error> {
    cx.may_keep_account()?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let sessions = store::sessions::of_contact(&mut tx, cx.actor.contact, cx.now()).await?;
    Ok(sessions
        .into_iter()
        .map(|session| SessionRow {
            id: session.id,
            browser: browser_words(&session.browser),
            address: session.address,
            created: zone.moment(session.created_at),
            used: zone.moment(session.used_at),
            current: session.id == cx.actor.session,
        })
        .collect())
}

/// Whether the session that asks is as good as it was: nobody has ended it, and its person and account still come in. Looking does
/// not use it.
///
/// # Errors
/// When the database does not answer.
pub async fn goes_on(cx: &Cx) -> Result<bool, Error> {
    let mut tx = cx.service.store.read().await?;
    let contact = store::contacts::by_id(&mut tx, cx.actor.contact).await?;
    let account = store::accounts::by_id(&mut tx, cx.actor.account).await?;
    let open = store::sessions::is_open(&mut tx, cx.actor.contact, cx.actor.session, cx.now()).await?;
    let person =
        contact.is_some_and(|contact| contact.state() != State::Inactive && contact.storefront_since.is_some());
    let account = account.is_some_and(|account| account.suspended_at.is_none() || account.debt_suspended_at.is_some());
    Ok(person && account && open)
}

/// Ends one of the actor's sessions. Another than the one that asks is ended by who has proved a short while ago who they are.
///
/// # Errors
/// [`Error::NotFound`] when it is none of theirs, or ended already; [`Error::Unconfirmed`].
pub async fn end(cx: &Cx, key: FormKey, id: SessionId) -> Result<(), Error> {
    cx.may_keep_account()?;
    if id != cx.actor.session {
        cx.confirmed()?;
    }
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::SessionEnded.word(), id).await?.is_some() {
        return Ok(());
    }
    if !end_one(cx, &mut tx, cx.actor.contact, id).await? {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}

/// Ends all of the actor's sessions but the one that asks. Where there are no others, nothing is written down.
///
/// # Errors
/// [`Error::Unconfirmed`].
pub async fn end_others(cx: &Cx, key: FormKey) -> Result<(), Error> {
    cx.may_keep_account()?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::OtherSessionsEnded.word(), ()).await?.is_some() {
        return Ok(());
    }
    let ended = store::sessions::end_others(&mut tx, cx.actor.contact, Some(cx.actor.session), cx.now()).await?;
    if ended > 0 {
        cx.write_down(&mut tx, What::OtherSessionsEnded, cx.actor.contact, cx.actor.account, ()).await?;
    }
    tx.commit().await?;
    cx.service.live.sessions_ended(Whose::Contact(cx.actor.contact));
    Ok(())
}

async fn end_one(cx: &Cx, tx: &mut Tx, contact: ContactId, id: SessionId) -> Result<bool, Error> {
    let ended = store::sessions::end(tx, contact, id, cx.now()).await?;
    if ended {
        cx.write_down(tx, What::SessionEnded, id, cx.actor.account, ()).await?;
    }
    Ok(ended)
}

/// What a browser says it is, in the few words that tell one's own browsers apart.
fn browser_words(agent: &str) -> String {
    let first = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_by_its_name_and_its_system() {
        let phone =
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";
        assert_eq!(browser_words(phone), "Chrome on Android");
        assert_eq!(browser_words("curl/8"), "Unknown browser");
    }
}

//! Tries of somebody who is signed in to prove who they are. They are counted with the session: a stranger at the sign-in uses up
//! none of them, and who has stolen a session has few.

use domain::{audit::What, contacts::CONFIRMATION_TRIES};
use store::contacts::Contact;

use crate::{
    Cx, Error,
    live::Whose,
    mail,
    security_log::{self, Who},
};

/// A try that is counted before anybody looks whether it is right, so that many at once are no more tries than one after the other.
pub(crate) struct Tries(i64);

impl Tries {
    /// One more try.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when the session has ended, or has no try left.
    pub(crate) async fn begin(cx: &Cx) -> Result<Self, Error> {
        let mut tx = cx.service.store.write().await?;
        let tries = store::sessions::try_again(&mut tx, cx.actor.session, CONFIRMATION_TRIES).await?;
        tx.commit().await?;
        tries.map(Self).ok_or(Error::SignedOut)
    }

    /// What became of it, as somebody has found who looked: right (`Ok(Ok)`), wrong (`Ok(Err)`), or that nobody could look (`Err`).
    /// The latter is no fault of whoever tried, and is not counted.
    pub(crate) async fn judge<T>(
        self,
        cx: &Cx,
        contact: &Contact,
        looked: Result<Result<T, Error>, Error>,
    ) -> Result<T, Error> {
        match looked {
            Ok(Ok(right)) => Ok(right),
            Ok(Err(why)) => Err(self.wrong(cx, contact, why).await?),
            Err(error) => {
                if let Err(again) = take_back(cx).await {
                    tracing::error!(error = %again, "a try that nobody has looked at goes on being counted");
                }
                Err(error)
            }
        }
    }

    /// It was wrong. The last one ends the session, and its holder is told.
    async fn wrong(self, cx: &Cx, contact: &Contact, why: Error) -> Result<Error, Error> {
        security_log::event("step_up.failed", &cx.origin.address, Who::Contact(contact.id), "wrong");
        if self.0 < CONFIRMATION_TRIES {
            return Ok(why);
        }
        let mut tx = cx.service.store.write().await?;
        if store::sessions::end(&mut tx, contact.id, cx.actor.session, cx.now()).await? {
            cx.write_down(&mut tx, What::SessionCutOff, cx.actor.session, contact.account, ()).await?;
            let link = format!("{}/account", cx.service.settings.base_url);
            let letter = mail::SessionCutOff { name: &contact.first_name, address: &cx.origin.address, link: &link };
            mail::post_person(&cx.service, &mut tx, contact, "A session of yours has ended", &letter).await?;
        }
        tx.commit().await?;
        security_log::event("session.cut_off", &cx.origin.address, Who::Contact(contact.id), "wrong in a row");
        cx.service.live.sessions_ended(Whose::Contact(contact.id));
        cx.service.post.notify_one();
        Ok(why)
    }
}

async fn take_back(cx: &Cx) -> Result<(), Error> {
    let mut tx = cx.service.store.write().await?;
    store::sessions::take_try_back(&mut tx, cx.actor.session).await?;
    Ok(tx.commit().await?)
}

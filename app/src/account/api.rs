//! What the page of one's own account asks the server.

use domain::contacts::{PasswordChange, SessionRow};
use leptos::prelude::*;

use super::Theme;
use crate::Fault;
#[cfg(feature = "ssr")]
use crate::{cookies, paths, request};

/// Keeps the theme in this browser. Anyone may: it changes nothing of ours.
#[server(endpoint = "account/theme")]
pub async fn set_theme(#[server(default)] theme: String) -> Result<Theme, Fault> {
    let theme = Theme::from_word(&theme).unwrap_or_default();
    request::set_cookie(&cookies::theme(theme.word()));
    Ok(theme)
}

/// Changes one's own password; all other sessions end. Who is signed in.
#[server(endpoint = "contacts/change_password")]
pub async fn change_password(
    #[server(default)] idempotency_key: String,
    #[server(flatten)] form: PasswordChange,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    let token = service::contacts::change_password(&cx, key, &form).await?;
    request::set_session(&token)?;
    let due = cx.actor.password_due;
    request::redirect_plain_form(&if due { paths::HOME.to_owned() } else { paths::account_password_changed() });
    Ok(())
}

/// The browsers one is signed in with. Who is signed in.
#[server(endpoint = "sessions/list")]
pub async fn sessions() -> Result<Vec<SessionRow>, Fault> {
    Ok(service::sessions::list(&request::cx()?).await?)
}

/// Ends one of one's own sessions. Who is signed in.
#[server(endpoint = "sessions/end")]
pub async fn end_session(
    #[server(default)] idempotency_key: String,
    #[server(default)] session: String,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    let session = session.parse().map_err(|_| Fault::NotFound)?;
    service::sessions::end(&cx, key, session).await?;
    request::redirect_plain_form(paths::ACCOUNT);
    Ok(())
}

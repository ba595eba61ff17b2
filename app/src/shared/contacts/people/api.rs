//! What the pages of people ask the server: in the back office, of the own team, of the staff. The service says who may,
//! by whose people they are: those of other accounts who edits or helps contacts, the own who manages the team or the staff.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{cookies, paths, request};
#[cfg(feature = "ssr")]
use domain::accounts::Kind;
use domain::contacts::{ContactPage, Contacts, PersonForm, RolesForm, TakeFactor};
use leptos::prelude::*;

/// One page of an account's people; of the own account's, if none is named. Who sees accounts, or manages team or staff.
#[server(endpoint = "contacts/list", protocol = Wire)]
pub async fn list(#[server(default)] account: String, #[server(default)] after: String) -> Result<Contacts, Fault> {
    let account = Some(account).filter(|id| !id.is_empty()).map(|id| id.parse());
    let account = account.transpose().map_err(|_| Fault::NotFound)?;
    Ok(service::contacts::list(&request::cx()?, account, after.parse().ok()).await?)
}

/// The page of one person, and a link that is shown this once. Who sees accounts, or manages team or staff.
#[server(endpoint = "contacts/find", protocol = Wire)]
pub async fn find(#[server(default)] id: String) -> Result<(ContactPage, Option<String>), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let page = service::contacts::find(&cx, id).await?;
    let ours = format!("{}/activate/", cx.service.settings.base_url);
    let link = request::cookie(cookies::shown_once_name(request::secure())).filter(|link| link.starts_with(&ours));
    if link.is_some() {
        request::set_cookie(&cookies::shown(&paths::office_contact(id), request::secure()));
    }
    Ok((page, link))
}

/// Adds a person to an account; a Storefront user is invited (A4). Who edits contacts.
#[server(endpoint = "contacts/add", protocol = Wire)]
pub async fn add(
    #[server(default)] idempotency_key: String,
    #[server(default)] account: String,
    #[server(flatten)] form: PersonForm,
) -> Result<(), Fault> {
    let (cx, account) = (request::cx()?, account.parse().map_err(|_| Fault::NotFound)?);
    let id = service::contacts::add(&cx, request::form_key(&idempotency_key)?, account, &form).await?;
    request::redirect(&paths::person_done(cx.actor.side, id, "added"));
    Ok(())
}

/// Adds a person to the own account, with roles; the person is invited (A8, A9). Who manages team or staff.
#[server(endpoint = "contacts/add_to_own", protocol = Wire)]
pub async fn add_to_own(
    #[server(default)] idempotency_key: String,
    #[server(flatten)] form: PersonForm,
    #[server(flatten)] roles: RolesForm,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    let id = service::contacts::add_to_own(&cx, key, &form, &roles).await?;
    request::redirect(&paths::person_done(cx.actor.side, id, "added"));
    Ok(())
}

/// Changes a person's details. Who edits contacts, or manages team or staff.
#[server(endpoint = "contacts/edit", protocol = Wire)]
pub async fn edit(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(default)] edition: String,
    #[server(flatten)] form: PersonForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    service::contacts::edit(&cx, key, id, edition, &form).await?;
    request::redirect_plain_form(&paths::person_done(cx.actor.side, id, "saved"));
    Ok(())
}

/// Gives somebody of the own account other roles (A8, A9). Who manages team or staff.
#[server(endpoint = "contacts/set_roles", protocol = Wire)]
pub async fn set_roles(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(default)] edition: String,
    #[server(flatten)] roles: RolesForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    service::contacts::set_roles(&cx, key, id, edition, &roles).await?;
    request::redirect_plain_form(&done(&cx, id, "saved"));
    Ok(())
}

/// Sends a new activation link; the earlier one stops working (A5). Who helps contacts, or manages team or staff.
#[server(endpoint = "contacts/resend_link", protocol = Wire)]
pub async fn resend_link(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::contacts::resend_link(&cx, request::form_key(&idempotency_key)?, id).await?;
    request::redirect_plain_form(&done(&cx, id, "resend"));
    Ok(())
}

/// Makes a new activation link and shows it once, to be passed on by hand. Staff who edit contacts or manage staff.
#[server(endpoint = "contacts/copy_link", protocol = Wire)]
pub async fn copy_link(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
) -> Result<String, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let link = service::contacts::copy_link(&cx, request::form_key(&idempotency_key)?, id).await?;
    if request::is_plain_form() {
        let secure = request::is_secure(&cx.service);
        request::set_cookie(&cookies::shown_once(&link, &paths::office_contact(id), secure));
        request::redirect(&done(&cx, id, "copy-link"));
    }
    Ok(link)
}

/// Sends a link for a new password (A7). Who helps contacts, or manages team or staff.
#[server(endpoint = "contacts/send_reset", protocol = Wire)]
pub async fn send_reset(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::contacts::send_reset(&cx, request::form_key(&idempotency_key)?, id).await?;
    request::redirect_plain_form(&done(&cx, id, "reset"));
    Ok(())
}

/// Unlocks (A6). Who helps contacts, or manages team or staff.
#[server(endpoint = "contacts/unlock", protocol = Wire)]
pub async fn unlock(#[server(default)] idempotency_key: String, #[server(default)] id: String) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::contacts::unlock(&cx, request::form_key(&idempotency_key)?, id).await?;
    request::redirect_plain_form(&done(&cx, id, "unlock"));
    Ok(())
}

/// Makes a sign-in inactive; its sessions end (A6). Who edits contacts, or manages team or staff.
#[server(endpoint = "contacts/deactivate", protocol = Wire)]
pub async fn deactivate(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::contacts::deactivate(&cx, request::form_key(&idempotency_key)?, id).await?;
    request::redirect_plain_form(&done(&cx, id, "deactivate"));
    Ok(())
}

/// Makes a sign-in active again (A6). Who edits contacts, or manages team or staff.
#[server(endpoint = "contacts/reactivate", protocol = Wire)]
pub async fn reactivate(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::contacts::reactivate(&cx, request::form_key(&idempotency_key)?, id).await?;
    request::redirect_plain_form(&done(&cx, id, "reactivate"));
    Ok(())
}

/// Takes somebody's second factor away, who has lost it; their sessions end. Who edits contacts, or manages team or staff.
#[server(endpoint = "contacts/take_second_factor", protocol = Wire)]
pub async fn take_second_factor(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(flatten)] form: TakeFactor,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::contacts::take_second_factor(&cx, request::form_key(&idempotency_key)?, id, &form).await?;
    request::redirect_plain_form(&done(&cx, id, "factor-taken"));
    Ok(())
}

/// Ends all sessions of a person, who can sign in again. Who helps contacts, or manages team or staff.
#[server(endpoint = "contacts/end_sessions", protocol = Wire)]
pub async fn end_sessions(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::contacts::end_sessions(&cx, request::form_key(&idempotency_key)?, id).await?;
    request::redirect_plain_form(&done(&cx, id, "sessions-ended"));
    Ok(())
}

/// Asks everybody of an account for a second factor, or does not any more. Who edits accounts, or manages team or staff.
#[server(endpoint = "contacts/require_second_factor", protocol = Wire)]
pub async fn require_second_factor(
    #[server(default)] idempotency_key: String,
    #[server(default)] account: String,
    #[server(default)] required: String,
) -> Result<(), Fault> {
    let (cx, account) = (request::cx()?, account.parse().map_err(|_| Fault::NotFound)?);
    let key = request::form_key(&idempotency_key)?;
    service::contacts::require_second_factor(&cx, key, account, required == "on").await?;
    request::redirect_plain_form(&match (account == cx.actor.account, cx.actor.side) {
        (true, Kind::Operator) => paths::STAFF.to_owned(),
        (true, _) => paths::TEAM.to_owned(),
        (false, _) => paths::office_account_done(account, "saved"),
    });
    Ok(())
}

/// Back to the person; who changed the own rights goes home, where what is left of them stands.
#[cfg(feature = "ssr")]
fn done(cx: &service::Cx, id: domain::ContactId, done: &str) -> String {
    if id == cx.actor.contact { paths::HOME.to_owned() } else { paths::person_done(cx.actor.side, id, done) }
}

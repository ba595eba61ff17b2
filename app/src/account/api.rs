//! What the page of one's own account asks the server.

use leptos::prelude::*;

use super::Theme;
use crate::Fault;
#[cfg(feature = "ssr")]
use crate::{cookies, request};

/// Keeps the theme in this browser. Anyone may: it changes nothing of ours.
#[server(endpoint = "account/theme")]
pub async fn set_theme(#[server(default)] theme: String) -> Result<Theme, Fault> {
    let theme = Theme::from_word(&theme).unwrap_or_default();
    request::set_cookie(&cookies::theme(theme.word()));
    Ok(theme)
}

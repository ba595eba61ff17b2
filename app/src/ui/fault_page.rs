//! The page that stands in for one that cannot be shown.

use domain::{Deed, actor::Due};
use leptos::prelude::*;
use leptos_router::{components::Redirect, hooks::use_location};

use crate::ui::{Fault, fault::Then, paths};
use crate::ui::{Heading, Only};

/// Says why a page cannot be shown, with the right HTTP status; whoever is signed out is led
/// to the sign-in and back, whoever has something to do first to where that is done.
#[component]
pub fn FaultPage(
    /// Why.
    fault: Fault,
) -> impl IntoView {
    match &fault {
        Fault::SignedOut => begin_at(paths::login_then(&here())),
        Fault::Due(Due::Proof) => begin_at(paths::prove_then(&here())),
        // Nothing can be done first on another page: it says why, and where to pay.
        fault @ Fault::Due(Due::Debt) => explain(fault).into_any(),
        Fault::Due(due) => begin_at(paths::due(*due).to_owned()),
        Fault::Unconfirmed => go_to(paths::confirm_then(&here())),
        fault => explain(fault).into_any(),
    }
}

/// The page for an address that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    view! { <FaultPage fault=Fault::NotFound /> }
}

fn explain(fault: &Fault) -> impl IntoView + use<> {
    #[cfg(feature = "ssr")]
    crate::ui::request::set_status(fault.status());
    let (code, title) = match fault {
        Fault::NotFound => ("404", "Not found"),
        Fault::TooMany { .. } => ("429", "Too many tries"),
        Fault::Busy { .. } => ("503", "Too many at once"),
        Fault::Offline => ("Offline", "No connection"),
        Fault::Outdated => ("", "Keyhouse has been updated"),
        Fault::Due(Due::Debt) => ("", "Your account is suspended"),
        Fault::Broken { .. } => ("500", "Something went wrong"),
        Fault::NotNow | Fault::OutcomeUnknown => ("503", "Not now"),
        _ => ("", "This is not possible now"),
    };
    let number = match fault {
        Fault::Broken { request } if !request.is_empty() => Some(request.clone()),
        _ => None,
    };
    view! {
        <section class="fault">
            <p class="fault-code">{code}</p>
            <Heading title=title />
            <p>{words(fault)}</p>
            {number.map(|number| view! { <p class="hint">"If it stays like this, tell support this number: " <code>{number}</code></p> })}
            <div class="actions" data-fit>
                {again(fault).then(|| view! { <a class="button" data-kind="main" href=here() rel="external">{load_again(fault)}</a> })}
                {(fault.then() == Some(&Then::Catalog))
                    .then(|| view! { <a class="button" data-kind="main" href=paths::CATALOG>"Open the catalog"</a> })}
                {match fault {
                    Fault::Due(Due::Debt) => view! {
                        <Only may=Deed::SeeBilling>
                            <a class="button" data-kind="main" href=paths::BILLING>"Open billing"</a>
                        </Only>
                        <a class="button" href=paths::ACCOUNT>"Account"</a>
                    }
                    .into_any(),
                    _ => view! { <a class="button" href=paths::HOME>"Home"</a> }.into_any(),
                }}
            </div>
        </section>
    }
}

/// A page that is only read has no form to send again.
fn words(fault: &Fault) -> String {
    match fault {
        Fault::Broken { .. } => "Something went wrong on our side. Try again in a moment.".to_owned(),
        Fault::NotNow | Fault::OutcomeUnknown => {
            "Our database cannot be used just now. Wait a minute and try again.".to_owned()
        }
        Fault::Outdated => "This page was open before the update. Load it again to go on.".to_owned(),
        other => other.to_string(),
    }
}

/// What the way to the same page is called.
const fn load_again(fault: &Fault) -> &'static str {
    if matches!(fault, Fault::Outdated) { "Load again" } else { "Try again" }
}

/// Whether the same page can come out otherwise.
const fn again(fault: &Fault) -> bool {
    !matches!(fault, Fault::NotFound | Fault::Due(Due::Debt)) && !matches!(fault.then(), Some(Then::Catalog))
}

/// Leads to a page that is loaded anew: who is signed in is another than the open page believes, so nothing of it may stay.
fn begin_at(path: String) -> AnyView {
    #[cfg(feature = "ssr")]
    crate::ui::request::redirect(&path);
    let link = path.clone();
    Effect::new(move |_| {
        window().location().replace(&path).ok();
    });
    view! { <p><a href=link rel="external">"Go on"</a></p> }.into_any()
}

fn go_to(path: String) -> AnyView {
    #[cfg(feature = "ssr")]
    crate::ui::request::redirect(&path);
    let link = path.clone();
    view! {
        {cfg!(not(feature = "ssr")).then(|| view! { <Redirect path=path /> })}
        <p><a href=link>"Go on"</a></p>
    }
    .into_any()
}

/// The address of the page that was asked for, as it can be come back to.
pub fn here() -> String {
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    if search.is_empty() { path } else { format!("{path}?{search}") }
}

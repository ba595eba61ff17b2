//! The page around every page: `<html>`, the bar, the menus, and the policy of what may run in it.

use crate::shared::account::Chosen;
use crate::ui::{Arrival, Arrived, Awake, Me, Switch, Theme, arrival::Returned, paths};
use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{components::Router, hooks::use_location};

use crate::{
    menu::{Bar, Tabs},
    parts::look_ahead,
    program::Program,
    routes::Pages,
    shortcuts::{Dialogs, Shortcuts},
    title,
};

/// The document that the server writes around the app.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    #[cfg(feature = "ssr")]
    set_policy();
    // What has the name of its contents in its address is kept for ever: whoever comes again fetches the page alone. The manifest keeps its
    // address, by which a phone knows the app that it has installed.
    let kept = |name: &str| format!("/{}/{name}", options.site_pkg_dir);
    let style = kept(&format!("{}.css", options.output_name));
    let icon = kept("favicon.svg");
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme().word()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#16181d" media="(prefers-color-scheme: dark)" />
                <link rel="stylesheet" href=style />
                <link rel="icon" href=icon type="image/svg+xml" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <Program options=options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The app: what the server writes and the browser wakes.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let arrival = Arrival::shared();
    Chosen::provide(arrival.theme);
    Me::provide();
    Dialogs::provide();
    Switch::provide();
    Awake::provide();
    view! {
        <Title formatter=title::of_page />
        <Router>
            <Frame demo=arrival.demo />
        </Router>
    }
}

/// All that is on a page, and knows its address.
#[component]
fn Frame(demo: bool) -> impl IntoView {
    Arrived::provide();
    view! {
        <a class="skip" href="#main" rel="external">"Skip to content"</a>
        <div class="shell">
            {demo.then(demo_banner)}
            <Bar />
            <Main />
            <Tabs />
            <Shortcuts />
        </div>
    }
}

#[component]
fn Main() -> impl IntoView {
    Returned::forget_on_leaving();
    look_ahead();
    let path = use_location().pathname;
    let gate = Memo::new(move |_| path.with(|path| paths::is_gate(path)));
    view! {
        <main id="main" tabindex="-1" class=move || gate.get().then_some("gate")>
            <Pages />
        </main>
    }
}

fn demo_banner() -> impl IntoView {
    view! { <aside class="demo-banner" aria-label="Demo">"This is a demo. Its data may be reset."</aside> }
}

fn theme() -> Theme {
    #[cfg(feature = "ssr")]
    let kept = crate::ui::request::cookie(crate::ui::cookies::theme_name(crate::ui::request::secure()));
    #[cfg(not(feature = "ssr"))]
    let kept = None::<String>;
    kept.and_then(|word| Theme::from_word(&word)).unwrap_or_default()
}

/// What may run in the page: our own files, and the scripts of this very answer. The parts
/// of the program are our own files, so nothing needs `strict-dynamic`.
#[cfg(feature = "ssr")]
fn set_policy() {
    let nonce = use_nonce().map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; script-src 'self'{nonce} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    );
    crate::ui::request::set_header(http::header::CONTENT_SECURITY_POLICY, &policy);
}

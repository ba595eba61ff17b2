//! How the program comes to a page: with it, where somebody works; ahead, where a stranger reads or signs in. Such a page is whole
//! without the program and waits for nothing, and what comes after it finds the program in the browser's cache.

use crate::ui::CopyScript;
use leptos::{either::Either, nonce::use_nonce, prelude::*};

/// A form is sent once, however often its button is pressed: where the program is, it sees to that.
const SENT_ONCE: &str = "addEventListener('submit',e=>{const f=e.target.dataset;'sent' in f?e.preventDefault():f.sent=''});\
    addEventListener('pageshow',()=>document.querySelectorAll('form').forEach(f=>delete f.dataset.sent))";

/// What the head of the page says of the program.
#[component]
pub fn Program(options: LeptosOptions) -> impl IntoView {
    if is_here() {
        return Either::Left(view! {
            <HydrationScripts options=options />
            <CopyScript />
        });
    }
    if let Some(page) = Owner::current_shared_context() {
        // Nobody wakes to it, so nothing is said twice.
        page.set_is_hydrating(false);
    }
    // Or the page would announce the files of its part.
    #[cfg(feature = "ssr")]
    take_context::<leptos::WasmSplitManifest>();
    let (folder, name) = (options.site_pkg_dir, options.output_name);
    Either::Right(view! {
        <link rel="prefetch" href=format!("/{folder}/{name}.js") />
        <link rel="prefetch" href=format!("/{folder}/{name}_bg.wasm") />
        <script nonce=use_nonce()>{SENT_ONCE}</script>
    })
}

/// Whether the program comes with this page: where somebody is signed in, and where one activates or proves who one is.
fn is_here() -> bool {
    #[cfg(feature = "ssr")]
    {
        use crate::ui::{paths, request};
        request::actor().is_some() || request::path().is_none_or(|path| paths::wakes_for_strangers(&path))
    }
    #[cfg(not(feature = "ssr"))]
    true
}

//! What wakes in the browser: it takes over the page that the server has written. Nothing else belongs here.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the script that Leptos puts into every page.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::begin();
    leptos::mount::hydrate_lazy(app::App);
}

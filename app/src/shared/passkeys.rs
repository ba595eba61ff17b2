//! The door to the browser's passkeys. Options and answers are JSON, as the server's library writes and reads them; the
//! browser itself turns them into its own types and back.

#[cfg(feature = "hydrate")]
use js_sys::{Function, JSON, Object, Promise, Reflect};
#[cfg(feature = "hydrate")]
use leptos::wasm_bindgen::{JsCast, JsValue};

/// Whether this browser knows passkeys, and their options as JSON.
pub fn are_known() -> bool {
    #[cfg(feature = "hydrate")]
    return class().and_then(|class| method(&class, "parseCreationOptionsFromJSON")).is_some();
    #[cfg(not(feature = "hydrate"))]
    false
}

/// Has the device make a passkey; `None` when its holder did not want to, or it cannot.
#[cfg(feature = "hydrate")]
pub async fn create(options: &str) -> Option<String> {
    ask("create", "parseCreationOptionsFromJSON", options).await
}

/// Has the device prove a passkey; `None` when its holder did not want to, or there is none.
#[cfg(feature = "hydrate")]
pub async fn get(options: &str) -> Option<String> {
    ask("get", "parseRequestOptionsFromJSON", options).await
}

#[cfg(feature = "hydrate")]
async fn ask(what: &str, parse: &str, options: &str) -> Option<String> {
    let class = class()?;
    let options = Reflect::get(&JSON::parse(options).ok()?, &"publicKey".into()).ok()?;
    let options = method(&class, parse)?.call1(&class, &options).ok()?;
    let request = Object::new();
    Reflect::set(&request, &"publicKey".into(), &options).ok()?;
    let credentials = Reflect::get(&leptos::prelude::window().navigator(), &"credentials".into()).ok()?;
    let promise = method(&credentials, what)?.call1(&credentials, &request).ok()?;
    let answer = wasm_bindgen_futures::JsFuture::from(promise.dyn_into::<Promise>().ok()?).await.ok()?;
    let answer = method(&answer, "toJSON")?.call0(&answer).ok()?;
    JSON::stringify(&answer).ok()?.as_string()
}

#[cfg(feature = "hydrate")]
fn class() -> Option<JsValue> {
    let class = Reflect::get(&leptos::prelude::window(), &"PublicKeyCredential".into()).ok()?;
    class.is_function().then_some(class)
}

#[cfg(feature = "hydrate")]
fn method(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}

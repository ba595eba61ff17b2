//! What the browser loads beside the pages: script, program, style, and the files of public/.
//!
//! `cargo xtask site` makes them. A release carries them inside the binary; a debug build (and the one of `make run`) reads them
//! from the disk, so that a change of style needs no new server: the site made fast, or with `KEYHOUSE_SITE=release` the one that is
//! deployed, as the journeys do. Without a site the pages still come, plain and without script.

#[cfg(debug_assertions)]
mod disk;

use axum::{
    Router,
    body::Body,
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use http::{
    HeaderMap, HeaderValue, StatusCode, Uri,
    header::{
        ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
    },
};
use leptos::{WasmSplitManifest, context::provide_context, reactive::owner::ArcStoredValue};
use rust_embed::EmbeddedFile;
use std::sync::OnceLock;

#[cfg(debug_assertions)]
use self::disk::Site;

/// The site as it is deployed, inside the binary.
#[cfg(not(debug_assertions))]
#[derive(rust_embed::Embed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

/// For ever: the folder is named after what is in it.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Asked for again after a while, and answered with "not modified".
const ASKED_AGAIN: HeaderValue = HeaderValue::from_static("public, max-age=600");
/// The folder with the hash in its name is below this one.
const PKG: &str = "pkg";

/// The file that Leptos reads to know what a lazy route needs.
const PARTS: &str = "__wasm_split_manifest.json";
const LOADER: &str = "__wasm_split.______________________.js";

/// The addresses of all assets, each answered by [`asset`].
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let asset = || -> MethodRouter<S> { get(asset) };
    let public = Site::iter().filter(|name| is_public(name));
    public.fold(Router::new().route("/pkg/{*path}", asset()), |router, name| router.route(&format!("/{name}"), asset()))
}

/// Answers with the file that the address names, as small as the browser can read it.
pub async fn asset(uri: Uri, headers: HeaderMap) -> Response {
    answer(uri.path(), &headers, Site::get)
}

/// What Leptos takes as `site_pkg_dir`: the folder of this build, below the root of the site.
pub fn pkg_dir() -> String {
    let hash = Site::get("pkg.txt").and_then(|file| String::from_utf8(file.data.into_owned()).ok());
    hash.map_or_else(|| PKG.to_owned(), |hash| format!("{PKG}/{}", hash.trim()))
}

/// Lets a page announce the parts that its lazy route will fetch. Leptos looks for their list on the disk only, where a
/// release has nothing; so each request is given it, beside its other context.
pub fn provide_lazy_parts() {
    static LAZY_PARTS: OnceLock<Option<WasmSplitManifest>> = OnceLock::new();
    if let Some(parts) = LAZY_PARTS.get_or_init(lazy_parts) {
        provide_context(parts.clone());
    }
}

fn lazy_parts() -> Option<WasmSplitManifest> {
    let folder = pkg_dir();
    let parts = Site::get(&format!("{folder}/{PARTS}"))?;
    let parts = serde_json::from_slice(&parts.data).ok()?;
    Some(WasmSplitManifest(ArcStoredValue::new((format!("/{folder}"), parts, LOADER.to_owned()))))
}

/// Whether this is a file of public/, under its own name.
fn is_public(name: &str) -> bool {
    let twin = [".br", ".gz"].iter().any(|ending| name.ends_with(ending));
    !twin && name != "pkg.txt" && !name.starts_with("pkg/")
}

fn answer(path: &str, headers: &HeaderMap, site: impl Fn(&str) -> Option<EmbeddedFile>) -> Response {
    let name = path.trim_start_matches('/');
    let asked_for_a_twin = [".br", ".gz"].iter().any(|ending| name.ends_with(ending));
    let found = if asked_for_a_twin { None } else { smallest(name, headers, &site) };
    let Some((encoding, file)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = etag(&file);
    let mut response = if headers.get_all(IF_NONE_MATCH).iter().any(|known| matches(known, &etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let length = file.data.len();
        let mut whole = Body::from(file.data).into_response();
        whole.headers_mut().insert(CONTENT_LENGTH, length.into());
        whole.headers_mut().insert(CONTENT_TYPE, content_type(name));
        if let Some(encoding) = encoding {
            whole.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        whole
    };
    let lasts = if name.starts_with("pkg/") && name.matches('/').count() > 1 { KEPT } else { ASKED_AGAIN };
    response.headers_mut().insert(CACHE_CONTROL, lasts);
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
    response.headers_mut().insert(ETAG, etag);
    response
}

/// The brotli twin, the gzip twin or the file itself: the first that exists and that the browser accepts.
fn smallest(
    name: &str,
    headers: &HeaderMap,
    site: impl Fn(&str) -> Option<EmbeddedFile>,
) -> Option<(Option<&'static str>, EmbeddedFile)> {
    let twins = [("br", "br"), ("gzip", "gz")];
    let mut accepted = twins.into_iter().filter(|(encoding, _)| accepts(headers, encoding));
    accepted
        .find_map(|(encoding, ending)| Some((Some(encoding), site(&format!("{name}.{ending}"))?)))
        .or_else(|| Some((None, site(name)?)))
}

/// Whether `Accept-Encoding` names it with a weight above nought.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let offers = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut offers = offers.flat_map(|value| value.split(','));
    offers.any(|offer| {
        let (name, weight) = offer.split_once(';').unwrap_or((offer, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok());
        name.trim().eq_ignore_ascii_case(encoding) && weight.is_some_and(|weight: f32| weight > 0.0)
    })
}

fn etag(file: &EmbeddedFile) -> HeaderValue {
    let hash = file.metadata.sha256_hash();
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::try_from(format!("\"{hex}\"")).expect("hex digits and quotes are fit for a header")
}

fn matches(known: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(known), Ok(etag)) = (known.to_str(), etag.to_str()) else {
        return false;
    };
    known.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == etag || tag == "*")
}

fn content_type(name: &str) -> HeaderValue {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    HeaderValue::from_static(match ending {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" => "image/jpeg",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    })
}

#[cfg(test)]
mod tests;

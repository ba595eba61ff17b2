//! A browser, as far as a server can tell: it keeps cookies, asks for pages, and posts forms with or without script.

use std::{collections::BTreeMap, net::SocketAddr};

use app::{ACCEPTS, Fault, PACKED, packed};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::ConnectInfo,
    response::Response,
};
use http::{
    HeaderMap, HeaderName, Request, StatusCode,
    header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, REFERER, SET_COOKIE},
    request::Builder,
};
use serde::de::DeserializeOwned;
use tower::ServiceExt;
use url::form_urlencoded;

const PAGE: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// One person's browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    base_url: String,
    cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// As a person or a program of others reads it. What a page holds for its program stands there as what it says: see [`opened`].
    pub text: String,
    /// As it came.
    pub bytes: Bytes,
}

impl Browser {
    /// A fresh one, for a portal at that address.
    pub fn new(router: Router, base_url: &str) -> Self {
        Self { router, base_url: base_url.to_owned(), cookies: BTreeMap::new() }
    }

    /// With the cookie of a session.
    pub fn with_session(mut self, token: &str) -> Self {
        let name = app::cookies::session_name(self.base_url.starts_with("https://"));
        self.cookies.insert(name.to_owned(), token.to_owned());
        self
    }

    /// Whether it holds a session.
    pub fn is_signed_in(&self) -> bool {
        self.cookies.keys().any(|name| name.ends_with("keyhouse"))
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).header(ACCEPT, PAGE), Body::empty()).await
    }

    /// Opens the page that an answer leads to.
    pub async fn follow(&mut self, answer: &Answer) -> Answer {
        self.get(answer.location().expect("it leads on")).await
    }

    /// Posts a form of a page without script.
    pub async fn submit(&mut self, page: &str, endpoint: &str, fields: &[(&str, &str)]) -> Answer {
        let referer = format!("{}{page}", self.base_url);
        let request = self.post(endpoint).header(ACCEPT, PAGE).header(REFERER, referer);
        self.send(request, form(fields)).await
    }

    /// Calls a server function as the program in a page does, and reads the answer as [`Answer::said`] does.
    pub async fn ask(&mut self, endpoint: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask_as(ACCEPTS, endpoint, fields).await
    }

    /// The same of the program of any release.
    pub async fn ask_as(&mut self, accepts: &str, endpoint: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.post(endpoint).header(ACCEPT, accepts);
        self.send(request, form(fields)).await
    }

    /// Calls a server function as a program of others does.
    pub async fn call(&mut self, endpoint: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.post(endpoint).header(ACCEPT, "application/json");
        self.send(request, form(fields)).await
    }

    /// Sends files with a form, as a browser does by itself.
    pub async fn upload(&mut self, address: &str, files: &[(&str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, file) in files {
            let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"f\"\r\n\r\n");
            body.extend([head.as_bytes(), file, b"\r\n"].concat());
        }
        body.extend(b"--edge--\r\n");
        let request = Request::post(address)
            .header(CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .header(ACCEPT, PAGE)
            .header(ORIGIN, &self.base_url)
            .header("sec-fetch-site", "same-origin");
        self.send(request, body.into()).await
    }

    fn post(&self, endpoint: &str) -> Builder {
        Request::post(format!("/api/{endpoint}"))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ORIGIN, &self.base_url)
            .header("sec-fetch-site", "same-origin")
    }

    /// Sends any request, and reads the whole answer.
    pub async fn send(&mut self, request: Builder, body: Body) -> Answer {
        let response = self.open(request, body).await;
        for cookie in response.headers().get_all(SET_COOKIE) {
            self.keep(cookie.to_str().expect("a cookie of ours is text"));
        }
        let (parts, body) = response.into_parts();
        // A stream of events has no end; who wants it opens it.
        let endless = parts.headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let body = if endless { Body::empty() } else { body };
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        let text = String::from_utf8_lossy(&body).into_owned();
        let page = parts.headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        let text = if page { opened(&text) } else { text };
        Answer { status: parts.status, headers: parts.headers, text, bytes: body }
    }

    /// Sends any request, and leaves the answer open.
    pub async fn open(&self, request: Builder, body: Body) -> Response {
        let host = self.base_url.split("//").last().unwrap_or_default();
        // A request may name another host.
        let named = request.headers_ref().is_some_and(|headers| headers.contains_key(HOST));
        let mut request = if named { request } else { request.header(HOST, host) };
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, cookies.join("; "));
        }
        let mut request = request.body(body).expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 4711))));
        let Ok(response) = self.router.clone().oneshot(request).await;
        response
    }

    fn keep(&mut self, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').expect("a name and a value");
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Answer {
    /// What it says to the program in a page that asked for it.
    pub fn said<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        assert_eq!(self.header(CONTENT_TYPE), Some(PACKED), "{self:?}");
        match self.bytes.split_first() {
            Some((&packed::VALUE, value)) if self.status.is_success() => packed::unpack(value),
            Some((&packed::FAULT, fault)) => Err(packed::unpack(fault).expect("a fault")),
            _ => panic!("neither a value nor a fault: {self:?}"),
        }
    }

    /// Where it leads.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION).map(|location| location.to_str().expect("an address"))
    }

    /// One header.
    pub fn header(&self, name: impl TryInto<HeaderName>) -> Option<&str> {
        let name = name.try_into().ok()?;
        self.headers.get(name).map(|value| value.to_str().expect("our headers are text"))
    }
}

/// A page in which each value for its program, which stands there as bytes in letters, is written out: whoever looks for a text
/// that a page must not give away finds it there as well. Ids and numbers are no text there.
fn opened(page: &str) -> String {
    let mut pieces: Vec<_> = page.split('"').map(ToOwned::to_owned).collect();
    for at in 1..pieces.len() {
        // `__RESOLVED_RESOURCES["3"] = "+..."`, or `{"3": "+..."}`; what is handed over by itself has no sign.
        let is_value = matches!(pieces[at - 1].as_str(), "] = " | ": ");
        let letters = pieces[at].strip_prefix(['+', '-']).unwrap_or(&pieces[at]);
        if let (true, Some(bytes)) = (is_value, bytes_of(letters)) {
            // Escaped, so that nothing in it is taken for the page around it.
            pieces[at] = String::from_utf8_lossy(&bytes).replace('<', "\\u003c").replace('"', "\\\"");
        }
    }
    pieces.join("\"")
}

/// What stands in a page for its program, as bytes: what is not ASCII, or has to be escaped, is one of the 256 letters from `Ā` on.
fn bytes_of(letters: &str) -> Option<Vec<u8>> {
    let byte = |letter: char| match u32::from(letter) {
        code @ 0x20..=0x7e if !matches!(letter, '<' | '\\') => u8::try_from(code).ok(),
        code => u8::try_from(code.checked_sub(0x100)?).ok(),
    };
    letters.chars().map(byte).collect()
}

fn form(fields: &[(&str, &str)]) -> Body {
    Body::from(form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish())
}

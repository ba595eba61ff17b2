//! How a request goes to Stripe, and goes again: in time or not at all, with the same idempotency key, and with nothing of
//! the secret key in any error.
//!
//! What may be sent again is told by <https://docs.stripe.com/error-low-level>: what was not answered, what another request
//! holds (409), what came too fast (429), what failed there (5xx), unless `Stripe-Should-Retry` says otherwise.

use std::time::Duration;

use axum::body::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Request, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT},
};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client as Hyper, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use service::card::CardError;
use tokio::time::{sleep, timeout};
use url::{Url, form_urlencoded};

use super::{Secret, ask::Form, read};
use crate::Failure;

/// The version of Stripe's words that this was written with; an account with another one is answered in this one
/// (<https://docs.stripe.com/api/versioning>).
const VERSION: &str = "2026-09-30.endive";

/// No answer of Stripe's that we ask for is longer.
const ANSWER_MOST: usize = 1024 * 1024;

/// How long an answer is waited for, and how often.
#[derive(Debug, Clone)]
pub struct Patience {
    /// One try.
    pub one_try: Duration,
    /// The pauses before the tries after it.
    pub pauses: Vec<Duration>,
}

/// All tries together end before a request to the portal does.
impl Default for Patience {
    fn default() -> Self {
        let pauses = vec![Duration::from_millis(400), Duration::from_millis(1_600)];
        Self { one_try: Duration::from_secs(8), pauses }
    }
}

/// Speaks with Stripe.
pub struct Client {
    http: Hyper<HttpsConnector<HttpConnector>, Full<Bytes>>,
    base: Url,
    bearer: HeaderValue,
    patience: Patience,
}

/// A try without an answer to keep.
enum Miss {
    /// The same may be asked again.
    Again(CardError),
    /// It would end the same way.
    Final(CardError),
}

impl Client {
    /// For the account of that key.
    pub fn new(base: Url, key: &Secret, patience: Patience) -> Result<Self, Failure> {
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", key.reveal()))
            .map_err(|_| Failure::Setting("--stripe-secret-key has a sign in it that no key has".to_owned()))?;
        bearer.set_sensitive(true);
        // Plain http is for this machine alone: the settings see to it.
        let connector = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
        let http = Hyper::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(connector);
        Ok(Self { http, base, bearer, patience })
    }

    /// Where it asks.
    pub fn origin(&self) -> String {
        self.base.origin().ascii_serialization()
    }

    /// Asks for something to be done; under the same key it is done once.
    pub async fn post(&self, path: &[&str], form: &Form, key: &str) -> Result<Bytes, CardError> {
        self.ask(Method::POST, self.at(path)?, encoded(form), Some(key)).await
    }

    /// Asks how something stands.
    pub async fn get(&self, path: &[&str], query: &Form) -> Result<Bytes, CardError> {
        let mut url = self.at(path)?;
        url.set_query(Some(&encoded(query)));
        self.ask(Method::GET, url, String::new(), None).await
    }

    /// The address; whatever stands in an id stays within its part of the path.
    fn at(&self, path: &[&str]) -> Result<Url, CardError> {
        let mut url = self.base.clone();
        let nowhere = path.iter().any(|part| part.is_empty() || part.starts_with('.'));
        match url.path_segments_mut() {
            Ok(mut parts) if !nowhere => {
                parts.clear().push("v1").extend(path);
            }
            _ => return Err(CardError::Refused("an id is missing; this is a mistake of ours".to_owned())),
        }
        Ok(url)
    }

    async fn ask(&self, method: Method, url: Url, body: String, key: Option<&str>) -> Result<Bytes, CardError> {
        let body = Bytes::from(body);
        let mut pauses = self.patience.pauses.iter();
        loop {
            let request = self.request(&method, &url, body.clone(), key)?;
            match (self.once(request).await, pauses.next()) {
                (Ok(answer), _) => return Ok(answer),
                (Err(Miss::Again(error)), Some(pause)) => {
                    tracing::warn!(%error, path = url.path(), "Stripe is asked again");
                    sleep(*pause).await;
                }
                (Err(Miss::Again(error) | Miss::Final(error)), _) => return Err(error),
            }
        }
    }

    fn request(
        &self,
        method: &Method,
        url: &Url,
        body: Bytes,
        key: Option<&str>,
    ) -> Result<Request<Full<Bytes>>, CardError> {
        let mut request = Request::builder()
            .method(method)
            .uri(url.as_str())
            .header(AUTHORIZATION, self.bearer.clone())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(USER_AGENT, concat!("Keyhouse/", env!("CARGO_PKG_VERSION")))
            .header("stripe-version", VERSION);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        request.body(Full::new(body)).map_err(|error| CardError::Refused(format!("nothing was sent: {error}")))
    }

    /// One try. No redirect is followed: the key goes to Stripe and nobody else.
    async fn once(&self, request: Request<Full<Bytes>>) -> Result<Bytes, Miss> {
        let trying = async {
            let (head, body) = self.http.request(request).await.map_err(|error| silent(&error))?.into_parts();
            let body = Limited::new(body, ANSWER_MOST).collect().await.map_err(|error| silent(error.as_ref()))?;
            Ok((head.status, head.headers, body.to_bytes()))
        };
        let late =
            || Miss::Again(CardError::Unreachable(format!("Stripe did not answer within {:?}", self.patience.one_try)));
        let (status, headers, body) = timeout(self.patience.one_try, trying).await.map_err(|_| late())??;
        match status.is_success() {
            true => Ok(body),
            false => Err(refused(status, &headers, &body)),
        }
    }
}

fn encoded(form: &Form) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}

/// No answer came, or not all of it. Of the causes, the last one says what it is.
fn silent(error: &(dyn std::error::Error + 'static)) -> Miss {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let cause = causes.last().map(ToString::to_string).unwrap_or_default();
    Miss::Again(CardError::Unreachable(format!("Stripe cannot be reached ({cause})")))
}

/// An answer that is none of success.
fn refused(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Miss {
    let told = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let again = match told("stripe-should-retry") {
        Some("true") => true,
        Some("false") => false,
        _ => status == StatusCode::CONFLICT || status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error(),
    };
    let request = told("request-id").unwrap_or("without an id");
    let error = read::error(status, request, body);
    if again { Miss::Again(error) } else { Miss::Final(error) }
}

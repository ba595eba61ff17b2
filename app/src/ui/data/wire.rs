//! The protocol of all server functions: arguments as a form, as browsers send it without script as well, and answers as they are asked
//! for. The program in a page asks for them packed; all others get JSON, or are led to a page.

use http::{Method, StatusCode};
use leptos::server_fn::{
    Bytes, ContentType, Http, Protocol, ServerFn,
    client::Client,
    codec::{Json, PostUrl},
    redirect::call_redirect_hook,
    request::ClientReq,
    response::ClientRes,
    server::Server,
};
#[cfg(feature = "ssr")]
use leptos::server_fn::{
    codec::FromReq,
    error::ServerFnErrorResponseParts,
    request::Req,
    response::{Res, TryRes},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::ui::Fault;
use crate::ui::data::{
    Coming,
    asked::accepts,
    packed::{FAULT, VALUE, unpack, unreadable},
};
#[cfg(feature = "ssr")]
use crate::ui::data::{
    asked::{Asked, PACKED},
    packed::{pack, pack_after},
};

/// The protocol that each server function names: `#[server(endpoint = "licenses/edit", protocol = Wire)]`.
pub struct Wire;

/// What the browser asks for is refused with this status when its page was made by another release: see [`Fault::Outdated`]. It is read
/// whatever stands in the body, which another release may write otherwise.
const OUTDATED: u16 = StatusCode::PRECONDITION_FAILED.as_u16();

/// For others than the program in a page, the server speaks what server functions speak by default. In the browser all of them share one
/// request.
impl<I, O, C, S> Protocol<I, O, C, S, Fault> for Wire
where
    I: Serialize + DeserializeOwned + Send,
    O: Serialize + DeserializeOwned + Send,
    C: Client<Fault> + 'static,
    S: Server<Fault>,
    Http<PostUrl, Json>: Protocol<I, O, C, S, Fault>,
{
    const METHOD: Method = Method::POST;

    fn run_server<F, Fut>(request: S::Request, run: F) -> impl Future<Output = Result<S::Response, Fault>> + Send
    where
        F: Fn(I) -> Fut + Send,
        Fut: Future<Output = Result<O, Fault>> + Send,
    {
        #[cfg(feature = "ssr")]
        return async move {
            if Asked::of(request.accepts().as_deref()) != Asked::Packed {
                let run = move |input: I| {
                    let coming = run(input);
                    async move {
                        let output = coming.await?;
                        // A type that cannot be packed is found whoever asks for it.
                        if cfg!(debug_assertions) {
                            pack(&output)?;
                        }
                        Ok::<O, Fault>(output)
                    }
                };
                return <Http<PostUrl, Json> as Protocol<I, O, C, S, Fault>>::run_server(request, run).await;
            }
            let answer = match <I as FromReq<PostUrl, S::Request, Fault>>::from_req(request).await {
                Ok(input) => run(input).await,
                Err(fault) => Err(fault),
            };
            let written = answer.and_then(|output| {
                <S::Response as TryRes<Fault>>::try_from_bytes(PACKED, pack_after(VALUE, &output)?.into())
            });
            Ok(written.unwrap_or_else(|fault| refusal(&fault)))
        };
        #[cfg(not(feature = "ssr"))]
        <Http<PostUrl, Json> as Protocol<I, O, C, S, Fault>>::run_server(request, run)
    }

    fn run_client(path: &str, input: I) -> impl Future<Output = Result<O, Fault>> + Send {
        let text = serde_qs::to_string(&input).map_err(|_| unreadable()).map(|body| call::<C>(path, body));
        async move { unpack(&text?.await?) }
    }
}

/// A fault for the program in a page, with all that a server function puts beside one.
#[cfg(feature = "ssr")]
fn refusal<R: Res>(fault: &Fault) -> R {
    let parts = ServerFnErrorResponseParts::builder()
        .body(Bytes::from(fault.packed()))
        .content_type(PACKED)
        .status_code(fault.status())
        .build();
    R::error_response(&crate::ui::request::path().unwrap_or_default(), parts)
}

/// A server function that forms can be sent to.
pub trait Function:
    ServerFn<
        Protocol = Wire,
        Client: 'static,
        Output: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
        Error = Fault,
        InputStreamError = Fault,
        OutputStreamError = Fault,
    > + 'static
{
}

impl<S> Function for S where
    S: ServerFn<
            Protocol = Wire,
            Client: 'static,
            Output: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
            Error = Fault,
            InputStreamError = Fault,
            OutputStreamError = Fault,
        > + 'static
{
}

/// Sends what was typed to a server function, without reading it first.
///
/// # Errors
/// What the server function answers, or why there is no answer.
pub async fn send<S: Function>(body: String) -> Result<S::Output, Fault> {
    unpack(&call::<S::Client>(S::PATH, body).await?)
}

/// The one request there is, whatever it asks for.
#[inline(never)]
pub(super) fn call<C: Client<Fault> + 'static>(path: &str, body: String) -> Coming<Result<Bytes, Fault>> {
    let request = C::Request::try_new_post(path, PostUrl::CONTENT_TYPE, accepts(), body);
    Box::pin(async move {
        let response = C::send(request?).await?;
        let (status, location) = (response.status(), response.location());
        let leads_on = (300..=399).contains(&status) || response.has_redirect();
        let answer = answer_of(status, &response.try_into_bytes().await?);
        if leads_on {
            call_redirect_hook(&location);
        }
        answer
    })
}

/// What an answer with this status says.
fn answer_of(status: u16, body: &Bytes) -> Result<Bytes, Fault> {
    let failed = (400..=599).contains(&status);
    match body.split_first() {
        _ if status == OUTDATED => Err(Fault::Outdated),
        Some((&VALUE, _)) if !failed => Ok(body.slice(1..)),
        Some((&FAULT, fault)) if failed => {
            let (Ok(fault) | Err(fault)) = unpack(fault);
            Err(fault)
        }
        // Something in front of the server gave it.
        _ => Err(unreadable()),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::{fs, path::Path};

    use domain::Refusal;

    use super::*;

    fn said<T: DeserializeOwned>(status: u16, body: &[u8]) -> Result<T, Fault> {
        unpack(&answer_of(status, &Bytes::copy_from_slice(body))?)
    }

    fn value<T: Serialize + DeserializeOwned>(value: &T) -> Vec<u8> {
        pack_after(VALUE, value).expect("bytes")
    }

    #[test]
    fn an_answer_is_read_by_its_status() {
        assert_eq!(said(200, &value(&vec![1_u8, 2])), Ok(vec![1_u8, 2]));
        assert_eq!(said(200, &value(&())), Ok(()));
        let refused = Fault::from(Refusal::UnpaidCap { cap: 10, left: 2, asked: 3 });
        for fault in [Fault::NotFound, Fault::TooMany { seconds: 900 }, refused] {
            assert_eq!(said::<()>(fault.status().as_u16(), &fault.packed()), Err(fault));
        }
    }

    #[test]
    fn an_answer_that_is_not_ours_is_a_broken_one() {
        let broken = Fault::Broken { request: String::new() };
        let (text, fault) = (value(&"a".to_owned()), Fault::NotFound.packed());
        for (status, body) in [
            (502, &b"<h1>Bad Gateway</h1>"[..]),
            (500, &b""[..]),
            (200, &b"<p>Log in to this network</p>"[..]),
            (204, &b""[..]),
            (200, &b"null"[..]),
            (404, &b"\"not_found\""[..]),
            (500, &text[..]),
            (200, &fault[..]),
            (404, &fault[..1]),
        ] {
            assert_eq!(said::<String>(status, body), Err(broken.clone()), "{status} {body:?}");
        }
    }

    #[test]
    fn a_page_of_another_release_is_told_so_whatever_else_is_said() {
        for body in [&b""[..], &b"<h1>Precondition Failed</h1>"[..], &value(&())[..], &Fault::NotFound.packed()[..]] {
            assert_eq!(said::<()>(412, body), Err(Fault::Outdated), "{body:?}");
        }
    }

    #[test]
    fn each_server_function_speaks_it() {
        let others = |source: &str| {
            let functions = source.lines().filter(|line| line.starts_with("#[server("));
            functions.filter(|line| !line.ends_with(", protocol = Wire)]")).map(ToOwned::to_owned).collect::<Vec<_>>()
        };
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../src")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder of sources") {
                let path = entry.expect("a file or a folder").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let others = others(&fs::read_to_string(&path).expect("a source"));
                    assert_eq!(others, [""; 0], "{}", path.display());
                }
            }
        }
    }
}

//! The protocol of all server functions: arguments as a form, as browsers send it without script as well, and answers as JSON.

use http::Method;
use leptos::server_fn::{
    ContentType, Http, Protocol, ServerFn,
    client::Client,
    codec::{Json, PostUrl},
    redirect::call_redirect_hook,
    request::ClientReq,
    response::ClientRes,
    server::Server,
};
use serde::{Serialize, de::DeserializeOwned};

use super::Coming;
use crate::Fault;

/// The protocol that each server function names: `#[server(endpoint = "licenses/edit", protocol = Wire)]`.
pub struct Wire;

/// On the server this is what server functions speak by default. In the browser all of them share one request.
impl<I, O, C, S> Protocol<I, O, C, S, Fault> for Wire
where
    I: Serialize + Send,
    O: DeserializeOwned + Send,
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
        <Http<PostUrl, Json> as Protocol<I, O, C, S, Fault>>::run_server(request, run)
    }

    fn run_client(path: &str, input: I) -> impl Future<Output = Result<O, Fault>> + Send {
        let text = serde_qs::to_string(&input).map_err(|_| unreadable()).map(|body| call::<C>(path, body));
        async move { read(&text?.await?) }
    }
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
    read(&call::<S::Client>(S::PATH, body).await?)
}

/// The one request there is, whatever it asks for.
#[inline(never)]
pub(super) fn call<C: Client<Fault> + 'static>(path: &str, body: String) -> Coming<Result<String, Fault>> {
    let request = C::Request::try_new_post(path, PostUrl::CONTENT_TYPE, Json::CONTENT_TYPE, body);
    Box::pin(async move {
        let response = C::send(request?).await?;
        let (status, location) = (response.status(), response.location());
        let leads_on = (300..=399).contains(&status) || response.has_redirect();
        let answer = answer_of(status, response.try_into_string().await?);
        if leads_on {
            call_redirect_hook(&location);
        }
        answer
    })
}

/// What an answer with this status says.
fn answer_of(status: u16, text: String) -> Result<String, Fault> {
    if (400..=599).contains(&status) {
        let (Ok(fault) | Err(fault)) = read(&text);
        return Err(fault);
    }
    Ok(text)
}

/// Reads what the server said.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|_| unreadable())
}

/// What is said of an answer that cannot be read: something in front of the server gave it, or a newer server.
pub(super) const fn unreadable() -> Fault {
    Fault::Broken { request: String::new() }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use domain::Refusal;

    use super::*;

    fn said<T: DeserializeOwned>(status: u16, text: &str) -> Result<T, Fault> {
        read(&answer_of(status, text.to_owned())?)
    }

    #[test]
    fn an_answer_is_read_by_its_status() {
        assert_eq!(said(200, "[1,2]"), Ok(vec![1_u8, 2]));
        assert_eq!(said(200, "null"), Ok(()));
        assert_eq!(said::<()>(404, "\"not_found\""), Err(Fault::NotFound));
        assert_eq!(said::<()>(429, r#"{"too_many":{"seconds":900}}"#), Err(Fault::TooMany { seconds: 900 }));
        let refused = Fault::Refused(Refusal::UnpaidCap { cap: 10, left: 2, asked: 3 });
        assert_eq!(said::<()>(409, &serde_json::to_string(&refused).expect("JSON")), Err(refused));
    }

    #[test]
    fn an_answer_that_is_not_ours_is_a_broken_one() {
        let broken = Fault::Broken { request: String::new() };
        for (status, text) in
            [(502, "<h1>Bad Gateway</h1>"), (500, ""), (200, "<p>Log in to this network</p>"), (204, "")]
        {
            assert_eq!(said::<()>(status, text), Err(broken.clone()), "{status} {text}");
        }
    }

    #[test]
    fn each_server_function_speaks_it() {
        let others = |source: &str| {
            let functions = source.lines().filter(|line| line.starts_with("#[server("));
            functions.filter(|line| !line.ends_with(", protocol = Wire)]")).map(ToOwned::to_owned).collect::<Vec<_>>()
        };
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
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

//! The addresses that a browser is sent to after it posted a form: always here, never another host.

use app::paths::stays_here;
use domain::DraftId;
use http::{
    HeaderMap, HeaderValue, Uri,
    header::{HOST, REFERER},
};
use url::{Url, form_urlencoded};

/// Under which a page finds what was typed.
const AGAIN: &str = "again";
/// By what a form that is sent again names its page.
const BACK: &str = "back";
/// Of a former try, or written by the library: never carried on.
const LEFT_OUT: [&str; 3] = [AGAIN, "__path", "__err"];
const START: &str = "/";

/// The page that a form was posted from: what the form says itself when it was sent again from a page of an error, otherwise path and
/// query of the `Referer`, if that is one of ours.
pub fn back(uri: &Uri, headers: &HeaderMap, base_url: &Url) -> String {
    if let Some(page) = uri.query().and_then(said) {
        return page;
    }
    let referer = headers.get(REFERER).and_then(|referer| referer.to_str().ok()?.parse::<Url>().ok());
    let asked = headers.get(HOST).and_then(|host| host.to_str().ok());
    let ours = |url: &Url| url.origin() == base_url.origin() || asked.is_some_and(|host| authority(url) == host);
    referer.filter(ours).map_or_else(|| START.to_owned(), |url| without_leftovers(&url))
}

/// The draft that `?again=` names.
pub fn again(uri: &Uri) -> Option<DraftId> {
    let mut pairs = form_urlencoded::parse(uri.query()?.as_bytes());
    pairs.find(|(name, _)| name == AGAIN).and_then(|(_, id)| id.parse().ok())
}

/// The page with what was typed.
pub fn with_again(page: &str, id: DraftId) -> String {
    let sign = if page.contains('?') { '&' } else { '?' };
    format!("{page}{sign}{AGAIN}={id}")
}

fn said(query: &str) -> Option<String> {
    let (_, page) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == BACK)?;
    Some(page.into_owned()).filter(|page| stays_here(page) && HeaderValue::try_from(page.as_str()).is_ok())
}

fn authority(url: &Url) -> &str {
    // Host and port as they stand in the address; a browser writes them alike into `Host`.
    &url[url::Position::BeforeHost..url::Position::AfterPort]
}

fn without_leftovers(url: &Url) -> String {
    let mut kept = form_urlencoded::Serializer::new(String::new());
    kept.extend_pairs(url.query_pairs().filter(|(name, _)| !LEFT_OUT.contains(&name.as_ref())));
    let page = if stays_here(url.path()) { url.path() } else { START };
    match kept.finish() {
        query if query.is_empty() => page.to_owned(),
        query => format!("{page}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back_from(referer: &'static str) -> String {
        let host = (HOST, HeaderValue::from_static("127.0.0.1:3000"));
        let headers = HeaderMap::from_iter([host, (REFERER, HeaderValue::from_static(referer))]);
        back(&Uri::from_static("/api/x"), &headers, &"https://keys.example".parse().expect("an address"))
    }

    #[test]
    fn the_way_back_is_the_page_of_the_form_and_never_another_host() {
        assert_eq!(back_from("http://127.0.0.1:3000/customers/new?step=2"), "/customers/new?step=2");
        assert_eq!(back_from("https://keys.example/login"), "/login");
        assert_eq!(
            back_from("https://keys.example/login?again=1&next=%2Fa%3Fb&__path=x&__err=y"),
            "/login?next=%2Fa%3Fb"
        );
        for wrong in ["https://elsewhere.example/login", "https://keys.example//elsewhere.example", "/login", ""] {
            assert_eq!(back_from(wrong), "/", "{wrong}");
        }
    }

    #[test]
    fn a_form_that_is_sent_again_names_its_page_and_no_other_host() {
        let said = |uri| {
            let base_url = "https://keys.example".parse().expect("an address");
            back(&Uri::from_static(uri), &HeaderMap::new(), &base_url)
        };
        assert_eq!(said("/api/x?back=%2Flicenses%3Fq%3Da"), "/licenses?q=a");
        for wrong in [
            "/api/x?back=%2F%2Felsewhere.example",
            "/api/x?back=%2F%09%2Felsewhere.example",
            "/api/x?back=%2F%5Celsewhere.example",
            "/api/x?back=%2Fa%0D%0Ab",
            "/api/x?back=",
            "/api/x",
        ] {
            assert_eq!(said(wrong), "/", "{wrong}");
        }
    }

    #[test]
    fn a_page_is_asked_for_again_with_the_number_of_what_was_typed() {
        let id: DraftId = "01935f6e-7b1c-4000-8000-00000badcafe".parse().expect("an id");
        let page = with_again("/login?next=%2Flicenses", id);
        assert_eq!(page, format!("/login?next=%2Flicenses&again={id}"));
        assert_eq!(again(&page.parse().expect("an address")), Some(id));
        assert_eq!(again(&Uri::from_static("/login?again=nonsense")), None);
    }

    #[test]
    fn a_location_that_leaves_this_host_is_told_apart() {
        assert!(stays_here("/licenses?a=//b"));
        for leaves in
            ["//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example", "https://elsewhere.example", ""]
        {
            assert!(!stays_here(leaves), "{leaves}");
        }
    }
}

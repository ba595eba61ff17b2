//! A site of four files, asked for in the ways that browsers ask.

use super::*;
use axum::body::to_bytes;
use rust_embed::utils::read_file_from_fs;
use std::fs;

const FILES: [(&str, &str); 6] = [
    ("pkg/0123/keyhouse.js", "script"),
    ("pkg/0123/keyhouse.js.br", "script, brotli"),
    ("pkg/0123/keyhouse.js.gz", "script, gzip"),
    ("pkg/0123/keyhouse_bg.wasm", "program"),
    ("pkg/0123/keyhouse_bg.wasm.gz", "program, gzip"),
    ("favicon.svg", "picture"),
];

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: http::HeaderName) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("our headers are text"))
    }
}

async fn ask(path: &str, headers: &[(http::HeaderName, &str)]) -> Answer {
    let site = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in FILES {
        let path = site.path().join(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse().expect("a header"))).collect();
    let response = answer(path, &headers, |name| read_file_from_fs(&site.path().join(name)).ok());
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1000).await.expect("a small body");
    let body = String::from_utf8(body.to_vec()).expect("text");
    Answer { status: parts.status, headers: parts.headers, body }
}

#[tokio::test]
async fn the_smallest_that_the_browser_reads_is_sent() {
    let js = "/pkg/0123/keyhouse.js";
    let wasm = "/pkg/0123/keyhouse_bg.wasm";
    for (path, accepted, encoding, body) in [
        (js, "gzip, deflate, br, zstd", Some("br"), "script, brotli"),
        (js, "GZIP;q=0.5, br;q=0", Some("gzip"), "script, gzip"),
        (js, "identity", None, "script"),
        (js, "brr, gzip;q=0.0", None, "script"),
        (wasm, "gzip, br", Some("gzip"), "program, gzip"),
        (wasm, "br", None, "program"),
        ("/favicon.svg", "gzip, br", None, "picture"),
    ] {
        let answer = ask(path, &[(ACCEPT_ENCODING, accepted)]).await;
        assert_eq!(
            (answer.status, answer.header(CONTENT_ENCODING), answer.header(VARY), answer.body.as_str()),
            (StatusCode::OK, encoding, Some("accept-encoding"), body),
            "{path} for {accepted}"
        );
        assert_eq!(answer.header(CONTENT_LENGTH), Some(body.len().to_string().as_str()));
    }
}

#[tokio::test]
async fn each_kind_of_file_says_what_it_is() {
    assert_eq!(ask("/pkg/0123/keyhouse_bg.wasm", &[]).await.header(CONTENT_TYPE), Some("application/wasm"));
    assert_eq!(ask("/pkg/0123/keyhouse.js", &[]).await.header(CONTENT_TYPE), Some("text/javascript; charset=utf-8"));
    assert_eq!(ask("/favicon.svg", &[]).await.header(CONTENT_TYPE), Some("image/svg+xml"));
}

#[tokio::test]
async fn what_is_named_after_its_contents_is_kept_for_ever() {
    let kept = ask("/pkg/0123/keyhouse.js", &[]).await;
    assert_eq!(kept.header(CACHE_CONTROL), Some("public, max-age=31536000, immutable"));
    let asked_again = ask("/favicon.svg", &[]).await;
    assert_eq!(asked_again.header(CACHE_CONTROL), Some("public, max-age=600"));
}

#[tokio::test]
async fn what_the_browser_still_has_is_not_sent_again() {
    let first = ask("/favicon.svg", &[]).await;
    let etag = first.header(ETAG).expect("an etag");
    let weak = format!("\"other\", W/{etag}");
    for known in [etag, &weak, "*"] {
        let again = ask("/favicon.svg", &[(IF_NONE_MATCH, known)]).await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
        assert_eq!(again.header(ETAG), Some(etag));
    }
    let changed = ask("/favicon.svg", &[(IF_NONE_MATCH, "\"other\"")]).await;
    assert_eq!(changed.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_not_in_the_site_is_not_found() {
    for path in ["/pkg/0123/other.js", "/pkg/0123/", "/pkg/", "/", "/pkg/0123/keyhouse.js.br", "/nothing.txt"] {
        assert_eq!(ask(path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn only_files_of_public_stand_at_the_root() {
    let names = ["favicon.svg", "favicon.svg.br", "robots.txt", "robots.txt.gz", "pkg.txt", "pkg/0123/keyhouse.js"];
    let public: Vec<_> = names.into_iter().filter(|name| is_public(name)).collect();
    assert_eq!(public, ["favicon.svg", "robots.txt"]);
}

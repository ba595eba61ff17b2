//! What the program in a page is told, in the form that is the pages' own; and what the program of another release is told.

use std::fmt::Debug;

use app::{ACCEPTS, Fault, PACKED};
use domain::{
    Actor, Refusal,
    contacts::SessionRow,
    customers::Customers,
    licenses::{LicensePage, Licenses},
};
use http::header::CONTENT_TYPE;
use leptos::server_fn::{error::SERVER_FN_ERROR_HEADER, redirect::REDIRECT_HEADER};
use serde::de::DeserializeOwned;

use crate::{
    browser::Browser,
    test_app::{RESELLER, TestApp},
};

/// Asks in both forms, and gives back what is said, which is the same.
async fn both<T>(browser: &mut Browser, endpoint: &str, fields: &[(&str, &str)]) -> T
where
    T: DeserializeOwned + PartialEq + Debug,
{
    let (packed, json) = (browser.ask(endpoint, fields).await, browser.call(endpoint, fields).await);
    assert_eq!((packed.status.as_u16(), json.status.as_u16()), (200, 200), "{endpoint}: {json:?}");
    let said: T = packed.said().expect("a value");
    assert_eq!(said, serde_json::from_str(&json.text).expect("JSON"), "{endpoint}");
    said
}

#[tokio::test]
async fn an_answer_says_the_same_in_both_forms() {
    let app = TestApp::new().await;
    let (_, license) = app.order().await;
    assert_eq!(both::<Option<Actor>>(&mut app.anon(), "sessions/current", &[]).await, None);

    let mut reseller = app.signed_in(RESELLER).await;
    let actor: Option<Actor> = both(&mut reseller, "sessions/current", &[]).await;
    assert_eq!(actor.map(|actor| actor.account), Some(app.reseller.actor.account));
    let sessions: Vec<SessionRow> = both(&mut reseller, "sessions/list", &[]).await;
    assert!(sessions.iter().any(|session| session.current), "{sessions:?}");
    let customers: Customers = both(&mut reseller, "customers/list", &[]).await;
    assert!(customers.rows.iter().any(|row| row.id == app.customer), "{customers:?}");
    let licenses: Licenses = both(&mut reseller, "licenses/list", &[("view[payment]", "pending")]).await;
    assert!(licenses.rows.iter().any(|row| row.id == license), "{licenses:?}");
    let page: LicensePage = both(&mut reseller, "licenses/find", &[("id", &license.to_string())]).await;
    assert_eq!(page.reseller_notes, None);
}

#[tokio::test]
async fn a_fault_says_the_same_in_both_forms_with_the_same_status_and_headers() {
    let app = TestApp::new().await;
    let wrong = [("login", RESELLER), ("password", "not the password"), ("next", "")];
    for (endpoint, fields, fault) in [
        // Of the server functions.
        ("licenses/find", &[("id", "nonsense")][..], Fault::NotFound),
        ("sessions/sign_in", &wrong[..], Refusal::SignInFailed.into()),
        ("licenses/list", &[("view[state]", "nonsense")][..], Refusal::FormUnknown.into()),
        // Of a layer.
        ("licenses/give_away", &[][..], Fault::NotFound),
    ] {
        let mut reseller = app.signed_in(RESELLER).await;
        let (packed, json) = (reseller.clone().ask(endpoint, fields).await, reseller.call(endpoint, fields).await);
        assert_eq!((packed.status, json.status), (fault.status(), fault.status()), "{endpoint}: {json:?}");
        assert_eq!(packed.said::<()>(), Err(fault.clone()), "{endpoint}");
        assert_eq!(serde_json::from_str::<Fault>(&json.text).expect("JSON"), fault, "{endpoint}");
        assert_eq!(packed.header(SERVER_FN_ERROR_HEADER), json.header(SERVER_FN_ERROR_HEADER), "{endpoint}");
    }
    let signed_out = app.anon().ask("licenses/list", &[]).await;
    assert_eq!((signed_out.status.as_u16(), signed_out.said::<Licenses>()), (401, Err(Fault::SignedOut)));
}

#[tokio::test]
async fn an_answer_in_either_form_leads_to_the_same_page() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let fields = [("payment", "pending")];
    let packed = reseller.ask("licenses/filter", &fields).await;
    let json = reseller.call("licenses/filter", &fields).await;
    assert_eq!(packed.said(), Ok(()));
    assert!(packed.header(REDIRECT_HEADER).is_some(), "{packed:?}");
    assert_eq!((packed.status, packed.location()), (json.status, json.location()));
    assert_eq!(packed.location(), Some("/licenses?payment=pending"));
}

#[tokio::test]
async fn what_a_page_of_another_release_sends_is_not_done() {
    let app = TestApp::new().await;
    let (_, license) = app.order().await;
    let (id, key) = (license.to_string(), app.service.random.uuid().to_string());
    let form = [("idempotency_key", key.as_str()), ("id", id.as_str()), ("reseller_notes", "from an old page")];
    let mut reseller = app.signed_in(RESELLER).await;
    for accepts in [PACKED, "application/vnd.keyhouse; wire=0123456789abcdef"] {
        // A function that there is no more as well.
        for endpoint in ["licenses/edit", "licenses/give_away"] {
            let answer = reseller.ask_as(accepts, endpoint, &form).await;
            assert_eq!((answer.status.as_u16(), answer.text.as_str()), (412, ""), "{accepts} {endpoint}");
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        }
    }
    let find = async |reseller: &mut Browser| {
        let page = reseller.ask("licenses/find", &[("id", id.as_str())]).await;
        page.said::<LicensePage>().expect("the license").reseller_notes
    };
    assert_eq!(find(&mut reseller).await, None, "nothing was done");

    // The same form of a page of this release is done: its key was not used.
    let done = reseller.ask_as(ACCEPTS, "licenses/edit", &form).await;
    assert_eq!((done.status.as_u16(), done.said()), (200, Ok(())));
    assert_eq!(find(&mut reseller).await.as_deref(), Some("from an old page"));
}

#[tokio::test]
async fn what_a_page_holds_for_its_program_is_looked_through_by_all_stories() {
    let app = TestApp::new().await;
    let page = app.signed_in(RESELLER).await.get("/customers").await;
    assert_eq!(page.header(CONTENT_TYPE), Some("text/html; charset=utf-8"));
    let text = String::from_utf8(page.bytes.to_vec()).expect("text");
    let values: Vec<_> =
        text.split("] = \"+").skip(1).filter_map(|rest| rest.split('"').next()).filter(|it| it.len() > 16).collect();
    assert!(!values.is_empty(), "{text}");
    for value in values {
        assert!(!page.text.contains(value), "{value}");
    }
}

//! Importing customers from a table, as a browser without script does it.

use domain::FormKey;

use crate::{
    browser::{Answer, Browser},
    test_app::{OTHER_RESELLER, RESELLER, TestApp},
};

const HEADER: &str = "E-mail address,First name,Last name\n";

async fn upload(browser: &mut Browser, table: &[u8]) -> Answer {
    let answer = browser.upload("/customers/import/upload", &[("file", table)]).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    answer
}

#[tokio::test]
async fn a10_a_table_is_sent_looked_through_and_imported_without_script() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let form = reseller.get("/customers/import").await;
    assert!(form.text.contains(r#"action="/customers/import/upload" enctype="multipart/form-data""#), "{}", form.text);
    let table = format!("{HEADER}bo@bo.example,Bo,Bo\njo@jo.example,Jo,Jo\n");
    let answer = upload(&mut reseller, table.as_bytes()).await;
    let address = answer.location().expect("the dry run").to_owned();
    let page = reseller.follow(&answer).await;
    assert!(page.text.contains("2 customers can be imported"), "{}", page.text);
    assert!(page.text.contains("Import 2 customers"), "{}", page.text);
    assert_eq!(app.signed_in(OTHER_RESELLER).await.get(&address).await.status, 409, "another's");

    let draft = address.rsplit('/').next().expect("its number");
    for _ in 0..2 {
        let done = reseller.submit(&address, "customers/import", &[(FormKey::FIELD, draft)]).await;
        let result = reseller.follow(&done).await;
        assert!(result.text.contains("2 customers imported"), "{}", result.text);
    }
    let list = reseller.get("/customers").await;
    assert!(list.text.contains("bo@bo.example") && list.text.contains("jo@jo.example"), "{}", list.text);
}

#[tokio::test]
async fn a10_an_import_that_was_interrupted_says_how_far_it_is() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let table = format!("{HEADER}bo@bo.example,Bo,Bo\njo@jo.example,Jo,Jo\n");
    let address = upload(&mut reseller, table.as_bytes()).await.location().expect("the dry run").to_owned();
    let draft = address.rsplit('/').next().expect("its number");
    app.service.closing.begin();
    let accepted = reseller.submit(&address, "customers/import", &[(FormKey::FIELD, draft)]).await;
    let page = reseller.follow(&accepted).await;
    for words in ["Import under way", "0 of 2 customers so far.", "you do not have to send it again", "Look again"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert!(!page.text.contains("idempotency_key"), "{}", page.text);
}

#[tokio::test]
async fn x3_findings_stand_at_their_cells_and_there_is_no_button() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let table = format!("{HEADER}anna@northwind.example,Anna,Berg\nno,<b>,\n");
    let answer = upload(&mut reseller, table.as_bytes()).await;
    let page = reseller.follow(&answer).await;
    let own = "You have a customer or a user who signs in with this already. Take the line out, or choose another \
               username.";
    for words in ["3 findings", "0 of 2 lines are fine", "Line 3", "Enter the last name.", own] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert!(!page.text.contains("idempotency_key"), "{}", page.text);
}

#[tokio::test]
async fn x3_a_table_that_cannot_be_read_comes_back_to_its_form_with_the_reason() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let many = format!("{HEADER}{}", "anna@northwind.example,Anna,Berg\n".repeat(100_000));
    let long = format!("{HEADER}{}", "a@b.example,A,B\n".repeat(5_001));
    for (table, reason) in [
        (many.as_bytes(), "This table is larger than 2 MB."),
        (long.as_bytes(), "This table has more than 5,000 customers."),
        (b"E-mail address,First name,Last name\na@b.example,J\xfcrgen,B", "This file is not UTF-8: line 2"),
        (b"\xff\xfeE\0", "This file is UTF-16"),
        (b"Mail,Name", "The column &quot;Mail&quot; is not known."),
        (b"", "This table is empty."),
    ] {
        let answer = upload(&mut reseller, table).await;
        assert!(answer.location().expect("a page").starts_with("/customers/import?again="), "{answer:?}");
        let page = reseller.follow(&answer).await;
        assert_eq!(page.status, 200);
        assert!(
            page.text.replace("&#34;", "&quot;").replace('"', "&quot;").contains(reason),
            "{reason}: {}",
            page.text
        );
    }
}

#[tokio::test]
async fn x3_pasted_lines_come_back_with_the_form() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let sent = [("file", &b""[..]), ("lines", b"Nonsense</textarea><script>\nx")];
    let answer = reseller.upload("/customers/import/upload", &sent).await;
    let page = reseller.follow(&answer).await;
    assert!(page.text.contains("Nonsense&lt;/textarea&gt;&lt;script&gt;"), "{}", page.text);
    let right = format!("{HEADER}bo@bo.example,Bo,Bo\n");
    let answer = reseller.upload("/customers/import/upload", &[("file", b""), ("lines", right.as_bytes())]).await;
    assert!(reseller.follow(&answer).await.text.contains("Import 1 customer"));
}

#[tokio::test]
async fn a_table_of_more_than_any_limit_is_told_so_and_not_read() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let answer = upload(&mut reseller, &vec![b'x'; 17 * 1024 * 1024]).await;
    assert!(reseller.follow(&answer).await.text.contains("This table is larger than 2 MB."));
    let from_elsewhere = http::Request::post("/customers/import/upload").header("sec-fetch-site", "cross-site");
    assert_eq!(reseller.send(from_elsewhere, axum::body::Body::empty()).await.status, 403);
}

#[tokio::test]
async fn the_template_is_the_header_of_a_table_that_can_be_read() {
    let app = TestApp::new().await;
    let template = app.signed_in(RESELLER).await.get("/customers/import/template.csv").await;
    assert_eq!(template.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(
        template.text,
        "\u{feff}\"Username\",\"E-mail address\",\"First name\",\"Last name\",\"Company\",\"Phone\"\r\n"
    );
}

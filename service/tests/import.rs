//! Importing customers from a table: a dry run, then all or none, once (A10, A11).

use domain::{DraftId, FormKey, Refusal, customers::CustomersQuery, customers::import::ImportPage};
use service::{Cx, Error, customers, testing::World, verify::verify};

const HEADER: &str = "E-mail address,First name,Last name,Company\n";

fn key(draft: DraftId) -> FormKey {
    FormKey::parse(&draft.to_string()).expect("a draft's id is a key")
}

async fn upload(cx: &Cx, lines: &str) -> DraftId {
    customers::upload(cx, format!("{HEADER}{lines}").as_bytes()).await.expect("a table")
}

async fn names(cx: &Cx) -> Vec<String> {
    let all = customers::list(cx, &CustomersQuery::default()).await.expect("a list");
    all.rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test]
async fn a10_a_dry_run_makes_nothing_and_the_import_makes_all_with_their_mails() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let draft = upload(&acme, "anna@a.example,Anna,Berg,Northwind\nlee@b.example,Lee,Park,\n").await;
    let page = customers::dry_run(&acme, draft).await.expect("a dry run");
    assert_eq!(page, ImportPage { draft, lines: 2, fine: 2, findings: vec![], more: 0, made: None });
    assert_eq!((names(&acme).await, world.mails().await), (vec![], vec![]));

    assert_eq!(customers::import(&acme, key(draft)).await.expect("imported"), 2);
    assert_eq!(names(&acme).await, ["Lee Park", "Northwind"]);
    let link = |to: &str| (to.to_owned(), "Activate your sign-in".to_owned());
    assert_eq!(world.mails().await, [link("anna@a.example"), link("lee@b.example")]);
    let all = customers::list(&acme, &CustomersQuery::default()).await.expect("a list");
    for row in all.rows {
        assert_eq!(world.written_down(row.id).await, ["customer.created"]);
    }
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}

#[tokio::test]
async fn o2_an_import_sent_twice_makes_its_customers_once() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let draft = upload(&acme, "anna@a.example,Anna,Berg,\n").await;
    for _ in 0..2 {
        assert_eq!(customers::import(&acme, key(draft)).await.expect("imported"), 1);
    }
    assert_eq!(names(&acme).await, ["Anna Berg"]);
    assert_eq!(world.mails().await.len(), 1);
    let page = customers::dry_run(&acme, draft).await.expect("the result");
    assert_eq!((page.made, page.findings), (Some(1), vec![]));
}

#[tokio::test]
async fn a10_one_finding_and_nothing_is_imported_also_when_it_came_after_the_dry_run() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    let draft = upload(&acme, "anna@a.example,Anna,Berg,\nlee@b.example,Lee,Park,\n").await;
    assert_eq!(customers::dry_run(&acme, draft).await.expect("a dry run").findings, []);
    world.customer(&globex, "LEE@b.example").await;
    let mails = world.mails().await.len();

    let refused = customers::import(&acme, key(draft)).await;
    assert!(matches!(refused, Err(Error::Fields(errors)) if errors.get("table").is_some()));
    assert_eq!((names(&acme).await, world.mails().await.len()), (vec![], mails));
    let page = customers::dry_run(&acme, draft).await.expect("a dry run");
    let found: Vec<_> = page.findings.iter().map(|found| (found.line, found.message.as_str())).collect();
    assert_eq!(found, [(3, "This username is taken. Choose another one.")]);
    assert_eq!((page.lines, page.fine, page.made), (2, 1, None));
}

#[tokio::test]
async fn a11_a_table_of_somebody_else_is_not_known() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    let draft = upload(&acme, "anna@a.example,Anna,Berg,\n").await;
    assert!(matches!(customers::dry_run(&globex, draft).await, Err(Error::Refused(Refusal::FormUnknown))));
    assert!(matches!(customers::import(&globex, key(draft)).await, Err(Error::Refused(Refusal::FormUnknown))));
    world.customer(&acme, "carl@c.example").await;
    let carl = world.as_customer("carl@c.example").await;
    assert!(matches!(customers::upload(&carl, HEADER.as_bytes()).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn x3_a_table_with_many_findings_shows_the_first_and_says_how_many_more() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let draft = upload(&acme, &"nobody,No,Body,\n".repeat(250)).await;
    let page = customers::dry_run(&acme, draft).await.expect("a dry run");
    assert_eq!((page.lines, page.fine, page.findings.len(), page.more), (250, 0, 200, 50));
}

#[tokio::test]
async fn a10_five_thousand_customers_are_one_transaction() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let lines: String = (0..5_000).map(|at| format!("c{at}@many.example,First{at},Last{at},Company {at}\n")).collect();
    let draft = upload(&acme, &lines).await;
    assert_eq!(customers::dry_run(&acme, draft).await.expect("a dry run").fine, 5_000);
    assert_eq!(customers::import(&acme, key(draft)).await.expect("imported"), 5_000);
    assert_eq!(customers::list(&acme, &CustomersQuery::default()).await.expect("a list").rows[0].name, "Company 4999");
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}

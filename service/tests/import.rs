//! Importing customers from a table: a dry run, then all or none, once (A10, A11).

use chrono::Duration;
use domain::{
    DraftId, FormKey, Refusal,
    accounts::SuspensionForm,
    customers::{
        CustomerForm, CustomersQuery,
        import::{ImportPage, OWN_ALREADY, USERNAME_TAKEN},
    },
};
use service::{
    Cx, Error, accounts, customers,
    testing::{World, on_both},
    verify::verify,
};
use store::testing::Database;

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
    assert_eq!(page, ImportPage { draft, lines: 2, fine: 2, findings: vec![], more: 0, made: None, left: 0 });
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

/// What the dry run of a table with one line finds.
async fn found(cx: &Cx, line: &str) -> Vec<String> {
    let draft = upload(cx, line).await;
    let page = customers::dry_run(cx, draft).await.expect("a dry run");
    page.findings.into_iter().map(|found| found.message).collect()
}

async fn an_import_that_a_stop_interrupts(database: Database) {
    let world = World::on(&database.url).await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    let carl = world.customer(&globex, "carl@c.example").await;
    let draft = upload(&acme, "anna@a.example,Anna,Berg,Northwind\nlee@b.example,Lee,Park,\n").await;
    world.service.closing.begin();
    assert_eq!(customers::import(&acme, key(draft)).await.expect("accepted"), 2);
    let page = customers::dry_run(&acme, draft).await.expect("how far it is");
    assert_eq!(page, ImportPage { draft, lines: 2, fine: 2, findings: vec![], more: 0, made: Some(2), left: 2 });
    assert_eq!(names(&acme).await, [""; 0]);

    // Its names are taken: in another table, for a customer that is corrected, and the other way round.
    assert_eq!(found(&globex, "LEE@b.example,Lee,Park,\n").await, [USERNAME_TAKEN]);
    assert_eq!(found(&acme, "lee@b.example,Lee,Park,\n").await, [OWN_ALREADY]);
    let shown = customers::edit_page(&globex, carl).await.expect("the form");
    let form = CustomerForm { email: "lee@b.example".to_owned(), ..shown.form };
    let refused = customers::edit(&globex, world.key(), carl, shown.edition, &form).await;
    assert!(matches!(refused, Err(Error::Fields(errors)) if errors.get("username").is_some()));
    assert_eq!(verify(&world.service).await.expect("recounted"), []);

    // The program is started again: the clockwork makes the rest, and the same form makes nothing more.
    let later = World::on(&database.url).await;
    later.pass(Duration::hours(1));
    assert_eq!(customers::go_on_importing(&later.service).await.expect("imported"), 2);
    assert_eq!(customers::go_on_importing(&later.service).await.expect("nothing is left"), 0);
    let acme = Cx { service: later.service.clone(), ..acme };
    assert_eq!(customers::import(&acme, key(draft)).await.expect("the same"), 2);
    assert_eq!(names(&acme).await, ["Lee Park", "Northwind"]);
    let mails = later.mails().await.into_iter().map(|(to, _)| to).collect::<Vec<_>>();
    assert_eq!(mails, ["carl@c.example", "anna@a.example", "lee@b.example"]);
    let list = customers::list(&acme, &CustomersQuery::default()).await.expect("a list");
    let mut tx = later.service.store.read().await.expect("a transaction");
    let history = store::audit::of_subject(&mut tx, &list.rows[0].id.to_string(), 9).await.expect("the audit log");
    let by: Vec<_> = history.iter().map(|event| (event.who.as_str(), event.contact, event.what.word())).collect();
    assert_eq!(by, [(acme.actor.name.as_str(), Some(acme.actor.contact), "customer.created")]);
    assert_eq!(verify(&later.service).await.expect("recounted"), []);
}

#[tokio::test]
async fn a10_an_import_that_a_stop_interrupts_keeps_its_names_and_goes_on() {
    an_import_that_a_stop_interrupts(Database::sqlite().await).await;
}

#[tokio::test]
async fn a10_an_import_that_a_stop_interrupts_keeps_its_names_and_goes_on_postgres() {
    an_import_that_a_stop_interrupts(Database::postgres().await).await;
}

async fn several_make_a_table_at_once(world: World) {
    let acme = world.reseller("acme").await;
    let lines: String = (0..250).map(|at| format!("c{at}@many.example,First{at},Last{at},Company {at}\n")).collect();
    let draft = upload(&acme, &lines).await;
    let (one, other, clockwork) = (acme.clone(), acme.clone(), world.service.clone());
    let makers = [
        tokio::spawn(async move { customers::import(&one, key(draft)).await.map(|_| ()) }),
        tokio::spawn(async move { customers::import(&other, key(draft)).await.map(|_| ()) }),
        tokio::spawn(async move { customers::go_on_importing(&clockwork).await.map(|_| ()) }),
    ];
    for made in makers {
        made.await.expect("nobody panics").expect("imported");
    }
    customers::go_on_importing(&world.service).await.expect("nothing is left, or the rest");
    let page = customers::dry_run(&acme, draft).await.expect("the result");
    assert_eq!((page.made, page.left), (Some(250), 0));
    assert_eq!(world.mails().await.len(), 250);
    let mut tx = world.service.store.read().await.expect("a transaction");
    let account = store::accounts::by_id(&mut tx, acme.actor.account).await.expect("an answer").expect("an account");
    assert_eq!(account.customers, 250);
    drop(tx);
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}
on_both!(a10_a_table_that_several_make_at_once_is_made_once, several_make_a_table_at_once);

#[tokio::test]
async fn a1_nobody_is_invited_in_the_name_of_a_suspended_reseller() {
    let database = Database::sqlite().await;
    let world = World::on(&database.url).await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let draft = upload(&acme, "anna@a.example,Anna,Berg,\n").await;
    world.service.closing.begin();
    customers::import(&acme, key(draft)).await.expect("accepted");
    assert_eq!(world.written_down(draft).await, ["customer.imported"]);
    let why = SuspensionForm { reason: "A reason".to_owned() };
    accounts::suspend(&owner, world.key(), acme.actor.account, &why).await.expect("suspended");

    let later = World::on(&database.url).await;
    assert_eq!(customers::go_on_importing(&later.service).await.expect("it waits"), 0);
    let owner = Cx { service: later.service.clone(), ..owner };
    accounts::reactivate(&owner, world.key(), acme.actor.account, &why).await.expect("reactivated");
    assert_eq!(customers::go_on_importing(&later.service).await.expect("imported"), 1);
}

#[tokio::test]
async fn a10_five_thousand_customers_are_one_import() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let lines: String = (0..5_000).map(|at| format!("c{at}@many.example,First{at},Last{at},Company {at}\n")).collect();
    let draft = upload(&acme, &lines).await;
    assert_eq!(customers::dry_run(&acme, draft).await.expect("a dry run").fine, 5_000);
    assert_eq!(customers::import(&acme, key(draft)).await.expect("imported"), 5_000);
    let list = customers::list(&acme, &CustomersQuery::default()).await.expect("a list");
    assert_eq!(list.rows[0].name, "Company 4999", "in the order of the table, the last one first");
    let page = customers::dry_run(&acme, draft).await.expect("the result");
    assert_eq!((page.made, page.left), (Some(5_000), 0));
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}

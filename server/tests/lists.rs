//! The lists as tables: the whole filter, and only one's own (L14, A11).

use domain::{
    Currency,
    accounts::{AccountForm, CreditForm},
};
use service::{accounts, applications, contacts, customers, price_lists, products};

use crate::test_app::{CUSTOMER, OTHER_RESELLER, OWNER, RESELLER, TestApp};

fn lines(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    domain::csv::lines(text).map(|line| line.expect("a line").cells).collect()
}

#[tokio::test]
async fn l14_the_licenses_of_a_view_are_a_table_with_their_keys() {
    let app = TestApp::new().await;
    let (order, _) = app.order().await;
    let executed = service::orders::executed(&app.reseller, order).await.expect("the order");
    let mut reseller = app.signed_in(RESELLER).await;
    let list = reseller.get("/licenses?payment=pending").await;
    assert!(list.text.contains(r#"href="/licenses.csv?payment=pending""#), "{}", list.text);

    let answer = reseller.get("/licenses.csv?payment=pending").await;
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"licenses.csv\""));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let table = lines(&answer.text);
    assert_eq!(table[0], service::licenses::COLUMNS);
    let mut keys: Vec<_> = table[1..].iter().map(|line| line[4].clone()).collect();
    keys.reverse();
    assert_eq!(keys, executed.licenses.iter().map(|license| license.key.grouped()).collect::<Vec<_>>());
    let key = keys[2].clone();
    let newest = [
        "Store Manager",
        "Primary license",
        "Permanent",
        "northwind.example",
        &key,
        "Active",
        "Pending",
        "",
        "",
        "2027-05-21",
        "O-1",
        "",
        "",
        "2026-11-21",
    ];
    assert_eq!(table[1], newest);
    assert_eq!(lines(&reseller.get("/licenses.csv?payment=paid").await.text).len(), 1, "only the header");
    assert_eq!(lines(&reseller.get("/licenses.csv?q=%22%22").await.text).len(), 1, "nothing to look for");
    let other = app.signed_in(OTHER_RESELLER).await.get("/licenses.csv").await;
    assert_eq!(lines(&other.text).len(), 1);
    assert_eq!(app.signed_in(CUSTOMER).await.get("/licenses.csv").await.status, 404);
}

#[tokio::test]
async fn l14_a_table_of_many_parts_has_each_customer_once_and_no_formula() {
    let app = TestApp::new().await;
    let mut table = "E-mail address,First name,Last name,Company\n".to_owned();
    for at in 0..1_100 {
        table.push_str(&format!("c{at}@many.example,C,Many,=cmd({at})\n"));
    }
    let draft = customers::upload(&app.reseller, table.as_bytes()).await.expect("a table");
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    assert_eq!(customers::import(&app.reseller, key).await.expect("imported"), 1_100);

    let mut reseller = app.signed_in(RESELLER).await;
    let answer = reseller.get("/customers.csv").await;
    let table = lines(&answer.text);
    assert_eq!(table[0], customers::COLUMNS);
    let mails: std::collections::BTreeSet<_> = table[1..].iter().map(|line| line[2].as_str()).collect();
    assert_eq!((table.len() - 1, mails.len()), (1_102, 1_102));
    assert_eq!(table[1], ["'=cmd(1099)", "C Many", "c1099@many.example", "Pending activation", "0", "2026-11-21"]);
    let one = lines(&reseller.get("/customers.csv?q=c77%40many").await.text);
    assert!(one[1..].iter().all(|line| line[2].starts_with("c77")), "{one:?}");
}

#[tokio::test]
async fn whoever_is_signed_out_signs_in_first_and_comes_back_to_the_table() {
    let app = TestApp::new().await;
    let answer = app.anon().get("/licenses.csv?type=trial").await;
    assert_eq!(answer.location(), Some(app::paths::login_then("/licenses.csv?type=trial").as_str()));
}

#[tokio::test]
async fn l14_ticked_licenses_are_changed_without_script_and_the_list_says_so() {
    let app = TestApp::new().await;
    let (_, id) = app.order().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let view = "/licenses?payment=pending";
    let list = reseller.get(view).await;
    let tick = format!("license-{id}");
    assert!(list.text.contains(&format!("name=\"{tick}\"")), "{}", list.text);
    assert!(list.text.contains("Select all on this page"), "{}", list.text);

    let key = app.service.random.uuid().to_string();
    let form = |date, act| {
        [("idempotency_key", key.as_str()), ("back", view), (&tick, "on"), ("customer_paid_date", date), ("act", act)]
    };
    let refused = reseller.submit(view, "licenses/change_many", &form("2026-11-22", "paid")).await;
    let page = reseller.follow(&refused).await;
    assert!(page.text.contains("This date is in the future."), "{}", page.text);
    let row = page.text.split(&format!("name=\"{tick}\"")).nth(1).and_then(|rest| rest.split('>').next());
    assert!(row.is_some_and(|rest| rest.contains("checked")), "still ticked: {row:?}");

    let done = reseller.submit(view, "licenses/change_many", &form("2026-11-20", "paid")).await;
    assert_eq!(done.location(), Some("/licenses?payment=pending&done=paid.1.1"));
    let page = reseller.follow(&done).await;
    assert!(page.text.contains("Customer paid was set for 1 license. "), "{}", page.text);
    let all = list.text.split("name=\"all\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("all");
    let key = app.service.random.uuid().to_string();
    let form = [("idempotency_key", key.as_str()), ("back", "//evil.example"), ("all", all), ("act", "send")];
    let sent = reseller.submit(view, "licenses/change_many", &form).await;
    assert_eq!(sent.location(), Some("/?done=send.3.3"));
}

#[tokio::test]
async fn l14_the_accounts_of_a_view_are_a_table_and_no_cell_is_a_formula() {
    let app = TestApp::new().await;
    let owner = app.world.owner().await;
    let named = |name: &str| AccountForm {
        name: name.to_owned(),
        email: "office@initech.example".to_owned(),
        ..AccountForm::blank("Europe/Berlin", Currency::EUR)
    };
    for name in ["Initech", "=cmd()"] {
        accounts::create(&owner, app.world.key(), &named(name), &limit()).await.expect("an account");
    }
    let mut browser = app.signed_in(OWNER).await;
    let page = browser.get("/office/accounts?show=not-ready").await;
    assert!(page.text.contains(r#"href="/office/accounts.csv?show=not-ready""#), "{}", page.text);
    let answer = browser.get("/office/accounts.csv?show=not-ready").await;
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"accounts.csv\""));
    let table = lines(&answer.text);
    assert_eq!(table[0], accounts::COLUMNS);
    let lacks = "Add a Storefront user who is active; Assign a price list that holds today";
    let row = |name: &str| {
        [name, "office@initech.example", "Not ready", lacks, "EUR", "", "0", "0", "2026-11-21"].map(str::to_owned)
    };
    assert_eq!(table[1..], [row("'=cmd()"), row("Initech")]);
    assert_eq!(lines(&browser.get("/office/accounts.csv?q=%22%22").await.text).len(), 1, "nothing to look for");
    let ready = lines(&browser.get("/office/accounts.csv?show=ready").await.text);
    assert!(ready[1..].iter().all(|row| row[2] == "Ready") && ready.len() > 1, "{ready:?}");
}

#[tokio::test]
async fn the_other_lists_of_the_office_are_tables_with_what_belongs_to_each_row() {
    let app = TestApp::new().await;
    app.order().await;
    app.application().await;
    let mut owner = app.signed_in(OWNER).await;
    let people = format!("/office/accounts/{}/contacts", app.reseller.actor.account);
    for (page, link, columns, some) in [
        (
            "/office/products",
            "/office/products.csv",
            &products::COLUMNS[..],
            "Store Manager|Primary license|EUR 100.00",
        ),
        ("/office/price-lists", "/office/price-lists.csv", &price_lists::COLUMNS, "Prices of acme|Active|30"),
        ("/office/applications", "/office/applications.csv", &applications::COLUMNS, "Initech|Waiting|2026-11-21"),
        ("/office/staff", "/office/staff.csv", &contacts::COLUMNS, "Owner"),
        (&people, &format!("{people}.csv"), &contacts::COLUMNS, "Ada acme|admin@acme.example|Active|Admin"),
    ] {
        let shown = owner.get(page).await;
        assert!(shown.text.contains(&format!(r#"href="{link}""#)), "{page}: {}", shown.text);
        let table = lines(&owner.get(link).await.text);
        assert_eq!(table[0], columns);
        let has = |row: &Vec<String>| some.split('|').all(|cell| row.iter().any(|found| found == cell));
        assert!(table[1..].iter().any(has), "{link}: {table:?}");
    }
    let team = app.signed_in(RESELLER).await.get("/team.csv").await;
    let names: Vec<_> = lines(&team.text).into_iter().skip(1).map(|row| row[0].clone()).collect();
    assert_eq!(names, ["Ada acme", "buyer Colleague"]);
    assert_eq!(app.signed_in(RESELLER).await.get(&format!("{people}.csv")).await.status, 404);
}

#[tokio::test]
async fn p2_ticked_accounts_are_given_a_price_list_without_script() {
    let app = TestApp::new().await;
    let owner = app.world.owner().await;
    let form = AccountForm { name: "Initech".to_owned(), ..AccountForm::blank("Europe/Berlin", Currency::EUR) };
    let id = accounts::create(&owner, app.world.key(), &form, &limit()).await.expect("an account");
    let list = accounts::prices(&owner, id).await.expect("its prices").lists[0].0.to_string();
    let mut browser = app.signed_in(OWNER).await;
    let view = "/office/accounts?show=not-ready";
    let page = browser.get(view).await;
    assert!(page.text.contains(&format!(r#"name="account-{id}""#)), "{}", page.text);
    let (key, name) = (app.service.random.uuid().to_string(), format!("account-{id}"));
    let fields = [("idempotency_key", key.as_str()), ("back", view), (name.as_str(), "on")];
    let refused = browser.submit(view, "accounts/assign_to_many", &fields).await;
    let back = browser.follow(&refused).await;
    assert!(back.text.contains("Choose one of the price lists."), "{}", back.text);
    let done = browser
        .submit(view, "accounts/assign_to_many", &[&fields[..], &[("price_list", list.as_str())]].concat())
        .await;
    assert_eq!(done.location(), Some("/office/accounts?show=not-ready&done=1.1"));
    let said = browser.follow(&done).await;
    assert!(said.text.contains("The price list was assigned to 1 account."), "{}", said.text);
}

fn limit() -> CreditForm {
    CreditForm { credit_limit: "0".to_owned(), credit_unlimited: String::new() }
}

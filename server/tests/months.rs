//! The end of a month as it is read without script, and taken home.

use chrono::Duration;
use domain::products::{Billing, Kind};

use crate::test_app::{BUYER, OTHER_RESELLER, OWNER, RESELLER, TestApp};

fn lines(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    domain::csv::lines(text).map(|line| line.expect("a line").cells).collect()
}

#[tokio::test]
async fn c1_a_month_is_the_same_on_the_page_in_the_back_office_and_in_the_table() {
    let app = TestApp::new().await;
    app.order().await;
    app.world.receive(&app.reseller, 5_000).await;
    let account = app.reseller.actor.account;
    let mut reseller = app.signed_in(RESELLER).await;
    assert!(reseller.get("/").await.text.contains(r#"href="/billing/month""#));
    let page = reseller.get("/billing/month").await;
    assert_eq!(page.status, 200, "{}", page.text);
    let mut owner = app.signed_in(OWNER).await;
    let all = owner.get("/office/month").await;
    let one = owner.get(&format!("/office/month/{account}?month=2026-11")).await;
    let table = reseller.get("/billing/month.csv?month=2026-11").await;
    assert_eq!(table.header("content-disposition"), Some("attachment; filename=\"month.csv\""));
    let rows = lines(&table.text);
    assert_eq!(rows[0], domain::billing::MonthEnd::COLUMNS);
    assert_eq!(rows.len(), 11);
    for (what, amount, shown) in [("Bought", "210.00", "€ 210.00"), ("Owed at the end", "160.00", "€ 160.00")] {
        let row = rows.iter().find(|row| row[1] == what).expect(what);
        assert_eq!((row[0].as_str(), row[3].as_str(), row[4].as_str()), ("2026-11", amount, "EUR"));
        for page in [&page, &all, &one] {
            assert!(page.text.contains(shown), "{shown}: {}", page.text);
        }
    }
    // All resellers together, in each currency.
    for words in ["All resellers", "3 bought, 3 sold on, 0 paid by customers, 0 ending"] {
        assert!(all.text.contains(words), "{words}: {}", all.text);
    }
    // The chart is a table, with this month's figures; what is bought leads to the licenses of the month.
    for words in ["Spend and licenses per month", "Nov 2026", "/licenses?from=2026-11-01&amp;to=2026-11-30"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert!(all.text.contains(&format!("/office/month/{account}?month=2026-11")), "{}", all.text);
    let of_all = lines(&owner.get("/office/month.csv?month=2026-11").await.text);
    assert_eq!(of_all[0], service::billing::month::ALL_COLUMNS);
    let of_acme: Vec<_> = of_all.iter().filter(|row| row[0] == "acme").map(|row| row[1..].to_vec()).collect();
    assert_eq!(of_acme, rows[1..]);
    let of_one = owner.get(&format!("/office/accounts/{account}/month.csv")).await;
    assert_eq!(lines(&of_one.text), rows);
}

#[tokio::test]
async fn l14_what_leads_from_a_month_to_a_wider_list_says_so() {
    let app = TestApp::new().await;
    let option = app.world.option("Cloud Backup", Kind::Primary, Billing::OneTime).await;
    app.world.create(&app.reseller, option.id, app.customer, 1, "trial").await.expect("a trial of 30 days");
    app.world.pass(Duration::days(15));
    let page = app.signed_in(RESELLER).await.get("/billing/month").await.text;
    assert!(page.contains("/licenses?sort=ending") && page.contains("See all licenses that end"), "{page}");
}

#[tokio::test]
async fn a8_a11_a_month_is_for_those_who_see_what_the_account_owes() {
    let app = TestApp::new().await;
    let account = app.reseller.actor.account;
    let mut buyer = app.signed_in(BUYER).await;
    assert!(!buyer.get("/").await.text.contains("/billing/month"));
    for path in ["/billing/month", "/billing/month.csv"] {
        assert_eq!(buyer.get(path).await.status, 404, "{path}");
    }
    let mut other = app.signed_in(OTHER_RESELLER).await;
    for path in [format!("/office/month/{account}"), format!("/office/accounts/{account}/month.csv")] {
        assert_eq!(other.get(&path).await.status, 404, "{path}");
    }
    let mut owner = app.signed_in(OWNER).await;
    for path in ["/office/month/nonsense", "/office/accounts/nonsense/month.csv", "/billing/month"] {
        assert_eq!(owner.get(path).await.status, 404, "{path}");
    }
}

//! Credit reminders, debts that suspend, and overdue invoices (C7, C8, B8).

use chrono::NaiveDate;
use domain::{
    BasisPoints,
    accounts::{CreditLimit, Part},
    billing::{AccountTerms, BillingSettings, InvoicePer, Reminder},
};
use store::{accounts, billing_settings, credit_reminders, editions, overdue};

use crate::world::{Reseller, World, days, noon, operator};

fn percent(points: u16) -> BasisPoints {
    BasisPoints::new(points).expect("a percentage")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// An invoice with so much open.
async fn invoice(world: &World, of: &Reseller, number: i64, due_on: &str, open: i64) {
    let account = of.account.id;
    let insert = format!(
        "insert into invoices (id, number, account_id, currency, issued_on, due_on, net, tax, open, letterhead, created_at)
         values ('i{number}', {number}, '{account}', 'EUR', '2026-10-01', '{due_on}', 900, 0, {open}, '{{}}', 0)"
    );
    world.break_by(insert).await.expect("an invoice");
}

on_both! {
    async fn c7_c8_terms_are_kept_and_a_reminder_that_stays_was_sent_when_it_was(world: World) {
        let id = world.reseller("acme").await.account.id;
        let mut tx = world.write().await;
        let bare = accounts::terms(&mut tx, id).await.expect("an answer").expect("terms");
        let none = AccountTerms {
            tax: percent(0),
            invoice_per: InvoicePer::Reseller,
            reminders: vec![],
            suspend_over: None,
        };
        assert_eq!(bare, none);
        let terms = AccountTerms {
            tax: percent(1_900),
            invoice_per: InvoicePer::Customer,
            reminders: vec![percent(5_000), percent(2_000)],
            suspend_over: Some(percent(1_000)),
        };
        accounts::save_terms(&mut tx, id, &terms).await.expect("saved");
        assert_eq!(accounts::terms(&mut tx, id).await.expect("an answer"), Some(terms.clone()));
        let sent = Reminder { at: percent(2_000), sent: Some(noon()) };
        credit_reminders::mark(&mut tx, id, sent).await.expect("marked");
        assert!(accounts::exceeded(&mut tx, id, noon()).await.expect("an answer"));
        assert!(!accounts::exceeded(&mut tx, id, noon()).await.expect("an answer"));
        let fewer = AccountTerms { reminders: vec![percent(2_000), percent(0)], ..terms.clone() };
        accounts::save_terms(&mut tx, id, &fewer).await.expect("saved");
        let kept = credit_reminders::of(&mut tx, id).await.expect("reminders");
        assert_eq!(kept, [sent, Reminder { at: percent(0), sent: None }]);
        assert_eq!(accounts::suspend_over(&mut tx, id).await.expect("an answer"), Some(percent(1_000)));
        accounts::save_terms(&mut tx, id, &none).await.expect("saved");
        assert!(!accounts::exceeds_no_more(&mut tx, id).await.expect("an answer"), "nothing suspends any more");
        assert_eq!(credit_reminders::of(&mut tx, id).await.expect("reminders"), []);
    }

    async fn c8_who_owes_more_than_the_limit_or_did_is_looked_at(world: World) {
        let (acme, globex) = (world.reseller("acme").await.account.id, world.reseller("globex").await.account.id);
        let mut tx = world.write().await;
        let watched = AccountTerms {
            tax: percent(0),
            invoice_per: InvoicePer::Reseller,
            reminders: vec![],
            suspend_over: Some(percent(0)),
        };
        for id in [acme, globex] {
            accounts::set_limit(&mut tx, id, CreditLimit::Amount(0), noon()).await.expect("set");
            accounts::save_terms(&mut tx, id, &watched).await.expect("saved");
        }
        assert_eq!(accounts::watched(&mut tx, 0, 10).await.expect("accounts"), []);
        let cent = domain::Money::new(1, domain::Currency::EUR);
        accounts::owe(&mut tx, acme, cent, domain::Money::zero(domain::Currency::EUR)).await.expect("owed");
        accounts::exceeded(&mut tx, globex, noon()).await.expect("an answer");
        let both = accounts::watched(&mut tx, 0, 10).await.expect("accounts");
        assert_eq!(both.iter().map(|one| (one.id, one.exceeded)).collect::<Vec<_>>(), [(acme, false), (globex, true)]);
        assert_eq!(accounts::watched(&mut tx, both[0].seq, 10).await.expect("accounts"), both[1..]);
        assert!(accounts::exceeds_no_more(&mut tx, globex).await.expect("an answer"));
        accounts::set_limit(&mut tx, acme, CreditLimit::Unlimited, noon()).await.expect("set");
        assert_eq!(accounts::watched(&mut tx, 0, 10).await.expect("accounts"), []);
    }

    async fn b8_open_invoices_are_reminded_of_once_the_first_due_first(world: World) {
        let acme = world.reseller("acme").await;
        for (number, due_on, open) in [(1, "2026-11-03", 5), (2, "2026-11-01", 7), (3, "2026-11-02", 0), (4, "2026-11-09", 1)] {
            invoice(&world, &acme, number, due_on, open).await;
        }
        let mut tx = world.write().await;
        let due = overdue::to_remind(&mut tx, 0, day("2026-11-03"), None, 10).await.expect("invoices");
        assert_eq!(due.iter().map(|due| due.number.0).collect::<Vec<_>>(), [2, 1]);
        let rest = overdue::to_remind(&mut tx, 0, day("2026-11-03"), Some(&due[0]), 10).await.expect("invoices");
        assert_eq!(rest, due[1..]);
        let open = overdue::remind(&mut tx, &due[0], 2).await.expect("an answer");
        assert_eq!(open.map(|open| open.minor), Some(7));
        assert_eq!(overdue::remind(&mut tx, &due[0], 2).await.expect("an answer"), None, "another was faster");
        let twice = overdue::to_remind(&mut tx, 2, day("2026-11-03"), None, 10).await.expect("invoices");
        assert_eq!(twice.iter().map(|due| (due.number.0, due.reminded)).collect::<Vec<_>>(), [(2, 2)]);
    }

    async fn b8_an_account_may_be_suspended_as_long_as_such_an_invoice_is_open(world: World) {
        let acme = world.reseller("acme").await;
        invoice(&world, &acme, 1, "2026-11-01", 5).await;
        invoice(&world, &acme, 2, "2026-11-02", 5).await;
        world.break_by("update invoices set reminded = 3 where number = 1".to_owned()).await.expect("reminded");
        let mut tx = world.write().await;
        let today = day("2026-11-21");
        let due = overdue::to_note(&mut tx, 3, today, 0, 10).await.expect("invoices");
        assert_eq!(due.iter().map(|due| due.number.0).collect::<Vec<_>>(), [1]);
        assert_eq!(overdue::to_note(&mut tx, 3, today, 1, 10).await.expect("invoices"), []);
        assert!(overdue::note(&mut tx, acme.account.id, noon()).await.expect("an answer"));
        assert!(!overdue::note(&mut tx, acme.account.id, noon()).await.expect("an answer"));
        assert_eq!(overdue::to_note(&mut tx, 3, today, 0, 10).await.expect("invoices"), [], "it is known");
        assert_eq!(overdue::paid_up(&mut tx, 3, today, 10).await.expect("accounts"), []);
        assert!(!overdue::forget(&mut tx, acme.account.id, 3, today).await.expect("an answer"));
        assert_eq!(overdue::count(&mut tx, &operator(), 10).await.expect("a count"), 1);
        assert_eq!(overdue::count(&mut tx, &acme.scope, 10).await.expect("a count"), 0);
        let later = noon() + days(1);
        let listed = accounts::page(&mut tx, &operator(), None, Some(Part::Overdue), later, None, 10).await.expect("a page");
        assert_eq!(listed.iter().map(|listed| listed.account.id).collect::<Vec<_>>(), [acme.account.id]);
        tx.commit().await.expect("a commit");
        world.break_by("update invoices set open = 0 where number = 1".to_owned()).await.expect("paid");
        let mut tx = world.write().await;
        let paid_up = overdue::paid_up(&mut tx, 3, today, 10).await.expect("accounts");
        assert_eq!(paid_up, [acme.account.id], "of the other a reminder is to come");
        assert!(overdue::forget(&mut tx, acme.account.id, 3, today).await.expect("an answer"));
        assert_eq!(overdue::paid_up(&mut tx, 3, today, 10).await.expect("accounts"), []);
        assert_eq!(overdue::count(&mut tx, &operator(), 10).await.expect("a count"), 0);
        let listed = accounts::page(&mut tx, &operator(), None, Some(Part::Overdue), later, None, 10).await.expect("a page");
        assert_eq!(listed, []);
    }

    async fn b7_settings_are_begun_once_and_kept_as_they_were_saved(world: World) {
        let house = world.account(domain::accounts::Kind::Operator, None, "Keyhouse");
        let mut tx = world.write().await;
        accounts::insert(&mut tx, &house).await.expect("an account");
        assert_eq!(billing_settings::find(&mut tx).await.expect("settings"), BillingSettings::default());
        for _ in 0..2 {
            billing_settings::begin(&mut tx, house.id).await.expect("begun");
        }
        assert_eq!(billing_settings::find(&mut tx).await.expect("settings"), BillingSettings::default());
        let bank = domain::billing::BankDetails {
            holder: "Keyhouse".to_owned(),
            iban: "DE89370400440532013000".to_owned(),
            bic: None,
            bank: Some("A bank".to_owned()),
        };
        let settings = BillingSettings {
            bank: Some(bank),
            note: Some("Reverse charge".to_owned()),
            terms: "Pay.".to_owned(),
            reminders: vec![],
            floor: percent(8_050),
        };
        billing_settings::save(&mut tx, house.id, &settings).await.expect("saved");
        assert_eq!(billing_settings::find(&mut tx).await.expect("settings"), settings);
        let of = editions::Of::BillingSettings(house.id);
        assert!(editions::raise(&mut tx, of, 1).await.expect("an answer"));
        assert_eq!(editions::last(&mut tx, of).await.expect("an answer"), Some(2));
    }

    async fn a8_an_address_is_read_and_kept_for_its_own_people(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let address = domain::accounts::BillingAddress {
            address: Some("Hafenstr. 1\nHinterhaus".to_owned()),
            city: Some("Hamburg".to_owned()),
            ..Default::default()
        };
        let mut tx = world.write().await;
        accounts::save_address(&mut tx, acme.account.id, &address).await.expect("saved");
        let (kept, _) = accounts::own_address(&mut tx, &acme.scope).await.expect("an answer").expect("an address");
        assert_eq!(kept, address);
        for scope in [northwind.scope, operator()] {
            assert_eq!(accounts::own_address(&mut tx, &scope).await.expect("an answer"), None);
        }
    }
}

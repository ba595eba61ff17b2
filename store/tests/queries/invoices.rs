//! Invoices: kept whole, changed by nobody, and what breaks them is found (B5).

use domain::{
    ChargeId, Currency, Money, Scope,
    billing::{Charge, Invoice, InvoiceFilter, InvoiceLine, InvoiceNumber, Letterhead, Part, Party, Period},
};
use store::invoices::{self, Stored, View};

use crate::{
    verify::findings,
    world::{Reseller, World, noon, operator},
};

fn day(day: &str) -> chrono::NaiveDate {
    day.parse().expect("a day")
}

fn letterhead() -> Letterhead {
    let to = Party { name: "ACME \"& Söhne\"".to_owned(), ..Party::default() };
    Letterhead { to, note: Some("Reverse charge.".to_owned()), ..Letterhead::default() }
}

/// Invoices what waits of an account, as one line.
pub async fn issue(world: &World, acme: &Reseller, on: &str) -> (Stored, Vec<ChargeId>) {
    let mut tx = world.write().await;
    let waiting = invoices::waiting(&mut tx, acme.account.id, day(on), None, 100).await.expect("charges");
    let (first, quantity) = (waiting[0].clone(), u32::try_from(waiting.len()).expect("few"));
    let sum = Money::sum(Currency::EUR, waiting.iter().map(|one| one.amount.net())).expect("countable");
    let amount = crate::world::untaxed(sum);
    let of = Period { start: day("2026-11-01"), end: day("2026-12-01") };
    let part = Part::rest(of, day("2026-11-21")).and_then(|rest| rest.cut(day("2026-11-25"))).map(|(days, _)| days);
    let charge = Charge::made_before(quantity, first.unit, part, first.rate, amount);
    let line = InvoiceLine { text: format!("{} for {}", first.what, first.customer_name), charge };
    let number = invoices::next_number(&mut tx).await.expect("a number");
    let stored = Stored {
        id: world.id(),
        account: acme.account.id,
        customer: Some(first.customer),
        invoice: Invoice::issue(number, Currency::EUR, vec![line], day(on), 14).expect("an invoice"),
        open: amount.gross(),
        paid_ahead: Money::zero(Currency::EUR),
        credited: Money::zero(Currency::EUR),
        letterhead: letterhead(),
        created_at: noon(),
    };
    invoices::insert(&mut tx, &stored).await.expect("stored");
    let charges: Vec<_> = waiting.iter().map(|one| one.charge).collect();
    for charge in &charges {
        assert!(invoices::take(&mut tx, *charge, stored.id, 0).await.expect("an answer"));
        assert!(!invoices::take(&mut tx, *charge, stored.id, 0).await.expect("an answer"), "it is on one already");
    }
    store::audit::append(&mut tx, &world.event(domain::audit::What::InvoiceIssued, stored.id.to_string()))
        .await
        .expect("an entry");
    tx.commit().await.expect("a commit");
    (stored, charges)
}

pub async fn acme(world: &World, licenses: u32) -> Reseller {
    let acme = world.reseller("acme").await;
    let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
    let option = world.option("Store Manager").await;
    world.sell(&acme, &northwind, &option, licenses, |_, _| {}).await;
    acme
}

on_both! {
    async fn b5_an_invoice_is_read_as_it_was_issued_by_its_reseller_and_the_operator_alone(world: World) {
        let acme = acme(&world, 2).await;
        let globex = world.reseller("globex").await;
        let (stored, _) = issue(&world, &acme, "2026-11-21").await;
        let mut tx = world.read().await;
        let find = async |tx: &mut store::Tx, scope: &Scope| {
            invoices::of_number(tx, scope, InvoiceNumber(1)).await.expect("an answer")
        };
        assert_eq!(find(&mut tx, &acme.scope).await.as_ref(), Some(&stored));
        assert_eq!(find(&mut tx, &operator()).await.as_ref(), Some(&stored));
        assert_eq!(find(&mut tx, &globex.scope).await, None);
        let view = View { filter: InvoiceFilter::All, account: Some(acme.account.id), after: None, today: day("2026-12-06"), most: 9 };
        let count = async |tx: &mut store::Tx, scope: &Scope, view: View| {
            invoices::page(tx, scope, &view).await.expect("a page").len()
        };
        assert_eq!(count(&mut tx, &globex.scope, view).await, 0);
        for filter in InvoiceFilter::ALL {
            assert_eq!(count(&mut tx, &acme.scope, View { filter: *filter, ..view }).await, 1);
            assert_eq!(count(&mut tx, &operator(), View { filter: *filter, account: None, ..view }).await, 1);
        }
        let overdue = invoices::overdue(&mut tx, acme.account.id, day("2026-12-06")).await.expect("a sum");
        assert_eq!((overdue.count, overdue.minor), (1, 39_800));
        let in_time = invoices::overdue(&mut tx, acme.account.id, day("2026-12-05")).await.expect("a sum");
        assert_eq!((in_time.count, in_time.minor), (0, 0));
    }

    async fn b3_what_waits_is_found_by_its_day_and_its_account(world: World) {
        let acme = acme(&world, 3).await;
        world.break_by("update charges set invoice_from = '2026-12-01' where id = (select min(id) from charges)".to_owned()).await.expect("a day");
        let mut tx = world.read().await;
        let account = acme.account.id;
        let count = async |tx: &mut store::Tx, today: &str, most| {
            invoices::waiting(tx, account, day(today), None, most).await.expect("charges").len()
        };
        assert_eq!(count(&mut tx, "2026-11-30", 100).await, 2);
        assert_eq!(count(&mut tx, "2026-12-01", 100).await, 3);
        assert_eq!(count(&mut tx, "2026-12-01", 1).await, 1);
        let later = noon() + chrono::Duration::seconds(1);
        assert_eq!(invoices::waiting(&mut tx, account, day("2026-12-01"), Some(later), 9).await.expect("charges"), []);
        let due = invoices::accounts_due(&mut tx, day("2026-11-30"), None, 9).await.expect("accounts");
        assert_eq!(due, [account]);
        assert_eq!(invoices::accounts_due(&mut tx, day("2026-11-30"), Some(account), 9).await.expect("accounts"), []);
    }

    async fn b5_what_was_issued_is_not_changed_and_not_taken_away(world: World) {
        let acme = acme(&world, 1).await;
        issue(&world, &acme, "2026-11-21").await;
        let refused = [
            "update invoices set net = 1",
            "update invoices set due_on = '2030-01-01'",
            "update invoices set letterhead = '{}'",
            "delete from invoices",
            "update invoice_lines set net = 1",
            "delete from invoice_lines",
            "update charges set invoice_line = 7",
            "update charges set invoice_id = null, invoice_line = null",
        ];
        for statement in refused {
            let refused = world.break_by(statement.to_owned()).await.expect_err(statement);
            assert!(refused.to_string().contains("immutable"), "{statement}: {refused}");
        }
        assert_eq!(world.break_by("update invoices set reminded = 1".to_owned()).await.expect("reminded"), 1);
        assert_eq!(findings(&world).await, []);
    }

    async fn b5_each_invariant_of_invoices_finds_its_broken_row(world: World) {
        let acme = acme(&world, 2).await;
        let (stored, charges) = issue(&world, &acme, "2026-11-21").await;
        assert_eq!(findings(&world).await, []);
        let (id, charge) = (stored.id, charges[0]);
        let found = async |says: &str| {
            let all = findings(&world).await;
            all.into_iter().find(|(invariant, _)| invariant.starts_with(says)).map(|(_, rows)| rows)
        };
        let mend = async |sql: &str| assert_eq!(world.break_by(sql.to_owned()).await.expect("done"), 1, "{sql}");

        mend("update document_numbers set last = 2 where kind = 'invoice'").await;
        assert_eq!(found("invoices are numbered").await, Some(vec!["last 2, invoices 1".to_owned()]));
        mend("update document_numbers set last = 1 where kind = 'invoice'").await;

        mend("update invoices set open = open - 1").await;
        assert_eq!(found("what is open of an invoice").await, Some(vec!["INV-1: open 39799, counted 39800".to_owned()]));
        mend("update invoices set open = open + 1").await;

        mend(&format!("update charges set net = net - 1 where id = '{charge}'")).await;
        assert_eq!(found("a line of an invoice").await, Some(vec!["INV-1: line 0, charges 2".to_owned()]));
        mend(&format!("update charges set net = net + 1 where id = '{charge}'")).await;

        mend(&format!("update charges set currency = 'USD' where id = '{charge}'")).await;
        assert_eq!(found("a charge is on a line").await, Some(vec![charge.to_string()]));
        mend(&format!("update charges set currency = 'EUR' where id = '{charge}'")).await;
        assert_eq!(findings(&world).await, []);

        // These cannot be mended, since nothing is taken away.
        mend(&format!(
            "insert into invoice_lines (invoice_id, line, text, quantity, unit_amount, rate, net, tax)
             values ('{id}', 1, '', 1, 7, 0, 7, 0)"
        ))
        .await;
        assert_eq!(found("an invoice is the sum").await, Some(vec!["INV-1: net 39800, tax 0".to_owned()]));
        mend(&format!(
            "insert into invoices (id, number, account_id, currency, issued_on, due_on, net, tax, open, letterhead, created_at)
             values ('x', 2, '{}', 'EUR', '2026-11-21', '2026-12-21', 0, 0, 0, '{{}}', 0)",
            acme.account.id
        ))
        .await;
        assert_eq!(found("an invoice has its entry").await, Some(vec!["INV-2".to_owned()]));
    }

    async fn b5_what_is_settled_of_a_charge_is_settled_of_its_invoice(world: World) {
        let acme = acme(&world, 2).await;
        let (stored, charges) = issue(&world, &acme, "2026-11-21").await;
        let mut tx = world.write().await;
        let amount = Money::new(19_900, Currency::EUR);
        let entry = domain::billing::Entry { kind: domain::billing::EntryKind::Payment, amount };
        let seq = store::ledger::insert(&mut tx, acme.account.id, entry, None, None, noon()).await.expect("a payment");
        assert!(store::ledger::settle(&mut tx, seq, charges[1], amount, noon()).await.expect("an answer"));
        let now = invoices::of_number(&mut tx, &acme.scope, InvoiceNumber(1)).await.expect("an answer").expect("it");
        assert_eq!((now.open, now.settled()), (amount, Ok(amount)));
        assert_eq!(now.invoice, stored.invoice);
    }
}

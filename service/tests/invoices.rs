//! Invoices: issued with an order or when they are due, numbered without gaps, and open as far as they are not settled (B3, B5); on
//! both databases.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::{
    AccountId, BasisPoints, Currency, Deed, FormKey, Money, OptionId, Role,
    accounts::PartialInvoicing,
    billing::{
        CreditNoteNumber, InvoiceFilter, InvoiceNumber, InvoicePage, InvoicePer, InvoiceState, InvoicesQuery,
        PriceForm, RefundForm, ToPayForm,
    },
    licenses::LicensesQuery,
    products::{Billing, Kind},
};
use service::{
    Cx, billing,
    billing::{invoices, payments, refunds, subscriptions},
    licenses,
    testing::{World, is_not_found, on_both},
    verify::verify,
};

/// Acme with one product at 70.00, one customer, and staff; 19 % tax.
struct Shop {
    world: World,
    owner: Cx,
    acme: Cx,
    option: OptionId,
    anna: AccountId,
}

async fn shop(world: World) -> Shop {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let shop = Shop { world, owner, acme, option, anna };
    shop.taxed(1_900).await;
    shop
}

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

impl Shop {
    async fn taxed(&self, points: u16) {
        let rate = BasisPoints::new(points).expect("a rate");
        let mut tx = self.world.service.store.write().await.expect("a transaction");
        store::accounts::set_tax(&mut tx, self.acme.actor.account, rate).await.expect("a rate");
        tx.commit().await.expect("a rate");
    }

    /// What the paper of the first invoice says to be paid ahead.
    async fn printed_as_paid(&self) -> Money {
        let file = invoices::file(&self.acme, Deed::SeeBilling, InvoiceNumber(1)).await;
        file.expect("what is printed").1
    }

    /// Parts of a period are invoiced on the billing day, which is the first; for all customers, or each.
    async fn on_billing_day(&self, per: InvoicePer) {
        let id = self.acme.actor.account;
        let mut tx = self.world.service.store.write().await.expect("a transaction");
        let mut details = store::accounts::invoiced(&mut tx, id).await.expect("an answer").expect("it").details;
        (details.ordering.prorate, details.ordering.partial_invoicing) = (true, PartialInvoicing::BillingDay);
        store::accounts::save(&mut tx, id, &details, self.acme.now()).await.expect("saved");
        store::accounts::set_invoice_per(&mut tx, id, per).await.expect("saved");
        tx.commit().await.expect("saved");
    }

    /// Orders so many for somebody, at what they come to.
    async fn order(&self, option: OptionId, user: AccountId, quantity: u32, as_what: &str, total: i64) {
        let draft = self.world.draft(&self.acme, option, user, quantity, as_what).await.expect("a draft");
        let key = FormKey::parse(&draft.to_string()).expect("a key");
        licenses::create(&self.acme, key, total).await.expect("placed");
    }

    async fn all(&self) -> Vec<InvoicePage> {
        let list = invoices::list(&self.acme, &InvoicesQuery::default()).await.expect("a list");
        let mut pages = Vec::new();
        for row in list.rows.iter().rev() {
            let page = invoices::find(&self.acme, row.number).await.expect("an invoice");
            assert_eq!(&page.row, row, "the list and the page say the same");
            pages.push(page);
        }
        pages
    }

    async fn run(&self) -> usize {
        invoices::run(&self.world.service).await.expect("run")
    }

    /// State and what is open of the only invoice.
    async fn standing(&self) -> (InvoiceState, Money) {
        let all = self.all().await;
        assert_eq!(all.len(), 1);
        (all[0].row.state, all[0].row.open)
    }

    async fn is_sound(&self) {
        assert_eq!(verify(&self.world.service).await.expect("recounted"), []);
    }
}

on_both!(b5_an_order_is_invoiced_when_it_is_executed_and_who_pays_is_told, at_once);
async fn at_once(world: World) {
    let shop = shop(world).await;
    shop.order(shop.option, shop.anna, 3, "permanent", 24_990).await;
    let all = shop.all().await;
    assert_eq!(all.len(), 1);
    let page = &all[0];
    assert_eq!((page.row.number, page.row.state), (InvoiceNumber(1), InvoiceState::Open));
    assert_eq!((page.total.net(), page.total.tax(), page.row.open), (euros(21_000), euros(3_990), euros(24_990)));
    assert_eq!(
        (page.row.issued_on.to_string(), page.row.due_on.to_string()),
        ("2026-11-21".into(), "2026-12-05".into())
    );
    let lines: Vec<_> = page.lines.iter().map(|line| (line.text.as_str(), line.explained.as_str())).collect();
    assert_eq!(lines, [("Store Manager, Primary license for northwind.example, order O-1", "3 \u{d7} € 70.00")]);
    assert_eq!((page.taxes.len(), page.taxes[0].rate.get(), page.taxes[0].amount), (1, 1_900, page.total));
    assert_eq!((page.reseller.as_str(), page.settled, page.credits.len()), ("acme", euros(0), 0));
    assert_eq!(page.history.len(), 1);

    let sent = shop.world.invoices_sent().await;
    let whom: Vec<_> = sent.iter().map(|mail| (mail.recipient.as_str(), mail.subject.as_str())).collect();
    assert_eq!(whom, [("admin@acme.example", "Invoice INV-000001")]);
    let text = sent[0].body.clone().expect("a text");
    assert!(text.contains("over € 249.90") && text.contains("/billing/invoices/INV-000001"), "{text}");
    assert_eq!(shop.run().await, 0, "nothing is left to invoice");
    shop.is_sound().await;
}

#[tokio::test]
async fn b5_an_order_is_invoiced_at_once_also_while_time_goes_on() {
    let shop = shop(World::new().await).await;
    shop.world.goes_on();
    shop.order(shop.option, shop.anna, 2, "permanent", 16_660).await;
    shop.order(shop.option, shop.anna, 1, "permanent", 8_330).await;
    let totals: Vec<_> = shop.all().await.iter().map(|page| page.total.gross()).collect();
    assert_eq!(totals, [euros(16_660), euros(8_330)]);
    shop.is_sound().await;
}

#[tokio::test]
async fn b5_the_billing_agent_is_told_where_there_is_one_and_nobody_else() {
    let shop = shop(World::new().await).await;
    shop.world.colleague(&shop.acme, "bo@acme.example", &[Role::BillingAgent]).await;
    shop.world.colleague(&shop.acme, "cy@acme.example", &[Role::Buyer]).await;
    shop.order(shop.option, shop.anna, 1, "permanent", 8_330).await;
    let sent = shop.world.invoices_sent().await;
    assert_eq!(sent.iter().map(|mail| mail.recipient.as_str()).collect::<Vec<_>>(), ["bo@acme.example"]);
}

on_both!(b5_what_is_open_of_an_invoice_follows_what_is_paid, paid);
async fn paid(world: World) {
    let shop = shop(world).await;
    shop.order(shop.option, shop.anna, 2, "permanent", 16_660).await;
    assert_eq!(shop.standing().await, (InvoiceState::Open, euros(16_660)));
    shop.world.receive(&shop.acme, 10_000).await;
    assert_eq!(shop.standing().await, (InvoiceState::PartlyPaid, euros(6_660)));
    shop.world.pass(Duration::days(14));
    assert_eq!(shop.standing().await.0, InvoiceState::PartlyPaid, "paying on the last day is in time");
    shop.world.pass(Duration::days(1));
    assert_eq!(shop.standing().await, (InvoiceState::Overdue, euros(6_660)));
    let home = billing::home(&shop.acme).await.expect("what is owed");
    assert_eq!((home.overdue, home.credit.balance()), ((euros(6_660), 1), euros(6_660)));
    shop.world.receive(&shop.acme, 10_000).await;
    assert_eq!(shop.standing().await, (InvoiceState::Paid, euros(0)));
    assert_eq!(billing::home(&shop.acme).await.expect("what is owed").overdue, (euros(0), 0));
    shop.is_sound().await;
}

on_both!(b5_what_was_paid_ahead_is_on_an_invoice_that_is_paid, ahead);
async fn ahead(world: World) {
    let shop = shop(world).await;
    shop.world.receive(&shop.acme, 8_330).await;
    shop.order(shop.option, shop.anna, 1, "permanent", 8_330).await;
    assert_eq!(shop.standing().await, (InvoiceState::Paid, euros(0)));
    let text = shop.world.invoices_sent().await[0].body.clone().expect("a text");
    assert!(text.contains("It is paid already") && !text.contains("Please pay"), "{text}");
    assert_eq!(shop.printed_as_paid().await, euros(8_330));
    shop.is_sound().await;
}

on_both!(v6_the_mail_and_the_paper_ask_for_what_was_not_paid_ahead, ahead_in_part);
async fn ahead_in_part(world: World) {
    let shop = shop(world).await;
    shop.world.receive(&shop.acme, 5_000).await;
    shop.order(shop.option, shop.anna, 1, "permanent", 8_330).await;
    let text = shop.world.invoices_sent().await[0].body.clone().expect("a text");
    let asks = "invoice INV-000001 over € 83.30 has been issued. € 50.00 of it is paid already. Please pay the open € 33.30 by 5 Dec 2026.";
    assert!(text.contains(asks), "{text}");
    // What is paid later does not change the paper.
    shop.world.receive(&shop.acme, 3_330).await;
    assert_eq!((shop.standing().await, shop.printed_as_paid().await), ((InvoiceState::Paid, euros(0)), euros(5_000)));
    shop.is_sound().await;
}

#[tokio::test]
async fn b5_what_costs_nothing_is_on_no_invoice_and_no_mail_goes_out() {
    let shop = shop(World::new().await).await;
    shop.order(shop.option, shop.anna, 1, "trial", 0).await;
    assert_eq!((shop.all().await.len(), shop.run().await, shop.world.invoices_sent().await.len()), (0, 0, 0));
    shop.is_sound().await;
}

on_both!(b3_a_part_of_a_period_is_invoiced_on_the_billing_day_for_all_customers, billing_day);
async fn billing_day(world: World) {
    let shop = shop(world).await;
    shop.on_billing_day(InvoicePer::Reseller).await;
    let monthly = shop.world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    let bo = shop.world.customer(&shop.acme, "bo@contoso.example").await;
    // 21 to 30 November: 10 of 30 days of 70.00, and 19 %.
    shop.order(monthly, shop.anna, 1, "subscription", 2_776).await;
    shop.order(monthly, bo, 1, "subscription", 2_776).await;
    assert_eq!((shop.all().await, shop.run().await), (vec![], 0));
    assert_eq!(shop.world.billed(&shop.acme).await.balance, euros(5_552), "it is owed all the same (C1)");
    shop.world.pass(Duration::days(10));
    assert_eq!(shop.run().await, 1);
    assert_eq!(shop.run().await, 0);
    let all = shop.all().await;
    let explained = "1 \u{d7} € 70.00, 10 of 30 days, 21 Nov 2026 to 30 Nov 2026";
    assert_eq!(all[0].lines.iter().map(|line| line.explained.as_str()).collect::<Vec<_>>(), [explained, explained]);
    assert_eq!((all[0].row.open, all[0].row.issued_on.to_string()), (euros(5_552), "2026-12-01".into()));
    assert_eq!(shop.world.invoices_sent().await.len(), 1);
    shop.is_sound().await;
}

on_both!(b5_each_customer_has_an_invoice_where_the_account_says_so, per_customer);
async fn per_customer(world: World) {
    let shop = shop(world).await;
    shop.on_billing_day(InvoicePer::Customer).await;
    let monthly = shop.world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    let bo = shop.world.customer(&shop.acme, "bo@contoso.example").await;
    for user in [shop.anna, bo, shop.acme.actor.account] {
        shop.order(monthly, user, 1, "subscription", 2_776).await;
        shop.world.pass(Duration::seconds(1));
    }
    // A week late, which changes nothing.
    shop.world.pass(Duration::days(17));
    assert_eq!(shop.run().await, 3);
    let customers: Vec<_> = shop.all().await.into_iter().map(|page| page.row.customer).collect();
    let named = |name: &str| Some(name.to_owned());
    assert_eq!(customers, [named("northwind.example"), named("contoso.example"), named("acme")]);
    shop.is_sound().await;
}

on_both!(b5_what_is_not_invoiced_yet_is_invoiced_now_once, now);
async fn now(world: World) {
    let shop = shop(world).await;
    shop.on_billing_day(InvoicePer::Reseller).await;
    let monthly = shop.world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    shop.order(monthly, shop.anna, 2, "subscription", 5_554).await;
    let account = shop.acme.actor.account;
    for _ in 0..2 {
        let mut tx = shop.world.service.store.write().await.expect("a transaction");
        store::accounts::hold(&mut tx, account).await.expect("held");
        let open = store::charges::open(&mut tx, account).await.expect("charges");
        invoices::issue_now(&shop.acme, &mut tx, account, &[open[0].what]).await.expect("issued");
        tx.commit().await.expect("issued");
    }
    let all = shop.all().await;
    assert_eq!((all.len(), all[0].lines.len(), all[0].lines[0].explained.chars().next()), (1, 1, Some('1')));
    shop.world.pass(Duration::days(10));
    assert_eq!((shop.run().await, shop.all().await.len()), (1, 2));
    shop.is_sound().await;
}

on_both!(l7_paying_one_of_two_open_invoices_of_a_license_frees_no_slot, one_of_two);
async fn one_of_two(world: World) {
    let shop = shop(world).await;
    shop.on_billing_day(InvoicePer::Reseller).await;
    let monthly = shop.world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    shop.order(monthly, shop.anna, 1, "subscription", 2_776).await;
    shop.world.pass(Duration::days(10));
    let frees = async |invoice: &str| {
        let asked = ToPayForm { invoice: invoice.to_owned(), ..ToPayForm::default() };
        let page = payments::checkout(&shop.acme, &asked).await.expect("the checkout");
        (page.lines.len(), page.frees)
    };
    assert_eq!((shop.run().await, frees("INV-000001").await), (1, (1, 1)));
    billing::recur::run(&shop.world.service).await.expect("December is charged");
    assert_eq!((shop.run().await, shop.all().await.len()), (1, 2));
    assert_eq!([frees("INV-000001").await, frees("INV-000002").await], [(1, 0); 2]);
    shop.is_sound().await;
}

on_both!(v6_what_is_given_back_before_it_was_invoiced_is_not_asked_for, given_back);
async fn given_back(world: World) {
    let shop = shop(world).await;
    shop.on_billing_day(InvoicePer::Customer).await;
    let monthly = shop.world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    shop.order(monthly, shop.anna, 1, "subscription", 2_776).await;
    let license = licenses::list(&shop.acme, &LicensesQuery::default()).await.expect("a list").rows[0].id;
    let because = RefundForm { reason: "Bought by mistake".to_owned() };
    refunds::refund(&shop.acme, shop.world.key(), license, &because).await.expect("given back");
    let text = shop.world.invoices_sent().await[0].body.clone().expect("a text");
    assert!(text.contains("A credit note settles € 27.76 of it. There is nothing to pay."), "{text}");
    assert!(!text.contains("Please pay") && !text.contains("paid already"), "{text}");
    let (_, paid_ahead, letterhead) =
        invoices::file(&shop.acme, Deed::SeeBilling, InvoiceNumber(1)).await.expect("what is printed");
    assert_eq!((paid_ahead, letterhead.by_credit), (euros(0), Some(euros(2_776))));
    let note = invoices::credit_file(&shop.acme, Deed::SeeBilling, CreditNoteNumber(1)).await.expect("its credit note");
    assert_eq!(note.2.customer.as_deref(), Some("northwind.example"), "it is for the customer of its invoice");
    assert_eq!(shop.standing().await, (InvoiceState::Credited, euros(0)));
    shop.is_sound().await;
}

on_both!(v6_what_another_price_gives_back_before_it_was_invoiced_is_not_asked_for, repriced);
async fn repriced(world: World) {
    let shop = shop(world).await;
    shop.on_billing_day(InvoicePer::Reseller).await;
    let monthly = shop.world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    shop.order(monthly, shop.anna, 1, "subscription", 2_776).await;
    let license = licenses::list(&shop.acme, &LicensesQuery::default()).await.expect("a list").rows[0].id;
    shop.world.pass(Duration::days(5));
    let mut owner = shop.owner.clone();
    owner.actor.confirmed_at = owner.now();
    let text = |text: &str| text.to_owned();
    let form = PriceForm { price: text("60"), from: text("today"), reason: text("Agreed by phone") };
    let page = subscriptions::price(&owner, license, form.clone()).await.expect("the page");
    let shown = page.preview.expect("something is asked for").expect("possible");
    let credit = shown.at_once.as_ref().expect("charged in advance").credit().expect("countable").gross();
    subscriptions::reprice(&owner, shop.world.key(), license, &form, &shown.seen).await.expect("changed");
    let left = euros(2_776 - credit.minor);
    assert!(credit.is_positive() && left.is_positive(), "{credit}");
    let text = shop.world.invoices_sent().await[0].body.clone().expect("a text");
    let asks = format!("A credit note settles {credit} of it. Please pay the open {left} by");
    assert!(text.contains(&asks), "{text}");
    assert_eq!(shop.all().await[0].row.open, left, "that is what is open");
    shop.is_sound().await;
}

on_both!(b5_numbers_have_no_gaps_however_many_are_issued_at_once, no_gaps);
async fn no_gaps(world: World) {
    let shop = shop(world).await;
    let (globex, acme) = (shop.world.reseller("globex").await, shop.acme.clone());
    let cleo = shop.world.customer(&globex, "cleo@fabrikam.example").await;
    let mut tries = Vec::new();
    for at in 0..64 {
        // Of three of Globex, which is not taxed, one shows another total than it comes to, and is refused.
        let (cx, user, total) = match at % 2 {
            0 => (acme.clone(), shop.anna, 8_330),
            _ => (globex.clone(), cleo, if at % 3 == 0 { 7_001 } else { 7_000 }),
        };
        let draft = shop.world.draft(&cx, shop.option, user, 1, "permanent").await.expect("a draft");
        let key = FormKey::parse(&draft.to_string()).expect("a key");
        tries.push(tokio::spawn(async move { licenses::create(&cx, key, total).await.is_ok() }));
    }
    // While they are, somebody takes a number and fails.
    let service = shop.world.service.clone();
    let failing = tokio::spawn(async move {
        for _ in 0..8 {
            let mut tx = service.store.write().await.expect("a transaction");
            store::invoices::next_number(&mut tx).await.expect("a number");
        }
    });
    let mut done = 0;
    for one in tries {
        done += i64::from(one.await.expect("ran"));
    }
    failing.await.expect("ran");
    let mut numbers = BTreeSet::new();
    let mut view = InvoicesQuery::default();
    loop {
        let page = invoices::list_all(&shop.owner, &view).await.expect("a page");
        numbers.extend(page.rows.iter().map(|(row, ..)| row.number.0));
        let Some(next) = page.next else { break };
        view.after = Some(next);
    }
    // The cap of ten unpaid licenses refuses the rest, which leaves no gap either.
    assert_eq!((done, numbers.into_iter().collect::<Vec<_>>()), (20, (1..=20).collect()));
    shop.is_sound().await;
}

on_both!(b3_of_many_who_invoice_at_once_one_does, once);
async fn once(world: World) {
    let shop = shop(world).await;
    shop.on_billing_day(InvoicePer::Customer).await;
    let monthly = shop.world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    for user in [shop.anna, shop.acme.actor.account] {
        shop.order(monthly, user, 1, "subscription", 2_776).await;
    }
    shop.world.pass(Duration::days(10));
    let runs = (0..8).map(|_| {
        let service = shop.world.service.clone();
        tokio::spawn(async move { invoices::run(&service).await.expect("run") })
    });
    let mut issued = 0;
    for run in runs.collect::<Vec<_>>() {
        issued += run.await.expect("ran");
    }
    assert_eq!((issued, shop.all().await.len(), shop.world.invoices_sent().await.len()), (2, 2, 2));
    shop.is_sound().await;
}

on_both!(b5_the_staff_find_what_is_unpaid_and_what_is_overdue_the_oldest_first, filters);
async fn filters(world: World) {
    let shop = shop(world).await;
    for _ in 0..3 {
        shop.order(shop.option, shop.anna, 1, "permanent", 8_330).await;
        shop.world.pass(Duration::days(1));
    }
    shop.world.receive(&shop.acme, 8_330).await;
    let numbers = |filter, after| {
        let (owner, account) = (shop.owner.clone(), Some(shop.acme.actor.account));
        async move {
            let view = InvoicesQuery { filter, account, after };
            let page = invoices::list_all(&owner, &view).await.expect("a page");
            page.rows.into_iter().map(|(row, ..)| row.number.0).collect::<Vec<_>>()
        }
    };
    assert_eq!(numbers(None, None).await, [3, 2, 1]);
    assert_eq!(numbers(Some(InvoiceFilter::Unpaid), None).await, [3, 2]);
    assert_eq!(numbers(Some(InvoiceFilter::Unpaid), Some(3)).await, [2]);
    assert_eq!(numbers(Some(InvoiceFilter::Overdue), None).await, [0; 0]);
    shop.world.pass(Duration::days(30));
    assert_eq!(numbers(Some(InvoiceFilter::Overdue), None).await, [2, 3]);
    assert_eq!(numbers(Some(InvoiceFilter::Overdue), Some(2)).await, [3]);
    let globex = InvoicesQuery { account: Some(shop.anna), ..InvoicesQuery::default() };
    assert_eq!(invoices::list_all(&shop.owner, &globex).await.expect("a page").rows, []);
    let csv = invoices::export_all(&shop.owner, &InvoicesQuery::default()).await.expect("a table");
    let third = "INV-000003,acme,Overdue,,2026-11-23,2026-12-07,EUR,70.00,13.30,83.30,83.30";
    assert_eq!((csv.rows[0].join(","), csv.next), (third.to_owned(), None));
}

#[tokio::test]
async fn a11_an_invoice_of_another_account_is_not_found_and_stands_in_no_list() {
    let shop = shop(World::new().await).await;
    shop.order(shop.option, shop.anna, 1, "permanent", 8_330).await;
    let (number, globex) = (InvoiceNumber(1), shop.world.reseller("globex").await);
    let buyer = shop.world.colleague(&shop.acme, "cy@acme.example", &[Role::Buyer]).await;
    for cx in [&globex, &buyer, &shop.owner] {
        assert!(is_not_found(invoices::find(cx, number).await));
        assert!(is_not_found(invoices::file(cx, Deed::SeeBilling, number).await));
    }
    assert!(is_not_found(invoices::find_any(&shop.acme, number).await));
    assert!(is_not_found(invoices::file(&shop.acme, Deed::SeeInvoices, number).await));
    assert!(is_not_found(invoices::find(&shop.acme, InvoiceNumber(2)).await));
    let own = InvoicesQuery { account: Some(shop.acme.actor.account), ..InvoicesQuery::default() };
    assert_eq!(invoices::list(&globex, &own).await.expect("a list").rows, []);
    assert_eq!(billing::ledger(&globex, None).await.expect("a ledger").entries, []);
}

on_both!(c1_the_ledger_on_the_screen_and_as_a_table_sums_to_the_balance, ledger);
async fn ledger(world: World) {
    let shop = shop(world).await;
    shop.order(shop.option, shop.anna, 3, "permanent", 24_990).await;
    shop.world.receive(&shop.acme, 10_000).await;
    let page = billing::ledger(&shop.acme, None).await.expect("a ledger");
    assert_eq!((page.entries.len(), page.balance, page.next), (4, euros(14_990), None));
    assert_eq!(page.entries.iter().map(|entry| entry.change().minor).sum::<i64>(), 14_990);
    assert_eq!(page.entries[1].order.map(|order| order.to_string()).as_deref(), Some("O-1"));
    let table = billing::export_ledger(&shop.acme, None).await.expect("a table");
    let sum = |column: usize| -> i64 {
        let cells = table.rows.iter().map(|row| row[column].replace('.', ""));
        cells.filter(|cell| !cell.is_empty()).map(|cell| cell.parse::<i64>().expect("an amount")).sum()
    };
    assert_eq!((sum(5), sum(6)), (24_990, 10_000));
}

//! Giving licenses back, and credit notes: revoked, credited and settled, each once; on both databases.

use std::collections::BTreeMap;

use chrono::Duration;
use domain::{
    BasisPoints, Currency, Deed, LicenseId, Money, Refusal, Role,
    billing::{CreditForm, CreditNoteNumber, InvoiceNumber, RefundForm, Refunded, Taxed},
    licenses::{LicensesQuery, PaymentStatus, State},
    products::{Billing, Kind},
    ticks::Ticks,
};
use service::{
    Cx, Error,
    billing::{credit_notes, invoices, refunds},
    licenses, orders,
    testing::{World, errors, is_not_found, on_both, refusal},
    verify::verify,
};

/// Acme, charged 70.00 and 19 % tax for a license, with one customer, and staff.
struct Shop {
    world: World,
    owner: Cx,
    acme: Cx,
    option: domain::OptionId,
    anna: domain::AccountId,
}

async fn shop(world: World) -> Shop {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let mut tx = world.service.store.write().await.expect("a transaction");
    let rate = BasisPoints::new(1_900).expect("19 %");
    store::accounts::set_tax(&mut tx, acme.actor.account, rate).await.expect("a rate");
    tx.commit().await.expect("a rate");
    Shop { world, owner, acme, option, anna }
}

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn because(reason: &str) -> RefundForm {
    RefundForm { reason: reason.to_owned() }
}

fn lines(fields: &[(&str, &str)]) -> CreditForm {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    CreditForm(Ticks(fields.collect::<BTreeMap<_, _>>()))
}

impl Shop {
    /// Buys so many, each for 83.30, and gives them, oldest first.
    async fn buy(&self, quantity: u32) -> Vec<LicenseId> {
        let draft = self.world.draft(&self.acme, self.option, self.anna, quantity, "permanent").await.expect("a draft");
        let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
        let order = licenses::create(&self.acme, key, 8_330 * i64::from(quantity)).await.expect("an order");
        let made = orders::executed(&self.acme, order).await.expect("the result");
        made.licenses.iter().map(|license| license.row.id).collect()
    }

    async fn refund(&self, id: LicenseId) -> Result<Refunded, Error> {
        refunds::refund(&self.acme, self.world.key(), id, &because("Bought by mistake")).await
    }

    async fn credit(&self, number: i64, fields: &[(&str, &str)]) -> Result<CreditNoteNumber, Error> {
        let mut owner = self.owner.clone();
        owner.actor.confirmed_at = owner.now();
        credit_notes::credit(&owner, self.world.key(), InvoiceNumber(number), &lines(fields)).await
    }

    /// State and payment of a license.
    async fn stands(&self, id: LicenseId) -> (State, Option<PaymentStatus>) {
        let row = licenses::find(&self.acme, id).await.expect("a license").license.row;
        (row.state, row.payment)
    }

    /// How many unpaid licenses, and what is owed.
    async fn owes(&self) -> (i64, i64) {
        let list = licenses::list(&self.acme, &LicensesQuery::default()).await.expect("a list");
        (list.unpaid.count, self.world.billed(&self.acme).await.balance.minor)
    }

    /// The mails after the activation of the customer.
    async fn mails(&self) -> Vec<(String, String)> {
        self.world.mails().await.into_iter().skip(1).collect()
    }

    async fn is_sound(&self) {
        assert_eq!(verify(&self.world.service).await.expect("recounted"), []);
    }
}

const REVOKED: (State, Option<PaymentStatus>) = (State::Revoked, Some(PaymentStatus::Refunded));

on_both!(b9_an_unpaid_license_is_given_back_for_nothing_and_its_slot_is_free, unpaid);
async fn unpaid(world: World) {
    let shop = shop(world).await;
    let bought = shop.buy(3).await;
    assert_eq!(shop.owes().await, (3, 24_990));
    let page = licenses::find(&shop.acme, bought[1]).await.expect("a license");
    let back = page.give_back.expect("it can be given back");
    let whole = Taxed::new(euros(7_000), euros(1_330)).expect("countable");
    assert_eq!((back.credit, back.unpaid), (whole, true));
    let missing = errors(refunds::refund(&shop.acme, shop.world.key(), bought[1], &because(" ")).await);
    assert!(missing.get("reason").is_some());
    let key = shop.world.key();
    for _ in 0..2 {
        let form = because("Bought by mistake");
        refunds::refund(&shop.acme, key, bought[1], &form).await.expect("given back, or before");
    }
    assert_eq!(shop.stands(bought[1]).await, REVOKED);
    assert_eq!(shop.stands(bought[0]).await, (State::Active, Some(PaymentStatus::Pending)));
    assert_eq!(shop.owes().await, (2, 16_660));
    let order = orders::executed(&shop.acme, page.order).await.expect("its order");
    assert_eq!((order.total, order.open), (euros(24_990), Some(euros(16_660))));
    assert_eq!(shop.world.written_down(bought[1]).await, ["license.created", "license.refunded"]);
    let told = ("admin@acme.example".to_owned(), "A license of Store Manager has been given back".to_owned());
    assert_eq!(shop.mails().await, [told]);
    let text = shop.world.letters().await.pop().and_then(|letter| letter.body).expect("a text");
    assert!(text.contains("€ 83.30 is credited by CN-000001") && text.contains("Bought by mistake"), "{text}");
    let again = refusal(shop.refund(bought[1]).await);
    assert_eq!(again, Refusal::LicenseFinal { state: "revoked".to_owned() });
    assert!(licenses::find(&shop.acme, bought[1]).await.expect("a license").give_back.is_none());
    shop.is_sound().await;
}

on_both!(b9_what_was_paid_for_a_license_pays_for_the_oldest_debt_and_then_stays, paid);
async fn paid(world: World) {
    let shop = shop(world).await;
    let first = shop.buy(1).await[0];
    shop.world.receive(&shop.acme, 8_330).await;
    shop.world.pass(Duration::hours(1));
    let second = shop.buy(1).await[0];
    assert_eq!(shop.owes().await, (1, 8_330));
    shop.refund(first).await.expect("given back");
    assert_eq!((shop.stands(first).await, shop.owes().await), (REVOKED, (0, 0)));
    assert_eq!(shop.stands(second).await, (State::Active, Some(PaymentStatus::Paid)));
    shop.refund(second).await.expect("given back");
    assert_eq!(shop.owes().await, (0, -8_330));
    let page = credit_notes::page(&shop.owner, InvoiceNumber(2)).await.expect("the second invoice");
    let numbers: Vec<_> = page.given.iter().map(|note| (note.number, note.total.gross())).collect();
    assert_eq!(numbers, [(CreditNoteNumber(2), euros(8_330))]);
    shop.is_sound().await;
}

on_both!(b5_a_credit_note_settles_its_own_invoice_first_and_then_the_oldest, own_invoice_first);
async fn own_invoice_first(world: World) {
    let shop = shop(world).await;
    let older = shop.buy(1).await[0];
    shop.world.pass(Duration::hours(1));
    let newer = shop.buy(2).await;
    shop.refund(newer[0]).await.expect("given back");
    assert_eq!(shop.stands(older).await, (State::Active, Some(PaymentStatus::Pending)));
    assert_eq!((shop.stands(newer[0]).await, shop.owes().await), (REVOKED, (2, 16_660)));
    shop.is_sound().await;
}

on_both!(b9_of_licenses_on_one_line_the_credit_settles_the_one_that_is_given_back, own_license_first);
async fn own_license_first(world: World) {
    let shop = shop(world).await;
    for at in [0, 1, 2] {
        let bought = shop.buy(3).await;
        shop.refund(bought[at]).await.expect("given back");
        for (other, id) in bought.iter().enumerate() {
            let pending = (State::Active, Some(PaymentStatus::Pending));
            assert_eq!(shop.stands(*id).await, if other == at { REVOKED } else { pending });
        }
        shop.world.pass(Duration::hours(1));
    }
    assert_eq!(shop.owes().await, (6, 6 * 8_330));
    shop.is_sound().await;
}

on_both!(b5_finance_credits_lines_of_an_invoice_once_and_the_licenses_stay, by_finance);
async fn by_finance(world: World) {
    let shop = shop(world).await;
    let bought = shop.buy(2).await;
    shop.refund(bought[0]).await.expect("given back");
    // What is left of the line is the other license.
    let wrong = [("line-0", "on"), ("reason", "Wrong")];
    assert_eq!(shop.credit(1, &wrong).await.expect("credited"), CreditNoteNumber(2));
    assert_eq!(refusal(shop.credit(1, &wrong).await), Refusal::NothingToCredit);
    let paid = (State::Active, Some(PaymentStatus::Paid));
    assert_eq!((shop.stands(bought[1]).await, shop.owes().await), (paid, (0, 0)));
    shop.world.pass(Duration::hours(1));
    let later = shop.buy(1).await[0];
    shop.world.receive(&shop.acme, 8_330).await;
    shop.refund(later).await.expect("given back");
    assert_eq!(shop.owes().await, (0, -8_330));
    let nothing = errors(shop.credit(2, &[("reason", "")]).await);
    assert_eq!((nothing.get("all").is_some(), nothing.get("reason").is_some()), (true, true));
    assert_eq!(
        refusal(shop.credit(2, &[("line-7", "on"), ("reason", "Wrong")]).await),
        Refusal::MoreThanLeft { line: 8 }
    );
    assert!(is_not_found(shop.credit(3, &[("line-0", "on"), ("reason", "Wrong")]).await));
    shop.is_sound().await;
}

on_both!(b5_an_invoice_and_its_credit_notes_are_nothing_and_its_licenses_stay, whole_invoice);
async fn whole_invoice(world: World) {
    let shop = shop(world).await;
    let bought = shop.buy(3).await;
    shop.world.invoice(&shop.acme, &bought).await;
    shop.refund(bought[0]).await.expect("given back");
    let page = credit_notes::page(&shop.owner, InvoiceNumber(1)).await.expect("the invoice");
    let line = page.lines.first().expect("one line of three licenses");
    assert_eq!((page.lines.len(), line.amount.gross(), line.left.gross()), (1, euros(24_990), euros(16_660)));
    let key = shop.world.key();
    let form = lines(&[("all", "0"), ("reason", "Wrong price")]);
    for _ in 0..2 {
        let note = credit_notes::credit(&shop.owner, key, InvoiceNumber(1), &form).await;
        assert_eq!(note.expect("credited, or before"), CreditNoteNumber(2));
    }
    assert_eq!(refusal(shop.credit(1, &[("line-0", "on"), ("reason", "Again")]).await), Refusal::NothingToCredit);
    assert_eq!(shop.stands(bought[1]).await, (State::Active, Some(PaymentStatus::Paid)));
    assert_eq!(shop.owes().await, (0, 0));
    let subjects: Vec<_> = shop.mails().await.into_iter().map(|(_, about)| about).collect();
    assert_eq!(subjects, ["A license of Store Manager has been given back", "Credit note CN-000002"]);
    // What finance has credited is not given back once more.
    assert_eq!(refusal(shop.refund(bought[1]).await), Refusal::NothingToRefund);
    let (note, invoice, letterhead, reason) =
        invoices::credit_file(&shop.acme, Deed::SeeBilling, CreditNoteNumber(2)).await.expect("one's own");
    assert_eq!((note.total().gross(), reason.as_str()), (euros(-16_660), "Wrong price"));
    assert_eq!((letterhead.to.name.as_str(), invoice.number()), ("acme", InvoiceNumber(1)));
    let globex = shop.world.reseller("globex").await;
    assert!(is_not_found(invoices::credit_file(&globex, Deed::SeeBilling, CreditNoteNumber(2)).await));
    assert!(is_not_found(credit_notes::page(&shop.acme, InvoiceNumber(1)).await));
    shop.is_sound().await;
}

on_both!(b9_two_who_give_it_back_at_once_give_it_back_once, at_once);
async fn at_once(world: World) {
    let shop = shop(world).await;
    let bought = shop.buy(8).await;
    let mut tasks = Vec::new();
    for id in bought.iter().flat_map(|id| [*id; 4]) {
        let (cx, key) = (shop.acme.clone(), shop.world.key());
        tasks.push(tokio::spawn(async move { refunds::refund(&cx, key, id, &because("No use")).await.is_ok() }));
    }
    let mut done = 0;
    for task in tasks {
        done += usize::from(task.await.expect("no panic"));
    }
    assert_eq!((done, shop.owes().await), (8, (0, 0)));
    assert_eq!(shop.mails().await.len(), 8);
    shop.is_sound().await;
}

#[tokio::test]
async fn b9_after_thirty_days_and_for_what_was_free_nothing_is_given_back() {
    let shop = shop(World::new().await).await;
    let bought = shop.buy(1).await[0];
    let order = shop.world.create(&shop.acme, shop.option, shop.anna, 1, "trial").await;
    assert!(order.is_err(), "a working license leaves nothing to try");
    shop.world.pass(Duration::days(30));
    assert!(licenses::find(&shop.acme, bought).await.expect("a license").give_back.is_some());
    shop.world.pass(Duration::seconds(1));
    assert!(licenses::find(&shop.acme, bought).await.expect("a license").give_back.is_none());
    let late = Refusal::RefundTooLate { days: 30, bought: "21 Nov 2026".to_owned() };
    assert_eq!(refusal(shop.refund(bought).await), late);
    assert_eq!((shop.owes().await, shop.mails().await), ((1, 8_330), vec![]));
    let ben = shop.world.customer(&shop.acme, "ben@fabrikam.example").await;
    let order = shop.world.create(&shop.acme, shop.option, ben, 1, "trial").await.expect("a trial");
    let trial = orders::executed(&shop.acme, order).await.expect("the result").licenses[0].row.id;
    assert_eq!(refusal(shop.refund(trial).await), Refusal::NothingToRefund);
    shop.is_sound().await;
}

#[tokio::test]
async fn a11_b9_it_is_given_back_by_those_who_may_and_by_nobody_of_another_account() {
    let shop = shop(World::new().await).await;
    let bought = shop.buy(2).await;
    let globex = shop.world.reseller("globex").await;
    let form = because("Mine");
    let key = || shop.world.key();
    assert!(is_not_found(refunds::refund(&globex, key(), bought[0], &form).await));
    assert!(is_not_found(refunds::page(&shop.acme, bought[0]).await));
    assert!(is_not_found(refunds::refund_any(&shop.acme, key(), bought[0], &form).await));
    assert!(is_not_found(refunds::refund(&shop.owner, key(), bought[0], &form).await));
    for (at, role) in Role::of(domain::accounts::Kind::Reseller).iter().enumerate() {
        let who = shop.world.colleague(&shop.acme, &format!("c{at}@acme.example"), &[*role]).await;
        let may = matches!(role, Role::Admin | Role::SubscriptionsManager);
        assert_eq!(
            refunds::refund(&who, key(), bought[0], &because("")).await.is_err_and(|e| matches!(e, Error::Fields(_))),
            may
        );
    }
    let page = refunds::page(&shop.owner, bought[0]).await.expect("finance sees it");
    assert_eq!((page.name.as_str(), page.give_back.is_ok()), ("acme", true));
    refunds::refund_any(&shop.owner, key(), bought[0], &because("Abuse")).await.expect("taken back");
    assert_eq!((shop.stands(bought[0]).await, shop.owes().await), (REVOKED, (1, 8_330)));
    let to: Vec<_> = shop.mails().await.into_iter().map(|(to, _)| to).collect();
    // Whoever sees what is owed: the admins and the billing agent.
    assert_eq!(to.len(), 3, "{to:?}");
    shop.is_sound().await;
}

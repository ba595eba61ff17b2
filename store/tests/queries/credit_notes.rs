//! Credit notes, and licenses that are given back (B5, B9).

use domain::{
    Currency, Money,
    billing::{CreditLine, CreditNote, CreditNoteNumber, Entry, EntryKind},
};
use store::{
    credit_notes::{self, New},
    invoices::{self, Stored},
    ledger, licenses,
};

use crate::world::{World, at_once, minutes, noon, operator, untaxed};

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// A credit note for so much of the only line of an invoice.
fn note(of: &Stored, number: CreditNoteNumber, minor: i64) -> CreditNote {
    let lines = vec![CreditLine { line: 0, amount: untaxed(euros(minor)) }];
    CreditNote::of(&of.invoice, &[], number, of.invoice.issued_on(), lines).expect("a credit note")
}

/// It as it is stored with the invoice's own letterhead.
fn new<'a>(world: &World, of: &'a Stored, note: &'a CreditNote) -> New<'a> {
    New { id: world.id(), note, reason: "Wrong \"price\"", letterhead: &of.letterhead, created_at: noon() }
}

on_both! {
    async fn b5_a_credit_note_is_kept_and_read_by_its_reseller_and_the_operator_alone(world: World) {
        let acme = crate::invoices::acme(&world, 2).await;
        let globex = world.reseller("globex").await;
        let (invoice, _) = crate::invoices::issue(&world, &acme, "2026-11-21").await;
        let mut tx = world.write().await;
        let number = credit_notes::next_number(&mut tx).await.expect("a number");
        assert_eq!(number, CreditNoteNumber(1));
        let note = note(&invoice, number, 19_900);
        assert!(credit_notes::insert(&mut tx, &invoice, &new(&world, &invoice, &note)).await.expect("an answer"));
        let kept = credit_notes::of_invoice(&mut tx, &invoice).await.expect("credit notes");
        let [kept] = &kept[..] else { panic!("one credit note: {kept:?}") };
        assert_eq!((kept.number, kept.account, kept.reason.as_str()), (number, acme.account.id, "Wrong \"price\""));
        assert_eq!((kept.total, &kept.lines[..]), (untaxed(euros(19_900)), note.lines()));
        let credited = invoices::credit_notes(&mut tx, &invoice).await.expect("credit notes");
        assert_eq!((credited.len(), credited[0].number, credited[0].amount), (1, number, kept.total));
        for scope in [&acme.scope, &operator()] {
            let (read, of, letterhead, reason) =
                invoices::credit_note(&mut tx, scope, number).await.expect("an answer").expect("the credit note");
            assert_eq!((&read, of.id, &letterhead), (&note, invoice.id, &invoice.letterhead));
            assert_eq!((of.credited, reason.as_str()), (euros(19_900), "Wrong \"price\""));
        }
        assert_eq!(invoices::credit_note(&mut tx, &globex.scope, number).await.expect("an answer"), None);
    }

    async fn b5_no_more_is_credited_than_the_invoice_holds(world: World) {
        let acme = crate::invoices::acme(&world, 2).await;
        let (invoice, _) = crate::invoices::issue(&world, &acme, "2026-11-21").await;
        let done = at_once(8, |at| {
            let (store, invoice) = (world.store.clone(), invoice.clone());
            let (id, number) = (world.id(), CreditNoteNumber(1 + at as i64));
            async move {
                let note = note(&invoice, number, 15_000);
                let new = New { id, note: &note, reason: "Wrong", letterhead: &invoice.letterhead, created_at: noon() };
                let mut tx = store.write().await.expect("a transaction");
                let done = credit_notes::insert(&mut tx, &invoice, &new).await.expect("an answer");
                tx.commit().await.expect("a commit");
                done
            }
        });
        // 150.00 of 398.00, twice.
        assert_eq!(done.await.into_iter().filter(|done| *done).count(), 2);
        let mut tx = world.read().await;
        let kept = credit_notes::of_invoice(&mut tx, &invoice).await.expect("credit notes");
        assert_eq!(kept.len(), 2);
        let now = invoices::of_number(&mut tx, &acme.scope, invoice.invoice.number()).await.expect("an answer");
        assert_eq!(now.expect("the invoice").credited, euros(30_000));
    }

    async fn b5_what_is_credited_lowers_what_is_owed(world: World) {
        let acme = crate::invoices::acme(&world, 1).await;
        let (invoice, charges) = crate::invoices::issue(&world, &acme, "2026-11-21").await;
        let mut tx = world.write().await;
        let note = note(&invoice, CreditNoteNumber(1), 19_900);
        let new = new(&world, &invoice, &note);
        credit_notes::insert(&mut tx, &invoice, &new).await.expect("stored");
        ledger::credit(&mut tx, acme.account.id, new.id, euros(19_900), "CN-000001", noon()).await.expect("entered");
        let billed = store::accounts::billed(&mut tx, acme.account.id).await.expect("an answer").expect("the account");
        assert_eq!(billed.balance, euros(0));
        let rest = ledger::with_rest(&mut tx, acme.account.id).await.expect("what is left");
        let [(seq, left)] = rest[..] else { panic!("one entry: {rest:?}") };
        assert!(ledger::settle(&mut tx, seq, charges[0], left, noon()).await.expect("settled"));
        assert_eq!(ledger::with_rest(&mut tx, acme.account.id).await.expect("what is left"), []);
    }

    async fn b9_of_eight_who_give_a_license_back_one_does_and_its_slot_is_free_once(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let sold = world.sell(&acme, &northwind, &option, 2, |_, _| {}).await;
        let license = sold[0].license.clone();
        let done = at_once(8, |_| {
            let (store, license) = (world.store.clone(), license.clone());
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let done = licenses::give_back(&mut tx, &license, true, noon() + minutes(1)).await.expect("an answer");
                tx.commit().await.expect("a commit");
                done
            }
        });
        assert_eq!(done.await.into_iter().filter(|done| *done).count(), 1);
        let mut tx = world.write().await;
        let account = store::accounts::by_id(&mut tx, acme.account.id).await.expect("an answer").expect("the account");
        assert_eq!(account.unpaid.count, 1);
        let other = &sold[1].license;
        assert!(!licenses::give_back(&mut tx, other, false, noon()).await.expect("an answer"), "it is not paid");
        let found = licenses::find(&mut tx, &acme.scope, license.id).await.expect("an answer").expect("the license");
        assert_eq!(found.license.payment, Some(domain::licenses::PaymentStatus::Refunded));
        assert_eq!(found.license.life.revoked, Some(noon() + minutes(1)));
    }

    async fn b7_what_is_taken_back_of_a_payment_opens_what_it_settled_the_newest_first(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let sold = world.sell(&acme, &northwind, &option, 2, |_, _| {}).await;
        let mut tx = world.write().await;
        let entry = Entry { kind: EntryKind::Payment, amount: euros(45_000) };
        let seq = ledger::insert(&mut tx, acme.account.id, entry, None, None, noon()).await.expect("an entry");
        for open in store::charges::open(&mut tx, acme.account.id).await.expect("what is open") {
            assert!(ledger::settle(&mut tx, seq, open.what, open.left, noon()).await.expect("settled"));
            assert!(ledger::pay_settled(&mut tx, acme.account.id, open.what).await.expect("paid"));
        }
        let open = async |tx: &mut store::Tx| {
            let mut all = Vec::new();
            for named in &sold {
                let open = store::charges::open_of_license(tx, named.license.id).await.expect("what is open");
                all.push(open.first().map_or(0, |open| open.left.minor));
            }
            let account = store::accounts::by_id(tx, acme.account.id).await.expect("an answer").expect("the account");
            (all, account.unpaid.count)
        };
        let back = async |tx: &mut store::Tx, minor| {
            ledger::take_back(tx, acme.account.id, seq, euros(minor), None, noon()).await.expect("an answer")
        };
        assert_eq!(open(&mut tx).await, (vec![0, 0], 0));
        // 52.00 were left of it.
        assert!(back(&mut tx, 5_000).await);
        assert_eq!(open(&mut tx).await, (vec![0, 0], 0));
        assert!(back(&mut tx, 1_200).await);
        assert_eq!(open(&mut tx).await, (vec![0, 1_000], 1));
        assert!(back(&mut tx, 20_000).await);
        assert_eq!(open(&mut tx).await, (vec![1_100, 19_900], 2));
        assert!(!back(&mut tx, 18_801).await, "there is not so much of it");
    }
}

//! Money that came in by bank transfer (B7).

use domain::{
    Currency, Money, PaymentId,
    billing::{Entry, EntryKind, InvoiceNumber, Method, ReceiptsShown},
};
use store::{
    Tx, ledger, payments,
    receipts::{self, Listed, Receipt},
};

use crate::{
    payments::begun,
    world::{Reseller, World, minutes, noon},
};

/// A receipt as a new one is, so many minutes after noon; not stored.
fn receipt(world: &World, by: &Reseller, after: i64, bank_id: Option<&str>) -> Receipt {
    Receipt {
        id: world.id(),
        account: None,
        payment: None,
        invoice: None,
        received_on: "2026-11-20".parse().expect("a day"),
        amount: Money::new(19_900, Currency::EUR),
        text: Some("Thank you; \"RF18\"".to_owned()),
        bank_id: bank_id.map(str::to_owned),
        entry: None,
        recorded_by: by.person.id,
        created_at: noon() + minutes(after),
        taken_back_at: None,
    }
}

/// The entry of its money, as that of a payment or of none.
async fn entry(tx: &mut Tx, of: &Reseller, payment: Option<PaymentId>) -> i64 {
    let entry = Entry { kind: EntryKind::Payment, amount: Money::new(19_900, Currency::EUR) };
    ledger::insert(tx, of.account.id, entry, payment, None, noon()).await.expect("an entry")
}

async fn insert(tx: &mut Tx, receipt: &Receipt) -> bool {
    receipts::insert(tx, receipt).await.expect("an answer")
}

on_both! {
    async fn b7_a_receipt_is_kept_as_it_was_recorded_and_a_bank_id_once(world: World) {
        let acme = world.reseller("acme").await;
        let first = receipt(&world, &acme, 0, Some("B-1"));
        let mut tx = world.write().await;
        assert!(!receipts::is_known(&mut tx, "B-1").await.expect("an answer"));
        assert!(insert(&mut tx, &first).await);
        assert!(receipts::is_known(&mut tx, "B-1").await.expect("an answer"));
        assert!(!insert(&mut tx, &receipt(&world, &acme, 1, Some("B-1"))).await);
        for after in [2, 3] {
            assert!(insert(&mut tx, &receipt(&world, &acme, after, None)).await, "without one there are as many as come");
        }
        let nobodys = Listed { receipt: first.clone(), organisation: None, payment: None, invoice: None };
        assert_eq!(receipts::find(&mut tx, first.id).await.expect("an answer"), Some(nobodys));
        assert_eq!(receipts::find(&mut tx, world.id()).await.expect("an answer"), None);
    }

    async fn b7_it_is_assigned_once_and_not_after_it_was_taken_back(world: World) {
        let acme = world.reseller("acme").await;
        let (first, second) = (receipt(&world, &acme, 0, Some("B-1")), receipt(&world, &acme, 1, None));
        let payment = begun(&world, &acme, 7, Method::BankTransfer, noon());
        let mut tx = world.write().await;
        payments::insert(&mut tx, &payment, None).await.expect("a payment");
        assert!(insert(&mut tx, &first).await && insert(&mut tx, &second).await);
        assert_eq!(receipts::unassigned(&mut tx).await.expect("a count"), 2);
        let seq = entry(&mut tx, &acme, Some(payment.id)).await;
        let meant_for = (Some(payment.id), None);
        assert!(receipts::assign(&mut tx, first.id, acme.account.id, meant_for, seq).await.expect("an answer"));
        assert!(!receipts::assign(&mut tx, first.id, acme.account.id, meant_for, seq).await.expect("an answer"));
        let found = receipts::find(&mut tx, first.id).await.expect("an answer").expect("the receipt");
        assert_eq!((found.organisation.as_deref(), found.payment), (Some("acme"), Some(payment.number)));
        assert_eq!((found.receipt.account, found.receipt.entry), (Some(acme.account.id), Some(seq)));
        assert_eq!(ledger::entry_of_payment(&mut tx, payment.id).await.expect("an answer"), None, "that is no card's money");

        for id in [first.id, second.id] {
            assert!(receipts::take_back(&mut tx, id, acme.person.id, noon() + minutes(9)).await.expect("an answer"));
            assert!(!receipts::take_back(&mut tx, id, acme.person.id, noon()).await.expect("an answer"));
        }
        assert!(!receipts::assign(&mut tx, second.id, acme.account.id, (None, None), seq).await.expect("an answer"));
        assert_eq!(receipts::unassigned(&mut tx).await.expect("a count"), 0);
        let back = receipts::find(&mut tx, first.id).await.expect("an answer").expect("the receipt").receipt;
        assert_eq!((back.taken_back_at, back.bank_id), (Some(noon() + minutes(9)), None));
        assert!(insert(&mut tx, &receipt(&world, &acme, 3, Some("B-1"))).await, "its bank id can be recorded anew");
    }

    async fn b7_receipts_are_listed_newest_first_and_those_that_wait_by_themselves(world: World) {
        let acme = world.reseller("acme").await;
        // Two of the same moment are told apart by their ids.
        let all: Vec<_> = [0, 1, 1, 2].map(|after| receipt(&world, &acme, after, None)).into();
        let mut tx = world.write().await;
        for one in &all {
            assert!(insert(&mut tx, one).await);
        }
        let seq = entry(&mut tx, &acme, None).await;
        receipts::assign(&mut tx, all[3].id, acme.account.id, (None, None), seq).await.expect("assigned");
        let ids = async |tx: &mut Tx, shown, after, most| {
            let page = receipts::page(tx, shown, after, most).await.expect("a page");
            page.into_iter().map(|listed| listed.receipt.id).collect::<Vec<_>>()
        };
        let newest: Vec<_> = all.iter().rev().map(|receipt| receipt.id).collect();
        assert_eq!(ids(&mut tx, None, None, 9).await, newest);
        assert_eq!(ids(&mut tx, Some(ReceiptsShown::All), Some(newest[0]), 2).await, newest[1..3]);
        assert_eq!(ids(&mut tx, None, Some(newest[1]), 9).await, newest[2..]);
        assert_eq!(ids(&mut tx, Some(ReceiptsShown::Unassigned), None, 9).await, newest[1..]);
    }

    async fn b7_an_invoice_that_a_transfer_names_is_found_with_its_account(world: World) {
        let acme = crate::invoices::acme(&world, 1).await;
        let (stored, _) = crate::invoices::issue(&world, &acme, "2026-11-21").await;
        let mut tx = world.read().await;
        let found = receipts::invoice(&mut tx, InvoiceNumber(1)).await.expect("an answer");
        assert_eq!(found, Some((stored.id, acme.account.id)));
        assert_eq!(receipts::invoice(&mut tx, InvoiceNumber(2)).await.expect("an answer"), None);
    }
}

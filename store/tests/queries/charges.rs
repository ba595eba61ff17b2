//! Charges.

use domain::{
    BasisPoints, Currency, Money,
    billing::{Entry, EntryKind},
    licenses::PaymentStatus,
};
use sqlx::Row;
use store::{
    Tx, accounts,
    charges::{self, Charge},
    ledger,
    licenses::{self, License, Named},
};

use crate::world::{World, at_once, days, noon, untaxed};

on_both! {
    async fn a_charge_is_stored_whole_with_and_without_a_period(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Cloud Backup").await;
        let sold = world.sell(&acme, &northwind, &option, 1, |_, _| {}).await.remove(0).license;
        let charge = Charge {
            id: world.id(),
            account: acme.account.id,
            license: sold.id,
            order_line: sold.order_line,
            unit: Money::new(i64::MAX, Currency::JPY),
            amount: untaxed(Money::new(i64::MAX, Currency::JPY)),
            rate: BasisPoints::new(0).expect("none"),
            period: Some((noon(), noon() + days(30))),
            part: None,
            invoice_from: None,
            replaces: None,
            created_at: noon(),
        };
        let mut tx = world.write().await;
        charges::insert(&mut tx, &charge).await.expect("a charge");
        tx.commit().await.expect("a commit");
        let rows = sqlx::query(
            "select account_id, license_id, order_line_id, amount, currency, period_start, period_end, created_at
             from charges order by id",
        );
        let rows = rows.fetch_all(&mut world.beside().await).await.expect("charges");
        let texts = |column| rows.iter().map(|row| row.get::<String, _>(column)).collect::<Vec<_>>();
        let times = |column| rows.iter().map(|row| row.get::<Option<i64>, _>(column)).collect::<Vec<_>>();
        let (from, to) = (noon().timestamp_micros(), (noon() + days(30)).timestamp_micros());
        assert_eq!(texts("account_id"), vec![acme.account.id.to_string(); 2]);
        assert_eq!(texts("license_id"), vec![sold.id.to_string(); 2]);
        assert_eq!(texts("order_line_id"), vec![sold.order_line.to_string(); 2]);
        assert_eq!(texts("currency"), ["EUR", "JPY"]);
        assert_eq!(times("amount"), [Some(19_900), Some(i64::MAX)]);
        assert_eq!(times("period_start"), [None, Some(from)]);
        assert_eq!(times("period_end"), [None, Some(to)]);
        assert_eq!(times("created_at"), [Some(from), Some(from)]);
    }

    async fn b6_what_is_open_of_an_order_is_that_of_its_own_charges(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let order = world.sell(&acme, &northwind, &option, 3, |_, _| {}).await[0].order;
        let other = world.sell(&acme, &northwind, &option, 1, |_, _| {}).await[0].order;
        let mut tx = world.write().await;
        let entry = Entry { kind: EntryKind::Payment, amount: Money::new(20_000, Currency::EUR) };
        let seq = ledger::insert(&mut tx, acme.account.id, entry, None, None, noon()).await.expect("a payment");
        let open = charges::open(&mut tx, acme.account.id).await.expect("what is open").remove(0);
        assert!(ledger::settle(&mut tx, seq, open.what, open.left, noon()).await.expect("settled"));
        assert_eq!(charges::open_of_order(&mut tx, order).await.expect("an answer"), 39_800);
        assert_eq!(charges::open_of_order(&mut tx, other).await.expect("an answer"), 19_900);
        assert_eq!(charges::open_of_order(&mut tx, world.id()).await.expect("an answer"), 0);
    }

    async fn l7_paying_for_a_license_frees_one_slot_once_however_many_pay(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let sold = world.sell(&acme, &northwind, &option, 3, |_, _| {}).await;
        let mut tx = world.write().await;
        let entry = Entry { kind: EntryKind::Payment, amount: Money::new(19_900, Currency::EUR) };
        let seq = ledger::insert(&mut tx, acme.account.id, entry, None, None, noon()).await.expect("a payment");
        let open = charges::open(&mut tx, acme.account.id).await.expect("what is open").remove(0);
        assert!(ledger::settle(&mut tx, seq, open.what, open.left, noon()).await.expect("settled"));
        tx.commit().await.expect("a commit");
        let paid = at_once(5, |_| {
            let (store, account) = (world.store.clone(), acme.account.id);
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let paid = ledger::pay_settled(&mut tx, account, open.what).await.expect("an answer");
                tx.commit().await.expect("a commit");
                paid
            }
        });
        assert_eq!(paid.await.into_iter().filter(|paid| *paid).count(), 1);
        let mut tx = world.read().await;
        let account = accounts::by_id(&mut tx, acme.account.id).await.expect("an answer").expect("acme");
        assert_eq!(account.unpaid.count, 2);
        let license = License { payment: Some(PaymentStatus::Paid), ..sold[0].license.clone() };
        let found = licenses::find(&mut tx, &acme.scope, license.id).await.expect("an answer");
        assert_eq!(found, Some(Named { license, ..sold[0].clone() }));
    }

    async fn l7_a_revoked_license_that_is_settled_later_frees_no_second_slot(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        world.sell(&acme, &northwind, &option, 2, |at, license| license.life.revoked = (at == 0).then(noon)).await;
        let unpaid = async |tx: &mut Tx| {
            let account = accounts::by_id(tx, acme.account.id).await.expect("an answer");
            account.expect("an account").unpaid.count
        };
        let mut tx = world.write().await;
        assert_eq!(unpaid(&mut tx).await, 1);
        let entry = Entry { kind: EntryKind::Payment, amount: Money::new(2 * 19_900, Currency::EUR) };
        let seq = ledger::insert(&mut tx, acme.account.id, entry, None, None, noon()).await.expect("a payment");
        for open in charges::open(&mut tx, acme.account.id).await.expect("what is open") {
            assert!(ledger::settle(&mut tx, seq, open.what, open.left, noon()).await.expect("settled"));
            assert!(ledger::pay_settled(&mut tx, acme.account.id, open.what).await.expect("paid"));
        }
        assert_eq!(unpaid(&mut tx).await, 0);
        assert_eq!(ledger::with_rest(&mut tx, acme.account.id).await.expect("nothing is left"), []);
    }
}

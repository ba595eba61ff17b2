//! Charges.

use domain::{BasisPoints, Currency, Money};
use sqlx::Row;
use store::charges::{self, Charge};

use crate::world::{World, days, noon, untaxed};

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
            amount: untaxed(Money::new(i64::MAX, Currency::JPY)),
            rate: BasisPoints::new(0).expect("none"),
            period: Some((noon(), noon() + days(30))),
            part: None,
            invoice_from: None,
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
}

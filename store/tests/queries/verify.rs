//! The invariants: nothing is found where all is well, and each one where its row was broken by hand.

use domain::licenses::{PaymentStatus, Type};
use store::verify;

use crate::world::{World, days, noon};

/// What each invariant finds, by the first word that tells them apart.
pub async fn findings(world: &World) -> Vec<(&'static str, Vec<String>)> {
    let mut tx = world.read().await;
    let mut findings = Vec::new();
    for invariant in &verify::ALL {
        let rows = verify::broken(&mut tx, invariant).await.expect(invariant.says);
        if !rows.is_empty() {
            findings.push((invariant.says, rows));
        }
    }
    findings
}

on_both! {
    async fn nothing_is_found_where_all_is_well(world: World) {
        assert_eq!(findings(&world).await, []);
        let acme = world.reseller("acme").await;
        world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        world.sell(&acme, &northwind, &option, 3, |_, _| {}).await;
        world.sell(&acme, &northwind, &option, 1, |_, license| {
            license.license_type = Type::Trial;
            license.payment = None;
            license.life.valid_until = Some(noon() + days(30));
        })
        .await;
        world.sell(&acme, &northwind, &option, 1, |_, license| license.life.revoked = Some(noon())).await;
        assert_eq!(findings(&world).await, []);
    }

    async fn each_invariant_finds_its_broken_row(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let contoso = world.customer(&acme, "Contoso", "bo@contoso.example").await;
        let option = world.option("Store Manager").await;
        let sold = world.sell(&acme, &northwind, &option, 2, |_, _| {}).await.remove(0).license;
        let trial = world.sell(&acme, &contoso, &option, 1, |_, license| {
            license.license_type = Type::Trial;
            license.payment = None;
        });
        let trial = trial.await.remove(0).license;
        let fabrikam = world.customer(&globex, "Fabrikam", "cy@fabrikam.example").await;
        world
            .sell(&globex, &fabrikam, &option, 2, |at, license| {
                if at == 0 {
                    license.payment = Some(PaymentStatus::Paid);
                }
            })
            .await;
        let charge: String = sqlx::query_scalar("select id from charges where license_id = $1")
            .bind(sold.id.to_string())
            .fetch_one(&mut world.beside().await)
            .await
            .expect("a charge");
        let (account, license, line, id) = (acme.account.id, sold.id, sold.order_line, trial.id);
        assert_eq!(findings(&world).await, []);
        let broken = [
            (
                format!("update accounts set unpaid_licenses = unpaid_licenses + 1 where id = '{account}'"),
                format!("update accounts set unpaid_licenses = unpaid_licenses - 1 where id = '{account}'"),
                "the unpaid counter",
                format!("{account}: counter 3, licenses 2"),
            ),
            (
                format!("update accounts set license_count = 7 where id = '{account}'"),
                format!("update accounts set license_count = 3 where id = '{account}'"),
                "the license counter of a reseller",
                format!("{account}: counter 7, licenses 3"),
            ),
            (
                format!("update accounts set license_count = 7 where id = '{}'", northwind.account.id),
                format!("update accounts set license_count = 2 where id = '{}'", northwind.account.id),
                "the license counter of a customer",
                format!("{}: counter 7, licenses 2", northwind.account.id),
            ),
            (
                format!("update accounts set customer_count = 0 where id = '{account}'"),
                format!("update accounts set customer_count = 2 where id = '{account}'"),
                "the customer counter",
                format!("{account}: counter 0, customers 2"),
            ),
            (
                format!("update accounts set ready_from = '2026-01-01', ready_until = '2026-01-31' where id = '{account}'"),
                format!("update accounts set ready_from = null, ready_until = null where id = '{account}'"),
                "the days on which an account is ready",
                format!("{account}: kept 2026-01-01 to 2026-01-31, counted none"),
            ),
            (
                format!("update order_lines set quantity = 3 where id = '{line}'"),
                format!("update order_lines set quantity = 2 where id = '{line}'"),
                "an executed order line",
                format!("{line}: quantity 3, licenses 2"),
            ),
            (
                format!("update licenses set customer_id = '{}' where id = '{license}'", globex.account.id),
                format!("update licenses set customer_id = '{}' where id = '{license}'", northwind.account.id),
                "a license belongs to",
                license.to_string(),
            ),
            (
                format!("update order_lines set net = net + 1 where id = '{line}'"),
                format!("update order_lines set net = net - 1 where id = '{line}'"),
                "the first charges of an order line",
                format!("{line}: net 39801, tax 0, charged 39800 and 0"),
            ),
            (
                format!("update charges set net = net + 1 where license_id = '{license}'"),
                format!("update charges set net = net - 1 where license_id = '{license}'"),
                "a charge is its net",
                charge.clone(),
            ),
            (
                format!("update charges set open = open - 1 where license_id = '{license}'"),
                format!("update charges set open = open + 1 where license_id = '{license}'"),
                "what is open of a charge",
                format!("{charge}: open 19899, counted 19900"),
            ),
            (
                "update ledger_entries set rest = 1 where kind = 'payment'".to_owned(),
                "update ledger_entries set rest = 0 where kind = 'payment'".to_owned(),
                "what is left of a payment",
                "4: left 1, counted 0".to_owned(),
            ),
            (
                "update ledger_entries set rest = 1 where kind = 'payment'".to_owned(),
                "update ledger_entries set rest = 0 where kind = 'payment'".to_owned(),
                "no money of an account lies beside",
                globex.account.id.to_string(),
            ),
            (
                format!("update accounts set balance = balance + 1 where id = '{account}'"),
                format!("update accounts set balance = balance - 1 where id = '{account}'"),
                "what an account owes",
                format!("{account}: balance 39801, ledger 39800"),
            ),
            (
                format!("update ledger_days set owed = owed + 1 where account_id = '{account}'"),
                format!("update ledger_days set owed = owed - 1 where account_id = '{account}'"),
                "what is kept of a day",
                format!("{account} on day {}: kept 39801, counted 39800", noon().timestamp() / 86_400),
            ),
            (
                format!("update charges set settled_at = 1 where license_id = '{license}'"),
                format!("update charges set settled_at = null where license_id = '{license}'"),
                "a charge knows when",
                charge.clone(),
            ),
            (
                format!("update accounts set arrears = 1 where id = '{account}'"),
                format!("update accounts set arrears = 0 where id = '{account}'"),
                "what an account will be charged",
                format!("{account}: kept 1, counted 0"),
            ),
            (
                format!("insert into credit_reminders (account_id, at, sent_at) values ('{account}', 5000, 1)"),
                "delete from credit_reminders".to_owned(),
                "a credit reminder was sent",
                format!("{account}: at 5000"),
            ),
            (
                format!("update accounts set exceeded_at = 1 where id = '{account}'"),
                format!("update accounts set exceeded_at = null where id = '{account}'"),
                "only an account that debt suspends",
                account.to_string(),
            ),
            (
                format!("update licenses set payment_status = 'paid' where id = '{license}'"),
                format!("update licenses set payment_status = 'pending' where id = '{license}'"),
                "a license is pending",
                license.to_string(),
            ),
            (
                format!("update charges set currency = 'USD' where license_id = '{license}'"),
                format!("update charges set currency = 'EUR' where license_id = '{license}'"),
                "a license has a charge",
                license.to_string(),
            ),
            (
                format!(
                    "insert into charges (id, account_id, license_id, order_line_id, amount, currency, created_at)
                     select 'x', account_id, '{id}', '{}', amount, currency, 0 from charges where license_id = '{license}'",
                    trial.order_line
                ),
                "delete from charges where id = 'x'".to_owned(),
                "a license has a charge",
                id.to_string(),
            ),
            (
                format!("update trials set customer_id = '{}' where license_id = '{id}'", northwind.account.id),
                format!("update trials set customer_id = '{}' where license_id = '{id}'", contoso.account.id),
                "a trial is noted",
                id.to_string(),
            ),
        ];
        for (break_it, mend_it, says, row) in broken {
            assert_eq!(world.break_by(break_it.clone()).await.expect("broken"), 1);
            let found = findings(&world).await;
            let named = found.iter().find(|(invariant, _)| invariant.starts_with(says));
            assert_eq!(named.map(|(_, rows)| rows.as_slice()), Some([row].as_slice()), "{break_it}: {found:?}");
            assert_eq!(world.break_by(mend_it).await.expect("mended"), 1);
            assert_eq!(findings(&world).await, [], "after {break_it}");
        }
    }

    async fn b1_a_subscription_that_was_charged_wrongly_is_found(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Cloud Backup").await;
        let sold = world.sell(&acme, &northwind, &option, 1, |_, license| license.license_type = Type::Subscription);
        let sold = sold.await.remove(0).license;
        let (line, account, license) = (sold.order_line, acme.account.id, sold.id);
        let month = "part_start = '2026-11-21', part_end = '2026-12-21'";
        for made in [
            format!(
                "insert into subscriptions (order_line_id, account_id, unit_amount, currency, quantity, every, cycle_start,
                     cycle_day, starts_on, timing, proration, partial_invoicing, charged_until, due_at)
                 values ('{line}', '{account}', 19900, 'EUR', 1, 'monthly', '2026-11-21',
                     21, '2026-11-21', 'advance', 'per-day', 'order-day', '2026-12-21', 0)"
            ),
            format!("update charges set {month} where license_id = '{license}'"),
        ] {
            assert_eq!(world.break_by(made).await.expect("made"), 1);
        }
        assert_eq!(findings(&world).await, []);
        let broken = [
            ("subscriptions set arrears = 1", "subscriptions set arrears = 0", "what a subscription keeps"),
            (
                "subscriptions set charged_until = '2027-01-21'",
                "subscriptions set charged_until = '2026-12-21'",
                "a subscription is charged up to",
            ),
            (
                "charges set part_start = '2026-11-22'",
                "charges set part_start = '2026-11-21'",
                "no day of a license",
            ),
            ("subscriptions set quantity = 2", "subscriptions set quantity = 1", "a subscription has the licenses"),
            (
                "charges set replaced_from = '2026-12-01'",
                "charges set replaced_from = null",
                "the days that are left of a charge",
            ),
            ("charges set replaced_net = 1", "charges set replaced_net = 0", "what another price gives back"),
        ];
        for (break_it, mend_it, says) in broken {
            assert_eq!(world.break_by(format!("update {break_it}")).await.expect("broken"), 1);
            let found = findings(&world).await;
            assert!(found.iter().any(|(invariant, _)| invariant.starts_with(says)), "{break_it}: {found:?}");
            assert_eq!(world.break_by(format!("update {mend_it}")).await.expect("mended"), 1);
            assert_eq!(findings(&world).await, [], "after {break_it}");
        }
        let twice = format!(
            "insert into charges (id, account_id, license_id, order_line_id, amount, currency, part_start, part_end, created_at)
             select 'x', account_id, license_id, order_line_id, 0, currency, part_start, part_end, 0
             from charges where license_id = '{license}'"
        );
        world.break_by(twice).await.expect_err("no day is charged twice");
    }

    async fn x1_a_license_without_its_entry_in_the_audit_log_is_found(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let sold = world.sell(&acme, &northwind, &option, 1, |_, _| {}).await.remove(0).license;
        let id: domain::LicenseId = world.id();
        world.break_by(format!("update licenses set id = '{id}', license_key = license_key where id = '{}'", sold.id)).await
            .expect_err("other rows speak of it");
        let trial = world.sell(&acme, &northwind, &option, 1, |_, license| {
            license.license_type = Type::Trial;
            license.payment = None;
        });
        let trial = trial.await.remove(0).license;
        world.break_by("delete from trials".to_owned()).await.expect("broken");
        world.break_by(format!("update licenses set id = '{id}' where id = '{}'", trial.id)).await.expect("broken");
        let found = findings(&world).await;
        let of = |says: &str| found.iter().find(|(invariant, _)| invariant.starts_with(says)).map(|(_, rows)| rows.clone());
        assert_eq!(of("a license has its entry in the audit log"), Some(vec![id.to_string()]));
        assert_eq!(of("a trial is noted"), Some(vec![id.to_string()]));
    }

    async fn a_hundred_rows_are_named_at_the_most(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        world.sell(&acme, &northwind, &option, 130, |_, _| {}).await;
        world.break_by("update charges set net = net + 1".to_owned()).await.expect("broken");
        let found = findings(&world).await;
        let lens: Vec<_> = found.iter().map(|(_, rows)| rows.len()).collect();
        assert_eq!(lens, [1, 100]);
    }
}

//! What there was before is carried over: into the ledger, and into what is known of a suspension.

use sqlx::{AnyConnection, Connection, Executor, Row};

use super::all;
use crate::{Store, dialect::Dialect, testing::Database, tx::pieces, verify};

/// Acme has bought three licenses for Northwind when there was no ledger yet: one is paid, one is pending, one is a trial; and a
/// subscription of which the first month is pending.
const BEFORE: &str = "
    insert into accounts (id, kind, reseller_id, name, time_zone, currency, unpaid_cap, unpaid_licenses, license_count,
        customer_count, created_at) values
        ('acme', 'reseller', null, 'Acme', 'UTC', 'EUR', 10, 2, 4, 1, 0),
        ('northwind', 'customer', 'acme', 'Northwind', 'UTC', 'EUR', 0, 0, 4, 0, 0);
    insert into contacts (id, account_id, username, username_folded, email, email_folded, first_name, last_name, created_at)
        values ('ada', 'acme', 'ada', 'ada', 'a@a', 'a@a', 'Ada', 'A', 0);
    insert into products (id, name, description) values ('manager', 'Manager', ''), ('backup', 'Backup', '');
    insert into license_options (id, product_id, name, kind, billing, activations, position) values
        ('once', 'manager', 'Primary', 'primary', 'one_time', 1, 0), ('month', 'backup', 'Primary', 'primary', 'monthly', 1, 0);
    insert into orders (id, draft_id, reseller_id, customer_id, placed_by, state, submitted_at, executed_at) values
        ('first', 'd1', 'acme', 'northwind', 'ada', 'executed', 1769731200000000, 1769731200000000),
        ('second', 'd2', 'acme', 'northwind', 'ada', 'executed', 1769731200000001, 1769731200000001);
    insert into order_lines (id, order_id, option_id, license_type, quantity, unit_amount, currency) values
        ('bought', 'first', 'once', 'permanent', 2, 10000, 'EUR'), ('tried', 'first', 'once', 'trial', 1, 0, 'EUR'),
        ('rented', 'second', 'month', 'subscription', 1, 1000, 'EUR');
    insert into licenses (id, license_key, order_line_id, reseller_id, customer_id, product_id, option_id, kind, license_type,
        payment_status, created_at) values
        ('paid', 'k1', 'bought', 'acme', 'northwind', 'manager', 'once', 'primary', 'permanent', 'paid', 1769731200000000),
        ('pending', 'k2', 'bought', 'acme', 'northwind', 'manager', 'once', 'primary', 'permanent', 'pending', 1769731200000000),
        ('trial', 'k3', 'tried', 'acme', 'northwind', 'manager', 'once', 'primary', 'trial', null, 1769731200000000),
        ('monthly', 'k4', 'rented', 'acme', 'northwind', 'backup', 'month', 'primary', 'subscription', 'pending', 1769731200000001);
    insert into charges (id, account_id, license_id, order_line_id, amount, currency, period_start, period_end, created_at) values
        ('c1', 'acme', 'paid', 'bought', 10000, 'EUR', null, null, 1769731200000000),
        ('c2', 'acme', 'pending', 'bought', 10000, 'EUR', null, null, 1769731200000000),
        ('c3', 'acme', 'monthly', 'rented', 1000, 'EUR', 1769731200000001, 1772150400000001, 1769731200000001);";

/// The ledger's own invariants, told apart from those of what this story leaves out.
const LEFT_OUT: [&str; 3] =
    ["a license has its entry in the audit log", "a trial is noted", "a license stands in the search"];

async fn carried_over(url: &str) {
    let store = Store::open(url).await.expect("a database");
    let dialect = Dialect::of(url);
    let before = super::until(dialect, 39);
    before.run(store.writers()).await.expect("the migrations before the ledger");
    let mut connection = AnyConnection::connect(&dialect.address(url, true)).await.expect("a connection");
    connection.execute(pieces(BEFORE.to_owned())).await.expect("what there was");
    all(dialect).run(store.writers()).await.expect("the others");
    let mut tx = store.read().await.expect("a transaction");
    for invariant in &verify::ALL {
        let broken = verify::broken(&mut tx, invariant).await.expect(invariant.says);
        let left_out = LEFT_OUT.iter().any(|says| invariant.says.starts_with(says));
        assert!(left_out || broken.is_empty(), "{}: {broken:?}", invariant.says);
    }
    let account = sqlx::query("select balance, first_ordered_at from accounts where id = 'acme'");
    let account = account.fetch_one(&mut connection).await.expect("Acme");
    assert_eq!((account.get::<i64, _>(0), account.get::<i64, _>(1)), (11_000, 1_769_731_200_000_000));
    let entries = sqlx::query("select kind, amount, coalesce(charge_id, ''), rest from ledger_entries order by seq");
    let entries = entries.fetch_all(&mut connection).await.expect("entries");
    let entries: Vec<(String, i64, String, i64)> =
        entries.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect();
    let entry = |kind: &str, amount, charge: &str| (kind.to_owned(), amount, charge.to_owned(), 0);
    assert_eq!(
        entries,
        [
            entry("charge", 10_000, "c1"),
            entry("charge", 10_000, "c2"),
            entry("charge", 1_000, "c3"),
            entry("payment", 10_000, "")
        ]
    );
    let rented = sqlx::query("select cycle_start, cycle_day, starts_on, charged_until from subscriptions");
    let rented = rented.fetch_one(&mut connection).await.expect("one subscription");
    let days: (String, i64, String, String) = (rented.get(0), rented.get(1), rented.get(2), rented.get(3));
    let day = |day: &str| day.to_owned();
    assert_eq!(days, (day("2026-01-30"), 30, day("2026-01-30"), day("2026-02-27")));
    for statement in ["delete from ledger_entries", "update ledger_entries set amount = 1", "delete from settlements"] {
        let refused = connection.execute(pieces(statement.to_owned())).await.expect_err(statement);
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}

#[tokio::test]
async fn c1_what_was_charged_and_paid_before_is_in_the_ledger_on_sqlite() {
    carried_over(&Database::empty_sqlite().url).await;
}

#[tokio::test]
async fn c1_what_was_charged_and_paid_before_is_in_the_ledger_on_postgres() {
    carried_over(&Database::empty_postgres().await.url).await;
}

/// Suspended by an older release: by debt that is still too much, by debt that has come down since, by staff, and not at all.
const SUSPENDED: &str = "
    insert into accounts (id, kind, reseller_id, name, time_zone, currency, unpaid_cap, unpaid_licenses, license_count,
        customer_count, created_at, suspended_at, suspension_reason, exceeded_at) values
        ('a_debt', 'reseller', null, 'Acme', 'UTC', 'EUR', 10, 0, 0, 0, 0, 5,
            'More is owed than the credit limit allows: \u{20ac}\u{a0}20.00, with a limit of \u{20ac}\u{a0}10.00.', 4),
        ('b_trapped', 'reseller', null, 'Globex', 'UTC', 'EUR', 10, 0, 0, 0, 0, 6,
            'More is owed than the credit limit allows: \u{20ac}\u{a0}20.00, with a limit of \u{20ac}\u{a0}10.00.', null),
        ('c_staff', 'reseller', null, 'Initech', 'UTC', 'EUR', 10, 0, 0, 0, 0, 7, 'They asked for it.', null),
        ('d_none', 'reseller', null, 'Hooli', 'UTC', 'EUR', 10, 0, 0, 0, 0, null, null, null);";

async fn suspended_by_debt(url: &str) {
    let store = Store::open(url).await.expect("a database");
    let dialect = Dialect::of(url);
    let before = super::until(dialect, 92);
    before.run(store.writers()).await.expect("the migrations before");
    let mut connection = AnyConnection::connect(&dialect.address(url, true)).await.expect("a connection");
    connection.execute(pieces(SUSPENDED.to_owned())).await.expect("what there was");
    all(dialect).run(store.writers()).await.expect("the others");
    let accounts = sqlx::query("select id, debt_suspended_at from accounts order by id");
    let accounts = accounts.fetch_all(&mut connection).await.expect("accounts");
    let accounts: Vec<(String, Option<i64>)> = accounts.iter().map(|row| (row.get(0), row.get(1))).collect();
    let wanted: [(&str, Option<i64>); 4] =
        [("a_debt", Some(5)), ("b_trapped", Some(6)), ("c_staff", None), ("d_none", None)];
    assert_eq!(accounts, wanted.map(|(id, at)| (id.to_owned(), at)));
}

#[tokio::test]
async fn m4_v12_accounts_that_debt_had_suspended_before_are_known_on_sqlite() {
    suspended_by_debt(&Database::empty_sqlite().url).await;
}

#[tokio::test]
async fn m4_v12_accounts_that_debt_had_suspended_before_are_known_on_postgres() {
    suspended_by_debt(&Database::empty_postgres().await.url).await;
}

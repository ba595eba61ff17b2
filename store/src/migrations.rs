//! The migrations, in the binary. Each is one file of `migrations/`; never edit a shipped one.

use std::borrow::Cow;

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::{dialect::Dialect, tx::pieces};

macro_rules! both {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../migrations/", $name, ".sql")),
            include_str!(concat!("../../migrations/", $name, ".sql")),
        )
    };
}

macro_rules! each {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../migrations/", $name, ".sqlite.sql")),
            include_str!(concat!("../../migrations/", $name, ".postgres.sql")),
        )
    };
}

/// Name, text for SQLite, text for PostgreSQL.
const ALL: &[(&str, &str, &str)] = &[
    both!("0001_accounts"),
    both!("0002_contacts"),
    both!("0003_activation_links"),
    both!("0004_sessions"),
    both!("0005_products"),
    both!("0006_price_lists"),
    both!("0007_orders"),
    both!("0008_licenses"),
    both!("0009_trials"),
    both!("0010_charges"),
    both!("0011_audit"),
    each!("0012_audit_append_only"),
    both!("0013_outbox"),
    both!("0014_idempotency_keys"),
    both!("0015_drafts"),
    each!("0016_search"),
    both!("0017_license_days"),
    both!("0018_contact_roles"),
    both!("0019_account_details"),
    both!("0020_account_history"),
    both!("0021_link_kinds"),
    both!("0022_contact_editions"),
    both!("0023_editions"),
    both!("0024_price_uses"),
    both!("0025_audit_chain"),
    both!("0026_outbox_failed"),
    both!("0027_applications"),
    both!("0028_second_factors"),
    both!("0029_passkeys"),
    both!("0030_draft_kinds"),
    both!("0031_second_factor_rule"),
    both!("0032_account_website"),
    each!("0034_ready_accounts"),
    both!("0035_outbox_parts"),
    both!("0040_account_credit"),
    both!("0041_option_billing"),
    both!("0042_held_orders"),
    both!("0043_open_charges"),
    each!("0044_ledger"),
    each!("0045_subscriptions"),
    both!("0046_baskets"),
    both!("0050_invoices"),
    both!("0051_payments"),
    both!("0052_billing_settings"),
    both!("0053_terms_of_use"),
    both!("0054_decided_orders"),
    both!("0055_invoice_indexes"),
    each!("0056_invoices_are_kept"),
    both!("0057_credit_watch"),
    both!("0058_overdue"),
    both!("0059_subscription_changes"),
    both!("0060_added_lines"),
    both!("0061_payments_that_end"),
    each!("0062_reversals"),
    both!("0063_upgrades"),
    both!("0064_resale_prices"),
    each!("0065_ledger_days"),
    each!("0066_charges_settled"),
    both!("0067_repriced_charges"),
    both!("0068_orders_by_account_and_state"),
    both!("0069_months_of_all"),
    both!("0070_old_webhooks"),
    both!("0071_sign_in_tries"),
    both!("0072_installation_keys"),
    both!("0073_sign_in_warnings"),
    both!("0074_sign_in_names"),
    both!("0075_mail_secrets"),
    both!("0076_session_tries"),
    both!("0077_sealing_key"),
    both!("0083_write_checks"),
    both!("0086_outbox_lanes"),
    both!("0087_outbox_people"),
    both!("0088_cleanup"),
    both!("0090_order_line_positions"),
    both!("0091_days_that_are_included"),
    each!("0092_paid_ahead"),
    both!("0093_suspended_by_debt"),
    both!("0094_demo"),
    both!("0095_outbox_ends"),
    both!("0096_outbox_persons"),
    both!("0097_draft_forms"),
    both!("0098_outbox_orders"),
    both!("0099_trapped_by_debt"),
    both!("0100_outbox_replaced"),
    both!("0101_sign_in_padding"),
    both!("0102_imports"),
    both!("0103_staff_alerts"),
];

/// All of them, in the words of that database.
pub(crate) fn all(dialect: Dialect) -> Migrator {
    let migrations = ALL.iter().map(|(name, sqlite, postgres)| {
        let text = match dialect {
            Dialect::Sqlite => sqlite,
            Dialect::Postgres => postgres,
        };
        let version = name[..4].parse().expect("a migration's name begins with its number");
        Migration::new(
            version,
            Cow::Borrowed(&name[5..]),
            MigrationType::Simple,
            pieces(dialect.migration(text)).into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
}

/// The number of the last one.
pub(crate) fn last(migrations: &Migrator) -> i64 {
    migrations.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// Those up to a number, for the story of what a later one carries over.
#[cfg(test)]
fn until(dialect: Dialect, last: i64) -> Migrator {
    let first = all(dialect).iter().filter(|migration| migration.version <= last).cloned().collect();
    Migrator::with_migrations(first)
}

#[cfg(test)]
mod tests;

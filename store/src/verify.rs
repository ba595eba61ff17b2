//! The invariants of the data as queries: each gives the rows that break it. They read whole
//! tables and are for `keyhouse verify`, never for a page.

use crate::{Error, Tx};

/// An invariant, and the query for the rows that break it.
pub struct Invariant {
    /// What must hold.
    pub says: &'static str,
    broken: &'static str,
}

/// All of them.
pub const ALL: [Invariant; 11] = [
    Invariant {
        says: "the unpaid counter of a reseller equals its unpaid licenses (L7)",
        broken: "select a.id || ': counter ' || a.unpaid_licenses || ', licenses ' || count(l.id)
                 from accounts a
                 left join licenses l on l.reseller_id = a.id and l.payment_status = 'pending'
                     and l.revoked_at is null and l.license_type <> 'trial'
                 group by a.id, a.unpaid_licenses
                 having a.unpaid_licenses <> count(l.id)",
    },
    Invariant {
        says: "the license counter of a reseller equals its licenses",
        broken: "select a.id || ': counter ' || a.license_count || ', licenses ' || count(l.id)
                 from accounts a
                 left join licenses l on l.reseller_id = a.id
                 where a.kind = 'reseller'
                 group by a.id, a.license_count
                 having a.license_count <> count(l.id)",
    },
    Invariant {
        says: "the license counter of a customer equals its licenses",
        broken: "select a.id || ': counter ' || a.license_count || ', licenses ' || count(l.id)
                 from accounts a
                 left join licenses l on l.customer_id = a.id
                 where a.kind = 'customer'
                 group by a.id, a.license_count
                 having a.license_count <> count(l.id)",
    },
    Invariant {
        says: "the customer counter of a reseller equals its customers",
        broken: "select a.id || ': counter ' || a.customer_count || ', customers ' || count(c.id)
                 from accounts a
                 left join accounts c on c.reseller_id = a.id
                 where a.kind = 'reseller'
                 group by a.id, a.customer_count
                 having a.customer_count <> count(c.id)",
    },
    Invariant {
        says: "an executed order line has as many licenses as its quantity (L2)",
        broken: "select t.id || ': quantity ' || t.quantity || ', licenses ' || count(l.id)
                 from order_lines t
                 join orders d on d.id = t.order_id
                 left join licenses l on l.order_line_id = t.id
                 where d.state = 'executed'
                 group by t.id, t.quantity
                 having t.quantity <> count(l.id)",
    },
    Invariant {
        says: "a license belongs to the customer and the reseller of its order (O1)",
        broken: "select l.id
                 from licenses l
                 left join order_lines t on t.id = l.order_line_id
                 left join orders d on d.id = t.order_id
                     and d.reseller_id = l.reseller_id and d.customer_id = l.customer_id and d.state = 'executed'
                 where d.id is null",
    },
    Invariant {
        says: "a license that is no trial has a charge of its order line's price, and a trial has none (L4, P3)",
        broken: "select l.id
                 from licenses l
                 join order_lines t on t.id = l.order_line_id
                 left join charges c on c.license_id = l.id and c.order_line_id = t.id
                     and c.amount = t.unit_amount and c.currency = t.currency and c.account_id = l.reseller_id
                 where (l.license_type = 'trial') = (c.id is not null)",
    },
    Invariant {
        says: "a license has its entry in the audit log (X1)",
        broken: "select l.id
                 from licenses l
                 where not exists (
                     select 1 from audit e where e.subject_id = l.id and e.what = 'license.created'
                 )",
    },
    Invariant {
        says: "a trial is noted once for its product and customer (L4)",
        broken: "select l.id
                 from licenses l
                 left join trials t on t.license_id = l.id
                     and t.product_id = l.product_id and t.customer_id = l.customer_id
                 where (l.license_type = 'trial') <> (t.license_id is not null)",
    },
    Invariant {
        says: "a license stands in the search, and between the places of its day (L14)",
        broken: "select l.id
                 from licenses l
                 left join license_search s on s.rowid = l.seq
                 left join license_days d on d.reseller_id = l.reseller_id
                     and d.first_seq <= l.seq and d.last_seq >= l.seq
                     and d.day * 86400000000 <= l.created_at and (d.day + 1) * 86400000000 > l.created_at
                 where s.rowid is null or d.day is null",
    },
    Invariant {
        says: "the days on which an account is ready are those of its price list, as long as nothing is missing (A2)",
        broken: "select a.id || ': kept ' || coalesce(a.ready_from || ' to ' || a.ready_until, 'none')
                     || ', counted ' || coalesce(d.first_day || ' to ' || d.last_day, 'none')
                 from accounts a
                 left join account_ready_days d on d.id = a.id
                 where coalesce(a.ready_from, '') <> coalesce(d.first_day, '')
                     or coalesce(a.ready_until, '') <> coalesce(d.last_day, '')",
    },
];

/// The rows that break an invariant, up to 100.
///
/// # Errors
/// When the database cannot.
pub async fn broken(tx: &mut Tx, invariant: &Invariant) -> Result<Vec<String>, Error> {
    let rows = sqlx::query_scalar(invariant.broken).fetch_all(tx.db()).await?;
    Ok(rows.into_iter().take(100).collect())
}

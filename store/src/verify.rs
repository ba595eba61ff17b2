//! The invariants of the data as queries: each gives the rows that break it. They read whole
//! tables and are for `keyhouse verify`, never for a page. Each takes as long as its tables are large, and not as long as one
//! is large times another: SQLite joins in loops, so every loop but the first finds its rows by an index that has few of
//! them (`store/tests/queries/plans.rs` looks at its plans).

use crate::{Error, Tx};

/// An invariant, and the query for the rows that break it.
pub struct Invariant {
    /// What must hold.
    pub says: &'static str,
    broken: &'static str,
}

#[cfg(feature = "testing")]
impl Invariant {
    /// The query itself.
    pub const fn query(&self) -> &'static str {
        self.broken
    }
}

/// All of them.
pub const ALL: [Invariant; 47] = [
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
        says: "consent to terms of use is kept whole, and was given by whoever placed the order, before it was placed (O1)",
        broken: "select d.id
                 from orders d
                 where (d.consent_at is null) <> (d.consent_by is null)
                     or (d.consent_at is null) <> (d.consent_terms is null)
                     or (d.consent_at is null) <> (d.consent_address is null)
                     or (d.consent_at is null) <> (d.consent_browser is null)
                     or d.consent_by <> d.placed_by
                     or d.consent_at > d.submitted_at",
    },
    Invariant {
        says: "an executed order line has as many licenses as its quantity (L2)",
        broken: "select t.id || ': quantity ' || t.quantity || ', licenses ' || count(l.line_id)
                 from order_lines t
                 join orders d on d.id = t.order_id
                 left join (
                     select order_line_id as line_id from licenses
                     union all
                     select trial_line_id from licenses where trial_line_id is not null) l on l.line_id = t.id
                 where d.state = 'executed'
                 group by t.id, t.quantity
                 having t.quantity <> count(l.line_id)",
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
        says: "a license has a charge of its order line, unless it is a trial, or charged in arrears and given back before (L4, B4)",
        broken: "select l.id
                 from licenses l
                 join order_lines t on t.id = l.order_line_id
                 left join subscriptions s on s.order_line_id = t.id and s.timing = 'arrears'
                 where (l.license_type = 'trial' or (s.order_line_id is not null and s.charged_until is null)) = exists (
                     select 1 from charges c
                     where c.license_id = l.id and c.order_line_id = t.id
                         and c.currency = t.currency and c.account_id = l.reseller_id)
                     and not (l.payment_status = 'refunded' and s.order_line_id is not null)",
    },
    Invariant {
        says: "the first charges of an order line sum to it, in net and in tax (P3, P5)",
        broken: "select t.id || ': net ' || t.net || ', tax ' || t.tax || ', charged ' || sum(c.net) || ' and ' || sum(c.tax)
                 from order_lines t
                 join charges c on c.order_line_id = t.id
                 left join subscriptions s on s.order_line_id = t.id
                 where c.replaces is null and (c.part_start is null or c.part_start = s.starts_on)
                 group by t.id, t.net, t.tax
                 having t.net <> sum(c.net) or t.tax <> sum(c.tax)",
    },
    Invariant {
        says: "a charge is its net and its tax, and has one entry in the ledger, unless it is free (C1, P5)",
        broken: "select c.id
                 from charges c
                 left join ledger_entries e on e.charge_id = c.id and e.kind = 'charge' and e.amount = c.amount
                     and e.currency = c.currency and e.account_id = c.account_id
                 where c.amount <> c.net + c.tax or (c.amount = 0) = (e.seq is not null)",
    },
    Invariant {
        says: "what is open of a charge is what no payment and no credit has settled (B5)",
        broken: "select c.id || ': open ' || c.open || ', counted ' || (c.amount - coalesce(sum(s.amount), 0))
                 from charges c
                 left join settlements s on s.charge_id = c.id
                 group by c.id, c.open, c.amount
                 having c.open <> c.amount - coalesce(sum(s.amount), 0)",
    },
    Invariant {
        says: "what is left of a payment or a credit, and of what takes it back, is what they have not settled (B5)",
        broken: "select coalesce(e.reverses, e.seq) || ': left ' || sum(e.rest)
                     || ', counted ' || sum(e.amount - coalesce(s.settled, 0))
                 from ledger_entries e
                 left join (select entry_seq, sum(amount) as settled from settlements group by entry_seq) s
                     on s.entry_seq = e.seq
                 where e.kind <> 'charge'
                 group by coalesce(e.reverses, e.seq)
                 having sum(e.rest) <> sum(e.amount - coalesce(s.settled, 0))",
    },
    Invariant {
        says: "what takes an entry back is of its account and its kind, and no more than it (B5)",
        broken: "select e.seq || ': ' || e.amount || ', taken back ' || sum(r.amount)
                 from ledger_entries e
                 join ledger_entries r on r.reverses = e.seq
                 group by e.seq, e.amount, e.kind, e.account_id, e.currency
                 having e.amount + sum(r.amount) < 0 or max(r.amount) >= 0
                     or min(r.kind) <> e.kind or max(r.kind) <> e.kind
                     or min(r.account_id) <> e.account_id or max(r.account_id) <> e.account_id
                     or min(r.currency) <> e.currency or max(r.currency) <> e.currency",
    },
    Invariant {
        says: "a charge that is being paid is one of a payment that was begun and has not ended (B6)",
        broken: "select c.id
                 from charges c
                 left join payment_charges l on l.charge_id = c.id and l.payment_id = c.paying
                 left join payments p on p.id = l.payment_id and p.state = 'begun' and p.account_id = c.account_id
                 where c.paying is not null and p.id is null",
    },
    Invariant {
        says: "a payment is for what its charges were open for when it was begun, and a top-up for none (B6, C6)",
        broken: "select p.id || ': asked ' || p.asked || ', charges ' || coalesce(sum(l.amount), 0)
                 from payments p
                 left join payment_charges l on l.payment_id = p.id
                 group by p.id, p.asked, p.purpose
                 having (p.purpose = 'top-up' and count(l.charge_id) > 0)
                     or (p.purpose <> 'top-up' and p.asked <> coalesce(sum(l.amount), 0))",
    },
    Invariant {
        says: "what a payment has received, less what went back, is in the ledger (B7)",
        broken: "select p.id || ': received ' || p.received || ', back ' || p.given_back
                     || ', ledger ' || coalesce(sum(e.amount), 0)
                 from payments p
                 left join (
                     select payment_id, amount from ledger_entries where payment_id is not null) e on e.payment_id = p.id
                 group by p.id, p.received, p.given_back
                 having p.received - p.given_back <> coalesce(sum(e.amount), 0)",
    },
    Invariant {
        says: "a receipt has its entry in the ledger as soon as it is known whose it is, and one more when it is taken back (B7)",
        broken: "select r.id
                 from receipts r
                 left join ledger_entries e on e.seq = r.entry_seq and e.kind = 'payment' and e.amount = r.amount
                     and e.account_id = r.account_id and e.currency = r.currency
                 left join ledger_entries b on b.reverses = e.seq
                 where (r.account_id is null) = (e.seq is not null) or (r.entry_seq is null) <> (r.account_id is null)
                     or (b.seq is not null and r.taken_back_at is null)
                     or (e.seq is not null and r.taken_back_at is not null and b.seq is null)",
    },
    Invariant {
        says: "what an account owes is the sum of its ledger (C1)",
        broken: "select a.id || ': balance ' || a.balance || ', ledger '
                     || coalesce(sum(case e.kind when 'charge' then e.amount else -e.amount end), 0)
                 from accounts a
                 left join ledger_entries e on e.account_id = a.id and e.currency = a.currency
                 group by a.id, a.balance
                 having a.balance <> coalesce(sum(case e.kind when 'charge' then e.amount else -e.amount end), 0)",
    },
    Invariant {
        says: "what is kept of a day of the ledger is the sum of its entries (C1)",
        broken: "select account_id || ' on day ' || day || ': kept ' || sum(kept) || ', counted ' || sum(counted)
                 from (
                     select account_id, currency, day, owed as kept, 0 as counted
                     from ledger_days
                     union all
                     select account_id, currency, created_at / 86400000000, 0,
                         case kind when 'charge' then amount else -amount end
                     from ledger_entries) as days
                 group by account_id, currency, day
                 having sum(kept) <> sum(counted)",
    },
    Invariant {
        says: "a charge knows when something of it was settled last (B5)",
        broken: "select c.id
                 from charges c
                 left join settlements s on s.charge_id = c.id
                 group by c.id, c.settled_at
                 having coalesce(c.settled_at, 0) <> coalesce(max(s.created_at), 0)",
    },
    Invariant {
        says: "no money of an account lies beside what is open of it (B5)",
        broken: "select account_id from charges where open > 0
                 intersect
                 select account_id from ledger_entries where rest > 0",
    },
    Invariant {
        says: "a license is pending as long as something of its charges is open, or it waits for its first one (B5, L8)",
        broken: "select l.id
                 from licenses l
                 join order_lines t on t.id = l.order_line_id
                 where coalesce(l.payment_status, 'paid') <> 'refunded' and l.revoked_at is null
                     and (coalesce(l.payment_status, 'paid') = 'pending') <> (
                         exists (select 1 from charges c where c.license_id = l.id and c.open > 0)
                         or (l.license_type <> 'trial' and t.unit_amount > 0
                             and not exists (select 1 from charges c where c.license_id = l.id)))",
    },
    Invariant {
        says: "what an account will be charged in arrears is what is kept of each of its subscriptions (C1)",
        broken: "select a.id || ': kept ' || a.arrears || ', counted ' || coalesce(s.arrears, 0)
                 from accounts a
                 left join (select account_id, sum(arrears) as arrears from subscriptions group by account_id) s
                     on s.account_id = a.id
                 where a.arrears <> coalesce(s.arrears, 0)",
    },
    Invariant {
        says: "what a subscription keeps for its charge in arrears is what its line comes to, until it is charged or changed (C1)",
        broken: "select s.order_line_id || ': kept ' || s.arrears
                 from subscriptions s
                 join order_lines t on t.id = s.order_line_id
                 where (s.timing = 'advance' and s.arrears <> 0)
                     or (s.timing = 'arrears' and s.charged_until is null and s.edition = 0
                         and s.arrears <> t.net + t.tax)",
    },
    Invariant {
        says: "a subscription is charged up to the last day of its charges (B1)",
        broken: "select s.order_line_id || ': noted ' || coalesce(s.charged_until, 'nothing')
                     || ', charged ' || coalesce(max(c.part_end), 'nothing')
                 from subscriptions s
                 left join charges c on c.order_line_id = s.order_line_id
                 group by s.order_line_id, s.charged_until
                 having coalesce(s.charged_until, '') <> coalesce(max(c.part_end), '')",
    },
    Invariant {
        says: "no day of a license is charged twice, and none is missed before its last one (B1)",
        broken: "select c.id
                 from charges c
                 join subscriptions s on s.order_line_id = c.order_line_id
                 where c.part_end <= c.part_start
                     or (c.part_start <> s.starts_on and not exists (
                         select 1 from charges b
                         where b.license_id = c.license_id and coalesce(b.replaced_from, b.part_end) = c.part_start))
                     or (coalesce(c.replaced_from, c.part_end) > c.part_start and exists (
                         select 1 from charges b
                         where b.license_id = c.license_id and b.id <> c.id
                             and b.part_start <= c.part_start and coalesce(b.replaced_from, b.part_end) > c.part_start))",
    },
    Invariant {
        says: "the days that are left of a charge which another price replaces are given back, and charged anew (P3)",
        broken: "select c.id
                 from charges c
                 left join charges n on n.replaces = c.id
                 where (c.replaced_from is null) <> (n.id is null)
                     or n.part_start <> c.replaced_from or n.part_end <> c.part_end or n.license_id <> c.license_id
                     or c.replaced_from < c.part_start or c.replaced_from >= c.part_end
                     or c.replaced_net > c.net or c.replaced_tax > c.tax
                     or (c.replaced_from is null and c.replaced_net + c.replaced_tax > 0)",
    },
    Invariant {
        says: "what another price gives back of the charges of a line is credited (P3, B5)",
        broken: "select coalesce(c.invoice_id || ' line ' || c.invoice_line, min(c.id))
                 from charges c
                 where c.replaced_net + c.replaced_tax > 0
                 group by c.invoice_id, c.invoice_line
                 having c.invoice_id is null or sum(c.replaced_net + c.replaced_tax) > (
                     select coalesce(sum(k.net + k.tax), 0)
                     from credit_notes n
                     join credit_note_lines k on k.credit_note_id = n.id
                     where n.invoice_id = c.invoice_id and k.line = c.invoice_line)",
    },
    Invariant {
        says: "a subscription has the licenses that its next period is charged for (B1, B9)",
        broken: "select s.order_line_id
                 from subscriptions s
                 where s.due_at is not null and coalesce((
                     select g.quantity from subscription_changes g
                     where g.order_line_id = s.order_line_id order by g.from_day desc limit 1), s.quantity) > (
                     select count(*) from licenses l
                     where l.order_line_id = s.order_line_id and l.revoked_at is null and l.transferred_at is null)",
    },
    Invariant {
        says: "a credit reminder was sent as long as so much of the limit or less is left, and waits otherwise (C7)",
        broken: "select r.account_id || ': at ' || r.at
                 from credit_reminders r
                 join accounts a on a.id = r.account_id
                 where (r.sent_at is not null) <> (
                     a.credit_unlimited_since is null and a.credit_limit > 0
                     and (a.credit_limit - a.balance - a.arrears) * 10000 <= a.credit_limit * r.at)",
    },
    Invariant {
        says: "only an account that debt suspends is noted to exceed its limit (C8)",
        broken: "select id from accounts where exceeded_at is not null and suspend_over is null",
    },
    Invariant {
        says: "a trial is upgraded once, by an executed order of its customer, and keeps both its lines (L5)",
        broken: "select l.id
                 from licenses l
                 left join order_lines t on t.id = l.order_line_id and t.upgrades = l.id
                 left join order_lines f on f.id = l.trial_line_id and f.license_type = 'trial'
                 where (l.upgraded_at is null) <> (l.trial_line_id is null)
                     or (l.upgraded_at is null) <> (t.id is null)
                     or (l.upgraded_at is null) <> (f.id is null)",
    },
    Invariant {
        says: "a license that was given back is revoked, and nothing of its charges is left that was not credited (B9)",
        broken: "select l.id
                 from licenses l
                 where l.payment_status = 'refunded'
                     and (l.revoked_at is null
                         or exists (
                             select 1 from charges c
                             where c.license_id = l.id and c.amount > 0
                                 and (c.invoice_id is null or not exists (
                                     select 1 from credit_notes n
                                     join credit_note_lines k on k.credit_note_id = n.id
                                     where n.invoice_id = c.invoice_id and k.line = c.invoice_line))))",
    },
    Invariant {
        says: "a credit note is the sum of its lines, and credits an invoice of its own account in its currency (B5)",
        broken: "select n.id || ': ' || n.net || ' and ' || n.tax || ', lines ' || coalesce(sum(k.net), 0)
                     || ' and ' || coalesce(sum(k.tax), 0)
                 from credit_notes n
                 left join credit_note_lines k on k.credit_note_id = n.id
                 left join invoices i on i.id = n.invoice_id and i.account_id = n.account_id and i.currency = n.currency
                 group by n.id, n.net, n.tax, i.id
                 having n.net <> coalesce(sum(k.net), 0) or n.tax <> coalesce(sum(k.tax), 0) or i.id is null",
    },
    Invariant {
        says: "the credit notes of a line never give back more than the line (B5)",
        broken: "select l.invoice_id || ' line ' || l.line
                 from invoice_lines l
                 join credit_notes n on n.invoice_id = l.invoice_id
                 join credit_note_lines k on k.credit_note_id = n.id and k.line = l.line
                 group by l.invoice_id, l.line, l.net, l.tax
                 having sum(k.net) > l.net or sum(k.tax) > l.tax",
    },
    Invariant {
        says: "what an invoice is credited by is the sum of its credit notes (B5)",
        broken: "select i.id || ': kept ' || i.credited || ', counted ' || coalesce(sum(n.net + n.tax), 0)
                 from invoices i
                 left join credit_notes n on n.invoice_id = i.id
                 group by i.id, i.credited
                 having i.credited <> coalesce(sum(n.net + n.tax), 0)",
    },
    Invariant {
        says: "a credit note is one entry of its account's ledger, and their numbers have no gap (B5, C1)",
        broken: "select n.id
                 from credit_notes n
                 left join (
                     select credit_note_id, amount, currency, account_id, count(*) as entries
                     from ledger_entries
                     where kind = 'credit' and credit_note_id is not null
                     group by credit_note_id, amount, currency, account_id) e on e.credit_note_id = n.id
                     and e.amount = n.net + n.tax and e.currency = n.currency and e.account_id = n.account_id
                 where coalesce(e.entries, 0) <> 1
                 union all
                 select 'last ' || d.last || ', credit notes ' || count(n.id)
                 from document_numbers d
                 left join credit_notes n on n.number between 1 and d.last
                 where d.kind = 'credit-note'
                 group by d.last
                 having d.last <> count(n.id)",
    },
    Invariant {
        says: "invoices are numbered from 1 on without gaps (B5)",
        broken: "select 'last ' || n.last || ', invoices ' || count(i.id)
                 from document_numbers n
                 left join invoices i on i.number > 0
                 where n.kind = 'invoice'
                 group by n.last
                 having n.last <> count(i.id) or n.last <> coalesce(max(i.number), 0)",
    },
    Invariant {
        says: "an invoice is the sum of its lines, in net and in tax (B5)",
        broken: "select 'INV-' || i.number || ': net ' || i.net || ', tax ' || i.tax
                 from invoices i
                 left join invoice_lines l on l.invoice_id = i.id
                 group by i.id, i.number, i.net, i.tax
                 having i.net <> coalesce(sum(l.net), 0) or i.tax <> coalesce(sum(l.tax), 0)",
    },
    Invariant {
        says: "a line of an invoice is the sum of its charges, as many as its quantity (B5)",
        broken: "select 'INV-' || i.number || ': line ' || l.line || ', charges ' || count(c.id)
                 from invoice_lines l
                 join invoices i on i.id = l.invoice_id
                 left join charges c on c.invoice_id = l.invoice_id and c.invoice_line = l.line
                 group by i.number, l.line, l.net, l.tax, l.quantity
                 having l.net <> coalesce(sum(c.net), 0) or l.tax <> coalesce(sum(c.tax), 0) or l.quantity <> count(c.id)",
    },
    Invariant {
        says: "a charge is on a line of an invoice of its account and currency, or on none (B5)",
        broken: "select c.id
                 from charges c
                 left join invoices i on i.id = c.invoice_id and i.account_id = c.account_id and i.currency = c.currency
                 left join invoice_lines l on l.invoice_id = i.id and l.line = c.invoice_line
                 where (c.invoice_id is not null or c.invoice_line is not null) and l.invoice_id is null",
    },
    Invariant {
        says: "what is open of an invoice is what is open of its charges (B5)",
        broken: "select 'INV-' || i.number || ': open ' || i.open || ', counted ' || coalesce(sum(c.open), 0)
                 from invoices i
                 left join charges c on c.invoice_id = i.id
                 group by i.number, i.open
                 having i.open <> coalesce(sum(c.open), 0)",
    },
    Invariant {
        says: "an invoice has its entry in the audit log (X1)",
        broken: "select 'INV-' || i.number
                 from invoices i
                 where not exists (
                     select 1 from audit e where e.subject_id = i.id and e.what = 'invoice.issued'
                 )",
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
                 where (l.license_type = 'trial' or l.trial_line_id is not null) <> (t.license_id is not null)",
    },
    Invariant {
        says: "a license stands in the search, and between the places of its day (L14)",
        broken: "select l.id
                 from licenses l
                 left join license_search s on s.rowid = l.seq
                 left join license_days d on d.reseller_id = l.reseller_id and d.day = l.created_at / 86400000000
                     and d.first_seq <= l.seq and d.last_seq >= l.seq
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

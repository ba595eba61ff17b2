//! Power cuts: the program is killed at each step of a deed, started again, and asked the same once more. Nothing is lost,
//! nothing is doubled, and its books are right whenever it died.
//!
//! A row of the table below is a deed: a form that somebody sends, or a time at which the program does something by itself;
//! the file that begins its transaction; and what it adds to the database, once. How many steps that takes is counted first, in
//! another house, where nobody is killed. Then the program starts at one step after the other, is asked (with the same form, and the
//! same key in it) and dies there; what `keyhouse verify` recounts holds, and the database has either all that the deed makes or nothing
//! of it. At the step after the last one it survives, which proves that none was left out. What is done in several transactions
//! is made in stages, one behind the other, with ` | ` between them.
//!
//! Six steps stand for all: what the program may have done when it dies is different at each of them, and alike between two
//! statements in the middle. `KEYHOUSE_EVERY_STEP=1` takes every one, as `make soak` does.

mod deeds;
mod house;
mod shop;

use house::House;
use shop::Shop;

/// What makes the program do something.
pub enum Cause {
    /// A form is sent.
    Form(Form),
    /// The clock shows that time (RFC 3339).
    Time(&'static str),
}

/// A form that somebody sends from a page without script.
pub struct Form {
    /// The session of who sends it.
    pub session: String,
    /// The server function.
    pub endpoint: &'static str,
    /// What is in it, its key included.
    pub fields: Vec<(&'static str, String)>,
}

/// What is counted: a deed adds rows to some of these.
const TABLES: [&str; 24] = [
    "accounts",
    "contacts",
    "orders",
    "order_lines",
    "licenses",
    "trials",
    "subscriptions",
    "charges",
    "ledger_entries",
    "settlements",
    "invoices",
    "invoice_lines",
    "credit_notes",
    "credit_note_lines",
    "payments",
    "payment_charges",
    "receipts",
    "document_numbers",
    "outbox",
    "audit",
    "idempotency_keys",
    "drafts",
    "imports",
    "import_lines",
];

/// What the clock makes of two licenses after a month: their charges, their invoice, and the reminder of their first one.
const A_MONTH: &str = "charges +2, ledger_entries +2, audit +1 | \
     charges +2, ledger_entries +2, invoices +1, invoice_lines +1, outbox +1, audit +2 | \
     charges +2, ledger_entries +2, invoices +1, invoice_lines +1, outbox +2, audit +2";

/// What becomes of a table of two customers: it is accepted, and then they are made.
const A_TABLE: &str = "audit +1, idempotency_keys +1, imports +1, import_lines +2 | \
     accounts +2, contacts +2, outbox +2, audit +5, idempotency_keys +1";

macro_rules! killed_at_its_steps {
    ($($name:ident: $deed:ident, $begun_in:literal, $makes:expr;)+) => {$(
        mod $name {
            use super::{House, Shop, TABLES, deeds, happens_once, last};

            async fn story(counted: House, house: House) {
                let cause = deeds::$deed(&Shop::open(counted.url()).await).await;
                let steps = counted.count_steps(&cause, $begun_in, &TABLES, last($makes)).await;
                let cause = deeds::$deed(&Shop::open(house.url()).await).await;
                happens_once(&house, &cause, ($begun_in, steps), $makes).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                story(House::sqlite().await, House::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                story(House::postgres().await, House::postgres().await).await;
            }
        }
    )+};
}

killed_at_its_steps! {
    an_order_of_the_wizard: order, "licenses/create.rs",
        "orders +1, order_lines +1, licenses +2, charges +2, ledger_entries +2, settlements +2, invoices +1, invoice_lines +1, outbox +1, audit +4, idempotency_keys +1";
    an_order_that_is_held: order_over_the_credit, "licenses/create.rs",
        "orders +1, order_lines +1, outbox +2, audit +1, idempotency_keys +1";
    an_order_of_the_basket: basket, "orders/basket/checkout.rs",
        "orders +1, order_lines +2, licenses +2, subscriptions +1, charges +2, ledger_entries +2, invoices +1, invoice_lines +2, outbox +1, audit +4, idempotency_keys +1, drafts -1";
    a_held_order_that_is_executed: held_executed, "orders/held.rs",
        "licenses +2, charges +2, ledger_entries +2, invoices +1, invoice_lines +1, outbox +2, audit +4, idempotency_keys +1";
    a_held_order_that_is_canceled: held_canceled, "orders/held.rs", "outbox +1, audit +1, idempotency_keys +1";
    a_payment_that_is_begun: payment, "payments/begin.rs", "payments +1, payment_charges +2, audit +1, idempotency_keys +1";
    a_receipt_that_pays_an_invoice: receipt, "payments/receipts.rs",
        "ledger_entries +1, settlements +2, receipts +1, audit +2, idempotency_keys +1";
    a_license_that_is_given_back: refund, "refunds/give_back.rs",
        "ledger_entries +1, settlements +1, credit_notes +1, credit_note_lines +1, outbox +1, audit +2, idempotency_keys +1";
    a_price_that_is_changed: price, "subscriptions/price.rs",
        "charges +2, ledger_entries +3, settlements +2, invoices +1, invoice_lines +1, credit_notes +1, credit_note_lines +1, outbox +2, audit +3, idempotency_keys +1";
    a_period_that_comes_due: period, "billing/recur.rs", super::A_MONTH;
    the_invoice_of_a_period: period, "invoices/run.rs", super::A_MONTH;
    the_reminder_of_an_invoice_that_is_overdue: period, "billing/remind.rs", super::A_MONTH;
    a_table_of_customers_that_is_accepted: import, "customers/import.rs", super::A_TABLE;
    customers_of_an_accepted_table: import, "import/make.rs", super::A_TABLE;
    old_drafts_that_are_taken_out: old_drafts, "service/src/drafts.rs", "drafts -2";
}

/// Kills the program at steps of what `cause` makes it do.
async fn happens_once(house: &House, cause: &Cause, (begun_in, steps): (&str, u32), makes: &str) {
    let before = house.rows(&TABLES).await;
    let stages: Vec<_> = ["", makes].iter().flat_map(|stage| stage.split(" | ")).collect();
    let (all, mut reached, mut first, mut answer) = (last(makes), 0, None, None);
    for step in chosen(steps) {
        let dies_at = format!("{step} {begun_in}");
        answer = house.serve(cause, &dies_at).happens(&before, &TABLES, all).await;
        if answer.is_some() {
            // What happens by the clock has no answer to wait for: the step after its commit may come when it was seen to be done.
            let seen = matches!(cause, Cause::Time(_)) && step == steps;
            assert!(seen || step > steps, "it survives step {step} of {steps}");
            break;
        }
        assert!(step <= steps, "it has more than {steps} steps");
        house.verify().await;
        let added = house.added_since(&before, &TABLES).await;
        let stage = stages.iter().position(|stage| *stage == added).filter(|stage| *stage >= reached);
        reached = stage.unwrap_or_else(|| panic!("killed at {dies_at}: {added}"));
        if let Cause::Form(_) = cause {
            // Nothing of a transaction before its commit, and all of it afterwards.
            let first = *first.get_or_insert(reached);
            assert_eq!(reached, first + usize::from(step == steps), "killed at {dies_at} of {steps}: {added}");
        }
    }
    let again = house.serve(cause, "").happens(&before, &TABLES, all).await;
    assert_eq!(again, answer, "the same form is answered alike");
    house.verify().await;
    assert_eq!(house.added_since(&before, &TABLES).await, all, "once, after it was killed at {:?}", chosen(steps));
}

/// The steps at which it is killed, and the one after the last, which there is not: its beginning, its first statement, one in the
/// middle, its last one, its commit, and what comes after that.
fn chosen(steps: u32) -> Vec<u32> {
    let every = std::env::var("KEYHOUSE_EVERY_STEP").is_ok_and(|every| !matches!(&*every, "" | "0"));
    let mut chosen = match every {
        true => (1..=steps + 1).collect(),
        false => vec![1, 2, steps / 2, steps - 2, steps - 1, steps, steps + 1],
    };
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// What has been made after the last stage.
fn last(makes: &str) -> &str {
    makes.rsplit(" | ").next().unwrap_or_default()
}

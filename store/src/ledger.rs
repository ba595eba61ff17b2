//! The ledger of an account: what it was charged, what it paid, what was credited, and what settled what.

mod reverse;

use domain::{
    AccountId, ChargeId, CreditNoteId, Money, PaymentId, Scope, Timestamp,
    billing::{Entry, EntryKind},
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    charges::Charge,
    invoices,
    row::{Read, micros},
};

pub use reverse::{entry_of_payment, rest_of, take_back};

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its place.
    pub seq: i64,
    /// What it is.
    pub entry: Entry,
    /// The order whose charge it is.
    pub order: Option<i64>,
    /// What was noted with it.
    pub note: Option<String>,
    /// What is left of it.
    pub rest: Money,
    /// Since when.
    pub at: Timestamp,
}

/// Enters a charge that is stored.
pub(crate) async fn insert_charge(tx: &mut Tx, charge: &Charge) -> Result<(), Error> {
    let gross = charge.amount.gross();
    let query = sqlx::query(
        "insert into ledger_entries (account_id, kind, amount, currency, charge_id, created_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(charge.account.to_string())
    .bind(EntryKind::Charge.word())
    .bind(gross.minor)
    .bind(gross.currency.code())
    .bind(charge.id.to_string())
    .bind(micros(charge.created_at));
    query.execute(tx.db()).await?;
    Ok(())
}

/// Enters a payment or a credit, all of it left, and lowers what the account owes by it; `payment` is the one that was begun, if the
/// money came by one. Gives its place.
///
/// # Errors
/// When the database cannot.
pub async fn insert(
    tx: &mut Tx,
    account: AccountId,
    entry: Entry,
    payment: Option<PaymentId>,
    note: Option<&str>,
    now: Timestamp,
) -> Result<i64, Error> {
    let query = sqlx::query_scalar(
        "insert into ledger_entries (account_id, kind, amount, currency, note, rest, created_at, payment_id)
         values ($1, $2, $3, $4, $5, $3, $6, $7)
         returning seq",
    )
    .bind(account.to_string())
    .bind(entry.kind.word())
    .bind(entry.amount.minor)
    .bind(entry.amount.currency.code())
    .bind(note.map(str::to_owned))
    .bind(micros(now))
    .bind(payment.map(|id| id.to_string()));
    let seq = query.fetch_one(tx.db()).await?;
    let query = sqlx::query("update accounts set balance = balance - $1 where id = $2");
    query.bind(entry.amount.minor).bind(account.to_string()).execute(tx.db()).await?;
    Ok(seq)
}

/// Whether anything was ever entered for an account; then its currency stays.
///
/// # Errors
/// When the database cannot.
pub async fn any_of(tx: &mut Tx, account: AccountId) -> Result<bool, Error> {
    let query = sqlx::query_scalar::<_, i64>(
        "select count(*) from (select 1 from ledger_entries where account_id = $1 limit 1) as found",
    );
    Ok(query.bind(account.to_string()).fetch_one(tx.db()).await? > 0)
}

/// Enters what a credit note gives back, all of it left, and lowers what the account owes by it.
///
/// # Errors
/// When the database cannot.
pub async fn credit(
    tx: &mut Tx,
    account: AccountId,
    note: CreditNoteId,
    amount: Money,
    words: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into ledger_entries (account_id, kind, amount, currency, credit_note_id, note, rest, created_at)
         values ($1, $2, $3, $4, $5, $6, $3, $7)",
    )
    .bind(account.to_string())
    .bind(EntryKind::Credit.word())
    .bind(amount.minor)
    .bind(amount.currency.code())
    .bind(note.to_string())
    .bind(words.to_owned())
    .bind(micros(now));
    query.execute(tx.db()).await?;
    let query = sqlx::query("update accounts set balance = balance - $1 where id = $2");
    query.bind(amount.minor).bind(account.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// What is left of payments and credits of an account, oldest first: place and amount.
///
/// # Errors
/// When the database cannot.
pub async fn with_rest(tx: &mut Tx, account: AccountId) -> Result<Vec<(i64, Money)>, Error> {
    let query = sqlx::query(
        "select seq, rest, currency
         from ledger_entries
         where account_id = $1 and rest <> 0
         order by seq",
    );
    let rows = query.bind(account.to_string()).fetch_all(tx.db()).await?;
    rows.iter().map(|row| Ok((row.int("seq")?, row.money("rest", "currency")?))).collect()
}

/// So much of an entry goes to a charge; `false` when there is less left of either. The guards are the `where`s.
///
/// # Errors
/// When the database cannot.
pub async fn settle(tx: &mut Tx, entry: i64, charge: ChargeId, amount: Money, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query("update ledger_entries set rest = rest - $1 where seq = $2 and rest >= $1");
    let left = query.bind(amount.minor).bind(entry).execute(tx.db()).await?.rows_affected();
    let query = sqlx::query("update charges set open = open - $1 where id = $2 and open >= $1 and currency = $3");
    let query = query.bind(amount.minor).bind(charge.to_string()).bind(amount.currency.code());
    let open = query.execute(tx.db()).await?.rows_affected();
    invoices::settled(tx, charge, amount).await?;
    let query = sqlx::query(
        "insert into settlements (entry_seq, charge_id, amount, created_at)
         values ($1, $2, $3, $4)",
    );
    query.bind(entry).bind(charge.to_string()).bind(amount.minor).bind(micros(now)).execute(tx.db()).await?;
    Ok(left == 1 && open == 1)
}

/// The license of a charge is paid when all its charges are settled (B5): its slot is free at once (L7).
///
/// # Errors
/// When the database cannot.
pub async fn pay_settled(tx: &mut Tx, account: AccountId, charge: ChargeId) -> Result<bool, Error> {
    let query = sqlx::query(
        "update licenses
         set payment_status = 'paid'
         where id = (select license_id from charges where id = $1) and payment_status = 'pending'
           and not exists (select 1 from charges c where c.license_id = licenses.id and c.open > 0)",
    );
    let paid = query.bind(charge.to_string()).execute(tx.db()).await?.rows_affected() == 1;
    if paid {
        // What was revoked has given its slot back already.
        let query = sqlx::query(
            "update accounts
             set unpaid_licenses = unpaid_licenses - 1
             where id = $1 and exists (
                 select 1
                 from charges c
                 join licenses l on l.id = c.license_id
                 where c.id = $2 and l.revoked_at is null)",
        );
        query.bind(account.to_string()).bind(charge.to_string()).execute(tx.db()).await?;
    }
    Ok(paid)
}

/// A page of an account's ledger, newest first by the time of each entry, from below the entry `after`; for the account itself and the operator.
///
/// # Errors
/// When the database cannot.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    account: AccountId,
    after: Option<i64>,
    most: i64,
) -> Result<Vec<Stored>, Error> {
    if !scope.operator() && scope.reseller() != Some(account) {
        return Ok(Vec::new());
    }
    let query = sqlx::query(
        "select e.seq, e.kind, e.amount, e.currency, e.note, e.rest, e.created_at, d.number
         from ledger_entries e
         left join charges c on c.id = e.charge_id
         left join order_lines t on t.id = c.order_line_id
         left join orders d on d.id = t.order_id
         where e.account_id = $1 and (e.created_at, e.seq) < (
             coalesce((select a.created_at from ledger_entries a where a.seq = $2 and a.account_id = $1), $4), $2)
         order by e.created_at desc, e.seq desc
         limit $3",
    );
    let query = query.bind(account.to_string()).bind(after.unwrap_or(i64::MAX)).bind(most).bind(i64::MAX);
    query.fetch_all(tx.db()).await?.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Stored, Error> {
    Ok(Stored {
        seq: row.int("seq")?,
        entry: Entry { kind: row.word("kind", EntryKind::from_word)?, amount: row.money("amount", "currency")? },
        order: row.maybe_int("number")?,
        note: row.maybe_text("note")?,
        rest: row.money("rest", "currency")?,
        at: row.time("created_at")?,
    })
}

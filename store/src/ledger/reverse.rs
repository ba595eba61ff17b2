//! Taking a payment back: what is left of it first, then what it has settled, the newest first. What it had settled is open again.

use domain::{AccountId, ChargeId, Money, PaymentId, Timestamp, billing::EntryKind};

use crate::{
    Error, Tx,
    row::{Read, micros},
};

/// The entry by which the money of a payment by card came in; a transfer with its reference has another one.
///
/// # Errors
/// When the database cannot.
pub async fn entry_of_payment(tx: &mut Tx, payment: PaymentId) -> Result<Option<i64>, Error> {
    let query = sqlx::query_scalar(
        "select e.seq
         from ledger_entries e
         where e.payment_id = $1 and e.reverses is null
           and not exists (select 1 from receipts r where r.payment_id = e.payment_id and r.entry_seq = e.seq)
         order by e.seq
         limit 1",
    );
    Ok(query.bind(payment.to_string()).fetch_optional(tx.db()).await?)
}

/// What is left of an entry.
///
/// # Errors
/// When the database cannot.
pub async fn rest_of(tx: &mut Tx, entry: i64) -> Result<Option<Money>, Error> {
    let query = sqlx::query("select rest, currency from ledger_entries where seq = $1");
    let row = query.bind(entry).fetch_optional(tx.db()).await?;
    row.map(|row| row.money("rest", "currency")).transpose()
}

/// Takes back so much of a payment, and enters that. `false` when there is not so much of it; whoever asks does nothing then. What is
/// open again may be settled by other money that lies there: whoever takes back settles afterwards.
///
/// # Errors
/// When the database cannot.
pub async fn take_back(
    tx: &mut Tx,
    account: AccountId,
    entry: i64,
    amount: Money,
    note: Option<&str>,
    now: Timestamp,
) -> Result<bool, Error> {
    let back = enter(tx, account, entry, amount, note, now).await?;
    let rest = rest_of(tx, entry).await?.map_or(0, |rest| rest.minor);
    let from_rest = rest.clamp(0, amount.minor);
    let query = sqlx::query("update ledger_entries set rest = rest - $1 where seq = $2 and rest >= $1");
    query.bind(from_rest).bind(entry).execute(tx.db()).await?;
    let mut left = amount.minor - from_rest;
    for (charge, settled) in settled_by(tx, entry).await? {
        let part = settled.min(left);
        if part > 0 {
            open_again(tx, account, back, charge, part, now).await?;
            left -= part;
        }
    }
    Ok(left == 0)
}

async fn enter(
    tx: &mut Tx,
    account: AccountId,
    entry: i64,
    amount: Money,
    note: Option<&str>,
    now: Timestamp,
) -> Result<i64, Error> {
    let query = sqlx::query_scalar(
        "insert into ledger_entries (account_id, kind, amount, currency, note, rest, created_at, payment_id, reverses)
         select account_id, kind, $1, currency, $2, 0, $3, payment_id, seq
         from ledger_entries
         where seq = $4 and account_id = $5 and kind = $6 and currency = $7
         returning seq",
    )
    .bind(-amount.minor)
    .bind(note.map(str::to_owned))
    .bind(micros(now))
    .bind(entry)
    .bind(account.to_string())
    .bind(EntryKind::Payment.word())
    .bind(amount.currency.code());
    let seq = query.fetch_one(tx.db()).await?;
    let query = sqlx::query("update accounts set balance = balance + $1 where id = $2");
    query.bind(amount.minor).bind(account.to_string()).execute(tx.db()).await?;
    Ok(seq)
}

/// What an entry has settled and nothing has taken back, the newest first.
async fn settled_by(tx: &mut Tx, entry: i64) -> Result<Vec<(ChargeId, i64)>, Error> {
    let query = sqlx::query(
        "select s.charge_id, cast(sum(s.amount) as bigint) as settled
         from settlements s
         join ledger_entries e on e.seq = s.entry_seq
         where e.seq = $1 or e.reverses = $1
         group by s.charge_id
         having sum(s.amount) > 0
         order by max(s.seq) desc",
    );
    let rows = query.bind(entry).fetch_all(tx.db()).await?;
    rows.iter().map(|row| Ok((row.parsed("charge_id")?, row.int("settled")?))).collect()
}

/// A charge is open again, with its invoice; its license is pending and takes a slot, whatever the cap says.
async fn open_again(
    tx: &mut Tx,
    account: AccountId,
    back: i64,
    charge: ChargeId,
    part: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into settlements (entry_seq, charge_id, amount, created_at)
         values ($1, $2, $3, $4)",
    );
    query.bind(back).bind(charge.to_string()).bind(-part).bind(micros(now)).execute(tx.db()).await?;
    let query = sqlx::query("update charges set open = open + $1 where id = $2");
    query.bind(part).bind(charge.to_string()).execute(tx.db()).await?;
    let query = sqlx::query(
        "update invoices
         set open = open + $1
         where id = (select invoice_id from charges where id = $2)",
    );
    query.bind(part).bind(charge.to_string()).execute(tx.db()).await?;
    let query = sqlx::query(
        "update licenses
         set payment_status = 'pending'
         where id = (select license_id from charges where id = $1) and payment_status = 'paid' and revoked_at is null",
    );
    if query.bind(charge.to_string()).execute(tx.db()).await?.rows_affected() == 1 {
        let query = sqlx::query("update accounts set unpaid_licenses = unpaid_licenses + 1 where id = $1");
        query.bind(account.to_string()).execute(tx.db()).await?;
    }
    Ok(())
}

//! Lists of invoices: a reseller's own, and for the operator those of everybody.

use chrono::NaiveDate;
use domain::{
    AccountId, Money, Scope,
    billing::{InvoiceFilter, InvoiceNumber, Reference, Taxed},
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    clauses::Clauses,
    row::{Read, unreadable},
};

/// Which invoices are asked for.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// All, or those of which something is open, or is overdue.
    pub filter: InvoiceFilter,
    /// Only those of this account.
    pub account: Option<AccountId>,
    /// From behind this one.
    pub after: Option<InvoiceNumber>,
    /// The day by which they are overdue.
    pub today: NaiveDate,
    /// How many at most.
    pub most: i64,
}

/// An invoice in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub number: InvoiceNumber,
    /// Who is billed.
    pub account: AccountId,
    /// Who is billed, by the name of now.
    pub reseller: String,
    /// Whose licenses they are, where the account has an invoice for each customer.
    pub customer: Option<String>,
    /// Its day.
    pub issued_on: NaiveDate,
    /// The last day for paying it.
    pub due_on: NaiveDate,
    /// What it comes to.
    pub total: Taxed,
    /// What is not settled of it.
    pub open: Money,
    /// What its credit notes cancel.
    pub credited: Money,
}

/// What an account owes by invoices that are overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// How many invoices.
    pub count: i64,
    /// What is open of them, in minor units of the account's currency.
    pub minor: i64,
}

/// A page of invoices of whoever asks; of the operator, those of all resellers. Newest first, but what is overdue in the order in
/// which it came due.
///
/// # Errors
/// When the database cannot.
pub async fn page(tx: &mut Tx, scope: &Scope, view: &View) -> Result<Vec<Listed>, Error> {
    let mut clauses = Clauses::default();
    let account = match (scope.reseller(), scope.operator()) {
        (Some(reseller), _) => Some(reseller),
        (None, true) => view.account,
        (None, false) => return Ok(Vec::new()),
    };
    if let Some(account) = account {
        clauses.and("i.account_id = ?", [account.to_string().into()]);
    }
    if view.filter != InvoiceFilter::All {
        clauses.and("i.open > 0", []);
    }
    let order = match view.filter {
        InvoiceFilter::All | InvoiceFilter::Unpaid => {
            clauses.and("i.number < ?", [view.after.map_or(i64::MAX, |after| after.0).into()]);
            "i.number desc"
        }
        InvoiceFilter::Overdue => {
            clauses.and("i.due_on < ?", [view.today.to_string().into()]);
            if let Some(after) = view.after {
                let due_on = due_on(tx, after).await?;
                clauses.and("(i.due_on, i.number) > (?, ?)", [due_on.into(), after.0.into()]);
            }
            "i.due_on, i.number"
        }
    };
    let condition = if clauses.text().is_empty() { "true".to_owned() } else { clauses.text() };
    let sql = format!(
        "select i.number, i.account_id, i.currency, i.issued_on, i.due_on, i.net, i.tax, i.open, i.credited,
             a.name as reseller_name, c.name as customer_name
         from invoices i
         join accounts a on a.id = i.account_id
         left join accounts c on c.id = i.customer_id
         where {condition}
         order by {order}
         limit {}",
        view.most
    );
    clauses.rows(sql).fetch_all(tx.db()).await?.iter().map(read).collect()
}

/// The day on which an invoice is due; before all days where there is no such invoice.
async fn due_on(tx: &mut Tx, number: InvoiceNumber) -> Result<String, Error> {
    let query = sqlx::query_scalar("select due_on from invoices where number = $1");
    Ok(query.bind(number.0).fetch_optional(tx.db()).await?.unwrap_or_default())
}

fn read(row: &AnyRow) -> Result<Listed, Error> {
    let total = Taxed::new(row.money("net", "currency")?, row.money("tax", "currency")?);
    Ok(Listed {
        number: InvoiceNumber(row.int("number")?),
        account: row.parsed("account_id")?,
        reseller: row.text("reseller_name")?,
        customer: row.maybe_text("customer_name")?,
        issued_on: row.parsed("issued_on")?,
        due_on: row.parsed("due_on")?,
        total: total.map_err(|error| unreadable("net", error))?,
        open: row.money("open", "currency")?,
        credited: row.money("credited", "currency")?,
    })
}

/// What an account that is known to be readable owes by invoices that are overdue on a day. It reads those alone, of which
/// an account that may still order has few.
///
/// # Errors
/// When the database cannot.
pub async fn overdue(tx: &mut Tx, account: AccountId, today: NaiveDate) -> Result<Owed, Error> {
    let query = sqlx::query(
        "select count(*) as count, cast(coalesce(sum(open), 0) as bigint) as open
         from invoices
         where account_id = $1 and open > 0 and due_on < $2",
    );
    let row = query.bind(account.to_string()).bind(today.to_string()).fetch_one(tx.db()).await?;
    Ok(Owed { count: row.int("count")?, minor: row.int("open")? })
}

/// An invoice of which something is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenInvoice {
    /// Its number.
    pub number: InvoiceNumber,
    /// The last day on which it is paid in time.
    pub due_on: NaiveDate,
    /// What is open of it.
    pub open: Money,
}

impl OpenInvoice {
    /// The last day on which it is paid in time, as it is read.
    pub fn due(&self) -> String {
        domain::time::day(self.due_on)
    }

    /// What is written into a transfer for it.
    pub const fn reference(&self) -> Reference {
        Reference::Invoice(self.number)
    }
}

/// The open invoices of an account that is known to be readable, the first due first, and how many there are.
///
/// # Errors
/// When the database cannot.
pub async fn open_of(tx: &mut Tx, account: AccountId, most: i64) -> Result<(Vec<OpenInvoice>, i64), Error> {
    let query = sqlx::query_scalar("select count(*) from invoices where account_id = $1 and open > 0");
    let all = query.bind(account.to_string()).fetch_one(tx.db()).await?;
    let query = sqlx::query(
        "select number, due_on, open, currency
         from invoices
         where account_id = $1 and open > 0
         order by due_on, number
         limit $2",
    );
    let rows = query.bind(account.to_string()).bind(most).fetch_all(tx.db()).await?;
    let read = |row: &AnyRow| {
        Ok(OpenInvoice {
            number: InvoiceNumber(row.int("number")?),
            due_on: row.parsed("due_on")?,
            open: row.money("open", "currency")?,
        })
    };
    Ok((rows.iter().map(read).collect::<Result<_, Error>>()?, all))
}

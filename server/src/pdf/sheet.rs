//! What stands on an invoice or a credit note, in words and figures.

use chrono::NaiveDate;
use domain::{
    Currency, Money,
    billing::{Charge, CreditError, CreditNote, Invoice, Letterhead, Party, REASON_MOST, TaxLine, Taxed},
    money::AmountError,
    time,
};

use super::PdfError;

/// Names and values.
pub(super) type Facts = Vec<(&'static str, String)>;

/// A document before anybody says where on the paper it stands.
pub(super) struct Sheet<'a> {
    /// `Invoice`.
    pub kind: &'static str,
    /// `INV-000042`.
    pub number: String,
    /// Its day.
    pub issued_on: NaiveDate,
    /// Who writes to whom, and where to pay.
    pub letterhead: &'a Letterhead,
    /// What is looked for first.
    pub facts: Facts,
    /// All amounts are in this one.
    pub currency: Currency,
    /// The lines.
    pub rows: Vec<Row>,
    /// What they sum to; the last is the total.
    pub totals: Vec<(String, String)>,
    /// How to pay: a sentence, and what to write into the transfer.
    pub pay: Option<(String, Facts)>,
    /// What has to be said.
    pub notes: Vec<String>,
}

/// A line of the table.
pub(super) struct Row {
    /// What it is for.
    pub text: String,
    /// For which days.
    pub days: Option<String>,
    /// Quantity, price of one, rate of the tax, net amount.
    pub figures: [String; 4],
    /// The net amount of all lines up to this one, to be carried to the next page.
    pub carried: String,
}

impl<'a> Sheet<'a> {
    /// What stands on an invoice: it asks for what was neither paid ahead nor credited together with it, and for nothing where all
    /// was (V6).
    pub fn of_invoice(invoice: &Invoice, paid_ahead: Money, letterhead: &'a Letterhead) -> Result<Self, PdfError> {
        let currency = invoice.total().net().currency;
        let by_credit = letterhead.by_credit.unwrap_or_else(|| Money::zero(currency));
        let asked = invoice.total().gross().minus(paid_ahead)?.minus(by_credit)?;
        let due = time::day(invoice.due_on());
        let reference = invoice.reference().to_string();
        let mut rows = Rows::new(currency);
        for line in invoice.lines() {
            rows.push(&line.text, &line.charge, line.charge.amount().net())?;
        }
        let pay = asked.is_positive().then(|| {
            let sentence = format!("Please pay {} {} by {due}.", currency.code(), asked.figures());
            (sentence, bank(letterhead).into_iter().chain([("Reference", reference.clone())]).collect())
        });
        let mut facts = vec![("Invoice", invoice.number().to_string()), ("Date", time::day(invoice.issued_on()))];
        if asked.is_positive() {
            facts.extend([("To be paid by", due), ("Reference", reference)]);
        }
        let mut totals = totals("Total", invoice.total(), &invoice.taxes()?);
        let settled = [("Paid ahead", paid_ahead), ("Settled by a credit note", by_credit)];
        let settled: Vec<_> = settled.into_iter().filter(|(_, amount)| amount.is_positive()).collect();
        for (name, amount) in &settled {
            totals.push(((*name).to_owned(), amount.opposite()?.figures()));
        }
        if !settled.is_empty() {
            totals.push((format!("To be paid, {}", currency.code()), asked.figures()));
        }
        Ok(Self {
            kind: "Invoice",
            number: invoice.number().to_string(),
            issued_on: invoice.issued_on(),
            letterhead,
            facts: with_account(facts, letterhead),
            currency,
            rows: rows.rows,
            totals,
            pay,
            notes: notes(letterhead, &[]),
        })
    }

    /// What stands on a credit note: less than nothing throughout, so that it and its invoice sum to what is left; and why it was
    /// issued (B9).
    pub fn of_credit_note(
        note: &CreditNote,
        invoice: &Invoice,
        letterhead: &'a Letterhead,
        reason: &str,
    ) -> Result<Self, PdfError> {
        let currency = note.total().net().currency;
        let mut rows = Rows::new(currency);
        let taxes = note.taxes(invoice)?;
        for credited in note.lines() {
            let line = invoice.lines().get(credited.line);
            let line = line.ok_or(CreditError::MoreThanLeft { line: credited.line })?;
            rows.push(&line.text, &line.charge, credited.amount.net().opposite()?)?;
        }
        let facts = vec![
            ("Credit note", note.number().to_string()),
            ("Date", time::day(note.issued_on())),
            ("For invoice", invoice.number().to_string()),
            ("Of", time::day(invoice.issued_on())),
        ];
        Ok(Self {
            kind: "Credit note",
            number: note.number().to_string(),
            issued_on: note.issued_on(),
            letterhead,
            facts: with_account(facts, letterhead),
            currency,
            rows: rows.rows,
            totals: totals("Credited", note.total(), &taxes),
            pay: None,
            notes: notes(letterhead, &[&why(reason), "Quantity and unit price are those of the invoice."]),
        })
    }

    /// What the file is called, and what its first page is headed.
    pub fn title(&self) -> String {
        format!("{} {}", self.kind, self.number)
    }

    /// Who sends it, in a line of small letters. Each part keeps its own direction and turns no other round.
    pub fn sender(&self) -> String {
        let Party { address, tax_number, email, .. } = &self.letterhead.from;
        let apart = |typed: &String| format!("\u{2068}{typed}\u{2069}");
        let tax_number = tax_number.as_ref().map(|number| format!("Tax number {}", apart(number)));
        let parts: Vec<_> = address.iter().map(apart).chain(tax_number).chain(email.as_ref().map(apart)).collect();
        if parts.is_empty() { String::new() } else { format!("\u{200e}{}", parts.join(" \u{b7} ")) }
    }
}

/// The lines, with what they sum to so far.
struct Rows {
    rows: Vec<Row>,
    sum: Money,
}

impl Rows {
    const fn new(currency: Currency) -> Self {
        Self { rows: Vec::new(), sum: Money::zero(currency) }
    }

    fn push(&mut self, text: &str, charge: &Charge, net: Money) -> Result<(), AmountError> {
        self.sum = self.sum.plus(net)?;
        let figures =
            [charge.quantity().to_string(), charge.unit().figures(), charge.rate().to_string(), net.figures()];
        let days = charge.part().map(|part| part.to_string());
        self.rows.push(Row { text: text.to_owned(), days, figures, carried: self.sum.figures() });
        Ok(())
    }
}

/// The net amount, a line for the tax of each rate, and what it comes to.
fn totals(last: &str, total: Taxed, taxes: &[TaxLine]) -> Vec<(String, String)> {
    let tax =
        |line: &TaxLine| (format!("Tax {} on {}", line.rate, line.amount.net().figures()), line.amount.tax().figures());
    let net = ("Net amount".to_owned(), total.net().figures());
    let gross = (format!("{last}, {}", total.net().currency.code()), total.gross().figures());
    std::iter::once(net).chain(taxes.iter().map(tax)).chain([gross]).collect()
}

fn with_account(mut facts: Facts, letterhead: &Letterhead) -> Facts {
    facts.extend(letterhead.to.tax_number.clone().map(|number| ("Your tax number", number)));
    facts.extend(letterhead.customer.clone().map(|customer| ("For your customer", customer)));
    facts
}

fn bank(letterhead: &Letterhead) -> Facts {
    let Some(bank) = &letterhead.bank else { return Vec::new() };
    let fact = |name, value: &Option<String>| value.clone().map(|value| (name, value));
    let named = [("Account holder", bank.holder.clone()), ("IBAN", bank.grouped_iban())];
    named.into_iter().chain(fact("BIC", &bank.bic)).chain(fact("Bank", &bank.bank)).collect()
}

/// The reason that somebody typed, which keeps its own direction and turns no other round.
fn why(reason: &str) -> String {
    let reason: String = reason.trim().chars().take(REASON_MOST).collect();
    format!("Reason: \u{2068}{reason}\u{2069}")
}

fn notes(letterhead: &Letterhead, more: &[&str]) -> Vec<String> {
    let said = letterhead.note.as_deref().into_iter().chain(more.iter().copied()).chain([Invoice::ROUNDING]);
    said.map(str::to_owned).collect()
}

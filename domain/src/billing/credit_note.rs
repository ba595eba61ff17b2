//! Credit notes: they cancel an invoice, or licenses of it, to the unit (B5, B9).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CreditNoteNumber, Invoice, InvoiceNumber, TaxLine, Taxed, invoice::by_rate};
use crate::{Currency, money::AmountError};

/// What a credit note gives back of one line of its invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditLine {
    /// The line, counted from 0.
    pub line: usize,
    /// What is given back, more than nothing: of one license what it was charged, with the tax that was charged.
    pub amount: Taxed,
}

/// Why there can be no such credit note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CreditError {
    /// All of the invoice is credited.
    #[error("This invoice is credited already; nothing is left of it.")]
    NothingLeft,
    /// Of a line would be given back more than is left of it, or less than nothing.
    #[error("Line {} of the invoice does not hold that much any more. Look at its credit notes.", .line + 1)]
    MoreThanLeft {
        /// The line, counted from 0.
        line: usize,
    },
    /// Two currencies.
    #[error(transparent)]
    Amount(#[from] AmountError),
}

/// An issued credit note. Nothing changes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditNote {
    number: CreditNoteNumber,
    invoice: InvoiceNumber,
    issued_on: NaiveDate,
    lines: Vec<CreditLine>,
    total: Taxed,
}

impl CreditNote {
    /// Credits some lines of an invoice, in part or whole. `before` are the credit notes that it has.
    ///
    /// # Errors
    /// [`CreditError`].
    pub fn of(
        invoice: &Invoice,
        before: &[Self],
        number: CreditNoteNumber,
        issued_on: NaiveDate,
        lines: Vec<CreditLine>,
    ) -> Result<Self, CreditError> {
        let mut left = left_of(invoice, before)?;
        for CreditLine { line, amount } in &lines {
            let rest = left.get(*line).ok_or(CreditError::MoreThanLeft { line: *line })?.plus(amount.opposite()?)?;
            if amount.net().minor < 0 || amount.tax().minor < 0 || rest.net().minor < 0 || rest.tax().minor < 0 {
                return Err(CreditError::MoreThanLeft { line: *line });
            }
            left[*line] = rest;
        }
        let total = Taxed::sum(currency(invoice), lines.iter().map(|line| line.amount))?.opposite()?;
        match lines.iter().any(|line| line.amount.gross().is_positive()) {
            true => Ok(Self { number, invoice: invoice.number(), issued_on, lines, total }),
            false => Err(CreditError::NothingLeft),
        }
    }

    /// Credits all that is left of an invoice: with this one, its credit notes cancel it.
    ///
    /// # Errors
    /// [`CreditError::NothingLeft`].
    pub fn of_the_rest(
        invoice: &Invoice,
        before: &[Self],
        number: CreditNoteNumber,
        issued_on: NaiveDate,
    ) -> Result<Self, CreditError> {
        let left = left_of(invoice, before)?.into_iter().enumerate();
        let lines =
            left.map(|(line, amount)| CreditLine { line, amount }).filter(|line| line.amount.gross().is_positive());
        Self::of(invoice, before, number, issued_on, lines.collect())
    }

    /// What is left of each line of an invoice after its credit notes.
    ///
    /// # Errors
    /// [`AmountError`] for notes of another currency.
    pub fn left_of(invoice: &Invoice, before: &[Self]) -> Result<Vec<Taxed>, AmountError> {
        left_of(invoice, before)
    }

    /// Its number.
    pub const fn number(&self) -> CreditNoteNumber {
        self.number
    }

    /// The invoice that it credits.
    pub const fn invoice(&self) -> InvoiceNumber {
        self.invoice
    }

    /// Its day.
    pub const fn issued_on(&self) -> NaiveDate {
        self.issued_on
    }

    /// What it gives back.
    pub fn lines(&self) -> &[CreditLine] {
        &self.lines
    }

    /// What it comes to: less than nothing, so that an invoice and its credit notes sum to what is left of it.
    pub const fn total(&self) -> Taxed {
        self.total
    }

    /// What is given back by the rates of its invoice, lowest first; less than nothing, and they sum to the total.
    ///
    /// # Errors
    /// [`CreditError::MoreThanLeft`] for another invoice than its own, which does not have these lines.
    pub fn taxes(&self, invoice: &Invoice) -> Result<Vec<TaxLine>, CreditError> {
        let of_line = |line: &CreditLine| {
            let charged = invoice.lines().get(line.line).ok_or(CreditError::MoreThanLeft { line: line.line })?;
            Ok((charged.charge.rate(), line.amount.opposite()?))
        };
        let lines = self.lines.iter().map(of_line).collect::<Result<Vec<_>, CreditError>>()?;
        Ok(by_rate(currency(invoice), &lines)?)
    }
}

/// What is left of each line of an invoice after its credit notes.
fn left_of(invoice: &Invoice, before: &[CreditNote]) -> Result<Vec<Taxed>, AmountError> {
    let mut left: Vec<_> = invoice.lines().iter().map(|line| line.charge.amount()).collect();
    for CreditLine { line, amount } in before.iter().flat_map(|note| &note.lines) {
        if let Some(rest) = left.get_mut(*line) {
            *rest = rest.plus(amount.opposite()?)?;
        }
    }
    Ok(left)
}

fn currency(invoice: &Invoice) -> Currency {
    invoice.total().net().currency
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Money,
        billing::{
            cycle::tests::day,
            invoice::tests::{issue, line, lines},
        },
    };

    fn today() -> NaiveDate {
        day("2026-12-01")
    }

    fn number(number: usize) -> CreditNoteNumber {
        CreditNoteNumber(i64::try_from(number).unwrap_or(0) + 1)
    }

    #[test]
    fn b9_one_license_of_ten_is_credited_with_the_tax_that_it_was_charged() {
        let invoice = issue(vec![line(13_930, 10, 1_900)]).expect("an invoice");
        let each = invoice.lines()[0].charge.each();
        let one = CreditLine { line: 0, amount: each[9] };
        let note = CreditNote::of(&invoice, &[], number(0), today(), vec![one]).expect("a credit note");
        assert_eq!(note.total().gross(), Money::new(-16_576, Currency::EUR));
        let rest =
            CreditNote::of_the_rest(&invoice, std::slice::from_ref(&note), number(1), today()).expect("the rest");
        let all = Taxed::sum(Currency::EUR, [invoice.total(), note.total(), rest.total()]);
        assert_eq!(all, Ok(Taxed::zero(Currency::EUR)));
    }

    #[test]
    fn b5_a_credit_note_gives_back_the_tax_by_the_rates_of_its_invoice() {
        let invoice = issue(vec![line(1_000, 1, 1_900), line(500, 2, 700), line(99, 3, 1_900)]).expect("an invoice");
        let note = CreditNote::of_the_rest(&invoice, &[], number(0), today()).expect("a credit note");
        let taxes = note.taxes(&invoice).expect("its own invoice");
        let shown: Vec<_> = taxes.iter().map(|tax| (tax.rate.to_string(), tax.amount.tax().minor)).collect();
        assert_eq!(shown, [("7 %".to_owned(), -70), ("19 %".to_owned(), -190 - 56)]);
        let other = issue(vec![line(1_000, 1, 1_900)]).expect("an invoice");
        assert_eq!(note.taxes(&other), Err(CreditError::MoreThanLeft { line: 1 }));
    }

    #[test]
    fn b5_more_than_is_left_cannot_be_credited() {
        let invoice = issue(vec![line(1_000, 1, 0), line(0, 1, 0)]).expect("an invoice");
        let credit = |before: &[CreditNote], line, net, tax| {
            let amount = Taxed::new(Money::new(net, Currency::EUR), Money::new(tax, Currency::EUR)).expect("countable");
            CreditNote::of(&invoice, before, number(0), today(), vec![CreditLine { line, amount }])
        };
        let first = credit(&[], 0, 600, 0).expect("a credit note");
        assert_eq!(credit(std::slice::from_ref(&first), 0, 401, 0), Err(CreditError::MoreThanLeft { line: 0 }));
        assert_eq!(credit(&[], 0, 1_001, 0), Err(CreditError::MoreThanLeft { line: 0 }));
        assert_eq!(credit(&[], 0, 500, 1), Err(CreditError::MoreThanLeft { line: 0 }));
        assert_eq!(credit(&[], 0, -1, 0), Err(CreditError::MoreThanLeft { line: 0 }));
        assert_eq!(credit(&[], 7, 1, 0), Err(CreditError::MoreThanLeft { line: 7 }));
        assert_eq!(credit(&[], 1, 0, 0), Err(CreditError::NothingLeft));
        let rest = credit(std::slice::from_ref(&first), 0, 400, 0).expect("a credit note");
        assert_eq!(
            CreditNote::of_the_rest(&invoice, &[first, rest], number(2), today()),
            Err(CreditError::NothingLeft)
        );
        let said = CreditError::MoreThanLeft { line: 0 }.to_string();
        assert_eq!(said, "Line 1 of the invoice does not hold that much any more. Look at its credit notes.");
    }

    proptest! {
        #[test]
        fn b5_an_invoice_and_its_credit_notes_are_nothing(
            lines in lines(), picks in proptest::collection::vec((0usize..8, 1usize..30), 0..8),
        ) {
            let invoice = issue(lines).expect("an invoice");
            let mut notes: Vec<CreditNote> = Vec::new();
            for (at, licenses) in picks {
                let line = at % invoice.lines().len();
                let each = invoice.lines()[line].charge.each();
                let amount = Taxed::sum(Currency::EUR, each.into_iter().take(licenses)).expect("countable");
                let credited = CreditNote::of(&invoice, &notes, number(notes.len()), today(), vec![CreditLine { line, amount }]);
                notes.extend(credited.ok());
            }
            let left = invoice.total().net().minor + notes.iter().map(|note| note.total().net().minor).sum::<i64>();
            prop_assert!((0..=invoice.total().net().minor).contains(&left));
            notes.extend(CreditNote::of_the_rest(&invoice, &notes, number(notes.len()), today()).ok());
            let all = std::iter::once(invoice.total()).chain(notes.iter().map(CreditNote::total));
            prop_assert_eq!(Taxed::sum(Currency::EUR, all), Ok(Taxed::zero(Currency::EUR)));
        }
    }
}

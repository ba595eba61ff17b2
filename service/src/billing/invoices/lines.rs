//! From charges to the lines of invoices: the licenses of one order line and one part of a period are one line.

use chrono::NaiveDate;
use domain::{
    AccountId, Refusal,
    billing::{Charge, InvoiceLine, ToInvoice},
};
use store::invoices::Waiting;

use crate::Error;

/// The charges of an order line for the same days, at the same rate.
struct Alike {
    waiting: Vec<Waiting>,
}

impl Alike {
    fn holds(&self, other: &Waiting) -> bool {
        let key = |of: &Waiting| (of.order_line, of.part, of.rate, of.unit, of.invoice_from);
        self.waiting.first().is_some_and(|first| key(first) == key(other))
    }
}

/// The lines that these charges become, in the order in which they come. Nothing is reckoned anew: a line is the sum of what its
/// licenses were charged, in net and in tax (P5). `account` is who is billed.
pub(super) fn lines(
    account: AccountId,
    waiting: Vec<Waiting>,
    today: NaiveDate,
) -> Result<Vec<ToInvoice<Vec<Waiting>>>, Error> {
    let mut all: Vec<Alike> = Vec::new();
    for charge in by_date(waiting) {
        match all.iter_mut().rev().find(|alike| alike.holds(&charge)) {
            Some(alike) => alike.waiting.push(charge),
            None => all.push(Alike { waiting: vec![charge] }),
        }
    }
    all.into_iter().filter_map(|alike| line(account, alike, today).transpose()).collect()
}

/// What is charged by periods comes by the day on which each begins, also where several periods were missed and charged at once. What is
/// charged once keeps its place, and so does what begins on the same day.
fn by_date(waiting: Vec<Waiting>) -> Vec<Waiting> {
    let begins = |charge: &Waiting| charge.part.map(|part| part.days().start);
    let mut dated: Vec<_> = waiting.iter().filter(|charge| charge.part.is_some()).cloned().collect();
    dated.sort_by_key(begins);
    let mut dated = dated.into_iter();
    let placed = |charge: Waiting| if charge.part.is_some() { dated.next().unwrap_or(charge) } else { charge };
    waiting.into_iter().map(placed).collect()
}

fn line(account: AccountId, alike: Alike, today: NaiveDate) -> Result<Option<ToInvoice<Vec<Waiting>>>, Error> {
    let Some(first) = alike.waiting.first() else { return Ok(None) };
    let currency = first.amount.net().currency;
    let amounts = alike.waiting.iter().map(|charge| charge.amount);
    let amount = domain::billing::Taxed::sum(currency, amounts).map_err(Refusal::from)?;
    let quantity = u32::try_from(alike.waiting.len()).unwrap_or(u32::MAX);
    let whose = if first.customer == account { String::new() } else { format!(" for {}", first.customer_name) };
    Ok(Some(ToInvoice {
        customer: first.customer,
        invoiced_on: first.invoice_from.unwrap_or(today),
        line: InvoiceLine {
            text: format!("{}{whose}, order {}", first.what, first.order),
            charge: Charge::made_before(quantity, first.unit, first.part, first.rate, amount),
        },
        what: alike.waiting,
    }))
}

#[cfg(test)]
mod tests {
    use domain::{
        BasisPoints, Currency, Money, OrderLineId,
        billing::{Part, Period, Taxed},
        orders::OrderNumber,
    };
    use uuid::Uuid;

    use super::*;

    fn waiting(line: u128, minor: i64) -> Waiting {
        let rate = BasisPoints::new(1_900).expect("19 %");
        Waiting {
            charge: Uuid::from_u128(1).into(),
            order_line: OrderLineId::from(Uuid::from_u128(line)),
            order: OrderNumber(7),
            what: "Store Manager, Primary license".to_owned(),
            customer: Uuid::from_u128(3).into(),
            customer_name: "Northwind".to_owned(),
            unit: Money::new(334, Currency::EUR),
            amount: Taxed::at(Money::new(minor, Currency::EUR), rate).expect("countable"),
            rate,
            part: None,
            invoice_from: None,
            open: Money::zero(Currency::EUR),
        }
    }

    #[test]
    fn b5_periods_that_were_missed_are_listed_by_date_and_what_is_charged_once_stays_in_its_place() {
        let period = |line: u128, month: u32| {
            let start = NaiveDate::from_ymd_opt(2026, month, 1).expect("a day");
            let end = NaiveDate::from_ymd_opt(2026, month + 1, 1).expect("a day");
            Waiting { part: Some(Part::whole(Period { start, end })), ..waiting(line, 334) }
        };
        let all = vec![period(1, 8), period(1, 9), waiting(3, 334), period(2, 8), period(2, 9)];
        let lines = lines(Uuid::from_u128(2).into(), all, NaiveDate::MIN).expect("lines");
        let begins = |line: &ToInvoice<Vec<Waiting>>| line.line.charge.part().map(|part| part.days().start.to_string());
        let first = |line: &ToInvoice<Vec<Waiting>>| line.what[0].order_line;
        let told: Vec<_> = lines.iter().map(|line| (begins(line), first(line))).collect();
        let day = |text: &str| Some(text.to_owned());
        let of = |line: u128| OrderLineId::from(Uuid::from_u128(line));
        let (august, september) = (day("2026-08-01"), day("2026-09-01"));
        let expected =
            [(august.clone(), of(1)), (august, of(2)), (None, of(3)), (september.clone(), of(1)), (september, of(2))];
        assert_eq!(told, expected);
    }

    #[test]
    fn b5_the_licenses_of_an_order_line_are_one_line_that_sums_to_their_charges() {
        let (account, today) = (Uuid::from_u128(2).into(), NaiveDate::MIN);
        let all = vec![waiting(1, 334), waiting(2, 100), waiting(1, 333), waiting(1, 333)];
        let (net, tax) = (
            1_000,
            all.iter().filter(|one| one.amount.net().minor > 100).map(|one| one.amount.tax().minor).sum::<i64>(),
        );
        let lines = lines(account, all, today).expect("lines");
        let texts: Vec<_> = lines.iter().map(|line| (line.line.text.as_str(), line.line.charge.quantity())).collect();
        let text = "Store Manager, Primary license for Northwind, order O-7";
        assert_eq!(texts, [(text, 3), (text, 1)]);
        let amount = lines[0].line.charge.amount();
        assert_eq!((amount.net().minor, amount.tax().minor), (net, tax));
        let own = super::lines(Uuid::from_u128(3).into(), vec![waiting(1, 334)], today).expect("lines");
        assert_eq!(own[0].line.text, "Store Manager, Primary license, order O-7");
    }
}

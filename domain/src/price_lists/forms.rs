//! What staff type into a price list and into one of its prices, checked (P1).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Entry, Rule};
use crate::{BasisPoints, Currency, FieldErrors, Money, money, text};

/// The largest quantity of an order (L1): a price from more on would never hold.
const MOST: u32 = 1_000;

/// A price list as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PriceListForm {
    /// `Name`.
    pub name: String,
    /// `Currency`, three letters.
    pub currency: String,
    /// `Description`, optional.
    pub description: String,
    /// `Start`, its first day.
    pub starts: String,
    /// `End`, its last day, optional.
    pub ends: String,
    /// `Active`: a box, `on` when ticked.
    pub active: String,
    /// `Percentage off everything`, optional.
    pub percent_off: String,
}

/// A price list that can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// What the operator calls it.
    pub name: String,
    /// All its prices are in this currency.
    pub currency: Currency,
    /// For the operator only.
    pub description: Option<String>,
    /// The first day on which it holds.
    pub starts: NaiveDate,
    /// The last one.
    pub ends: Option<NaiveDate>,
    /// Not switched off.
    pub active: bool,
    /// Off the list price of every option without a price of its own.
    pub percent_off: Option<BasisPoints>,
}

impl PriceListForm {
    /// The checked price list.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self) -> Result<Terms, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", text::required(&self.name, "name", 100));
        let currency = errors.take("currency", money::currency(&self.currency));
        let description = errors.take("description", text::lines(&self.description, 1_000));
        let starts = errors.take("starts", day(&self.starts));
        let ends = errors.take("ends", maybe(&self.ends, day));
        let percent_off = errors.take("percent_off", maybe(&self.percent_off, BasisPoints::typed));
        if let (Some(starts), Some(Some(ends))) = (starts, ends)
            && ends < starts
        {
            errors.add("ends", "The end is before the start. Choose a later day, or leave it empty.");
        }
        match (name, currency, description, starts, ends, percent_off) {
            (Some(name), Some(currency), Some(description), Some(starts), Some(ends), Some(percent_off))
                if errors.is_empty() =>
            {
                Ok(Terms { name, currency, description, starts, ends, active: self.active == "on", percent_off })
            }
            _ => Err(errors),
        }
    }
}

impl From<&Terms> for PriceListForm {
    /// As it would be typed.
    fn from(terms: &Terms) -> Self {
        Self {
            name: terms.name.clone(),
            currency: terms.currency.code().to_owned(),
            description: terms.description.clone().unwrap_or_default(),
            starts: terms.starts.to_string(),
            ends: terms.ends.map(|day| day.to_string()).unwrap_or_default(),
            active: if terms.active { "on".to_owned() } else { String::new() },
            percent_off: terms.percent_off.map(BasisPoints::plain).unwrap_or_default(),
        }
    }
}

/// A price of an option as typed: a fixed one or a percentage off the list price.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryForm {
    /// `From quantity`.
    pub from_quantity: String,
    /// `Fixed price`.
    pub fixed_price: String,
    /// `Percentage off the list price`.
    pub percent_off: String,
}

impl EntryForm {
    /// The checked price; `others` are the quantities from which the option has prices already.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self, currency: Currency, others: &[u32]) -> Result<Entry, FieldErrors> {
        let mut errors = FieldErrors::default();
        let from = errors.take("from_quantity", from_quantity(&self.from_quantity));
        if let Some(from) = from.filter(|from| others.contains(from)) {
            errors.add("from_quantity", format!("There is a price from {from} on already. Change that one."));
        }
        let fixed = errors.take("fixed_price", maybe(&self.fixed_price, |typed| Money::typed_price(typed, currency)));
        let off = errors.take("percent_off", maybe(&self.percent_off, BasisPoints::typed));
        let rule = match (fixed, off) {
            (Some(Some(price)), Some(None)) => Some(Rule::Fixed(price)),
            (Some(None), Some(Some(off))) => Some(Rule::PercentOff(off)),
            (Some(None), Some(None)) => {
                errors.add("fixed_price", "Enter a fixed price or a percentage.");
                None
            }
            (Some(Some(_)), Some(Some(_))) => {
                errors.add("percent_off", "Enter a fixed price or a percentage, not both.");
                None
            }
            _ => None,
        };
        match (from, rule) {
            (Some(from), Some(rule)) if errors.is_empty() => Ok(Entry { from, rule }),
            _ => Err(errors),
        }
    }
}

impl From<Entry> for EntryForm {
    /// As it would be typed.
    fn from(entry: Entry) -> Self {
        let (fixed_price, percent_off) = match entry.rule {
            Rule::Fixed(price) => (price.plain(), String::new()),
            Rule::PercentOff(off) => (String::new(), off.plain()),
        };
        Self { from_quantity: entry.from.to_string(), fixed_price, percent_off }
    }
}

fn from_quantity(typed: &str) -> Result<u32, String> {
    match typed.trim().parse() {
        Ok(from) if (1..=MOST).contains(&from) => Ok(from),
        _ => Err(format!("Enter a whole number from 1 to {MOST}.")),
    }
}

fn day(typed: &str) -> Result<NaiveDate, String> {
    let day = typed.trim().parse::<NaiveDate>().ok().filter(|day| (2000..2200).contains(&day.year()));
    day.ok_or_else(|| "Enter a day like 2026-01-31.".to_owned())
}

/// Nothing, or what is typed.
fn maybe<T>(typed: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if typed.trim().is_empty() { Ok(None) } else { read(typed).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partner() -> PriceListForm {
        PriceListForm {
            name: " Partner 2026 ".to_owned(),
            currency: "eur".to_owned(),
            description: String::new(),
            starts: "2026-01-01".to_owned(),
            ends: "2026-12-31".to_owned(),
            active: "on".to_owned(),
            percent_off: "30".to_owned(),
        }
    }

    fn wrong(form: &PriceListForm) -> Vec<(String, String)> {
        let errors = form.check().expect_err("wrong");
        errors.iter().map(|error| (error.field.clone(), error.message.clone())).collect()
    }

    #[test]
    fn p1_a_price_list_is_read_and_shown_again_as_it_is() {
        let terms = partner().check().expect("a price list");
        assert_eq!(
            terms,
            Terms {
                name: "Partner 2026".to_owned(),
                currency: Currency::EUR,
                description: None,
                starts: "2026-01-01".parse().expect("a day"),
                ends: Some("2026-12-31".parse().expect("a day")),
                active: true,
                percent_off: BasisPoints::new(3_000),
            }
        );
        let shown = PriceListForm { name: "Partner 2026".to_owned(), currency: "EUR".to_owned(), ..partner() };
        assert_eq!(PriceListForm::from(&terms), shown);
        let one_day = PriceListForm { ends: "2026-01-01".to_owned(), percent_off: String::new(), ..partner() };
        assert!(one_day.check().is_ok());
    }

    #[test]
    fn x3_an_end_before_the_start_and_a_percentage_over_100_are_refused_at_their_fields() {
        let backwards = PriceListForm { ends: "2025-12-31".to_owned(), percent_off: "100.5".to_owned(), ..partner() };
        assert_eq!(
            wrong(&backwards),
            [
                ("percent_off".to_owned(), "A percentage cannot be over 100.".to_owned()),
                ("ends".to_owned(), "The end is before the start. Choose a later day, or leave it empty.".to_owned()),
            ]
        );
    }

    #[test]
    fn x3_an_empty_price_list_names_each_missing_field() {
        let fields: Vec<_> = wrong(&PriceListForm::default()).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "currency", "starts"]);
        for day in ["31.12.2026", "2026-02-30", "0026-01-01", "+12026-01-01", "soon"] {
            let form = PriceListForm { starts: day.to_owned(), ..partner() };
            assert_eq!(wrong(&form), [("starts".to_owned(), "Enter a day like 2026-01-31.".to_owned())], "{day}");
        }
    }

    fn entry(from: &str, fixed: &str, off: &str) -> EntryForm {
        EntryForm { from_quantity: from.to_owned(), fixed_price: fixed.to_owned(), percent_off: off.to_owned() }
    }

    #[test]
    fn p1_a_price_is_fixed_or_a_percentage_from_a_quantity_on() {
        let read = |form: EntryForm| form.check(Currency::EUR, &[]);
        let fixed = Entry { from: 1, rule: Rule::Fixed(Money::new(4_500, Currency::EUR)) };
        let half = Entry { from: 10, rule: Rule::PercentOff(BasisPoints::new(5_000).expect("50 %")) };
        assert_eq!(read(entry("1", "45", "")), Ok(fixed));
        assert_eq!(read(entry("10", "", "50 %")), Ok(half));
        assert_eq!([EntryForm::from(fixed), EntryForm::from(half)], [entry("1", "45.00", ""), entry("10", "", "50")]);
    }

    #[test]
    fn x3_a_tier_from_nought_or_one_that_is_there_already_or_two_rules_at_once_are_refused() {
        let wrong = |form: EntryForm| {
            let errors = form.check(Currency::EUR, &[1, 10]).expect_err("wrong");
            errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect::<Vec<_>>()
        };
        let range = "from_quantity: Enter a whole number from 1 to 1000.";
        for from in ["0", "-1", "1001", "1.5", "", "99999999999"] {
            assert_eq!(wrong(entry(from, "45", "")), [range], "{from}");
        }
        assert_eq!(
            wrong(entry("10", "45", "")),
            ["from_quantity: There is a price from 10 on already. Change that one."]
        );
        assert_eq!(wrong(entry("2", "", "")), ["fixed_price: Enter a fixed price or a percentage."]);
        assert_eq!(wrong(entry("2", "45", "50")), ["percent_off: Enter a fixed price or a percentage, not both."]);
        assert_eq!(wrong(entry("2", "-45", "")), ["fixed_price: A price cannot be below nothing."]);
        assert_eq!(wrong(entry("2", "4.5051", "")), ["fixed_price: EUR has 2 decimals, not more."]);
        assert_eq!(
            wrong(entry("2", "4.505", "")),
            ["fixed_price: This can be read in two ways. Write 4505 or, with 2 decimals at most, 4.50."]
        );
        assert_eq!(wrong(entry("2", "", "100.01")), ["percent_off: A percentage cannot be over 100."]);
    }
}

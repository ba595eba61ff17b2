//! What staff type into a product and into one of its license options, checked (P1, L4, L6).

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{Billing, Kind};
use crate::{
    FieldErrors, Money, ProductId, Refusal,
    accounts::BillingDay,
    billing::{OptionBilling, Proration, Timing},
    money, text,
};

/// L4: how many days a trial lives unless the product says otherwise.
pub const TRIAL_DAYS: u32 = 14;

/// The most characters of the terms of use of an option.
pub const TERMS_MOST: usize = 20_000;

/// A product as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductForm {
    /// `Name`.
    pub name: String,
    /// `Description`, optional.
    pub description: String,
    /// `Trial days`; empty for no trial.
    pub trial_days: String,
    /// `Add-on of`: the id of an application, or empty.
    pub add_on_of: String,
}

/// A product that can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductTerms {
    /// Its name.
    pub name: String,
    /// What it is, in a sentence.
    pub description: String,
    /// L4.
    pub trial_days: Option<u32>,
    /// The application that it is an add-on of.
    pub add_on_of: Option<ProductId>,
}

impl ProductForm {
    /// The checked product.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self) -> Result<ProductTerms, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", text::required(&self.name, "name", 100));
        let description = errors.take("description", text::line(&self.description, 300));
        let trial_days = errors.take("trial_days", trial_days(&self.trial_days));
        let add_on_of = match self.add_on_of.trim() {
            "" => Some(None),
            id => errors.take("add_on_of", id.parse().map(Some).map_err(|_| "Choose an application.")),
        };
        match (name, description, trial_days, add_on_of) {
            (Some(name), Some(description), Some(trial_days), Some(add_on_of)) => {
                Ok(ProductTerms { name, description: description.unwrap_or_default(), trial_days, add_on_of })
            }
            _ => Err(errors),
        }
    }
}

/// A license option as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OptionForm {
    /// `Name`.
    pub name: String,
    /// `Kind`: the word of a [`Kind`].
    pub kind: String,
    /// `Billing`: the word of a [`Billing`].
    pub billing: String,
    /// `Computers`: on how many a license works.
    pub activations: String,
    /// `Position` among the options of the product.
    pub position: String,
    /// `List prices`: a line for each currency, "EUR 199.00".
    pub prices: String,
    /// `Charged`: the word of a [`Timing`]; in advance where nothing is said.
    pub timing: String,
    /// `Part of a period`: the word of a [`Proration`]; by days where nothing is said.
    pub proration: String,
    /// `Billing day`: the word of a [`BillingDay`]; empty for that of the account.
    pub billing_day: String,
    /// `Terms of use`, optional.
    pub terms_of_use: String,
}

/// A license option that can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionTerms {
    /// Its name.
    pub name: String,
    /// Primary or additional.
    pub kind: Kind,
    /// How it is charged.
    pub billing: Billing,
    /// L11.
    pub activations: u32,
    /// Its place among the options of the product.
    pub position: u32,
    /// The list price of one in each currency, by the currency's code.
    pub prices: Vec<Money>,
    /// B4: what it says of its own billing; what is charged once says nothing.
    pub own: OptionBilling,
    /// O1: what has to be accepted before it is ordered.
    pub terms_of_use: Option<String>,
}

impl OptionForm {
    /// The checked option, of an add-on or of an application.
    ///
    /// # Errors
    /// A message for each wrong field; an add-on has no additional licenses (L6).
    pub fn check(&self, add_on: bool) -> Result<OptionTerms, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", text::required(&self.name, "name", 100));
        let kind = Kind::from_word(self.kind.trim()).ok_or("Choose a kind.".to_owned());
        let kind = errors.take("kind", kind.and_then(|kind| allowed(kind, add_on).map_err(|no| no.to_string())));
        let billing =
            errors.take("billing", Billing::from_word(self.billing.trim()).ok_or("Choose how it is charged."));
        let activations = errors.take("activations", whole(&self.activations, 1..=1_000));
        let position = errors.take("position", whole(&self.position, 0..=1_000));
        let prices = errors.take("prices", prices(&self.prices));
        let own = self.own(&mut errors).filter(|_| billing.is_some_and(|billing| billing.every().is_some()));
        let own = own.unwrap_or_default();
        let terms_of_use = errors.take("terms_of_use", text::lines(&self.terms_of_use, TERMS_MOST)).flatten();
        match (name, kind, billing, activations, position, prices) {
            (Some(name), Some(kind), Some(billing), Some(activations), Some(position), Some(prices))
                if errors.is_empty() =>
            {
                Ok(OptionTerms { name, kind, billing, activations, position, prices, own, terms_of_use })
            }
            _ => Err(errors),
        }
    }

    /// B4: what the option says of its own billing.
    fn own(&self, errors: &mut FieldErrors) -> Option<OptionBilling> {
        let usual = OptionBilling::default();
        let timing = said(&self.timing, Timing::from_word).ok_or("Choose when it is charged.");
        let proration = said(&self.proration, Proration::from_word).ok_or("Choose what a part of a period costs.");
        let billing_day = said(&self.billing_day, BillingDay::from_word).ok_or("Choose a day of the month.");
        let timing = errors.take("timing", timing);
        let proration = errors.take("proration", proration);
        let billing_day = errors.take("billing_day", billing_day);
        Some(OptionBilling {
            timing: timing?.unwrap_or(usual.timing),
            proration: proration?.unwrap_or(usual.proration),
            billing_day: billing_day?,
        })
    }
}

/// What a word says; nothing where there is none, `None` for a wrong one.
fn said<T>(typed: &str, of_word: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match typed.trim() {
        "" => Some(None),
        word => of_word(word).map(Some),
    }
}

/// L6: additional licenses are for the application only.
///
/// # Errors
/// [`Refusal::AdditionalAddOn`].
pub fn allowed(kind: Kind, add_on: bool) -> Result<Kind, Refusal> {
    if add_on && kind == Kind::Additional { Err(Refusal::AdditionalAddOn) } else { Ok(kind) }
}

/// List prices as they are typed, a line each.
pub fn price_lines(prices: &[Money]) -> String {
    let line = |price: &Money| format!("{} {}", price.currency.code(), price.plain());
    prices.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn prices(typed: &str) -> Result<Vec<Money>, String> {
    let mut prices: Vec<Money> = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (code, amount) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let price = money::currency(code).and_then(|currency| Money::typed_price(amount, currency));
        let price = price.map_err(|message| format!("\"{line}\": {message}"))?;
        if prices.iter().any(|other| other.currency == price.currency) {
            return Err(format!("There are two prices in {}.", price.currency.code()));
        }
        prices.push(price);
    }
    prices.sort_by_key(|price| price.currency.code());
    if prices.is_empty() {
        Err("Enter a price like EUR 199.00, a line for each currency.".to_owned())
    } else {
        Ok(prices)
    }
}

fn trial_days(typed: &str) -> Result<Option<u32>, String> {
    if typed.trim().is_empty() { Ok(None) } else { whole(typed, 1..=365).map(Some) }
}

fn whole(typed: &str, range: RangeInclusive<u32>) -> Result<u32, String> {
    let number = typed.trim().parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("Enter a whole number from {} to {}.", range.start(), range.end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    fn primary() -> OptionForm {
        OptionForm {
            name: "Primary license".to_owned(),
            kind: "primary".to_owned(),
            billing: "one_time".to_owned(),
            activations: "1".to_owned(),
            position: "0".to_owned(),
            prices: "USD 219\r\n\r\n eur  199.00 ".to_owned(),
            ..OptionForm::default()
        }
    }

    fn wrong(form: &OptionForm, add_on: bool) -> Vec<(String, String)> {
        let errors = form.check(add_on).expect_err("wrong");
        errors.iter().map(|error| (error.field.clone(), error.message.clone())).collect()
    }

    #[test]
    fn p1_an_option_has_a_list_price_in_several_currencies() {
        let prices = vec![Money::new(19_900, Currency::EUR), Money::new(21_900, Currency::USD)];
        assert_eq!(price_lines(&prices), "EUR 199.00\nUSD 219.00");
        assert_eq!(
            primary().check(false),
            Ok(OptionTerms {
                name: "Primary license".to_owned(),
                kind: Kind::Primary,
                billing: Billing::OneTime,
                activations: 1,
                position: 0,
                prices,
                own: OptionBilling::default(),
                terms_of_use: None,
            })
        );
    }

    #[test]
    fn b4_an_option_says_of_its_own_billing_what_a_subscription_is_charged_by() {
        let own = |billing: &str, timing: &str, proration: &str, billing_day: &str| {
            let [billing, timing, proration, billing_day] =
                [billing, timing, proration, billing_day].map(str::to_owned);
            OptionForm { billing, timing, proration, billing_day, ..primary() }
        };
        let checked = |form: OptionForm| form.check(false).map(|terms| terms.own);
        assert_eq!(checked(own("monthly", "", "", "")), Ok(OptionBilling::default()));
        let said = OptionBilling {
            timing: Timing::Arrears,
            proration: Proration::WholePeriod,
            billing_day: Some(BillingDay::Fixed(15)),
        };
        assert_eq!(checked(own("yearly", "arrears", "whole-period", "15")), Ok(said));
        assert_eq!(checked(own("one_time", "arrears", "whole-period", "15")), Ok(OptionBilling::default()));
        let fields: Vec<_> =
            wrong(&own("monthly", "later", "half", "32"), false).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["timing", "proration", "billing_day"]);
    }

    #[test]
    fn o1_terms_of_use_are_lines_of_text_and_not_endless() {
        let form = |text: &str| OptionForm { terms_of_use: text.to_owned(), ..primary() };
        let terms = |text: &str| form(text).check(false).map(|terms| terms.terms_of_use);
        assert_eq!(terms(" \r\n "), Ok(None));
        assert_eq!(terms("One computer.\r\nNo resale. "), Ok(Some("One computer.\nNo resale.".to_owned())));
        assert_eq!(wrong(&form(&"x".repeat(TERMS_MOST + 1)), false)[0].0, "terms_of_use");
    }

    #[test]
    fn x3_a_price_that_is_none_is_named_with_its_line() {
        let said = |prices: &str| wrong(&OptionForm { prices: prices.to_owned(), ..primary() }, false).remove(0).1;
        assert_eq!(said("EUR 199.00\nEUR 1"), "There are two prices in EUR.");
        assert_eq!(said("199.00"), "\"199.00\": Enter the three letters of a currency, for example EUR.");
        assert_eq!(said("EUR -1"), "\"EUR -1\": A price cannot be below nothing.");
        assert_eq!(said("JPY 10.5"), "\"JPY 10.5\": JPY has no decimals.");
        assert_eq!(said("EUR"), "\"EUR\": Enter an amount like 139.30 or 139,30.");
        assert_eq!(said(" \n "), "Enter a price like EUR 199.00, a line for each currency.");
    }

    #[test]
    fn l6_an_additional_option_of_an_add_on_is_refused() {
        let additional = OptionForm { kind: "additional".to_owned(), ..primary() };
        assert!(additional.check(false).is_ok());
        let message = "Additional licenses are for the application only, not for an add-on.";
        assert_eq!(wrong(&additional, true), [("kind".to_owned(), message.to_owned())]);
    }

    #[test]
    fn x3_an_empty_option_names_each_missing_field() {
        let fields: Vec<_> = wrong(&OptionForm::default(), false).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "kind", "billing", "activations", "position", "prices"]);
    }

    #[test]
    fn l4_a_product_without_days_has_no_trial() {
        let form =
            ProductForm { name: "Cloud Backup".to_owned(), trial_days: " 30 ".to_owned(), ..ProductForm::default() };
        let terms = ProductTerms {
            name: "Cloud Backup".to_owned(),
            description: String::new(),
            trial_days: Some(30),
            add_on_of: None,
        };
        assert_eq!(form.check(), Ok(terms.clone()));
        let none = ProductForm { trial_days: String::new(), ..form.clone() };
        assert_eq!(none.check(), Ok(ProductTerms { trial_days: None, ..terms }));
        for days in ["0", "366", "-1", "1.5", "a week"] {
            let errors = ProductForm { trial_days: days.to_owned(), ..form.clone() }.check().expect_err("wrong");
            assert_eq!(errors, FieldErrors::at("trial_days", "Enter a whole number from 1 to 365."), "{days}");
        }
        let strange = ProductForm { add_on_of: "everything".to_owned(), ..form };
        assert_eq!(strange.check(), Err(FieldErrors::at("add_on_of", "Choose an application.")));
    }
}

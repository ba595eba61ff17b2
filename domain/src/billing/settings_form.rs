//! The form of the operator's settings of billing: strings, checked into [`BillingSettings`].

use serde::{Deserialize, Serialize};

use super::{BankDetails, BillingSettings, iban::iban, settings::days};
use crate::{BasisPoints, FieldErrors, text};

/// The most reminders of an overdue invoice.
const REMINDERS_MOST: usize = 6;
/// The last day after the due date on which one can go out.
const LAST_DAY: u16 = 365;

/// The settings as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BillingSettingsForm {
    /// `Account holder`.
    pub bank_holder: String,
    /// `IBAN`, with or without spaces.
    pub bank_iban: String,
    /// `BIC`.
    pub bank_bic: String,
    /// `Bank`.
    pub bank_name: String,
    /// `Note on invoices`.
    pub note: String,
    /// `Terms of payment`.
    pub terms: String,
    /// `Reminders`: days after the due date, with spaces or commas between them.
    pub reminders: String,
    /// `Resale floor`: a percentage of the list price.
    pub floor: String,
}

/// The page of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingSettingsPage {
    /// What stands in the form.
    pub form: BillingSettingsForm,
    /// The number that each change raises.
    pub edition: i64,
}

impl BillingSettingsForm {
    /// What stands in the form of settings that are there.
    pub fn of(settings: &BillingSettings) -> Self {
        let bank = settings.bank.clone().unwrap_or_default();
        Self {
            bank_iban: bank.grouped_iban(),
            bank_holder: bank.holder,
            bank_bic: bank.bic.unwrap_or_default(),
            bank_name: bank.bank.unwrap_or_default(),
            note: settings.note.clone().unwrap_or_default(),
            terms: settings.terms.clone(),
            reminders: days(&settings.reminders),
            floor: settings.floor.plain(),
        }
    }

    /// The settings.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self) -> Result<BillingSettings, FieldErrors> {
        let mut errors = FieldErrors::default();
        let bank = self.bank(&mut errors);
        let note = errors.take("note", text::lines(&self.note, 1_000));
        let terms = text::lines(&self.terms, 4_000);
        let terms = errors.take("terms", terms.and_then(|terms| terms.ok_or_else(|| "Enter the terms.".to_owned())));
        let reminders = errors.take("reminders", reminder_days(&self.reminders));
        let floor = errors.take("floor", BasisPoints::typed(&self.floor));
        match (bank, note, terms, reminders, floor) {
            (Some(bank), Some(note), Some(terms), Some(reminders), Some(floor)) if errors.is_empty() => {
                Ok(BillingSettings { bank, note, terms, reminders, floor })
            }
            _ => Err(errors),
        }
    }

    /// Where to pay: holder and number belong together, and whatever else is said needs both.
    fn bank(&self, errors: &mut FieldErrors) -> Option<Option<BankDetails>> {
        let holder = errors.take("bank_holder", text::line(&self.bank_holder, 70))?;
        let number = errors.take("bank_iban", iban(&self.bank_iban))?;
        let bic = errors.take("bank_bic", bic(&self.bank_bic))?;
        let bank = errors.take("bank_name", text::line(&self.bank_name, 70))?;
        match (holder, number) {
            (Some(holder), Some(iban)) => Some(Some(BankDetails { holder, iban, bic, bank })),
            (None, None) if bic.is_none() && bank.is_none() => Some(None),
            (holder, number) => {
                if holder.is_none() {
                    errors.add("bank_holder", "Enter whose bank account it is.");
                }
                if number.is_none() {
                    errors.add("bank_iban", "Enter the IBAN of the bank account.");
                }
                None
            }
        }
    }
}

/// The code of a bank (ISO 9362): eight letters and digits, or eleven. `Ok(None)` when nothing was typed.
fn bic(typed: &str) -> Result<Option<String>, String> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let letters = |text: &str| text.chars().all(|c| c.is_ascii_uppercase());
    match code.len() {
        0 => Ok(None),
        8 | 11 if code.chars().all(|c| c.is_ascii_alphanumeric()) && letters(&code[..6]) => Ok(Some(code)),
        _ => Err("Enter the 8 or 11 letters and digits of a BIC, or leave it empty.".to_owned()),
    }
}

/// Days in rising order, each once; nothing typed is none.
fn reminder_days(typed: &str) -> Result<Vec<u16>, String> {
    let words = typed.split([' ', ',', ';', '\t', '\n', '\r']).filter(|word| !word.is_empty());
    let day = |word: &str| word.parse().ok().filter(|day| (1..=LAST_DAY).contains(day));
    let days: Option<Vec<u16>> = words.map(day).collect();
    let mut days = days.ok_or_else(|| "Enter numbers of days from 1 to 365, like 7 14 30.".to_owned())?;
    days.sort_unstable();
    days.dedup();
    match days.len() {
        0..=REMINDERS_MOST => Ok(days),
        _ => Err(format!("Enter {REMINDERS_MOST} days at most.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> BillingSettingsForm {
        BillingSettingsForm {
            bank_holder: "Keyhouse Ltd".to_owned(),
            bank_iban: "de89 3704 0044 0532 0130 00".to_owned(),
            bank_bic: "cobadeff".to_owned(),
            reminders: "14, 7 30 7".to_owned(),
            ..BillingSettingsForm::of(&BillingSettings::default())
        }
    }

    #[test]
    fn b7_settings_read_as_the_form_that_shows_them() {
        let settings = form().check().expect("settings");
        let bank = settings.bank.clone().expect("a bank account");
        assert_eq!((bank.iban.as_str(), bank.bic.as_deref()), ("DE89370400440532013000", Some("COBADEFF")));
        assert_eq!(settings.reminders, [7, 14, 30]);
        assert_eq!(BillingSettingsForm::of(&settings).check(), Ok(settings));
        let unsaid = BillingSettings::default();
        assert_eq!(BillingSettingsForm::of(&unsaid).check(), Ok(unsaid));
    }

    #[test]
    fn x3_each_wrong_setting_has_its_message() {
        let wrong = BillingSettingsForm {
            bank_iban: "DE89 3704 0044 0532 0130 01".to_owned(),
            bank_bic: "ABC".to_owned(),
            note: "a\u{0}b".to_owned(),
            terms: " ".to_owned(),
            reminders: "7 -1".to_owned(),
            floor: "101".to_owned(),
            ..form()
        };
        let errors = wrong.check().expect_err("all wrong");
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["bank_iban", "note", "terms", "reminders", "floor"]);
        for days in ["0", "366", "1.5", "1 2 3 4 5 6 7", "99999999999", "seven"] {
            assert!(reminder_days(days).is_err(), "{days}");
        }
        assert_eq!(reminder_days(" "), Ok(vec![]));
    }

    #[test]
    fn b7_half_a_bank_account_is_none() {
        let at = |form: BillingSettingsForm| {
            let errors = form.check().expect_err("half an account");
            errors.iter().map(|error| error.field.clone()).collect::<Vec<_>>()
        };
        assert_eq!(at(BillingSettingsForm { bank_holder: String::new(), ..form() }), ["bank_holder"]);
        assert_eq!(at(BillingSettingsForm { bank_iban: String::new(), ..form() }), ["bank_iban"]);
        let only_name = BillingSettingsForm {
            bank_name: "Bank".to_owned(),
            ..BillingSettingsForm::of(&BillingSettings::default())
        };
        assert_eq!(at(only_name), ["bank_holder", "bank_iban"]);
    }

    #[test]
    fn a_change_is_told_by_the_names_of_the_settings() {
        let before = BillingSettings::default();
        let after = BillingSettings { reminders: vec![7], ..before.clone() };
        assert_eq!(before.changes(&after), [crate::editions::Changed::new("reminders", "7 14 30", "7")]);
        assert_eq!(after.changes(&after), []);
    }
}

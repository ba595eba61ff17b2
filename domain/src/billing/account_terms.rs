//! How the operator bills one account: its tax, its invoices, its credit reminders, and when its debt suspends it (B5, C7, C8).

use serde::{Deserialize, Serialize};

use super::{InvoicePer, REMINDERS_MOST, RemindersForm};
use crate::{BasisPoints, FieldErrors, editions::Changed};

/// How an account is billed, beside what its details say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountTerms {
    /// The rate of the tax on what it is charged.
    pub tax: BasisPoints,
    /// Whether it has an invoice for each customer.
    pub invoice_per: InvoicePer,
    /// C7: at which percentages of the limit that are left it is reminded, largest first.
    pub reminders: Vec<BasisPoints>,
    /// C8: by which percentage the limit is exceeded when the account is suspended; never where there is none.
    pub suspend_over: Option<BasisPoints>,
}

/// The same as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountTermsForm {
    /// `Tax rate`: a percentage.
    pub tax: String,
    /// `Invoices`.
    pub invoice_per: String,
    /// `First reminder`: a percentage of the limit that is left.
    pub reminder_1: String,
    /// `Second reminder`.
    pub reminder_2: String,
    /// `Third reminder`.
    pub reminder_3: String,
    /// `Fourth reminder`.
    pub reminder_4: String,
    /// `Suspend over the limit by`: a percentage; empty is never.
    pub suspend_over: String,
}

impl AccountTerms {
    /// What differs between `self` and what it becomes, in the order of the form.
    pub fn changes(&self, becomes: &Self) -> Vec<Changed> {
        let pairs = self.words().into_iter().zip(becomes.words());
        let changed = pairs.filter(|((_, before), (_, after))| before != after);
        changed.map(|((name, before), (_, after))| Changed::new(name, before, after)).collect()
    }

    fn words(&self) -> [(&'static str, String); 4] {
        let reminders: Vec<_> = self.reminders.iter().map(ToString::to_string).collect();
        [
            ("tax rate", self.tax.to_string()),
            ("invoices", self.invoice_per.label().to_owned()),
            ("credit reminders", reminders.join(", ")),
            ("suspended over the limit by", self.suspend_over.map(|over| over.to_string()).unwrap_or_default()),
        ]
    }
}

impl AccountTermsForm {
    /// The fields of the reminders.
    pub const REMINDERS: [&'static str; REMINDERS_MOST] = ["reminder_1", "reminder_2", "reminder_3", "reminder_4"];

    /// What stands in the form.
    pub fn of(terms: &AccountTerms) -> Self {
        let at = |place: usize| terms.reminders.get(place).map(|at| at.plain()).unwrap_or_default();
        Self {
            tax: terms.tax.plain(),
            invoice_per: terms.invoice_per.word().to_owned(),
            reminder_1: at(0),
            reminder_2: at(1),
            reminder_3: at(2),
            reminder_4: at(3),
            suspend_over: terms.suspend_over.map(BasisPoints::plain).unwrap_or_default(),
        }
    }

    /// The terms.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self) -> Result<AccountTerms, FieldErrors> {
        let mut errors = FieldErrors::default();
        let tax = errors.take("tax", BasisPoints::typed(&self.tax));
        let per = InvoicePer::from_word(self.invoice_per.trim());
        let invoice_per = errors.take("invoice_per", per.ok_or("Choose one of the two."));
        let reminders = errors.take_all(self.reminders());
        let suspend_over = match self.suspend_over.trim() {
            "" => Some(None),
            typed => errors.take("suspend_over", BasisPoints::typed(typed)).map(Some),
        };
        match (tax, invoice_per, reminders, suspend_over) {
            (Some(tax), Some(invoice_per), Some(reminders), Some(suspend_over)) if errors.is_empty() => {
                Ok(AccountTerms { tax, invoice_per, reminders, suspend_over })
            }
            _ => Err(errors),
        }
    }

    /// The percentages, by the rule of [`RemindersForm`], whose messages stand at the fields of this form.
    fn reminders(&self) -> Result<Vec<BasisPoints>, FieldErrors> {
        let at = [&self.reminder_1, &self.reminder_2, &self.reminder_3, &self.reminder_4].map(Clone::clone);
        RemindersForm { at }.check().map_err(|wrong| {
            let mut errors = FieldErrors::default();
            for (field, here) in RemindersForm::FIELDS.into_iter().zip(Self::REMINDERS) {
                if let Some(message) = wrong.get(field) {
                    errors.add(here, message);
                }
            }
            errors
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> AccountTermsForm {
        AccountTermsForm {
            tax: "19".to_owned(),
            invoice_per: "customer".to_owned(),
            reminder_1: "20".to_owned(),
            reminder_3: "50 %".to_owned(),
            suspend_over: "12.5".to_owned(),
            ..AccountTermsForm::default()
        }
    }

    #[test]
    fn c7_c8_the_form_reads_as_the_terms_that_it_shows() {
        let terms = form().check().expect("terms");
        let percent = |points| BasisPoints::new(points).expect("a percentage");
        assert_eq!(terms.reminders, [percent(5_000), percent(2_000)]);
        assert_eq!((terms.tax, terms.suspend_over), (percent(1_900), Some(percent(1_250))));
        assert_eq!(AccountTermsForm::of(&terms).check(), Ok(terms.clone()));
        let never = AccountTermsForm { suspend_over: " ".to_owned(), ..form() }.check().expect("terms");
        assert_eq!(never.suspend_over, None);
        let told = Changed::new("suspended over the limit by", "12.5 %", "");
        assert_eq!(terms.changes(&never), [told]);
    }

    #[test]
    fn x3_each_wrong_field_has_its_message() {
        let wrong = AccountTermsForm {
            tax: "-1".to_owned(),
            invoice_per: "nobody".to_owned(),
            reminder_1: "x".to_owned(),
            reminder_2: "20".to_owned(),
            reminder_4: "20.00".to_owned(),
            suspend_over: "1e3".to_owned(),
            ..AccountTermsForm::default()
        };
        let errors = wrong.check().expect_err("all wrong");
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["tax", "invoice_per", "reminder_1", "reminder_4", "suspend_over"]);
    }
}

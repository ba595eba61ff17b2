//! The create-license wizard: strings from the form, checked into an order of one line (L1).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{TEXT_MOST, Type};
use crate::{AccountId, FieldErrors, OptionId, products::Offer, text};

/// The most licenses of one order.
pub const QUANTITY_MOST: u32 = 1_000;

/// The wizard as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewLicensesForm {
    /// The license option that was picked.
    pub option: String,
    /// `User`: the id of the customer, or of the reseller's own account.
    pub user: String,
    /// `Quantity`.
    pub quantity: String,
    /// `License type`.
    pub license_type: String,
    /// `Reseller notes`.
    pub reseller_notes: String,
    /// `Customer paid`: a box, `on` when ticked.
    pub customer_paid: String,
    /// `Customer paid date`, as browsers post it, `2026-11-21`.
    pub customer_paid_date: String,
    /// `Customer details`.
    pub customer_details: String,
}

/// What is ordered: cannot be wrong in itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseOrder {
    /// The option.
    pub option: OptionId,
    /// Whose licenses they will be.
    pub user: AccountId,
    /// How many, 1 to 1000.
    pub quantity: u32,
    /// What is bought.
    pub license_type: Type,
    /// Seen by the reseller only.
    pub reseller_notes: Option<String>,
    /// When the customer paid the reseller, if it has (L8).
    pub customer_paid: CustomerPaid,
    /// Seen by the customer.
    pub customer_details: Option<String>,
}

/// L8: the day on which the customer paid the reseller. Nothing else follows from it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomerPaid(pub Option<NaiveDate>);

impl CustomerPaid {
    /// From the box and the date; the date is there when the box is ticked, and not in the future.
    ///
    /// # Errors
    /// A sentence for the field `Customer paid date`.
    pub fn check(ticked: &str, date: &str, today: NaiveDate) -> Result<Self, String> {
        let date = match date.trim() {
            "" => None,
            typed => Some(
                NaiveDate::parse_from_str(typed, "%Y-%m-%d").map_err(|_| "Enter a date like 2026-11-21.".to_owned())?,
            ),
        };
        match (ticked == "on", date) {
            (false, None) => Ok(Self(None)),
            (false, Some(_)) => Err("Tick Customer paid, or leave the date empty.".to_owned()),
            (true, None) => Err("Enter the date on which the customer paid.".to_owned()),
            (true, Some(date)) if date > today => Err("This date is in the future.".to_owned()),
            (true, Some(date)) if date < earliest() => Err("This date is too long ago.".to_owned()),
            (true, Some(date)) => Ok(Self(Some(date))),
        }
    }
}

fn earliest() -> NaiveDate {
    NaiveDate::from_ymd_opt(1990, 1, 1).expect("a day in the calendar")
}

impl NewLicensesForm {
    /// The fields of the step `Details`.
    pub const DETAILS: [&'static str; 6] =
        ["quantity", "license_type", "reseller_notes", "customer_paid", "customer_paid_date", "customer_details"];

    /// The quantity as far as it can be read, for a price shown while typing.
    ///
    /// # Errors
    /// A sentence for the field.
    pub fn quantity(&self) -> Result<u32, String> {
        let typed = self.quantity.trim();
        let digits = !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit());
        match typed.parse::<u32>() {
            Ok(number @ 1..=QUANTITY_MOST) if digits => Ok(number),
            _ => Err(format!("Enter a whole number from 1 to {QUANTITY_MOST}.")),
        }
    }

    /// The type that is chosen, if the option has it.
    pub fn license_type(&self, offer: &Offer) -> Option<Type> {
        Type::from_word(&self.license_type).filter(|chosen| offer.types().contains(chosen))
    }

    /// The whole wizard. `today` is the day in the reseller's time zone.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self, offer: &Offer, today: NaiveDate) -> Result<LicenseOrder, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.option.parse() != Ok(offer.option) {
            errors.add("option", "Choose a license option.");
        }
        let user = errors.take("user", self.user.parse::<AccountId>().map_err(|_| "Choose the user."));
        let quantity = errors.take("quantity", self.quantity());
        let license_type = errors.take("license_type", self.license_type(offer).ok_or("Choose the license type."));
        if license_type == Some(Type::Trial) && quantity.is_some_and(|q| q > 1) {
            errors.add("quantity", "A trial is one license: there is one per product and customer.");
        }
        let reseller_notes = errors.take("reseller_notes", text::lines(&self.reseller_notes, TEXT_MOST));
        let customer_paid = errors
            .take("customer_paid_date", CustomerPaid::check(&self.customer_paid, &self.customer_paid_date, today));
        let customer_details = errors.take("customer_details", text::lines(&self.customer_details, TEXT_MOST));
        match (user, quantity, license_type, reseller_notes, customer_paid, customer_details) {
            (
                Some(user),
                Some(quantity),
                Some(license_type),
                Some(reseller_notes),
                Some(customer_paid),
                Some(customer_details),
            ) if errors.is_empty() => Ok(LicenseOrder {
                option: offer.option,
                user,
                quantity,
                license_type,
                reseller_notes,
                customer_paid,
                customer_details,
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::products::tests::offer;

    fn today() -> NaiveDate {
        "2026-11-21".parse().expect("a date")
    }

    fn filled() -> NewLicensesForm {
        NewLicensesForm {
            option: offer().option.to_string(),
            user: Uuid::from_u128(9).to_string(),
            quantity: "3".to_owned(),
            license_type: "permanent".to_owned(),
            reseller_notes: "PO 2026-118".to_owned(),
            customer_paid: "on".to_owned(),
            customer_paid_date: "2026-11-21".to_owned(),
            customer_details: String::new(),
        }
    }

    #[test]
    fn l1_a_filled_wizard_is_an_order() {
        assert_eq!(
            filled().check(&offer(), today()),
            Ok(LicenseOrder {
                option: offer().option,
                user: Uuid::from_u128(9).into(),
                quantity: 3,
                license_type: Type::Permanent,
                reseller_notes: Some("PO 2026-118".to_owned()),
                customer_paid: CustomerPaid(Some(today())),
                customer_details: None,
            })
        );
    }

    #[test]
    fn l1_the_quantity_is_a_whole_number_from_1_to_1000() {
        let quantity = |typed: &str| NewLicensesForm { quantity: typed.to_owned(), ..filled() }.quantity();
        assert_eq!([quantity("1"), quantity(" 1000 ")], [Ok(1), Ok(1_000)]);
        for wrong in ["", "0", "1001", "1e3", "+1", "-1", "1.0", "three", "٣", "99999999999999999999"] {
            assert_eq!(quantity(wrong), Err("Enter a whole number from 1 to 1000.".to_owned()), "{wrong:?}");
        }
    }

    #[test]
    fn l8_customer_paid_has_a_date_that_is_not_in_the_future() {
        let check = |ticked, date| CustomerPaid::check(ticked, date, today());
        assert_eq!(check("", ""), Ok(CustomerPaid(None)));
        assert_eq!(check("on", "2026-11-20").map(|paid| paid.0.is_some()), Ok(true));
        assert_eq!(check("on", "2026-11-22"), Err("This date is in the future.".to_owned()));
        assert_eq!(check("on", ""), Err("Enter the date on which the customer paid.".to_owned()));
        assert_eq!(check("", "2026-11-20"), Err("Tick Customer paid, or leave the date empty.".to_owned()));
        assert_eq!(check("on", "20.11.2026"), Err("Enter a date like 2026-11-21.".to_owned()));
        assert_eq!(check("on", "0026-11-20"), Err("This date is too long ago.".to_owned()));
    }

    #[test]
    fn l4_a_trial_is_one_license() {
        let trial = NewLicensesForm { license_type: "trial".to_owned(), ..filled() };
        assert_eq!(
            trial.check(&offer(), today()),
            Err(FieldErrors::at("quantity", "A trial is one license: there is one per product and customer."))
        );
    }

    #[test]
    fn x3_every_wrong_field_has_its_message() {
        let nonsense = NewLicensesForm {
            option: "x".to_owned(),
            license_type: "eternal".to_owned(),
            reseller_notes: "x".repeat(10_240),
            customer_details: "\u{7}".to_owned(),
            ..NewLicensesForm::default()
        };
        let errors = nonsense.check(&offer(), today()).expect_err("nonsense");
        let fields: Vec<_> = errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["option", "user", "quantity", "license_type", "reseller_notes", "customer_details"]);
    }
}

//! What may be created for whom: trials, primary and additional, the unpaid cap (L4, L6, L7).

use serde::{Deserialize, Serialize};

use super::Type;
use crate::{
    Refusal,
    accounts::Unpaid,
    products::{Kind, Offer},
};

/// What a customer has of one product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerFacts {
    /// Has had a trial of it, ever.
    pub had_trial: bool,
    /// Has a live license of it, whatever its type.
    pub has_live: bool,
    /// Has a live primary of it that is no trial.
    pub has_live_primary: bool,
}

/// Whether `quantity` licenses of that type may be created now.
///
/// # Errors
/// The first rule that says no, with its numbers.
pub fn allow(
    offer: &Offer,
    license_type: Type,
    quantity: u32,
    customer: CustomerFacts,
    unpaid: Unpaid,
) -> Result<(), Refusal> {
    let product = || offer.product_name.clone();
    if offer.kind == Kind::Additional {
        if offer.add_on {
            return Err(Refusal::AdditionalAddOn);
        }
        if !customer.has_live_primary {
            return Err(Refusal::PrimaryMissing { product: product() });
        }
    }
    if license_type == Type::Trial {
        if customer.had_trial {
            return Err(Refusal::TrialUsed { product: product() });
        }
        if customer.has_live {
            return Err(Refusal::TrialNotNeeded { product: product() });
        }
        return Ok(());
    }
    let owed = offer.unit_price(quantity).minor > 0;
    if owed && i64::from(quantity) > unpaid.left() {
        return Err(Refusal::UnpaidCap { cap: unpaid.cap, left: unpaid.left(), asked: i64::from(quantity) });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Currency, Money, products::tests::offer};

    const NOBODY: CustomerFacts = CustomerFacts { had_trial: false, has_live: false, has_live_primary: false };
    const SEVEN_OF_TEN: Unpaid = Unpaid { count: 7, cap: 10 };

    fn product() -> String {
        offer().product_name
    }

    #[test]
    fn l7_three_slots_left_are_enough_for_three_and_not_for_four() {
        let ask = |quantity| allow(&offer(), Type::Permanent, quantity, NOBODY, SEVEN_OF_TEN);
        assert_eq!(ask(3), Ok(()));
        assert_eq!(ask(4), Err(Refusal::UnpaidCap { cap: 10, left: 3, asked: 4 }));
        assert_eq!(
            ask(4).map_err(|refusal| refusal.to_string()),
            Err("3 of 10 unpaid slots left, 4 asked for. Lower the quantity or pay the operator for licenses."
                .to_owned())
        );
    }

    #[test]
    fn l7_a_trial_or_a_free_license_takes_no_slot() {
        let full = Unpaid { count: 10, cap: 10 };
        assert_eq!(allow(&offer(), Type::Trial, 1, NOBODY, full), Ok(()));
        let free = Offer { list_price: Money::zero(Currency::EUR), tiers: vec![], ..offer() };
        assert_eq!(allow(&free, Type::Permanent, 5, NOBODY, full), Ok(()));
    }

    #[test]
    fn l4_one_trial_ever_and_none_beside_a_live_license() {
        let ask = |facts| allow(&offer(), Type::Trial, 1, facts, SEVEN_OF_TEN);
        assert_eq!(ask(CustomerFacts { had_trial: true, ..NOBODY }), Err(Refusal::TrialUsed { product: product() }));
        assert_eq!(
            ask(CustomerFacts { has_live: true, ..NOBODY }),
            Err(Refusal::TrialNotNeeded { product: product() })
        );
    }

    #[test]
    fn l6_an_additional_license_needs_a_live_primary_and_is_never_for_an_add_on() {
        let additional = Offer { kind: Kind::Additional, ..offer() };
        let ask = |offer: &Offer, facts| allow(offer, Type::Permanent, 1, facts, SEVEN_OF_TEN);
        assert_eq!(ask(&additional, NOBODY), Err(Refusal::PrimaryMissing { product: product() }));
        let with_primary = CustomerFacts { has_live: true, has_live_primary: true, ..NOBODY };
        assert_eq!(ask(&additional, with_primary), Ok(()));
        let add_on = Offer { add_on: true, ..additional };
        assert_eq!(ask(&add_on, with_primary), Err(Refusal::AdditionalAddOn));
    }
}

//! Upgrading a trial: the key stays, the charge is made, and it counts to the cap (L5).

use super::{State, Type};
use crate::{
    ProductId, Refusal,
    accounts::Unpaid,
    products::{Kind, Offer},
};

/// Whether a license may be upgraded to the option of an offer, and to which type: permanent, or subscription where the
/// option recurs. A trial that has expired may be upgraded too. What it costs is an order of one line like any other.
///
/// # Errors
/// [`Refusal::NotATrial`]; [`Refusal::LicenseFinal`] unless it is active or expired; [`Refusal::NotOffered`] for an
/// option of another kind or product; [`Refusal::UnpaidCap`].
pub fn upgrade(
    license_type: Type,
    state: State,
    product: ProductId,
    offer: &Offer,
    unpaid: Unpaid,
) -> Result<Type, Refusal> {
    if license_type != Type::Trial {
        return Err(Refusal::NotATrial { license_type: license_type.label().to_lowercase() });
    }
    if !matches!(state, State::Active | State::Expired) {
        return Err(Refusal::LicenseFinal { state: state.label().to_lowercase() });
    }
    if offer.product != product || offer.kind != Kind::Primary {
        return Err(Refusal::NotOffered);
    }
    if offer.unit_price(1).is_positive() && unpaid.left() < 1 {
        return Err(Refusal::UnpaidCap { cap: unpaid.cap, left: unpaid.left(), asked: 1 });
    }
    Ok(offer.billing.sold_as())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        Currency, Money,
        products::{Billing, tests::offer},
    };

    const FULL: Unpaid = Unpaid { count: 10, cap: 10 };
    const ONE_LEFT: Unpaid = Unpaid { count: 9, cap: 10 };

    #[test]
    fn l5_a_trial_becomes_what_the_option_is_sold_as() {
        let ask = |offer: &Offer, state| upgrade(Type::Trial, state, offer.product, offer, ONE_LEFT);
        assert_eq!(ask(&offer(), State::Active), Ok(Type::Permanent));
        assert_eq!(ask(&offer(), State::Expired), Ok(Type::Permanent));
        assert_eq!(ask(&Offer { billing: Billing::Yearly, ..offer() }, State::Active), Ok(Type::Subscription));
        for (state, word) in
            [(State::Revoked, "revoked"), (State::Suspended, "suspended"), (State::Transferred, "transferred")]
        {
            assert_eq!(ask(&offer(), state), Err(Refusal::LicenseFinal { state: word.to_owned() }));
        }
    }

    #[test]
    fn l5_an_upgrade_counts_to_the_cap_unless_it_is_free() {
        let ask = |offer: &Offer| upgrade(Type::Trial, State::Active, offer.product, offer, FULL);
        assert_eq!(ask(&offer()), Err(Refusal::UnpaidCap { cap: 10, left: 0, asked: 1 }));
        let free = Offer { list_price: Money::zero(Currency::EUR), tiers: vec![], ..offer() };
        assert_eq!(ask(&free), Ok(Type::Permanent));
    }

    #[test]
    fn l5_only_a_trial_is_upgraded_and_only_to_a_primary_option_of_its_product() {
        let product = offer().product;
        let ask = |license_type, offer: &Offer| upgrade(license_type, State::Active, product, offer, ONE_LEFT);
        let refused = ask(Type::Permanent, &offer()).expect_err("no trial");
        assert_eq!(refused.to_string(), "This license is permanent, not a trial, so there is nothing to upgrade.");
        assert_eq!(ask(Type::Trial, &Offer { kind: Kind::Additional, ..offer() }), Err(Refusal::NotOffered));
        assert_eq!(
            ask(Type::Trial, &Offer { product: Uuid::from_u128(9).into(), ..offer() }),
            Err(Refusal::NotOffered)
        );
    }
}

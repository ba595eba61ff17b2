//! Whether an order of several lines may be placed for a customer: the rules of licenses, over all lines (L4, L6, L7).

use super::QuotedLine;
use crate::{
    Refusal,
    accounts::Unpaid,
    licenses::{self, CustomerFacts, Type},
    products::{Kind, Offer},
};

/// A line with what its rules need.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The line.
    pub quoted: &'a QuotedLine,
    /// Its option.
    pub offer: &'a Offer,
    /// What the customer has of its product.
    pub has: CustomerFacts,
}

/// Whether these lines may be ordered together. What one line brings counts for the others: a primary makes an
/// additional one possible, and leaves nothing to try.
///
/// # Errors
/// The first rule that says no, with its numbers; the cap with those of the whole order.
pub fn allow(lines: &[Wanted<'_>], unpaid: Unpaid) -> Result<(), Refusal> {
    let asked: i64 = lines.iter().map(|line| i64::from(line.quoted.slots())).sum();
    if asked > unpaid.left() {
        return Err(Refusal::UnpaidCap { cap: unpaid.cap, left: unpaid.left(), asked });
    }
    for (at, wanted) in lines.iter().enumerate() {
        let line = wanted.quoted.line;
        let of_product = lines.iter().enumerate().filter(|(_, other)| other.offer.product == wanted.offer.product);
        let others: Vec<_> = of_product.filter(|(other, _)| *other != at).map(|(_, other)| other).collect();
        let bought = |other: &&&Wanted<'_>| other.quoted.line.license_type != Type::Trial;
        let has = CustomerFacts {
            had_trial: wanted.has.had_trial || !others.iter().all(|other| bought(&other)),
            has_live: wanted.has.has_live || others.iter().any(|other| bought(&other)),
            has_live_primary: wanted.has.has_live_primary
                || others.iter().filter(bought).any(|other| other.offer.kind == Kind::Primary),
        };
        licenses::allow(wanted.offer, line.license_type, line.quantity, has, unpaid)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{BasisPoints, billing::Charge, orders::BasketLine, products::tests::offer};

    const TEN_LEFT: Unpaid = Unpaid { count: 0, cap: 10 };

    fn additional() -> Offer {
        Offer { option: Uuid::from_u128(5).into(), kind: Kind::Additional, trial_days: None, ..offer() }
    }

    fn ask(lines: &[(&Offer, Type, u32)], unpaid: Unpaid) -> Result<(), Refusal> {
        let quoted: Vec<_> =
            lines.iter().map(|(offer, license_type, quantity)| quoted(offer, *license_type, *quantity)).collect();
        let wanted = quoted.iter().zip(lines);
        let wanted: Vec<_> =
            wanted.map(|(quoted, (offer, ..))| Wanted { quoted, offer, has: CustomerFacts::default() }).collect();
        allow(&wanted, unpaid)
    }

    fn quoted(offer: &Offer, license_type: Type, quantity: u32) -> QuotedLine {
        let seen = super::super::basket::price_of_one(offer, license_type, quantity).expect("offered");
        let charge = Charge::once(seen, quantity, BasisPoints::new(0).expect("none")).expect("countable");
        QuotedLine { line: BasketLine { option: offer.option, license_type, quantity, seen }, charge, schedule: None }
    }

    #[test]
    fn l7_the_cap_counts_all_lines_together_and_no_trial() {
        let lines = [(&offer(), Type::Permanent, 6), (&additional(), Type::Permanent, 5)];
        assert_eq!(ask(&lines, TEN_LEFT), Err(Refusal::UnpaidCap { cap: 10, left: 10, asked: 11 }));
        assert_eq!(ask(&lines, Unpaid { count: 0, cap: 11 }), Ok(()));
        assert_eq!(ask(&[(&offer(), Type::Trial, 1)], Unpaid { count: 10, cap: 10 }), Ok(()));
    }

    #[test]
    fn l6_a_primary_in_the_same_order_makes_an_additional_one_possible() {
        let product = offer().product_name;
        let alone = [(&additional(), Type::Permanent, 1)];
        assert_eq!(ask(&alone, TEN_LEFT), Err(Refusal::PrimaryMissing { product: product.clone() }));
        assert_eq!(ask(&[(&additional(), Type::Permanent, 1), (&offer(), Type::Permanent, 1)], TEN_LEFT), Ok(()));
        let with_trial = [(&additional(), Type::Permanent, 1), (&offer(), Type::Trial, 1)];
        assert_eq!(ask(&with_trial, TEN_LEFT), Err(Refusal::PrimaryMissing { product }));
    }

    #[test]
    fn l4_a_trial_beside_what_is_bought_in_the_same_order_is_not_needed() {
        let other = Offer { option: Uuid::from_u128(6).into(), ..offer() };
        let product = offer().product_name;
        let beside = [(&offer(), Type::Trial, 1), (&other, Type::Permanent, 1)];
        assert_eq!(ask(&beside, TEN_LEFT), Err(Refusal::TrialNotNeeded { product: product.clone() }));
        let twice = [(&offer(), Type::Trial, 1), (&other, Type::Trial, 1)];
        assert_eq!(ask(&twice, TEN_LEFT), Err(Refusal::TrialUsed { product }));
    }
}

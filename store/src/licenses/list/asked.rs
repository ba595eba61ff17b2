//! What SQLite's search index is asked for, so that a view costs what it shows.

use domain::{
    licenses::{PaidFilter, PaymentStatus, Sort, State, Type},
    products::Kind,
};

use super::Page;
use crate::search::Facet;

/// What the index is asked for, and the filters that are left to the rows it gives.
#[derive(Debug)]
pub(super) struct Asked {
    pub facets: Vec<Facet>,
    pub rest: Page,
}

impl Asked {
    /// `None` where an index of the table has the rows in their order: without filters, by state and
    /// day, and by the end.
    pub(super) fn of(wanted: &Page) -> Option<Self> {
        let by_end = wanted.sort == Some(Sort::Ending) || wanted.ends_by.is_some();
        let ended = wanted.state == Some(State::Expired);
        // The index of what ends knows the type.
        let by_table = by_end
            || filters(&Page { license_type: wanted.license_type.filter(|_| !ended), ..wanted.clone() }).is_empty();
        if by_table && wanted.search.is_none() {
            return None;
        }
        let (mut facets, rest) = match wanted.payment {
            // Few are unpaid (L7): sooner looked at than looked for among the many that fit another filter.
            Some(PaymentStatus::Pending) => {
                let Page { paid, license_type, kind, state, product, customer, .. } = wanted.clone();
                let rest = Page { paid, license_type, kind, state, product, customer, ..Page::default() };
                (vec![Facet::Is(PaymentStatus::Pending.word())], rest)
            }
            _ => (filters(wanted), Page::default()),
        };
        let stands = matches!(wanted.state, Some(State::Active | State::Expired)) && rest == Page::default();
        facets.extend(stands.then_some(Facet::Is("ok")));
        facets.extend((by_end || ended).then_some(Facet::Is("end")));
        Some(Self { facets, rest })
    }
}

/// The filters that do not depend on the time, as the index knows them.
fn filters(wanted: &Page) -> Vec<Facet> {
    let paid = wanted.paid.map(|paid| match paid {
        PaidFilter::Yes => "yes",
        PaidFilter::No => "no",
    });
    let words = [
        wanted.payment.map(PaymentStatus::word),
        paid,
        wanted.license_type.map(Type::word),
        wanted.kind.map(Kind::word),
        wanted.state.filter(|state| !matches!(state, State::Active | State::Expired)).map(State::word),
    ];
    let mut facets: Vec<_> = words.into_iter().flatten().map(Facet::Is).collect();
    facets.extend(wanted.product.map(Facet::Product));
    facets.extend(wanted.customer.map(Facet::Customer));
    facets
}

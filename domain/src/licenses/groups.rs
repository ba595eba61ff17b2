//! Keys of which the same is said: an order of several products says of each key what it is for (L1, L15, O1).

use super::{LicenseKey, ResellerLicense, State, Type};
use crate::Moment;

/// Keys with all that they share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyGroup {
    /// Product and option.
    pub name: String,
    /// As what they were bought.
    pub license_type: Type,
    /// Why the keys are of no use now; `None` for those that are.
    pub stopped: Option<State>,
    /// The last day of a trial or a subscription (L10).
    pub valid_until: Option<String>,
    /// The last day of updates (L10).
    pub updates_until: Option<String>,
    /// Seen by the customer.
    pub details: Option<String>,
    /// The keys.
    pub keys: Vec<LicenseKey>,
}

impl KeyGroup {
    /// The groups of licenses, in the order in which they come first; those of no use now after the others.
    pub fn of(licenses: &[ResellerLicense]) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for license in licenses {
            let one = Self::of_one(license);
            match groups.iter_mut().find(|group| group.is_like(&one)) {
                Some(group) => group.keys.extend(one.keys),
                None => groups.push(one),
            }
        }
        groups.sort_by_key(|group| group.stopped.is_some());
        groups
    }

    fn of_one(license: &ResellerLicense) -> Self {
        let stopped = Some(license.row.state).filter(|state| !state.is_usable());
        // What is of no use now promises no days.
        let last_day = |at: &Option<Moment>| at.as_ref().filter(|_| stopped.is_none()).map(|at| at.date.clone());
        Self {
            name: format!("{}, {}", license.row.product, license.row.option),
            license_type: license.row.license_type,
            stopped,
            valid_until: last_day(&license.row.valid_until),
            updates_until: last_day(&license.updates_until),
            details: license.customer_details.clone(),
            keys: vec![license.key.clone()],
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        let said = |group: &Self| Self { keys: Vec::new(), ..group.clone() };
        said(self) == said(other)
    }

    /// The type and the days to which it goes, `Subscription, valid until 30 Nov 2026`; or why it is of no use, `Trial, revoked`.
    pub fn terms(&self) -> String {
        let mut terms = match self.license_type {
            Type::Permanent => "Permanent license".to_owned(),
            Type::Trial | Type::Subscription => self.license_type.label().to_owned(),
        };
        if let Some(state) = self.stopped {
            terms += &format!(", {}", state.label().to_lowercase());
        }
        if let Some(end) = &self.valid_until {
            terms += &format!(", valid until {end}");
        }
        if let Some(end) = &self.updates_until {
            terms += &format!(", updates included until {end}");
        }
        terms
    }

    /// As plain text: what is said of the keys, and then one a line.
    pub fn text(&self) -> String {
        let said = [Some(self.name.clone()), Some(self.terms()), self.details.clone()];
        let keys = self.keys.iter().map(LicenseKey::grouped);
        said.into_iter().flatten().chain(keys).collect::<Vec<_>>().join("\n")
    }

    /// What all groups say alike to the customer is said once, after them.
    pub fn take_common_details(groups: &mut [Self]) -> Option<String> {
        let (first, others) = groups.split_first()?;
        let common = first.details.clone().filter(|_| others.iter().all(|group| group.details == first.details))?;
        groups.iter_mut().for_each(|group| group.details = None);
        Some(common)
    }
}

/// What was ordered in a few words: the first lines, and how many more there are.
pub fn lines_in_words(first: &[(i64, String)], lines: usize) -> String {
    let mut words: Vec<_> = first.iter().map(|(quantity, name)| format!("{quantity} × {name}")).collect();
    match lines.saturating_sub(first.len()) {
        0 => {}
        1 => words.push("1 more line".to_owned()),
        more => words.push(format!("{more} more lines")),
    }
    words.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        licenses::{RANDOM_SYMBOLS, ResellerRow},
        products::Kind,
    };

    fn license(state: State, details: Option<&str>) -> ResellerLicense {
        let until = Moment { at: crate::Timestamp::UNIX_EPOCH, date: "21 May 2027".to_owned(), exact: String::new() };
        ResellerLicense {
            row: ResellerRow {
                id: uuid::Uuid::nil().into(),
                key: String::new(),
                product: "Store Manager".to_owned(),
                option: "Primary".to_owned(),
                kind: Kind::Primary,
                license_type: Type::Permanent,
                state,
                payment: None,
                customer_paid: false,
                customer_id: uuid::Uuid::nil().into(),
                customer: String::new(),
                created: until.clone(),
                valid_until: None,
            },
            key: LicenseKey::from_random([0; RANDOM_SYMBOLS]),
            updates_until: Some(until),
            customer_details: details.map(str::to_owned),
        }
    }

    #[test]
    fn l15_a_key_of_no_use_stands_apart_and_is_promised_no_days() {
        let all = [State::Revoked, State::Active, State::Expired, State::Revoked].map(|state| license(state, None));
        let groups = KeyGroup::of(&all);
        let told: Vec<_> = groups.iter().map(|group| (group.stopped, group.keys.len(), group.terms())).collect();
        let works = "Permanent license, updates included until 21 May 2027".to_owned();
        let revoked = "Permanent license, revoked".to_owned();
        assert_eq!(told, [(None, 2, works), (Some(State::Revoked), 2, revoked)]);
    }

    #[test]
    fn l15_keys_that_differ_by_what_the_customer_reads_are_told_apart() {
        let mut groups = KeyGroup::of(&["Shop 1", "Shop 2"].map(|details| license(State::Active, Some(details))));
        assert_eq!(KeyGroup::take_common_details(&mut groups), None);
        let key = LicenseKey::from_random([0; RANDOM_SYMBOLS]).grouped();
        let terms = "Permanent license, updates included until 21 May 2027";
        assert_eq!(groups[1].text(), format!("Store Manager, Primary\n{terms}\nShop 2\n{key}"));
    }

    #[test]
    fn o1_a_list_names_the_first_lines_of_an_order_and_counts_the_rest() {
        let lines = [(2, "Store Manager, Primary".to_owned()), (1, "Cloud Backup, Yearly".to_owned())];
        assert_eq!(lines_in_words(&lines, 2), "2 × Store Manager, Primary; 1 × Cloud Backup, Yearly");
        assert_eq!(lines_in_words(&lines[..1], 2), "2 × Store Manager, Primary; 1 more line");
        assert_eq!(lines_in_words(&lines, 6), "2 × Store Manager, Primary; 1 × Cloud Backup, Yearly; 4 more lines");
        assert_eq!(lines_in_words(&[], 0), "");
    }
}

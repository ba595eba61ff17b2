//! Keys of which the same is said: an order of several products says of each key what it is for (L1, L15, O1).

use super::{LicenseKey, ResellerLicense, Type};

/// Keys with all that they share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyGroup {
    /// Product and option.
    pub name: String,
    /// As what they were bought.
    pub license_type: Type,
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
    /// The groups of licenses, in the order in which they come first.
    pub fn of(licenses: &[ResellerLicense]) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for license in licenses {
            let one = Self::of_one(license);
            match groups.iter_mut().find(|group| group.is_like(&one)) {
                Some(group) => group.keys.extend(one.keys),
                None => groups.push(one),
            }
        }
        groups
    }

    fn of_one(license: &ResellerLicense) -> Self {
        Self {
            name: format!("{}, {}", license.row.product, license.row.option),
            license_type: license.row.license_type,
            valid_until: license.row.valid_until.as_ref().map(|at| at.date.clone()),
            updates_until: license.updates_until.as_ref().map(|at| at.date.clone()),
            details: license.customer_details.clone(),
            keys: vec![license.key.clone()],
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        let said = |group: &Self| Self { keys: Vec::new(), ..group.clone() };
        said(self) == said(other)
    }

    /// The type and the days to which it goes: `Subscription, valid until 30 Nov 2026`.
    pub fn terms(&self) -> String {
        let mut terms = match self.license_type {
            Type::Permanent => "Permanent license".to_owned(),
            Type::Trial | Type::Subscription => self.license_type.label().to_owned(),
        };
        if let Some(end) = &self.valid_until {
            terms += &format!(", valid until {end}");
        }
        if let Some(end) = &self.updates_until {
            terms += &format!(", updates included until {end}");
        }
        terms
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

    #[test]
    fn o1_a_list_names_the_first_lines_of_an_order_and_counts_the_rest() {
        let lines = [(2, "Store Manager, Primary".to_owned()), (1, "Cloud Backup, Yearly".to_owned())];
        assert_eq!(lines_in_words(&lines, 2), "2 × Store Manager, Primary; 1 × Cloud Backup, Yearly");
        assert_eq!(lines_in_words(&lines[..1], 2), "2 × Store Manager, Primary; 1 more line");
        assert_eq!(lines_in_words(&lines, 6), "2 × Store Manager, Primary; 1 × Cloud Backup, Yearly; 4 more lines");
        assert_eq!(lines_in_words(&[], 0), "");
    }
}

//! The countries and time zones there are; their tables stay on the server.

use chrono_tz::{TZ_VARIANTS, Tz};
use domain::{
    FieldErrors,
    accounts::{AccountDetails, Choices},
};

/// ISO 3166: two letters and a name a line, sorted by name.
const COUNTRIES: &str = include_str!("../../data/countries.txt");

fn countries() -> impl Iterator<Item = (&'static str, &'static str)> {
    COUNTRIES.lines().filter_map(|line| line.split_once(' '))
}

/// The name of a country.
pub(super) fn country(code: &str) -> Option<&'static str> {
    countries().find(|(known, _)| *known == code).map(|(_, name)| name)
}

/// The countries there are, by their names.
pub(crate) fn all_countries() -> Vec<(String, String)> {
    countries().map(|(code, name)| (code.to_owned(), name.to_owned())).collect()
}

/// The two letters of a country as people write it: its name, or these letters.
pub(crate) fn country_called(typed: &str) -> Option<&'static str> {
    let typed = typed.trim().to_lowercase();
    countries().find(|(code, name)| name.to_lowercase() == typed || code.to_lowercase() == typed).map(|(code, _)| code)
}

/// What the form of an account offers: places people live in, and UTC. Those of `details` are among them.
pub(super) fn choices(time_zone: &str) -> Choices {
    let common = |name: &&str| {
        let region = name.split_once('/').map_or("", |(region, _)| region);
        let regions = [
            "Africa",
            "America",
            "Antarctica",
            "Arctic",
            "Asia",
            "Atlantic",
            "Australia",
            "Europe",
            "Indian",
            "Pacific",
        ];
        regions.contains(&region) || *name == "UTC" || *name == time_zone
    };
    let zones = TZ_VARIANTS.iter().map(|zone| zone.name()).filter(common);
    Choices { time_zones: zones.map(str::to_owned).collect(), countries: all_countries() }
}

/// What only the server knows of what was typed.
///
/// # Errors
/// A message at `time_zone` or `country` when there is none of that name.
pub(crate) fn check(details: &AccountDetails) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    if details.person.time_zone.parse::<Tz>().is_err() {
        errors.add("time_zone", "Choose one of the time zones.");
    }
    if details.billing.country.as_deref().is_some_and(|code| country(code).is_none()) {
        errors.add("country", "Choose one of the countries.");
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_two_letters_and_a_name_and_every_zone_is_one() {
        assert_eq!(countries().count(), 249);
        assert!(countries().all(|(code, name)| code.len() == 2 && !name.is_empty()));
        assert_eq!(country("DE"), Some("Germany"));
        assert_eq!(["germany ", "de", "Deutschland", ""].map(country_called), [Some("DE"), Some("DE"), None, None]);
        let choices = choices("Etc/GMT+1");
        assert!(choices.time_zones.iter().all(|zone| zone.parse::<Tz>().is_ok()));
        assert!(
            ["Europe/Berlin", "UTC", "Etc/GMT+1"].iter().all(|zone| choices.time_zones.contains(&(*zone).to_owned()))
        );
    }
}

//! Which keys mean what: pure, so that it can be tried without a browser.

use domain::{Deed, actor::Role};

use crate::paths;

/// What a shortcut does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Goes to the search of the page, if it has one.
    Search,
    /// Opens a page.
    Open(&'static str),
    /// Lists the shortcuts.
    Help,
}

/// A shortcut: one key, or two after each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortcut {
    /// The keys.
    pub keys: &'static [&'static str],
    /// What it does, in words.
    pub words: &'static str,
    /// What one must be allowed to do.
    deed: Deed,
    /// What it does.
    pub act: Act,
}

const fn shortcut(keys: &'static [&'static str], words: &'static str, deed: Deed, act: Act) -> Shortcut {
    Shortcut { keys, words, deed, act }
}

const ALL: [Shortcut; 9] = [
    shortcut(&["/"], "Search", Deed::KeepOwnAccount, Act::Search),
    shortcut(&["c"], "Create license", Deed::CreateLicenses, Act::Open(paths::NEW_LICENSE)),
    shortcut(&["g", "h"], "Home", Deed::KeepOwnAccount, Act::Open(paths::HOME)),
    shortcut(&["g", "l"], "Licenses", Deed::SeeLicenses, Act::Open(paths::LICENSES)),
    shortcut(&["g", "l"], "Licenses", Deed::SeeOwnLicenses, Act::Open(paths::LICENSES)),
    shortcut(&["g", "c"], "Customers", Deed::SeeCustomers, Act::Open(paths::CUSTOMERS)),
    shortcut(&["g", "m"], "Mail", Deed::SeeMail, Act::Open(paths::MAIL)),
    shortcut(&["g", "a"], "Account", Deed::KeepOwnAccount, Act::Open(paths::ACCOUNT)),
    shortcut(&["?"], "Keyboard shortcuts", Deed::KeepOwnAccount, Act::Help),
];

/// The shortcuts of a role.
pub fn of(role: Role) -> impl Iterator<Item = Shortcut> {
    ALL.into_iter().filter(move |shortcut| role.may(shortcut.deed))
}

/// What a key means after the one `before` it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// It does something.
    Does(Act),
    /// It is the first of two.
    Begins,
    /// Nothing.
    Nothing,
}

/// Reads a key.
pub fn read(role: Role, before: Option<&str>, key: &str) -> Meaning {
    let typed: Vec<&str> = before.into_iter().chain([key]).collect();
    let begins = of(role).any(|shortcut| shortcut.keys.len() > typed.len() && shortcut.keys.starts_with(&typed));
    match of(role).find(|shortcut| shortcut.keys == typed) {
        Some(shortcut) => Meaning::Does(shortcut.act),
        None if begins => Meaning::Begins,
        None if before.is_some() => read(role, None, key),
        None => Meaning::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g_and_l_leads_to_the_licenses() {
        assert_eq!(read(Role::Reseller, None, "g"), Meaning::Begins);
        assert_eq!(read(Role::Reseller, Some("g"), "l"), Meaning::Does(Act::Open(paths::LICENSES)));
        assert_eq!(read(Role::Reseller, None, "l"), Meaning::Nothing);
    }

    #[test]
    fn a_key_that_does_not_follow_stands_for_itself() {
        assert_eq!(read(Role::Reseller, Some("g"), "/"), Meaning::Does(Act::Search));
        assert_eq!(read(Role::Reseller, Some("g"), "g"), Meaning::Begins);
    }

    #[test]
    fn what_a_role_may_not_do_has_no_shortcut() {
        assert_eq!(read(Role::Customer, None, "c"), Meaning::Nothing);
        assert_eq!(read(Role::Owner, Some("g"), "l"), Meaning::Nothing);
        assert_eq!(read(Role::Customer, Some("g"), "l"), Meaning::Does(Act::Open(paths::LICENSES)));
    }
}

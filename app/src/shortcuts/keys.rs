//! Which keys mean what: pure, so that it can be tried without a browser.

use domain::{Deed, Roles};

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

/// The shortcuts of somebody with these roles.
pub fn of(roles: &Roles) -> impl Iterator<Item = Shortcut> + '_ {
    ALL.into_iter().filter(move |shortcut| roles.may(shortcut.deed))
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
pub fn read(roles: &Roles, before: Option<&str>, key: &str) -> Meaning {
    let typed: Vec<&str> = before.into_iter().chain([key]).collect();
    let begins = of(roles).any(|shortcut| shortcut.keys.len() > typed.len() && shortcut.keys.starts_with(&typed));
    match of(roles).find(|shortcut| shortcut.keys == typed) {
        Some(shortcut) => Meaning::Does(shortcut.act),
        None if begins => Meaning::Begins,
        None if before.is_some() => read(roles, None, key),
        None => Meaning::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use domain::accounts::Kind;

    use super::*;

    fn admin() -> Roles {
        Roles::chief(Kind::Reseller)
    }

    fn customer() -> Roles {
        Roles::chief(Kind::Customer)
    }

    fn owner() -> Roles {
        Roles::chief(Kind::Operator)
    }

    #[test]
    fn g_and_l_leads_to_the_licenses() {
        assert_eq!(read(&admin(), None, "g"), Meaning::Begins);
        assert_eq!(read(&admin(), Some("g"), "l"), Meaning::Does(Act::Open(paths::LICENSES)));
        assert_eq!(read(&admin(), None, "l"), Meaning::Nothing);
    }

    #[test]
    fn a_key_that_does_not_follow_stands_for_itself() {
        assert_eq!(read(&admin(), Some("g"), "/"), Meaning::Does(Act::Search));
        assert_eq!(read(&admin(), Some("g"), "g"), Meaning::Begins);
    }

    #[test]
    fn what_a_role_may_not_do_has_no_shortcut() {
        assert_eq!(read(&customer(), None, "c"), Meaning::Nothing);
        assert_eq!(read(&owner(), Some("g"), "l"), Meaning::Nothing);
        assert_eq!(read(&customer(), Some("g"), "l"), Meaning::Does(Act::Open(paths::LICENSES)));
    }
}

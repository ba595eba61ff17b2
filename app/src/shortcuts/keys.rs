//! Which keys mean what: pure, so that it can be tried without a browser.

use crate::shared::actions::{self, Action, Does};
use domain::Roles;

/// The shortcuts of somebody with these roles.
pub fn of(roles: &Roles) -> impl Iterator<Item = Action> + '_ {
    actions::of(roles).filter(|action| !action.keys.is_empty())
}

/// What a key means after the one `before` it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// It does something.
    Does(Does),
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
        Some(shortcut) => Meaning::Does(shortcut.does),
        None if begins => Meaning::Begins,
        None if before.is_some() => read(roles, None, key),
        None => Meaning::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use domain::accounts::Kind;

    use super::*;
    use crate::ui::paths;

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
        assert_eq!(read(&admin(), Some("g"), "l"), Meaning::Does(Does::Open(paths::LICENSES)));
        assert_eq!(read(&admin(), None, "l"), Meaning::Nothing);
    }

    #[test]
    fn a_key_that_does_not_follow_stands_for_itself() {
        assert_eq!(read(&admin(), Some("g"), "/"), Meaning::Does(Does::Search));
        assert_eq!(read(&admin(), Some("g"), "g"), Meaning::Begins);
    }

    #[test]
    fn what_a_role_may_not_do_has_no_shortcut() {
        assert_eq!(read(&customer(), None, "c"), Meaning::Nothing);
        assert_eq!(read(&owner(), Some("g"), "l"), Meaning::Nothing);
        assert_eq!(read(&customer(), Some("g"), "l"), Meaning::Does(Does::Open(paths::HOME)));
    }
}

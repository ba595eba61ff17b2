//! Everything that can be opened or done from anywhere. The menus, the shortcuts and the command
//! menu are read from this one list, which knows who may.

use crate::ui::paths;
use domain::{Actor, Deed, Roles};

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Action {
    /// What one must be allowed to do.
    deed: Deed,
    /// What it does.
    pub does: Does,
    /// In words.
    pub words: &'static str,
    /// Its picture.
    pub icon: &'static str,
    /// Its shortcut: one key, or two after each other; none where there is none.
    pub keys: &'static [&'static str],
    /// Where it stands all the time.
    place: Place,
    /// The pages that belong to it start like this.
    below: &'static str,
}

/// What an action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Opens a page.
    Open(&'static str),
    /// Goes to the search of the page, if it has one.
    Search,
    /// Opens the command menu.
    Command,
    /// Lists the shortcuts.
    Help,
}

/// Where an action stands all the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the bar, and at the bottom of a phone, where there is room for five.
    Main,
    /// In the bar of a wide screen, and in the menu of whoever is signed in.
    More,
    /// At the bottom of a phone and in the menu of whoever is signed in.
    Own,
    /// Nowhere: it is found by its key and in the command menu.
    Found,
}

const fn page(deed: Deed, address: &'static str, words: &'static str, icon: &'static str) -> Action {
    Action { deed, does: Does::Open(address), words, icon, keys: &[], place: Place::Main, below: address }
}

const fn does(deed: Deed, does: Does, words: &'static str, icon: &'static str) -> Action {
    Action { deed, does, words, icon, keys: &[], place: Place::Found, below: "" }
}

impl Action {
    const fn keys(self, keys: &'static [&'static str]) -> Self {
        Self { keys, ..self }
    }

    const fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    const fn below(self, below: &'static str) -> Self {
        Self { below, ..self }
    }

    /// Whether somebody may do it now: while something is due, only what that leaves.
    pub fn is_for(&self, actor: &Actor) -> bool {
        actor.may(self.deed)
    }

    /// The page that it opens, if it opens one.
    pub const fn address(&self) -> Option<&'static str> {
        match self.does {
            Does::Open(address) => Some(address),
            Does::Search | Does::Command | Does::Help => None,
        }
    }

    /// Whether it is a main page for which a phone's tabs have no room.
    pub fn is_behind(&self) -> bool {
        self.place == Place::More
    }

    /// Whether that page is open, or one that belongs to it.
    pub fn is_open(&self, path: &str) -> bool {
        let is_below = path.strip_prefix(self.below).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.address() == Some(path) || (self.below != paths::HOME && is_below)
    }

    /// Whether all that was typed is in its words.
    pub fn fits(&self, typed: &str) -> bool {
        let words = self.words.to_lowercase();
        typed.to_lowercase().split_whitespace().all(|part| words.split(' ').any(|word| word.starts_with(part)))
    }
}

/// All actions, in the order of the menus.
const ALL: [Action; 43] = [
    page(Deed::SeeOwnLicenses, paths::HOME, "Licenses", "key").below(paths::LICENSES).keys(&["g", "l"]),
    page(Deed::SeeCatalog, paths::HOME, "Home", "home").keys(&["g", "h"]),
    page(Deed::SeeOffice, paths::OFFICE, "Home", "home").below(paths::HOME).keys(&["g", "h"]),
    page(Deed::SeeAccounts, paths::ACCOUNTS, "Accounts", "people").keys(&["g", "r"]),
    page(Deed::SeeLicenses, paths::LICENSES, "Licenses", "key").keys(&["g", "l"]),
    page(Deed::SeeCustomers, paths::CUSTOMERS, "Customers", "people").keys(&["g", "c"]),
    page(Deed::SeeCatalog, paths::CATALOG, "Catalog", "box").keys(&["g", "p"]),
    page(Deed::SeeLicenses, paths::ORDERS, "Orders", "bill").keys(&["g", "o"]).at(Place::More),
    page(Deed::SeeOrders, paths::OFFICE_ORDERS, "Orders", "bill").keys(&["g", "o"]).at(Place::More),
    page(Deed::SeeBilling, paths::BILLING, "Billing", "bill").keys(&["g", "i"]).at(Place::More),
    page(Deed::SeeInvoices, paths::OFFICE_INVOICES, "Invoices", "bill").keys(&["g", "i"]).at(Place::More),
    page(Deed::SeeInvoices, paths::OFFICE_PAYMENTS, "Payments", "bill").at(Place::More),
    page(Deed::SeePrices, paths::PRODUCTS, "Products", "box").at(Place::More).keys(&["g", "p"]),
    page(Deed::SeePrices, paths::PRICE_LISTS, "Price lists", "bill").at(Place::More),
    page(Deed::DecideApplications, paths::APPLICATIONS, "Applications", "people"),
    page(Deed::SeeMail, paths::MAIL, "Mail", "mail").keys(&["g", "m"]).at(Place::More),
    page(Deed::SeeAudit, paths::AUDIT, "Audit", "clock").at(Place::More),
    page(Deed::ManageStaff, paths::STAFF, "Staff", "people").at(Place::More),
    page(Deed::SetBilling, paths::SETTINGS, "Settings", "bill").at(Place::More),
    page(Deed::ManageTeam, paths::TEAM, "Team", "people").at(Place::More),
    page(Deed::KeepOwnAccount, paths::ACCOUNT, "Account", "person").keys(&["g", "a"]).at(Place::Own),
    does(Deed::Pay, Does::Open(paths::BILLING_DETAILS), "Billing details", "bill"),
    does(Deed::SeeOwnHistory, Does::Open(paths::HISTORY), "History", "clock"),
    does(Deed::SeeBilling, Does::Open(paths::MONTH_END), "Month end", "bill"),
    does(Deed::SeeInvoices, Does::Open(paths::OFFICE_MONTH_END), "Month end", "bill"),
    does(Deed::SeeBilling, Does::Open(paths::INVOICES), "Invoices", "bill"),
    does(Deed::SeeBilling, Does::Open(paths::LEDGER), "Ledger", "bill"),
    does(Deed::SeeBilling, Does::Open(paths::PAYMENTS), "Payments", "bill"),
    does(Deed::SeeBilling, Does::Open(paths::COUPON), "Your discount", "bill"),
    does(Deed::Pay, Does::Open(paths::PENDING_LICENSES), "Pay for licenses", "bill"),
    does(Deed::Pay, Does::Open(paths::TOP_UP), "Top up credit", "bill"),
    does(Deed::SeeOrders, Does::Open(paths::HELD_ORDERS), "Held orders", "bill"),
    does(Deed::SeeInvoices, Does::Open(paths::OFFICE_BEGUN), "Begun payments", "bill"),
    does(Deed::RecordPayments, Does::Open(paths::RECORD), "Record money", "plus"),
    does(Deed::RecordPayments, Does::Open(paths::RECEIPTS_IMPORT), "Import receipts", "bill"),
    does(Deed::CreateLicenses, Does::Open(paths::NEW_LICENSE), "Create license", "plus").keys(&["c"]),
    does(Deed::CreateLicenses, Does::Open(paths::BASKET), "Basket", "box").keys(&["g", "b"]),
    does(Deed::CreateCustomers, Does::Open(paths::NEW_CUSTOMER), "Create customer", "plus"),
    does(Deed::CreateCustomers, Does::Open(paths::IMPORT), "Import customers", "people"),
    does(Deed::SeeLicenses, Does::Open(paths::TRIALS_ENDING), "Trials that end first", "key"),
    does(Deed::KeepOwnAccount, Does::Search, "Search this page", "search").keys(&["/"]),
    does(Deed::KeepOwnAccount, Does::Command, "Command menu", "search").keys(&["Ctrl K"]),
    does(Deed::KeepOwnAccount, Does::Help, "Keyboard shortcuts", "info").keys(&["?"]),
];

/// What somebody with these roles may do.
pub fn of(roles: &Roles) -> impl Iterator<Item = Action> + '_ {
    ALL.into_iter().filter(|action| roles.may(action.deed))
}

/// What stands in the bar.
pub fn bar(roles: &Roles) -> impl Iterator<Item = Action> + '_ {
    of(roles).filter(|action| matches!(action.place, Place::Main | Place::More))
}

/// What stands at the bottom of a phone.
pub fn tabs(roles: &Roles) -> impl Iterator<Item = Action> + '_ {
    of(roles).filter(|action| matches!(action.place, Place::Main | Place::Own))
}

/// What stands in the menu of whoever is signed in.
pub fn menu(roles: &Roles) -> impl Iterator<Item = Action> + '_ {
    of(roles).filter(|action| matches!(action.place, Place::More | Place::Own))
}

#[cfg(test)]
mod tests {
    use domain::{Role, accounts::Kind};

    use super::*;

    #[test]
    fn at_the_bottom_of_a_phone_there_is_room_for_five() {
        for role in Role::ALL {
            assert!(tabs(&Roles::of(&[*role])).count() <= 5, "{role:?}");
        }
    }

    #[test]
    fn everybody_has_a_home_that_no_other_page_is_part_of() {
        for side in Kind::ALL {
            let roles = Roles::chief(*side);
            let home = bar(&roles).find_map(|action| action.address()).expect("a page");
            let open: Vec<_> = bar(&roles).filter(|action| action.is_open(home)).map(|action| action.words).collect();
            assert_eq!(open.len(), 1, "{side:?}: {open:?}");
        }
    }

    #[test]
    fn no_two_actions_of_one_person_have_the_same_keys() {
        for side in Kind::ALL {
            let roles = Roles::of(Role::of(*side));
            let keys: Vec<_> = of(&roles).map(|action| action.keys).filter(|keys| !keys.is_empty()).collect();
            let once: std::collections::BTreeSet<_> = keys.iter().collect();
            assert_eq!(once.len(), keys.len(), "{side:?}");
        }
    }

    #[test]
    fn an_action_is_found_by_the_beginnings_of_its_words() {
        let create = of(&Roles::chief(Kind::Reseller)).find(|action| action.words == "Create license").expect("it");
        assert_eq!(
            ["", "cre", "lic CR", "license create", "icense", "create x"].map(|typed| create.fits(typed)),
            [true, true, true, true, false, false]
        );
    }
}

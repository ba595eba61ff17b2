//! Who acts, what they may do, and what they may see. The one policy table, for screen and server.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ContactId, SessionId};

/// A signed-in person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub contact: ContactId,
    /// The account that person belongs to.
    pub account: AccountId,
    /// What kind of account that is.
    pub role: Role,
    /// The browser they are signed in with.
    pub session: SessionId,
    /// The person's name, for the menu.
    pub name: String,
    /// The account's name, for the menu.
    pub organisation: String,
    /// A10: the password was chosen by somebody else; nothing else is possible before it is changed.
    pub password_due: bool,
}

/// The side of the house an actor is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Back office staff with all rights (A9).
    Owner,
    /// An admin of a reseller (A8).
    Reseller,
    /// A person of an end customer.
    Customer,
}

/// Everything that somebody may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// See and end own sessions, change the own password.
    KeepOwnAccount,
    /// See the reseller's home, products and prices.
    SeeCatalog,
    /// See the reseller's customers.
    SeeCustomers,
    /// Create customers, and send them their activation link again.
    CreateCustomers,
    /// See the reseller's licenses and orders.
    SeeLicenses,
    /// Place orders: create licenses.
    CreateLicenses,
    /// Notes, details, customer paid; resend the details.
    EditLicenses,
    /// See one's own licenses as an end customer (L16).
    SeeOwnLicenses,
    /// See the outbox.
    SeeMail,
}

impl Deed {
    /// Every deed there is, for menus and for the test of the access table.
    pub const ALL: [Self; 9] = [
        Self::KeepOwnAccount,
        Self::SeeCatalog,
        Self::SeeCustomers,
        Self::CreateCustomers,
        Self::SeeLicenses,
        Self::CreateLicenses,
        Self::EditLicenses,
        Self::SeeOwnLicenses,
        Self::SeeMail,
    ];
}

impl Role {
    /// Whether people on this side may do that at all (A8, A9, L16).
    pub const fn may(self, deed: Deed) -> bool {
        match deed {
            Deed::KeepOwnAccount => true,
            Deed::SeeCatalog
            | Deed::SeeCustomers
            | Deed::CreateCustomers
            | Deed::SeeLicenses
            | Deed::CreateLicenses
            | Deed::EditLicenses => matches!(self, Self::Reseller),
            Deed::SeeOwnLicenses => matches!(self, Self::Customer),
            Deed::SeeMail => matches!(self, Self::Owner),
        }
    }
}

impl Actor {
    /// Whether this person may do that now. Before a due change of password only that is allowed (A10).
    pub fn may(&self, deed: Deed) -> bool {
        self.role.may(deed) && (!self.password_due || deed == Deed::KeepOwnAccount)
    }

    /// The part of the data that this person's queries can reach.
    pub fn scope(&self) -> Scope {
        Scope(match self.role {
            Role::Owner => Reach::Operator,
            Role::Reseller => Reach::Reseller(self.account),
            Role::Customer => Reach::Customer(self.account),
        })
    }
}

/// What a query may reach. Only an [`Actor`] makes one, and every query on tenant data asks
/// for one: forgetting whose data it is does not compile (A11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope(Reach);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Operator,
    Reseller(AccountId),
    Customer(AccountId),
}

impl Scope {
    /// The reseller whose customers and licenses may be reached, if it is one who asks.
    pub fn reseller(&self) -> Option<AccountId> {
        match self.0 {
            Reach::Reseller(account) => Some(account),
            Reach::Operator | Reach::Customer(_) => None,
        }
    }

    /// The customer whose licenses may be reached, if it is one who asks.
    pub fn customer(&self) -> Option<AccountId> {
        match self.0 {
            Reach::Customer(account) => Some(account),
            Reach::Operator | Reach::Reseller(_) => None,
        }
    }

    /// Whether the operator asks, who sees everything.
    pub fn operator(&self) -> bool {
        self.0 == Reach::Operator
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn actor(role: Role, password_due: bool) -> Actor {
        Actor {
            contact: Uuid::from_u128(1).into(),
            account: Uuid::from_u128(2).into(),
            role,
            session: Uuid::from_u128(3).into(),
            name: "Ada".to_owned(),
            organisation: "Acme".to_owned(),
            password_due,
        }
    }

    #[test]
    fn l16_a_customer_may_see_only_its_own_licenses_and_keep_its_account() {
        let may = Deed::ALL.map(|deed| actor(Role::Customer, false).may(deed));
        let allowed: Vec<_> = Deed::ALL.into_iter().zip(may).filter(|(_, may)| *may).collect();
        assert_eq!(allowed, [(Deed::KeepOwnAccount, true), (Deed::SeeOwnLicenses, true)]);
    }

    #[test]
    fn a10_until_the_password_is_changed_nothing_else_is_allowed() {
        for role in [Role::Owner, Role::Reseller, Role::Customer] {
            let allowed: Vec<_> = Deed::ALL.into_iter().filter(|deed| actor(role, true).may(*deed)).collect();
            assert_eq!(allowed, [Deed::KeepOwnAccount]);
        }
    }

    #[test]
    fn a11_a_scope_reaches_one_account_and_no_other() {
        let scope = actor(Role::Reseller, false).scope();
        assert_eq!(scope.reseller(), Some(Uuid::from_u128(2).into()));
        assert_eq!(scope.customer(), None);
        assert!(!scope.operator());
    }
}

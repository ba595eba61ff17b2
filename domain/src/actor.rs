//! Who acts, and what they may see.

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, ContactId, SessionId,
    accounts::Kind,
    policy::{Deed, Roles},
};

/// A signed-in person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub contact: ContactId,
    /// The account that person belongs to.
    pub account: AccountId,
    /// What kind of account that is: the side of the house they are on.
    pub side: Kind,
    /// What they are within it.
    pub roles: Roles,
    /// The browser they are signed in with.
    pub session: SessionId,
    /// The person's name, for the menu.
    pub name: String,
    /// The account's name, for the menu.
    pub organisation: String,
    /// A10: the password was chosen by somebody else; nothing else is possible before it is changed.
    pub password_due: bool,
}

impl Actor {
    /// Whether this person may do that now. Before a due change of password only that is allowed (A10).
    pub fn may(&self, deed: Deed) -> bool {
        self.roles.may(deed) && (!self.password_due || deed == Deed::KeepOwnAccount)
    }

    /// The part of the data that this person's queries can reach.
    pub fn scope(&self) -> Scope {
        Scope(match self.side {
            Kind::Operator => Reach::Operator,
            Kind::Reseller => Reach::Reseller(self.account),
            Kind::Customer => Reach::Customer(self.account),
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

    /// The operator's reach narrowed to what one of its resellers reaches; nobody else has such a view.
    pub fn narrowed(&self, reseller: AccountId) -> Option<Self> {
        self.operator().then_some(Self(Reach::Reseller(reseller)))
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

    fn actor(side: Kind, password_due: bool) -> Actor {
        Actor {
            contact: Uuid::from_u128(1).into(),
            account: Uuid::from_u128(2).into(),
            side,
            roles: Roles::chief(side),
            session: Uuid::from_u128(3).into(),
            name: "Ada".to_owned(),
            organisation: "Acme".to_owned(),
            password_due,
        }
    }

    #[test]
    fn a10_until_the_password_is_changed_nothing_else_is_allowed() {
        for side in Kind::ALL {
            let allowed: Vec<_> = Deed::ALL.into_iter().filter(|deed| actor(*side, true).may(*deed)).collect();
            assert_eq!(allowed, [Deed::KeepOwnAccount]);
        }
    }

    #[test]
    fn a11_only_the_operator_looks_at_what_another_account_reaches() {
        let acme: AccountId = Uuid::from_u128(9).into();
        let narrowed = |side| actor(side, false).scope().narrowed(acme).and_then(|scope| scope.reseller());
        assert_eq!(narrowed(Kind::Operator), Some(acme));
        assert_eq!(narrowed(Kind::Reseller), None);
        assert_eq!(narrowed(Kind::Customer), None);
    }

    #[test]
    fn a11_a_scope_reaches_one_account_and_no_other() {
        let scope = actor(Kind::Reseller, false).scope();
        assert_eq!(scope.reseller(), Some(Uuid::from_u128(2).into()));
        assert_eq!(scope.customer(), None);
        assert!(!scope.operator());
    }
}

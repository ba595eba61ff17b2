//! Who tries every door: each role of the policy, two at once, and everybody whose case is a special one.

use domain::{
    Role, Roles,
    accounts::Kind,
    actor::Due::{self, Debt, Password, Proof, SecondFactor},
};

/// Who tries. `RESELLER`'s are all things behind the doors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    Anon,
    /// Of the staff, of `RESELLER`'s team, or its customer: whoever has such a role. The admin made all the things.
    With(Role),
    /// The same, with two roles (A8: the rights are the union).
    Both(Role, Role),
    /// The same of another reseller, or of its customer.
    Other(Role),
    /// Somebody who has to do something first: an owner, a customer of `RESELLER`, an admin of another reseller, one of a
    /// reseller that its debt has suspended.
    Owes(Due),
    /// Of `RESELLER`'s team; wrong passwords have locked the sign-in, the browser was signed in before.
    Locked(Role),
    /// Of `RESELLER`'s team, made inactive, with the cookie of a session that nobody ended.
    Inactive(Role),
    /// Of an account that is suspended, with the cookie of a session that nobody ended.
    Suspended(Role),
    /// A customer of a reseller that is suspended: its sign-in goes on.
    OfSuspended,
}

/// Whose people somebody belongs to, as far as the things behind the doors are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    Office,
    /// `RESELLER`'s team.
    Team,
    /// `CUSTOMER`.
    Customer,
    /// An account that has no part in any of these things.
    Elsewhere,
}

/// What somebody is who is signed in.
pub struct Standing {
    pub home: Home,
    pub roles: Roles,
    pub due: Option<Due>,
}

impl Person {
    /// Everybody: a new role of the policy comes of itself.
    pub fn all() -> Vec<Self> {
        let pairs = [
            (Role::AccountManager, Role::Finance),
            (Role::Catalog, Role::Support),
            (Role::Buyer, Role::SubscriptionsManager),
            (Role::LicenseManager, Role::BillingAgent),
        ];
        let special = [
            Self::Other(Role::Admin),
            Self::Other(Role::Customer),
            Self::Owes(Proof),
            Self::Owes(Password),
            Self::Owes(SecondFactor),
            Self::Owes(Debt),
            Self::Locked(Role::Buyer),
            Self::Inactive(Role::Admin),
            Self::Suspended(Role::Admin),
            Self::OfSuspended,
        ];
        let roles = Role::ALL.iter().copied().map(Self::With);
        let pairs = pairs.into_iter().map(|(one, two)| Self::Both(one, two));
        [Self::Anon].into_iter().chain(roles).chain(pairs).chain(special).collect()
    }

    /// What that person is; nobody, if the cookie is worth nothing.
    pub fn standing(self) -> Option<Standing> {
        let (home, roles, due) = match self {
            Self::Anon | Self::Inactive(_) | Self::Suspended(_) => return None,
            Self::With(role) | Self::Locked(role) => (Home::of(role), Roles::of(&[role]), None),
            Self::Both(one, two) => (Home::of(one), Roles::of(&[one, two]), None),
            Self::Other(role) => (Home::Elsewhere, Roles::of(&[role]), None),
            Self::OfSuspended => (Home::Elsewhere, Roles::chief(Kind::Customer), None),
            Self::Owes(Proof) => (Home::Office, Roles::chief(Kind::Operator), Some(Proof)),
            Self::Owes(Password) => (Home::Elsewhere, Roles::chief(Kind::Customer), Some(Password)),
            Self::Owes(SecondFactor) => (Home::Elsewhere, Roles::chief(Kind::Reseller), Some(SecondFactor)),
            Self::Owes(Debt) => (Home::Elsewhere, Roles::chief(Kind::Reseller), Some(Debt)),
        };
        Some(Standing { home, roles, due })
    }
}

impl Home {
    /// Where people with that role are at home, when they are those of the story.
    pub fn of(role: Role) -> Self {
        match Kind::ALL.iter().find(|side| Role::of(**side).contains(&role)) {
            Some(Kind::Operator) => Self::Office,
            Some(Kind::Customer) => Self::Customer,
            _ => Self::Team,
        }
    }
}

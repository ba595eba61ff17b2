//! Who acts, and what they may see.

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, ContactId, SessionId, Timestamp,
    accounts::Kind,
    contacts::CONFIRMED_MINUTES,
    policy::{Deed, Roles},
};

/// What somebody has to do before anything else is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// Prove the second factor: the password was right, but nobody is signed in yet.
    Proof,
    /// A10: change the password, which somebody else chose.
    Password,
    /// Set a second factor up, because the account asks for one.
    SecondFactor,
    /// Pay: the account is suspended because of what it owes (V12).
    Debt,
}

impl Due {
    /// Whether that is allowed all the same: keeping the own account; of an account that its debt has suspended also to see what it
    /// owes and to pay (V12); and while the second factor is not proved, nothing.
    pub const fn leaves(self, deed: Deed) -> bool {
        match self {
            Self::Proof => false,
            Self::Password | Self::SecondFactor => matches!(deed, Deed::KeepOwnAccount),
            Self::Debt => matches!(deed, Deed::KeepOwnAccount | Deed::SeeBilling | Deed::Pay),
        }
    }

    /// From the times that are stored; what comes first is due first.
    pub fn of(
        proof_due: Option<Timestamp>,
        password_given: Option<Timestamp>,
        factor_required: Option<Timestamp>,
        factor_since: Option<Timestamp>,
    ) -> Option<Self> {
        match (proof_due, password_given, factor_required, factor_since) {
            (Some(_), ..) => Some(Self::Proof),
            (None, Some(_), ..) => Some(Self::Password),
            (None, None, Some(_), None) => Some(Self::SecondFactor),
            _ => None,
        }
    }
}

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
    /// What they have to do before anything else.
    pub due: Option<Due>,
    /// When they last proved who they are in this session.
    #[serde(with = "crate::time::compact")]
    pub confirmed_at: Timestamp,
}

impl Actor {
    /// Whether this person may do that now. While something is due, only what that leaves is allowed (A10, V12).
    pub fn may(&self, deed: Deed) -> bool {
        self.due.is_none_or(|due| due.leaves(deed)) && self.roles.may(deed)
    }

    /// Whether they have proved who they are a short while ago. A time that is still to come proves nothing: the clock was wrong then.
    pub fn is_confirmed(&self, now: Timestamp) -> bool {
        let age = now - self.confirmed_at;
        age >= chrono::Duration::zero() && age < chrono::Duration::minutes(CONFIRMED_MINUTES)
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

    fn actor(side: Kind, due: Option<Due>) -> Actor {
        Actor {
            contact: Uuid::from_u128(1).into(),
            account: Uuid::from_u128(2).into(),
            side,
            roles: Roles::chief(side),
            session: Uuid::from_u128(3).into(),
            name: "Ada".to_owned(),
            organisation: "Acme".to_owned(),
            due,
            confirmed_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a10_until_what_is_due_is_done_nothing_else_is_allowed() {
        for (side, due) in Kind::ALL.iter().flat_map(|side| [Due::Password, Due::SecondFactor].map(|due| (side, due))) {
            let allowed: Vec<_> = Deed::ALL.into_iter().filter(|deed| actor(*side, Some(due)).may(*deed)).collect();
            assert_eq!(allowed, [Deed::KeepOwnAccount]);
        }
    }

    #[test]
    fn v12_an_account_that_its_debt_has_suspended_pays_sees_what_it_owes_and_nothing_else() {
        let left = |roles: &[crate::Role]| -> Vec<Deed> {
            let actor = Actor { roles: Roles::of(roles), ..actor(Kind::Reseller, Some(Due::Debt)) };
            Deed::ALL.into_iter().filter(|deed| actor.may(*deed)).collect()
        };
        assert_eq!(left(&[crate::Role::Admin]), [Deed::KeepOwnAccount, Deed::SeeBilling, Deed::Pay]);
        assert_eq!(left(&[crate::Role::BillingAgent]), [Deed::KeepOwnAccount, Deed::SeeBilling, Deed::Pay]);
        assert_eq!(left(&[crate::Role::Buyer]), [Deed::KeepOwnAccount]);
    }

    #[test]
    fn a_right_password_alone_allows_nothing_to_who_has_a_second_factor() {
        assert!(Deed::ALL.into_iter().all(|deed| !actor(Kind::Operator, Some(Due::Proof)).may(deed)));
    }

    #[test]
    fn the_second_factor_is_due_before_the_password_and_that_before_setting_one_up() {
        let at = Some(Timestamp::UNIX_EPOCH);
        assert_eq!(Due::of(at, at, at, None), Some(Due::Proof));
        assert_eq!(Due::of(None, at, at, None), Some(Due::Password));
        assert_eq!(Due::of(None, None, at, None), Some(Due::SecondFactor));
        assert_eq!(Due::of(None, None, at, at), None);
        assert_eq!(Due::of(None, None, None, None), None);
    }

    #[test]
    fn what_matters_is_confirmed_for_a_quarter_of_an_hour() {
        let owner = actor(Kind::Operator, None);
        let after = |minutes| Timestamp::UNIX_EPOCH + chrono::Duration::minutes(minutes);
        assert_eq!([after(0), after(14), after(15)].map(|now| owner.is_confirmed(now)), [true, true, false]);
        assert!(!owner.is_confirmed(after(-1)), "by a clock that was ahead");
    }

    #[test]
    fn a11_only_the_operator_looks_at_what_another_account_reaches() {
        let acme: AccountId = Uuid::from_u128(9).into();
        let narrowed = |side| actor(side, None).scope().narrowed(acme).and_then(|scope| scope.reseller());
        assert_eq!(narrowed(Kind::Operator), Some(acme));
        assert_eq!(narrowed(Kind::Reseller), None);
        assert_eq!(narrowed(Kind::Customer), None);
    }

    #[test]
    fn a11_a_scope_reaches_one_account_and_no_other() {
        let scope = actor(Kind::Reseller, None).scope();
        assert_eq!(scope.reseller(), Some(Uuid::from_u128(2).into()));
        assert_eq!(scope.customer(), None);
        assert!(!scope.operator());
    }
}

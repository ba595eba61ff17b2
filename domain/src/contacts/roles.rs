//! The roles of a person as typed (A8, A9): a box each, and in a team the user type above them.

use serde::{Deserialize, Serialize};

use crate::{
    FieldErrors,
    accounts::Kind,
    policy::{Role, Roles},
    words::words,
};

words! {
    /// What kind of user somebody of a team is (A8).
    UserType {
        /// Everything of the own account.
        Admin = "admin", "Admin";
        /// One or more roles, whose rights add up.
        Simple = "simple", "Simple";
    }
}

impl UserType {
    /// The user type of somebody with these roles.
    pub fn of(roles: &Roles) -> Self {
        if roles.has(Role::Admin) { Self::Admin } else { Self::Simple }
    }
}

/// The boxes as typed; each is named after its role's word, and `on` when ticked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct RolesForm {
    /// `User type`, in a team.
    #[serde(rename = "user_type")]
    pub user_type: String,
    /// [`Role::Owner`].
    pub owner: String,
    /// [`Role::AccountManager`].
    pub account_manager: String,
    /// [`Role::Finance`].
    pub finance: String,
    /// [`Role::Catalog`].
    pub catalog: String,
    /// [`Role::Support`].
    pub support: String,
    /// [`Role::Buyer`].
    pub buyer: String,
    /// [`Role::SubscriptionsManager`].
    pub subscriptions_manager: String,
    /// [`Role::BillingAgent`].
    pub billing_agent: String,
    /// [`Role::LicenseManager`].
    pub license_manager: String,
    /// [`Role::StorefrontManager`].
    pub storefront_manager: String,
}

/// The field at which the boxes have their message.
const ROLES: &str = "roles";

impl RolesForm {
    /// The form of these roles, as it is shown and posted.
    pub fn of(roles: &Roles) -> Self {
        let ticked = |role| if roles.has(role) { "on".to_owned() } else { String::new() };
        Self {
            user_type: UserType::of(roles).word().to_owned(),
            owner: ticked(Role::Owner),
            account_manager: ticked(Role::AccountManager),
            finance: ticked(Role::Finance),
            catalog: ticked(Role::Catalog),
            support: ticked(Role::Support),
            buyer: ticked(Role::Buyer),
            subscriptions_manager: ticked(Role::SubscriptionsManager),
            billing_agent: ticked(Role::BillingAgent),
            license_manager: ticked(Role::LicenseManager),
            storefront_manager: ticked(Role::StorefrontManager),
        }
    }

    /// The boxes of the screen for a side: an admin is told by the user type.
    pub fn boxes(side: Kind) -> impl Iterator<Item = Role> {
        Role::of(side).iter().copied().filter(|role| !matches!(role, Role::Admin | Role::Customer))
    }

    fn ticked(&self) -> Vec<Role> {
        let boxes = [
            (&self.owner, Role::Owner),
            (&self.account_manager, Role::AccountManager),
            (&self.finance, Role::Finance),
            (&self.catalog, Role::Catalog),
            (&self.support, Role::Support),
            (&self.buyer, Role::Buyer),
            (&self.subscriptions_manager, Role::SubscriptionsManager),
            (&self.billing_agent, Role::BillingAgent),
            (&self.license_manager, Role::LicenseManager),
            (&self.storefront_manager, Role::StorefrontManager),
        ];
        boxes.into_iter().filter(|(typed, _)| *typed == "on").map(|(_, role)| role).collect()
    }

    /// The roles for somebody on that side: an admin alone, or one role and more.
    ///
    /// # Errors
    /// A message at `user_type` or `roles`; also when a role of the other side was made up by hand.
    pub fn check(&self, side: Kind) -> Result<Roles, FieldErrors> {
        let ticked = self.ticked();
        if ticked.iter().any(|role| !Role::of(side).contains(role)) {
            return Err(FieldErrors::at(ROLES, "There is no such role here."));
        }
        match (side, UserType::from_word(&self.user_type)) {
            (Kind::Reseller, Some(UserType::Admin)) => Ok(Roles::chief(side)),
            (Kind::Reseller, None) => Err(FieldErrors::at("user_type", "Choose a user type.")),
            (Kind::Reseller, Some(UserType::Simple)) if ticked.is_empty() => {
                Err(FieldErrors::at(ROLES, "Tick at least one role for a simple user."))
            }
            (Kind::Operator, _) if ticked.is_empty() => Err(FieldErrors::at(ROLES, "Tick at least one role.")),
            (Kind::Reseller | Kind::Operator, _) => Ok(Roles::of(&ticked)),
            (Kind::Customer, _) => Err(FieldErrors::at(ROLES, "There is no such role here.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simple(roles: &[Role]) -> RolesForm {
        RolesForm { user_type: "simple".to_owned(), ..RolesForm::of(&Roles::of(roles)) }
    }

    #[test]
    fn a8_an_admin_is_admin_alone_and_a_simple_user_has_one_role_or_more() {
        let check = |form: &RolesForm| form.check(Kind::Reseller);
        let admin = RolesForm { user_type: "admin".to_owned(), ..simple(&[Role::Buyer]) };
        assert_eq!(check(&admin), Ok(Roles::of(&[Role::Admin])));
        let both = [Role::Buyer, Role::LicenseManager];
        assert_eq!(check(&simple(&both)), Ok(Roles::of(&both)));
        assert_eq!(check(&simple(&[])), Err(FieldErrors::at("roles", "Tick at least one role for a simple user.")));
        assert_eq!(check(&RolesForm::default()), Err(FieldErrors::at("user_type", "Choose a user type.")));
    }

    #[test]
    fn a9_no_role_of_the_other_side_can_be_given_by_hand() {
        let none = Err(FieldErrors::at("roles", "There is no such role here."));
        for role in [Role::Owner, Role::AccountManager, Role::Finance, Role::Catalog, Role::Support] {
            assert_eq!(simple(&[role]).check(Kind::Reseller), none);
            assert_eq!(RolesForm { user_type: "admin".to_owned(), ..simple(&[role]) }.check(Kind::Reseller), none);
            assert_eq!(simple(&[role]).check(Kind::Customer), none);
            assert_eq!(simple(&[role]).check(Kind::Operator), Ok(Roles::of(&[role])));
        }
        assert_eq!(simple(&[Role::Buyer]).check(Kind::Operator), none);
        assert_eq!(simple(&[]).check(Kind::Operator), Err(FieldErrors::at("roles", "Tick at least one role.")));
    }

    #[test]
    fn a8_every_role_has_its_box_and_is_read_from_it() {
        for side in [Kind::Operator, Kind::Reseller] {
            for role in RolesForm::boxes(side) {
                assert_eq!(simple(&[role]).check(side), Ok(Roles::of(&[role])));
                let posted = serde_json::to_value(simple(&[role])).expect("a form");
                assert_eq!(posted[role.word()], "on", "the box is named after the role");
            }
        }
    }
}

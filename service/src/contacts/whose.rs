//! Whose people somebody may change, and how far (A6, A8, A9): an admin those of the own team, an owner the staff, and
//! staff by their roles those of other accounts. Nobody else's are there.

use domain::{AccountId, ContactId, Deed, accounts::Kind};
use store::{Tx, accounts::Account, contacts::Contact};

use crate::{Cx, Error};

/// What somebody wants of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// To read.
    See,
    /// To add one, or to change the details. Those of customers stand in the search too, and are not changed here.
    Edit,
    /// To switch the sign-in off and on.
    Switch,
    /// To send a link again, to unlock.
    Help,
    /// To give roles: only the people of the own account.
    Roles,
    /// To ask all of them for a second factor.
    Require,
}

impl Want {
    /// The deed that it takes of whom the policy knows as somebody for these people, if there is one.
    fn deed(self, cx: &Cx, account: &Account) -> Option<Deed> {
        match (account.id == cx.actor.account, cx.actor.side, self) {
            (true, Kind::Reseller, _) => Some(Deed::ManageTeam),
            (true, Kind::Operator, _) => Some(Deed::ManageStaff),
            (false, Kind::Operator, want) => want.in_the_office(account.kind),
            _ => None,
        }
    }

    const fn in_the_office(self, kind: Kind) -> Option<Deed> {
        match (self, kind) {
            (_, Kind::Operator) | (Self::Edit | Self::Require, Kind::Customer) | (Self::Roles, _) => None,
            (Self::See, _) => Some(Deed::SeeAccounts),
            (Self::Edit | Self::Switch, _) => Some(Deed::EditContacts),
            (Self::Require, _) => Some(Deed::EditAccounts),
            (Self::Help, _) => Some(Deed::HelpContacts),
        }
    }

    /// Whether the actor may do that with anybody at all; asked before anything is read.
    pub(super) fn at_all(self, cx: &Cx) -> Result<(), Error> {
        let deeds = [Some(Deed::ManageTeam), Some(Deed::ManageStaff), self.in_the_office(Kind::Reseller)];
        let known = deeds.into_iter().flatten().find(|deed| cx.actor.roles.may(*deed));
        let missing = match cx.actor.side {
            Kind::Operator => self.in_the_office(Kind::Reseller).unwrap_or(Deed::ManageStaff),
            Kind::Reseller | Kind::Customer => Deed::ManageTeam,
        };
        cx.may(known.unwrap_or(missing))
    }

    /// Whether the actor may do that with the people of this account.
    pub(super) fn with(self, cx: &Cx, account: &Account) -> bool {
        self.deed(cx, account).is_some_and(|deed| cx.actor.may(deed))
    }
}

/// An account whose people the actor may so reach; the own one, if none is named.
pub(super) async fn account(cx: &Cx, tx: &mut Tx, want: Want, id: Option<AccountId>) -> Result<Account, Error> {
    let account = store::accounts::by_id(tx, id.unwrap_or(cx.actor.account)).await?.ok_or(Error::NotFound)?;
    match want.deed(cx, &account) {
        Some(deed) if cx.actor.may(deed) => Ok(account),
        Some(deed) => Err(cx.refused(deed)),
        None => Err(Error::NotFound),
    }
}

/// A person whom the actor may so reach.
pub(super) async fn person(cx: &Cx, tx: &mut Tx, want: Want, id: ContactId) -> Result<(Contact, Account), Error> {
    let contact = store::contacts::find(tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    let account = account(cx, tx, want, Some(contact.account)).await?;
    Ok((contact, account))
}

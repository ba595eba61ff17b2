//! The lists of people: of an account in the back office (A4), of the own team (A8), of the staff (A9).

use crate::ui::{
    ExportCsv, Fault, FaultPage, Icon, Load, PageHead, Private,
    data::{Resource, ServerAction},
    paths,
};
use domain::{AccountId, Deed, accounts::Kind, contacts::Contacts};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    api::{self, RequireSecondFactor},
    rows::People,
    rule::FactorRuleCard,
};
use crate::shared::accounts::AccountTabs;

/// What a list asks for, and what came: whose people, from where on.
#[derive(Clone, Copy)]
struct Asked {
    account: Memo<String>,
    after: Memo<String>,
    page: Resource<Result<Contacts, Fault>>,
}

impl Asked {
    /// Of the account in the address; of the own one where none stands there.
    fn here() -> Self {
        let (params, query) = (use_params_map(), use_query_map());
        let account = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
        let after = Memo::new(move |_| query.with(|query| query.get("after").unwrap_or_default()));
        let page = Resource::new(move || (account.get(), after.get()), |(account, after)| api::list(account, after));
        Self { account, after, page }
    }

    /// The people, below the head of the page.
    fn shown(self, side: Kind, list: String) -> impl IntoView {
        let said = RwSignal::new(None);
        let changed = Callback::new(move |()| self.page.refetch());
        let require = ServerAction::<RequireSecondFactor>::new();
        view! {
            <Load from=self.page let:page>
                <People
                    page=page.clone()
                    side=side
                    list=list.clone()
                    is_first=self.after.get_untracked().is_empty()
                    changed=changed
                    said=said
                />
                {page.factor_rule.map(|rule| view! { <FactorRuleCard rule=rule require=require refresh=changed /> })}
            </Load>
        }
    }
}

/// The people of an account in the back office.
#[component]
pub fn AccountContactsPage() -> impl IntoView {
    let asked = Asked::here();
    let Ok(account) = asked.account.get_untracked().parse::<AccountId>() else {
        // No account has such an id.
        return view! {
            <Private deed=Deed::SeeAccounts let:_actor>
                <FaultPage fault=Fault::NotFound />
            </Private>
        }
        .into_any();
    };
    let head = move |page: Contacts| {
        let can_add = page.can_add;
        view! {
            <PageHead title="Contacts" crumb=(paths::office_account(account), page.organisation)>
                <ExportCsv href=paths::office_account_contacts_csv(account) />
                {can_add.then(|| {
                    view! { <Adding address=paths::office_new_contact(account) label="Add contact" /> }
                })}
            </PageHead>
        }
    };
    view! {
        <Private deed=Deed::SeeAccounts let:_actor>
            <Load from=asked.page let:page>
                {head(page)}
            </Load>
            <AccountTabs id=account />
            {asked.shown(Kind::Operator, paths::office_account_contacts(account))}
        </Private>
    }
    .into_any()
}

/// The own team.
#[component]
pub fn TeamPage() -> impl IntoView {
    let asked = Asked::here();
    view! {
        <Private deed=Deed::ManageTeam let:_actor>
            <PageHead title="Team">
                <ExportCsv href=paths::TEAM_CSV />
                <Adding address=paths::NEW_TEAM.to_owned() label="Add user" />
            </PageHead>
            {asked.shown(Kind::Reseller, paths::TEAM.to_owned())}
        </Private>
    }
}

/// The staff.
#[component]
pub fn StaffPage() -> impl IntoView {
    let asked = Asked::here();
    view! {
        <Private deed=Deed::ManageStaff let:_actor>
            <PageHead title="Staff">
                <ExportCsv href=paths::STAFF_CSV />
                <Adding address=paths::NEW_STAFF.to_owned() label="Add user" />
            </PageHead>
            {asked.shown(Kind::Operator, paths::STAFF.to_owned())}
        </Private>
    }
}

#[component]
fn Adding(address: String, label: &'static str) -> impl IntoView {
    view! {
        <a class="button" data-kind="main" href=address>
            <Icon name="plus" />
            {label}
        </a>
    }
}

//! The page of one person: details, roles, the sign-in and what can be done about it, the history.

use crate::ui::{
    Deliveries, Edition, Fault, Form, Load, Only, PageHead, Private, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    Deed,
    accounts::Kind,
    contacts::{self, Act, PersonForm},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    acts::{Acts, Said, StatePill},
    api::{self, CopyLink, Edit, EndSessions, SetRoles, TakeSecondFactor},
    facts::{Facts, History},
    fields::{PersonFields, RolesFields},
    link::{TakeLink, TheLink},
    lost::LostFactor,
    rows::roles_words,
    sessions::OpenSessions,
};

type Found = Result<(contacts::ContactPage, Option<String>), Fault>;

/// A person in the back office: of an account, or of the staff.
#[component]
pub fn ContactPage() -> impl IntoView {
    let found = found();
    view! {
        <Private deed=Deed::SeeOffice let:_actor>
            <Loaded found=found />
        </Private>
    }
}

/// A person of the own team.
#[component]
pub fn TeamPersonPage() -> impl IntoView {
    let found = found();
    view! {
        <Private deed=Deed::ManageTeam let:_actor>
            <Loaded found=found />
        </Private>
    }
}

fn found() -> Resource<Found> {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    Resource::new(move || id.get(), api::find)
}

/// The forms of the page, which outlive what is loaded anew, and what was done last.
#[derive(Clone, Copy)]
struct Doing {
    edit: ServerAction<Edit>,
    roles: ServerAction<SetRoles>,
    copy: ServerAction<CopyLink>,
    take: ServerAction<TakeSecondFactor>,
    end: ServerAction<EndSessions>,
    said: RwSignal<String>,
    found: Resource<Found>,
}

impl Doing {
    /// Somebody else's page is loaded anew; who changed the own rights starts from home.
    fn done(self, word: &'static str, is_me: bool) {
        if is_me && word != "details" {
            window().location().assign(paths::HOME).ok();
        }
        self.said.set(if word == "details" { "saved".to_owned() } else { word.to_owned() });
        self.found.refetch();
    }
}

#[component]
fn Loaded(found: Resource<Found>) -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("done").unwrap_or_default());
    let doing = Doing {
        edit: ServerAction::new(),
        roles: ServerAction::new(),
        copy: ServerAction::new(),
        take: ServerAction::new(),
        end: ServerAction::new(),
        said: RwSignal::new(done),
        found,
    };
    view! {
        <Load from=found like="form" let:found>
            <Person page=found.0 link=found.1 doing=doing />
        </Load>
    }
}

#[component]
fn Person(page: contacts::ContactPage, link: Option<String>, doing: Doing) -> impl IntoView {
    let row = page.row.clone();
    let (id, account, is_me, email) = (row.id, page.account, page.is_me, row.email.clone());
    let done = Callback::new(move |act: Act| doing.done(act.word(), is_me));
    let deliveries = page.deliveries.clone();
    let takes_link = row.acts.contains(&Act::CopyLink);
    let lede = view! { <StatePill state=row.state />" "<span>{roles_words(&row)}</span> };
    view! {
        {move || view! { <Said word=doing.said.get() email=email.clone() /> }}
        {move || view! { <Deliveries deliveries=deliveries.clone() said=!doing.said.read().is_empty() /> }}
        <TheLink carried=link copy=doing.copy />
        <PageHead title=row.name.clone() typed=true crumb=up(&page) lede=lede.into_any()>
            <Acts id=id named_by="details".to_owned() acts=row.acts done=done />
            {(page.side == Kind::Customer).then(|| view! {
                <Only may=Deed::EditContacts>
                    <a class="button" href=paths::office_customer_edit(account)>"Edit"</a>
                </Only>
            })}
        </PageHead>
        <div class="columns">
            <div class="stack" data-gap="large">
                {if page.can_edit {
                    view! { <Details page=page.clone() doing=doing /> }.into_any()
                } else {
                    view! { <Facts page=page.clone() /> }.into_any()
                }}
                {page.can_set_roles.then(|| view! { <Rights page=page.clone() doing=doing /> })}
            </div>
            <aside class="stack">
                {takes_link.then(|| view! { <TakeLink id=id copy=doing.copy /> })}
                <LostFactor page=page.clone() take=doing.take done=Callback::new(move |()| doing.done("factor-taken", is_me)) />
                <OpenSessions page=page.clone() end=doing.end done=Callback::new(move |()| doing.done("sessions-ended", is_me)) />
                {(!page.history.is_empty()).then(|| view! { <History page=page /> })}
            </aside>
        </div>
    }
}

/// The way up: to the own team or staff, or to the people of the account.
fn up(page: &contacts::ContactPage) -> (String, String) {
    match page.side {
        Kind::Operator => (paths::STAFF.to_owned(), "Staff".to_owned()),
        Kind::Reseller if page.can_set_roles => (paths::TEAM.to_owned(), "Team".to_owned()),
        Kind::Reseller | Kind::Customer => (paths::office_account_contacts(page.account), page.organisation.clone()),
    }
}

#[component]
fn Details(page: contacts::ContactPage, doing: Doing) -> impl IntoView {
    let is_me = page.is_me;
    let person = PersonForm {
        first_name: page.first_name,
        last_name: page.last_name,
        email: page.row.email,
        phone: page.phone.unwrap_or_default(),
        job_title: page.row.job_title.unwrap_or_default(),
        storefront_user: page.row.state.map_or("", |_| "on").to_owned(),
    };
    // Everybody of one's own account signs in; there, it is the roles that are asked.
    let user_hint = (!page.can_set_roles).then_some(match page.row.state {
        Some(_) => "Without it the person cannot sign in any more, and the password is forgotten.",
        None => "Signs in as user type Admin, and gets an activation link by e-mail.",
    });
    view! {
        <section class="card" aria-labelledby="details">
            <h2 id="details">"Details"</h2>
            <Form
                action=doing.edit
                hidden=("id", page.row.id.to_string())
                on_done=Callback::new(move |()| doing.done("details", is_me))
            >
                <Edition value=page.edition />
                <PersonFields person=person user_hint=user_hint />
                <div class="actions" data-fit>
                    <Submit label="Save" />
                </div>
            </Form>
        </section>
    }
}

#[component]
fn Rights(page: contacts::ContactPage, doing: Doing) -> impl IntoView {
    let is_me = page.is_me;
    view! {
        <section class="card" aria-labelledby="rights">
            <h2 id="rights">{if page.side == Kind::Reseller { "User type and roles" } else { "Roles" }}</h2>
            <Form
                action=doing.roles
                id="rights"
                hidden=("id", page.row.id.to_string())
                on_done=Callback::new(move |()| doing.done("saved", is_me))
            >
                <Edition value=page.edition />
                <RolesFields side=page.side roles=page.row.roles />
                <div class="actions" data-fit>
                    <Submit label="Save roles" />
                </div>
            </Form>
        </section>
    }
}

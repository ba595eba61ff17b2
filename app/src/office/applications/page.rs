//! One application: who it is, what they wrote, and what became of it.

use crate::shared::applications::api::{self, Approve, Reject};
use crate::ui::{
    Fact, Facts, Load, Notice, PageHead, Pill, Time,
    data::{Resource, ServerAction},
    paths,
};
use domain::applications::{self, Person, State};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{decide::Decide, list::pill};

/// One application.
#[component]
pub fn ApplicationPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Resource::new(move || id.get(), api::find);
    let (approve, reject) = (ServerAction::<Approve>::new(), ServerAction::<Reject>::new());
    let done = Callback::new(move |()| page.refetch());
    view! {
        <Load from=page like="text" let:found>
            <Application page=found approve=approve reject=reject done=done />
        </Load>
    }
}

#[component]
fn Application(
    page: applications::ApplicationPage,
    approve: ServerAction<Approve>,
    reject: ServerAction<Reject>,
    done: Callback<()>,
) -> impl IntoView {
    let row = page.row.clone();
    let title = row.person.as_ref().map_or_else(|| "Rejected application".to_owned(), |who| who.organisation.clone());
    let lede = view! {
        <Pill word=pill(row.state) label=row.state.label() />
        " "
        <span>"applied " <Time at=row.created /></span>
    };
    let account = page.account;
    let decide =
        (row.state == State::Applied).then(|| view! { <Decide page=page approve=approve reject=reject done=done /> });
    view! {
        {row.decided.map(|(at, by)| view! {
            <Notice kind=if row.state == State::Approved { "good" } else { "info" }>
                <strong>{row.state.label()}" "<Time at=at />" by "<bdi>{by}</bdi>". "</strong>
                {meaning(row.state)}
                {account.map(|id| view! { " " <a href=paths::office_account(id)>"Open the account"</a> })}
            </Notice>
        })}
        <PageHead
            title=title
            typed=true
            crumb=(paths::APPLICATIONS.to_owned(), "Applications".to_owned())
            lede=lede.into_any()
        />
        <div class="columns">
            <div class="stack" data-gap="large">
                {row.person.map(|person| view! { <Who person=person /> })}
            </div>
            <aside class="stack" aria-label="Decision">{decide}</aside>
        </div>
    }
}

const fn meaning(state: State) -> &'static str {
    match state {
        State::Applied => "",
        State::Approved => "The account is there, and its first person has an activation link.",
        State::Rejected => "The applicant was told, and what they wrote is erased.",
    }
}

#[component]
fn Who(person: Person) -> impl IntoView {
    let website = person.website.map(|site| view! { <Fact name="Website"><bdi>{site}</bdi></Fact> });
    let message = person.message.map(|text| view! { <Fact name="Message" typed=true>{text}</Fact> });
    view! {
        <section class="card" aria-labelledby="who">
            <h2 id="who">"Applicant"</h2>
            <Facts>
                <Fact name="Organisation"><bdi>{person.organisation}</bdi></Fact>
                <Fact name="Name"><bdi>{person.name}</bdi></Fact>
                <Fact name="E-mail"><bdi>{person.email}</bdi></Fact>
                <Fact name="Phone"><bdi>{person.phone}</bdi></Fact>
                <Fact name="Country"><bdi>{person.country}</bdi></Fact>
                {website}
                {message}
            </Facts>
        </section>
    }
}

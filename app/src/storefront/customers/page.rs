//! The page of one customer.

use crate::shared::customers::api::{self, ResendLink};
use crate::ui::{
    Deliveries, Empty, Fact, Facts, Form, Load, Notice, Only, PageHead, Submit, Time,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    Deed,
    contacts::State as SignIn,
    customers,
    licenses::LicensesQuery,
    mail::{Purpose, State},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::StatePill;
use crate::storefront::licenses::Rows;

/// What was done just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Added,
    LinkSent,
    Saved,
}

/// One customer of the reseller.
#[component]
pub fn CustomerPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Resource::new(move || id.get(), api::find);
    let query = use_query_map();
    let resend = ServerAction::<ResendLink>::new();
    let done = Signal::derive(move || match query.with(|query| query.get("done")).as_deref() {
        _ if matches!(resend.value().get(), Some(Ok(()))) => Some(Done::LinkSent),
        Some("link") => Some(Done::LinkSent),
        Some("added") => Some(Done::Added),
        Some("saved") => Some(Done::Saved),
        _ => None,
    });
    view! {
        <Load from=page let:found>
            <Customer page=found done=done resend=resend sent=Callback::new(move |()| page.refetch()) />
        </Load>
    }
}

#[component]
fn Customer(
    page: customers::CustomerPage,
    done: Signal<Option<Done>>,
    resend: ServerAction<ResendLink>,
    /// A new link was sent, and the page is loaded anew.
    sent: Callback<()>,
) -> impl IntoView {
    let row = page.row.clone();
    let can_resend = matches!(row.state, SignIn::PendingActivation | SignIn::Locked);
    let id = row.id;
    let email = row.email.clone();
    let created = row.created.clone();
    let all = paths::licenses(&LicensesQuery { customer: Some(id), ..LicensesQuery::default() });
    let lede = view! { <StatePill state=row.state />" "<span>"created "<Time at=created /></span> };
    let deliveries = page.deliveries.clone();
    let link = deliveries.iter().find(|mail| mail.purpose == Purpose::Activation).map(|mail| mail.state);
    view! {
        {move || done.get().map(|done| said(done, can_resend, link, email.clone()))}
        {move || view! { <Deliveries deliveries=deliveries.clone() said=done.get().is_some() /> }}
        <PageHead
            title=row.name.clone()
            typed=true
            crumb=(paths::CUSTOMERS.to_owned(), "Customers".to_owned())
            lede=lede.into_any()
        >
            {can_resend.then(|| view! {
                <Only may=Deed::CreateCustomers>
                    <Form action=resend on_done=sent class="" hidden=("id", id.to_string())>
                        <Submit label="Resend activation link" kind="" />
                    </Form>
                </Only>
            })}
            <Only may=Deed::CreateCustomers>
                <a class="button" href=paths::customer_edit(id)>"Edit"</a>
            </Only>
            <Only may=Deed::CreateLicenses>
                <a class="button" data-kind="main" href=paths::new_license_for(id)>"Create license for this customer"</a>
            </Only>
        </PageHead>
        <div class="columns">
            <section class="section" aria-labelledby="licenses">
                <div class="section-head">
                    <h2 id="licenses">"Licenses"</h2>
                    {(row.licenses > 0).then(|| view! { <a href=all>"All in the list"</a> })}
                </div>
                {if page.licenses.is_empty() {
                    none_yet().into_any()
                } else {
                    view! { <Rows rows=page.licenses.clone() with_customer=false /> }.into_any()
                }}
            </section>
            <aside class="stack">
                <Who page=page />
            </aside>
        </div>
    }
}

/// What was done, and of the link what is known: that it was sent is only said once it was.
fn said(done: Done, invited: bool, link: Option<State>, email: String) -> impl IntoView {
    let sent = match link {
        Some(State::Sent) => "was sent to ",
        Some(State::Failed | State::Retrying | State::Replaced) => "was made for ",
        Some(State::Waiting) | None => "is being sent to ",
    };
    let (title, more) = match (done, invited) {
        (Done::Added, false) => {
            let more = view! { "They sign in with the password you chose, and choose their own then." };
            ("Customer added. ", more.into_any())
        }
        (Done::Added, true) => {
            ("Customer added. ", view! { "An activation link "{sent}<bdi>{email}</bdi>"." }.into_any())
        }
        (Done::LinkSent, _) => {
            let more = view! { "A new activation link "{sent}<bdi>{email}</bdi>"." };
            ("The earlier link no longer works. ", more.into_any())
        }
        (Done::Saved, _) => {
            let more = view! { "The customer is changed wherever it is named, but on invoices that were issued." };
            ("Saved. ", more.into_any())
        }
    };
    view! { <Notice kind="good"><strong>{title}</strong>{more}</Notice> }
}

fn none_yet() -> impl IntoView {
    view! {
        <Empty
            icon="key"
            title="No licenses yet"
            text="The licenses that are created for this customer stand here, each with its key."
        />
    }
}

#[component]
fn Who(page: customers::CustomerPage) -> impl IntoView {
    let row = page.row;
    let phone = page.phone.map(|phone| view! { <Fact name="Phone"><bdi>{phone}</bdi></Fact> });
    let seen = match page.first_signed_in {
        Some(at) => view! { <Time at=at /> }.into_any(),
        None => view! { <span class="muted">"Not yet"</span> }.into_any(),
    };
    let due = page
        .password_due
        .then(|| view! { <Fact name="Password">"Chosen by you, to be changed at the first sign-in"</Fact> });
    view! {
        <section class="card" aria-labelledby="who">
            <h2 id="who">"Details"</h2>
            <Facts>
                <Fact name="Name"><bdi>{row.person}</bdi></Fact>
                <Fact name="E-mail"><bdi>{row.email}</bdi></Fact>
                <Fact name="Username"><bdi>{page.username}</bdi></Fact>
                {phone}
                <Fact name="First signed in">{seen}</Fact>
                {due}
            </Facts>
        </section>
    }
}

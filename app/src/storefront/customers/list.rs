//! The list of customers: searched by words, paged by cursor, all in the address.

use crate::shared::customers::api;
use crate::ui::{
    Empty, ExportCsv, Icon, Load, Only, PageHead, Pager, Search, data::Resource, follow_view, paths, typed_in,
};
use domain::{
    Deed,
    customers::{Customers, CustomersQuery},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{
    hooks::{use_navigate, use_query_map},
    params::ParamsMap,
};

use super::rows::Rows;

/// The reseller's customers.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(read));
    let page = Resource::new(
        move || wanted.get(),
        |view| async move { api::list(view.clone()).await.map(|customers| (view, customers)) },
    );
    let last = StoredValue::new(None);
    view! {
        <PageHead title="Customers">
            <Only may=Deed::CreateCustomers>
                <a class="button" href=paths::IMPORT>"Import"</a>
                <a class="button" data-kind="main" href=paths::NEW_CUSTOMER><Icon name="plus" />"Create customer"</a>
            </Only>
        </PageHead>
        <Load from=page let:shown>
            <Shown view=shown.0 customers=shown.1 wanted=wanted last=last />
        </Load>
    }
}

fn read(query: &ParamsMap) -> CustomersQuery {
    CustomersQuery {
        q: query.get("q").map(|q| q.trim().to_owned()).unwrap_or_default(),
        after: query.get("after").and_then(|after| after.parse().ok()),
    }
}

#[component]
fn Shown(
    view: CustomersQuery,
    customers: Customers,
    wanted: Memo<CustomersQuery>,
    last: StoredValue<Option<CustomersQuery>>,
) -> impl IntoView {
    if view == CustomersQuery::default() && customers.rows.is_empty() {
        return none_yet().into_any();
    }
    let shown = StoredValue::new(view.clone());
    let busy = Signal::derive(move || wanted.with(|wanted| shown.with_value(|shown| shown != wanted)));
    let first = view.after.map(|_| paths::customers(&CustomersQuery { after: None, ..view.clone() }));
    let next = customers.next.map(|after| paths::customers(&CustomersQuery { after: Some(after), ..view.clone() }));
    view! {
        <Find q=view.q.clone() last=last />
        {if customers.rows.is_empty() {
            view! { <NothingFound q=view.q /> }.into_any()
        } else {
            view! {
                <div class="cluster"><ExportCsv href=paths::customers_csv(&view) /></div>
                <Rows rows=customers.rows busy=busy />
            }
            .into_any()
        }}
        <Pager first=first next=next />
    }
    .into_any()
}

#[component]
fn Find(q: String, last: StoredValue<Option<CustomersQuery>>) -> impl IntoView {
    let form = NodeRef::new();
    follow_view(form, CustomersQuery { q: q.clone(), after: None }, last);
    let navigate = use_navigate();
    let find = move |event: SubmitEvent| {
        event.prevent_default();
        let q = typed_in(&event, "q").unwrap_or_default();
        let view = CustomersQuery { q: q.trim().to_owned(), after: None };
        navigate(&paths::customers(&view), Default::default());
    };
    view! {
        <form node_ref=form class="filters" role="search" aria-label="Customers" action=paths::CUSTOMERS on:submit=find>
            <Search label="Search customers" placeholder="Name, company or e-mail" value=q />
        </form>
    }
}

#[component]
fn NothingFound(q: String) -> impl IntoView {
    view! {
        <section class="empty">
            <Icon name="search" />
            <h2>"No customer found"</h2>
            <p>"Nobody of yours has a name, company or e-mail address that begins with " <bdi>{q}</bdi> "."</p>
            <div class="actions" data-fit><a class="button" href=paths::CUSTOMERS>"Show all customers"</a></div>
        </section>
    }
}

fn none_yet() -> impl IntoView {
    view! {
        <Only
            may=Deed::CreateCustomers
            otherwise=|| view! { <Empty icon="people" title="No customers yet" text="Nobody of your team has created one." /> }
        >
            <Empty
                icon="people"
                title="No customers yet"
                text="Create the first one: then you can create licenses for it, and it can sign in and see its keys."
            >
                <a class="button" data-kind="main" href=paths::NEW_CUSTOMER>"Create customer"</a>
            </Empty>
        </Only>
    }
}

//! The list of accounts: searched by words, filtered, paged by cursor, all in the address.

use domain::accounts::{AccountRow, Accounts, AccountsQuery, Part};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{
    LazyRoute,
    hooks::{use_navigate, use_query_map},
    lazy_route,
};

use super::api;
use crate::{
    Fault, paths,
    ui::{Empty, Icon, Load, PageHead, Pager, Pill, Search, Time, follow_view, thousands, typed_in},
};

/// The route.
#[derive(Debug)]
pub struct AccountsRoute {
    wanted: Memo<AccountsQuery>,
    page: Resource<Result<(AccountsQuery, Accounts), Fault>>,
}

#[lazy_route]
impl LazyRoute for AccountsRoute {
    fn data() -> Self {
        let query = use_query_map();
        let wanted = Memo::new(move |_| query.with(|query| AccountsQuery::read(|name| query.get(name))));
        let page = Resource::new(
            move || wanted.get(),
            |view| async move { api::list(view.clone()).await.map(|accounts| (view, accounts)) },
        );
        Self { wanted, page }
    }

    fn view(this: Self) -> AnyView {
        let AccountsRoute { wanted, page } = this;
        let last = StoredValue::new(None);
        view! {
            <Load from=page let:shown>
                <Shown view=shown.0 accounts=shown.1 wanted=wanted last=last />
            </Load>
        }
        .into_any()
    }
}

#[component]
fn Shown(
    view: AccountsQuery,
    accounts: Accounts,
    wanted: Memo<AccountsQuery>,
    last: StoredValue<Option<AccountsQuery>>,
) -> impl IntoView {
    let shown = StoredValue::new(view.clone());
    let busy = Signal::derive(move || wanted.with(|wanted| shown.with_value(|shown| shown != wanted)));
    let at = |after| paths::office_accounts(&AccountsQuery { after, ..view.clone() });
    let first = view.after.is_some().then(|| at(None));
    let next = accounts.next.map(|after| at(Some(after)));
    let add = || view! { <a class="button" data-kind="main" href=paths::NEW_ACCOUNT><Icon name="plus" />"Add"</a> };
    let rows = match accounts.rows.is_empty() {
        true => nothing(view == AccountsQuery::default()).into_any(),
        false => view! { <Rows rows=accounts.rows busy=busy /> }.into_any(),
    };
    view! {
        <PageHead title="Accounts">{accounts.may_edit.then(add)}</PageHead>
        <Find view=view last=last />
        {rows}
        <Pager first=first next=next />
    }
}

#[component]
fn Find(view: AccountsQuery, last: StoredValue<Option<AccountsQuery>>) -> impl IntoView {
    let form = NodeRef::new();
    let shown = AccountsQuery { after: None, ..view.clone() };
    follow_view(form, shown.clone(), last);
    let navigate = use_navigate();
    let show = view.show;
    let find = move |event: SubmitEvent| {
        event.prevent_default();
        let q = typed_in(&event, "q").unwrap_or_default();
        let view = AccountsQuery { q: q.trim().to_owned(), show, after: None };
        navigate(&paths::office_accounts(&view), Default::default());
    };
    let parts = std::iter::once(None).chain(Part::ALL.iter().copied().map(Some));
    let chip = |part: Option<Part>| {
        let address = paths::office_accounts(&AccountsQuery { show: part, ..shown.clone() });
        let current = (part == show).then_some("true");
        view! { <a class="chip" href=address aria-current=current>{part.map_or("All", Part::label)}</a> }
    };
    view! {
        <form node_ref=form class="filters" role="search" aria-label="Accounts" action=paths::ACCOUNTS on:submit=find>
            <Search label="Search accounts" placeholder="Name or e-mail" value=view.q />
            {show.map(|part| view! { <input type="hidden" name="show" value=part.word() /> })}
            <div class="chips" role="group" aria-label="Quick filters">{parts.map(chip).collect_view()}</div>
        </form>
    }
}

#[component]
fn Rows(rows: Vec<AccountRow>, busy: Signal<bool>) -> impl IntoView {
    view! {
        <div class="list" aria-busy=move || busy.get().to_string()>
            <table>
                <caption class="visually-hidden">"Accounts"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Account"</th>
                        <th scope="col">"E-mail"</th>
                        <th scope="col">"State"</th>
                        <th scope="col" class="num">"Customers"</th>
                        <th scope="col" class="num">"Licenses"</th>
                        <th scope="col" class="num" aria-sort="descending">"Added"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: AccountRow) -> impl IntoView {
    let (word, label) = match (row.suspended, row.ready) {
        (true, _) => ("suspended", "Suspended"),
        (false, true) => ("active", "Ready"),
        (false, false) => ("activation", "Not ready"),
    };
    view! {
        <tr>
            <td class="title"><a class="row" href=paths::office_account(row.id)><bdi>{row.name}</bdi></a></td>
            <td><bdi>{row.email}</bdi></td>
            <td class="state"><Pill word=word label=label /></td>
            <td class="num" data-side="start" data-label="Customers">{thousands(row.customers)}</td>
            <td class="num" data-side="end" data-label="Licenses">{thousands(row.licenses)}</td>
            <td class="num" data-label="Added"><Time at=row.created /></td>
        </tr>
    }
}

fn nothing(at_all: bool) -> impl IntoView {
    match at_all {
        true => view! {
            <Empty
                icon="people"
                title="No accounts yet"
                text="Add the first reseller: then give it a price list and a contact."
            />
        }
        .into_any(),
        false => view! {
            <Empty icon="search" title="Nothing matches" text="No account fits this search and this filter.">
                <a class="button" href=paths::ACCOUNTS>"Show all accounts"</a>
            </Empty>
        }
        .into_any(),
    }
}

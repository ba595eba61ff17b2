//! The list of accounts: searched by words, filtered, paged by cursor, all in the address.

use crate::ui::{
    Empty, ExportCsv, Icon, Load, PageHead, Pager, Search,
    data::{Resource, ServerAction},
    follow_view, paths, typed_in,
};
use domain::{
    accounts::{Accounts, AccountsQuery, Part},
    ticks::Tally,
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::{use_navigate, use_query_map};

use super::{
    api::{self, AssignToMany},
    many::{TickedRows, said},
    rows::Rows,
};

/// Assigning a price list to many of the rows at once.
#[derive(Clone, Copy)]
struct Assigning {
    assign: ServerAction<AssignToMany>,
    done: RwSignal<Option<(AccountsQuery, Tally)>>,
    last: StoredValue<Option<Vec<String>>>,
    refresh: Callback<()>,
}

/// The list of accounts.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(|query| AccountsQuery::read(|name| query.get(name))));
    // What a form without script has done.
    let plain = Memo::new(move |_| query.with(|query| query.get("done")).and_then(|done| done.parse::<Tally>().ok()));
    let page = Resource::new(
        move || wanted.get(),
        |view| async move { api::list(view.clone()).await.map(|accounts| (view, accounts)) },
    );
    let last = StoredValue::new(None);
    let assigning = Assigning {
        assign: ServerAction::new(),
        done: RwSignal::new(None),
        last: StoredValue::new(None),
        refresh: Callback::new(move |()| page.refetch()),
    };
    // What was done in this view, by a form with or without script.
    let done = move || {
        let here = assigning.done.get().filter(|(view, _)| wanted.with(|wanted| wanted == view));
        here.map(|(_, done)| done).or_else(|| plain.get())
    };
    view! {
        {move || done().map(said)}
        <Load from=page let:shown>
            <Shown view=shown.0 accounts=shown.1 wanted=wanted last=last assigning=assigning />
        </Load>
    }
}

#[component]
fn Shown(
    view: AccountsQuery,
    accounts: Accounts,
    wanted: Memo<AccountsQuery>,
    last: StoredValue<Option<AccountsQuery>>,
    assigning: Assigning,
) -> impl IntoView {
    let shown = StoredValue::new(view.clone());
    let busy = Signal::derive(move || wanted.with(|wanted| shown.with_value(|shown| shown != wanted)));
    let at = |after| paths::office_accounts(&AccountsQuery { after, ..view.clone() });
    let first = view.after.is_some().then(|| at(None));
    let next = accounts.next.map(|after| at(Some(after)));
    let add = || view! { <a class="button" data-kind="main" href=paths::NEW_ACCOUNT><Icon name="plus" />"Add"</a> };
    let rows = if accounts.rows.is_empty() {
        nothing(view == AccountsQuery::default()).into_any()
    } else if accounts.may_edit {
        let on_done = Callback::new(move |tally| {
            assigning.done.set(Some((shown.get_value(), tally)));
            assigning.refresh.run(());
        });
        view! {
            <TickedRows
                rows=accounts.rows
                view=view.clone()
                price_lists=accounts.price_lists
                busy=busy
                assign=assigning.assign
                on_done=on_done
                last=assigning.last
            />
        }
        .into_any()
    } else {
        view! { <Rows rows=accounts.rows busy=busy /> }.into_any()
    };
    let table = paths::office_accounts_csv(&view);
    view! {
        <PageHead title="Accounts">
            <ExportCsv href=table />
            {accounts.may_edit.then(add)}
        </PageHead>
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

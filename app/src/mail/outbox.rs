//! The page of the outbox: what was written, what waits, what could not be sent and why.

use domain::mail::{MailQuery, Outbox, State};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

use super::{
    api::{self, Retry},
    rows::Rows,
};
use crate::{
    Fault, paths,
    ui::{Empty, Load, Notice, PageHead, Pager},
};

/// The route: the data is asked for while the program of the page is on its way.
#[derive(Debug)]
pub struct MailRoute {
    retried: Memo<bool>,
    outbox: Resource<Result<(MailQuery, Outbox), Fault>>,
}

#[lazy_route]
impl LazyRoute for MailRoute {
    fn data() -> Self {
        let query = use_query_map();
        let view = Memo::new(move |_| {
            query.with(|query| MailQuery {
                state: query.get("state").and_then(|word| State::from_word(&word)),
                after: query.get("after").and_then(|after| after.parse().ok()),
            })
        });
        let retried = Memo::new(move |_| query.with(|query| query.get("done").is_some()));
        let outbox = Resource::new(
            move || view.get(),
            |view| async move { api::outbox(view.clone()).await.map(|outbox| (view, outbox)) },
        );
        Self { retried, outbox }
    }

    fn view(this: Self) -> AnyView {
        let MailRoute { retried, outbox } = this;
        let retry = ServerAction::<Retry>::new();
        let again = Callback::new(move |()| outbox.refetch());
        let said = move || retried.get() || matches!(retry.value().get(), Some(Ok(())));
        view! {
            {move || said().then(|| view! {
                <Notice kind="good"><strong>"The mail is on its way again. "</strong>"Whether it arrived is seen here."</Notice>
            })}
            <PageHead title="Mail" />
            <Load from=outbox let:shown>
                <Page view=shown.0 page=shown.1 retry=retry again=again />
            </Load>
        }
        .into_any()
    }
}

#[component]
fn Page(view: MailQuery, page: Outbox, retry: ServerAction<Retry>, again: Callback<()>) -> impl IntoView {
    let at = |after| paths::mail(&MailQuery { after, ..view.clone() });
    let first = view.after.is_some().then(|| at(None));
    let next = page.next.map(|after| at(Some(after)));
    view! {
        <Chips shown=view.state />
        {if page.rows.is_empty() {
            none(view.state).into_any()
        } else {
            view! { <Rows rows=page.rows may_retry=page.may_retry retry=retry again=again /> }.into_any()
        }}
        <Pager first=first next=next />
    }
}

#[component]
fn Chips(shown: Option<State>) -> impl IntoView {
    let chip = |state: Option<State>| {
        let address = paths::mail(&MailQuery { state, after: None });
        let name = state.map_or("All", State::label);
        view! { <a class="chip" href=address aria-current=(state == shown).then_some("true")>{name}</a> }
    };
    let states = std::iter::once(None).chain(State::ALL.iter().copied().map(Some));
    view! {
        <div class="chips" role="group" aria-label="Quick filters">{states.map(chip).collect_view()}</div>
    }
}

fn none(state: Option<State>) -> impl IntoView {
    let (title, text) = match state {
        None => ("No mail yet", "Invitations and license details appear here as soon as they are written."),
        Some(State::Failed) => {
            ("No mail has failed", "What a mail server refused for good would wait here to be tried again.")
        }
        Some(_) => ("No such mail", "No mail is in this state now."),
    };
    view! { <Empty icon="mail" title=title text=text /> }
}

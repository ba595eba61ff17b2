//! The page of the outbox: what was written, what waits, what could not be sent and why.

use crate::ui::{
    Empty, Load, Notice, PageHead, Pager,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    mail::{MailQuery, Outbox, State},
    ticks::Tally,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{self, Retry},
    rows::{Rows, TickedRows},
};

/// Sending mails again.
#[derive(Clone, Copy)]
struct Retrying {
    retry: ServerAction<Retry>,
    done: RwSignal<Option<(MailQuery, Tally)>>,
    last: StoredValue<Option<Vec<String>>>,
    refresh: Callback<()>,
}

/// The outbox: what was written, what waits, what could not be sent and why.
#[component]
pub fn MailPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        query.with(|query| MailQuery {
            state: query.get("state").and_then(|word| State::from_word(&word)),
            after: query.get("after").and_then(|after| after.parse().ok()),
        })
    });
    // What a form without script has done.
    let said = Memo::new(move |_| query.with(|query| query.get("done")).and_then(|done| done.parse::<Tally>().ok()));
    let outbox = Resource::new(
        move || wanted.get(),
        |view| async move { api::outbox(view.clone()).await.map(|outbox| (view, outbox)) },
    );
    let retrying = Retrying {
        retry: ServerAction::new(),
        done: RwSignal::new(None),
        last: StoredValue::new(None),
        refresh: Callback::new(move |()| outbox.refetch()),
    };
    // What was done in this view, by a form with or without script.
    let done = move || {
        let here = retrying.done.get().filter(|(view, _)| wanted.with(|wanted| wanted == view));
        here.map(|(_, done)| done).or_else(|| said.get())
    };
    view! {
        {move || done().map(told)}
        <PageHead
            title="Mail"
            lede="Links and license keys are left out of the texts here. Only the recipients read them.".into_any()
        />
        <Load from=outbox let:shown>
            <Page view=shown.0 page=shown.1 retrying=retrying />
        </Load>
    }
}

/// What was done.
fn told(Tally { done, of }: Tally) -> impl IntoView {
    let (kind, title) = match done {
        0 => ("info", "No mail was sent again. ".to_owned()),
        1 => ("good", "The mail is on its way again. ".to_owned()),
        done => ("good", format!("{done} mails are on their way again. ")),
    };
    let left = (done < of).then(|| format!("{} of {of} ticked were sent meanwhile. ", of.saturating_sub(done)));
    view! { <Notice kind=kind><strong>{title}</strong>{left}"Whether it arrived is seen here."</Notice> }
}

#[component]
fn Page(view: MailQuery, page: Outbox, retrying: Retrying) -> impl IntoView {
    let at = |after| paths::mail(&MailQuery { after, ..view.clone() });
    let first = view.after.is_some().then(|| at(None));
    let next = page.next.map(|after| at(Some(after)));
    let state = view.state;
    let waits = page.rows.iter().any(|row| row.state.may_retry());
    let rows = if page.rows.is_empty() {
        none(state).into_any()
    } else if page.may_retry && waits {
        let Retrying { retry, done, last, refresh } = retrying;
        let shown = StoredValue::new(view.clone());
        let on_done = Callback::new(move |tally| {
            done.set(Some((shown.get_value(), tally)));
            refresh.run(());
        });
        view! { <TickedRows rows=page.rows view=view retry=retry on_done=on_done last=last /> }.into_any()
    } else {
        view! { <Rows rows=page.rows /> }.into_any()
    };
    view! {
        <Chips shown=state />
        {rows}
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

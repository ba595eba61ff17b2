//! The browsers one is signed in with, and how to end that.

use crate::ui::{
    Form, Icon, Load, Submit, Time,
    data::{Resource, ServerAction},
    paths,
};
use domain::contacts::SessionRow;
use leptos::prelude::*;

use super::api::{self, EndOtherSessions, EndSession};

/// The list of sessions.
#[component]
pub fn SessionsCard() -> impl IntoView {
    let sessions = Resource::new(|| (), |()| api::sessions());
    let ended = Callback::new(move |()| sessions.refetch());
    let others = ServerAction::<EndOtherSessions>::new();
    view! {
        <section class="card" aria-labelledby="sessions">
            <h2 id="sessions">"Sessions"</h2>
            <Load from=sessions let:rows>
                {
                    let several = rows.len() > 1;
                    view! {
                        <ul class="rows">
                            {rows.into_iter().map(|row| view! { <Session row=row ended=ended /> }).collect_view()}
                        </ul>
                        {several
                            .then(|| {
                                view! {
                                    <Form action=others on_done=ended class="">
                                        <Submit label="End all other sessions" kind="" size="small" />
                                    </Form>
                                }
                            })}
                    }
                }
            </Load>
        </section>
    }
}

#[component]
fn Session(row: SessionRow, ended: Callback<()>) -> impl IntoView {
    let end = ServerAction::<EndSession>::new();
    let current = row.current;
    let done = Callback::new(move |()| {
        if current {
            window().location().assign(paths::LOGIN).ok();
        } else {
            ended.run(());
        }
    });
    let name_id = format!("session-{}", row.id);
    view! {
        <li>
            <Icon name="desktop" />
            <div>
                <strong id=name_id.clone()>
                    <bdi>{row.browser}</bdi>
                </strong>
                " "
                {current.then(|| view! { <span class="tag">"This session"</span> })}
                <p class="hint">
                    <bdi>{row.address}</bdi> ", last used " <Time at=row.used exact=true />
                </p>
            </div>
            <Form action=end on_done=done class="" hidden=("session", row.id.to_string())>
                <Submit label="End this session" kind="" size="small" described_by=name_id />
            </Form>
        </li>
    }
}

//! The sessions of a person, for who may end them: a lost laptop, a doubt.

use crate::ui::{Form, Submit, count_of, data::ServerAction};
use domain::contacts::ContactPage;
use leptos::prelude::*;

use super::api::EndSessions;

/// The card of somebody's sessions; nothing for who may not end them.
#[component]
pub fn OpenSessions(
    /// The person.
    page: ContactPage,
    /// Ends them.
    end: ServerAction<EndSessions>,
    /// Told when it is done.
    done: Callback<()>,
) -> impl IntoView {
    let open = page.open_sessions?;
    let words = match i64::try_from(open).unwrap_or(i64::MAX) {
        0 => "Signed in nowhere.".to_owned(),
        open => format!("Signed in with {}.", count_of(open, "browser", "browsers")),
    };
    let form = (open > 0).then(|| {
        view! {
            <p>"If a device is lost or somebody else may use it, end all sessions. The person can log in again as before."</p>
            <Form action=end hidden=("id", page.row.id.to_string()) on_done=done>
                <div class="actions" data-fit><Submit label="End all sessions" kind="" /></div>
            </Form>
        }
    });
    Some(view! {
        <section class="card" aria-labelledby="sessions">
            <h2 id="sessions">"Sessions"</h2>
            <p>{words}</p>
            {form}
        </section>
    })
}

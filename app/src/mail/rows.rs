//! Mails as rows, or as cards where there is no room for rows.

use domain::mail::{MailRow, State};
use leptos::prelude::*;

use super::api::Retry;
use crate::ui::{Form, Pill, Submit, Time, count_of};

/// The mails of one page.
#[component]
pub fn Rows(
    /// Newest first.
    rows: Vec<MailRow>,
    /// Whether the reader may send them again.
    may_retry: bool,
    /// Sends one again.
    retry: ServerAction<Retry>,
    /// Told when that is done.
    again: Callback<()>,
) -> impl IntoView {
    let row = move |row: MailRow| view! { <Row row=row may_retry=may_retry retry=retry again=again /> };
    view! {
        <div class="list">
            <table>
                <caption class="visually-hidden">"Mails"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Subject"</th>
                        <th scope="col">"To"</th>
                        <th scope="col">"State"</th>
                        <th scope="col" class="num">"Written"</th>
                        <th scope="col">"Text"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: MailRow, may_retry: bool, retry: ServerAction<Retry>, again: Callback<()>) -> impl IntoView {
    let tries = (row.attempts > 0).then(|| format!("Tried {}. ", count_of(row.attempts, "time", "times")));
    let trouble = row.error.map(|error| view! { <small>{tries}<bdi>{error}</bdi></small> });
    let next = row.next_try.filter(|_| row.state == State::Retrying);
    let next = next.map(|at| view! { <small>"Next try "<Time at=at exact=true /></small> });
    let name = format!("mail-{}", row.id);
    let about = name.clone();
    let retry = (may_retry && row.state != State::Sent).then(|| {
        view! {
            <Form action=retry class="" hidden=("id", row.id.to_string()) on_done=again>
                <Submit label="Retry" kind="quiet" size="small" described_by=about />
            </Form>
        }
    });
    let recipient = if row.recipient.is_empty() { "Erased".to_owned() } else { row.recipient };
    view! {
        <tr>
            <td class="title"><bdi id=name>{row.subject}</bdi>{trouble}{next}</td>
            <td data-side="start"><bdi>{recipient}</bdi></td>
            <td class="state"><Pill word=pill(row.state) label=row.state.label() /></td>
            <td class="num" data-side="end"><Time at=row.created /></td>
            <td>{row.text.map(|text| view! { <Text text=text /> })}{retry}</td>
        </tr>
    }
}

/// The word that the style colours a state by.
const fn pill(state: State) -> &'static str {
    match state {
        State::Waiting | State::Retrying => "queued",
        State::Sent => "sent",
        State::Failed => "failed",
    }
}

/// The text, as long as it is kept.
#[component]
fn Text(text: String) -> impl IntoView {
    view! {
        <details>
            <summary class="button" data-kind="quiet" data-size="small">"Text"</summary>
            <pre class="mail-text" dir="auto">{text}</pre>
        </details>
    }
}

//! Mails as rows, or as cards where there is no room for rows; each that can be sent again with a box to tick.

use crate::ui::{
    Column::{Number, Words},
    Form, FormState, Pill, Submit, Table, Tick, TickAll, Time, count_of,
    data::ServerAction,
    paths, provide_ticks,
};
use domain::{
    mail::{MailQuery, MailRow, State},
    ticks::{Tally, Ticks},
};
use leptos::prelude::*;

use super::api::Retry;

/// The mails of one page in the form that sends them again: one by the button of its row, or all that are ticked.
#[component]
pub fn TickedRows(
    /// Newest first.
    rows: Vec<MailRow>,
    /// The view that they are of.
    view: MailQuery,
    /// Sends them again.
    retry: ServerAction<Retry>,
    /// Told with how many it was done.
    on_done: Callback<Tally>,
    /// Which rows were shown before.
    last: StoredValue<Option<Vec<String>>>,
) -> impl IntoView {
    provide_ticks();
    let ids = rows.iter().filter(|row| row.state.may_retry()).map(|row| row.id.to_string()).collect();
    view! {
        <Form
            action=retry
            class="many"
            label="Ticked mails"
            id="many"
            hidden=("back", paths::mail(&view))
            on_done=on_done
            clears=true
        >
            // What the Enter key presses: it means the ticked ones, and not the first row.
            <button hidden></button>
            <TickAll ids=ids last=last />
            <Rows rows=rows ticks=true />
            <div class="many-bar">
                <p>"Those that are sent meanwhile stay as they are."</p>
                <div class="actions" data-fit><Submit label="Retry ticked" /></div>
            </div>
        </Form>
    }
}

/// The mails of one page.
#[component]
pub fn Rows(
    /// Newest first.
    rows: Vec<MailRow>,
    /// Whether those that can be sent again have a box to tick, and a button.
    #[prop(optional)]
    ticks: bool,
) -> impl IntoView {
    let row = move |row: MailRow| view! { <Row row=row ticks=ticks /> };
    view! {
        <Table
            name="Mails"
            columns=&[Words("Subject"), Words("To"), Words("State"), Number("Written"), Words("Text")]
            ticks=ticks
        >
            {rows.into_iter().map(row).collect_view()}
        </Table>
    }
}

#[component]
fn Row(row: MailRow, ticks: bool) -> impl IntoView {
    let tries = (row.attempts > 0).then(|| format!("Tried {}. ", count_of(row.attempts, "time", "times")));
    let trouble = row.error.map(|error| view! { <small>{tries}<bdi>{error}</bdi></small> });
    let next = row.next_try.filter(|_| row.state == State::Retrying);
    let next = next.map(|at| view! { <small>"Next try "<Time at=at exact=true /></small> });
    let (id, name) = (row.id.to_string(), Ticks::name("mail", row.id));
    let recipient = if row.recipient.is_empty() { "Erased".to_owned() } else { row.recipient };
    let waits = ticks && row.state.may_retry();
    let label = format!("Select {}, {recipient}", row.subject);
    let tick = waits.then(|| view! { <Tick name=name.clone() id=id.clone() label=label /> });
    let retry = waits.then(|| view! { <RetryOne id=id about=name.clone() /> });
    view! {
        <tr>
            {ticks.then(|| view! { <td class="tick">{tick}</td> })}
            <td class="title"><bdi id=name>{row.subject}</bdi>{trouble}{next}</td>
            <td data-side="start"><bdi>{recipient}</bdi></td>
            <td class="state"><Pill word=pill(row.state) label=row.state.label() /></td>
            <td class="num" data-side="end"><Time at=row.created /></td>
            <td>{row.text.map(|text| view! { <Text text=text file=row.file /> })}{retry}</td>
        </tr>
    }
}

/// The button of one row, which means that row alone.
#[component]
fn RetryOne(id: String, about: String) -> impl IntoView {
    let form = FormState::around();
    let busy = move || form.is_some_and(|form| form.pending()).then_some("true");
    view! {
        <button
            class="button"
            data-kind="quiet"
            data-size="small"
            name=Ticks::ONLY
            value=id
            aria-describedby=about
            aria-busy=busy
        >
            "Retry"
        </button>
    }
}

/// The word that the style colours a state by.
const fn pill(state: State) -> &'static str {
    match state {
        State::Waiting | State::Retrying => "queued",
        State::Sent => "sent",
        State::Failed => "failed",
        State::Replaced => "canceled",
    }
}

/// The text, as long as it is kept. Its links and keys are its recipient's alone.
#[component]
fn Text(text: String, file: Option<String>) -> impl IntoView {
    let file = file.map(|file| view! { <p>"Complete in the data folder, in "<bdi>{file}</bdi></p> });
    view! {
        <details>
            <summary class="button" data-kind="quiet" data-size="small">"Text"</summary>
            {file}
            <pre class="mail-text" dir="auto">{text}</pre>
        </details>
    }
}

//! The lines of an order, each with how its amount comes about; and what was done with the order.

use crate::ui::{
    Column::{Number, Words},
    Sum, Table, Time,
};
use domain::{
    Money,
    audit::HistoryEntry,
    orders::{OrderLine, State},
};
use leptos::prelude::*;

/// The lines and their sum.
#[component]
pub fn Lines(
    /// The lines.
    lines: Vec<OrderLine>,
    /// What they come to, with tax.
    total: Money,
    /// What that is called.
    called: &'static str,
) -> impl IntoView {
    let minor = |part: fn(&OrderLine) -> Money| lines.iter().map(|line| part(line).minor).sum::<i64>();
    let (net, tax) = (minor(|line| line.net), minor(|line| line.tax));
    let parts = [("Net", net), ("Tax", tax)].into_iter().filter(|_| tax != 0);
    let parts = parts.map(|(name, minor)| (name.to_owned(), Money::new(minor, total.currency).to_string())).collect();
    let row = |line: OrderLine| {
        view! {
            <tr>
                <td class="title">{line.name} <small>{line.explained}</small></td>
                <td>{line.license_type.label()}</td>
                <td class="num" data-side="end">{line.net.to_string()}</td>
            </tr>
        }
    };
    view! {
        <section class="card" aria-labelledby="lines">
            <h2 id="lines">"Lines"</h2>
            <Table name="Lines" columns=&[Words("Option"), Words("License type"), Number("Net")]>
                {lines.into_iter().map(row).collect_view()}
            </Table>
            <Sum lines=parts total=(called.to_owned(), total.to_string()) />
        </section>
    }
}

/// What was done with it, newest first.
#[component]
pub fn History(
    /// The entries.
    entries: Vec<HistoryEntry>,
) -> impl IntoView {
    let entry = |entry: HistoryEntry| {
        let detail = entry.detail.map(|detail| view! { <p class="hint"><bdi>{detail}</bdi></p> });
        view! {
            <li>
                <Time at=entry.at />
                <p>{entry.what.label()}", "<bdi>{entry.who}</bdi></p>
                {detail}
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby="history">
            <h2 id="history">"History"</h2>
            <ol class="history">{entries.into_iter().map(entry).collect_view()}</ol>
        </section>
    }
}

/// What a state is called on the screen: an order that is submitted is held.
pub const fn state_words(state: State) -> &'static str {
    match state {
        State::Submitted => "Held",
        State::Executed | State::Canceled => state.label(),
    }
}

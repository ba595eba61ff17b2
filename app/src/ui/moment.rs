//! A time as its reader reads it.

use chrono::SecondsFormat;
use domain::Moment;
use leptos::prelude::*;

/// The date, and the exact time on hover; or the exact time at once.
#[component]
pub fn Time(
    /// The time.
    at: Moment,
    /// Whether the hour matters.
    #[prop(optional)]
    exact: bool,
) -> impl IntoView {
    let machine = at.at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let shown = if exact { at.exact.clone() } else { at.date };
    view! {
        <time datetime=machine title=at.exact>
            {shown}
        </time>
    }
}

//! A time as its reader reads it.

use domain::Moment;
use leptos::prelude::*;

/// The date, and the exact time on hover.
#[component]
pub fn Time(
    /// The time.
    at: Moment,
) -> impl IntoView {
    view! { <time datetime=at.at.to_rfc3339() title=at.exact>{at.date}</time> }
}

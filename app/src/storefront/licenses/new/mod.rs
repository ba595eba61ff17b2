//! The create-license wizard: product, user, details, review (L1). Each step saves into a draft
//! on the server, so that neither a reload nor a way back nor an expired session loses anything.

pub(crate) mod api;
mod details;
mod entries;
mod instead;
mod overview;
mod paid;
mod people;
mod person;
mod products;
mod reckoning;
mod refusal;
mod review;
mod sum;
mod user;

pub use details::DetailsPage;
pub(crate) use paid::PaidOn;
pub(crate) use people::People;
pub use products::NewLicensePage;
pub(crate) use refusal::Refused;
pub use review::ReviewPage;
pub use user::UserPage;

use crate::ui::paths;
use domain::DraftId;
use leptos::prelude::*;

/// The steps of the wizard; those that are done can be gone back to.
#[component]
fn Steps(
    /// Which one is open, from nought.
    current: usize,
    /// The draft, after the first step.
    #[prop(optional, into)]
    draft: Option<DraftId>,
) -> impl IntoView {
    let steps = vec![
        ("Product", draft.map(paths::new_license_again)),
        ("User", draft.map(paths::new_license_user)),
        ("Details", draft.map(paths::new_license_details)),
        ("Review", None),
    ];
    view! { <crate::ui::Steps steps=steps current=current /> }
}

/// The way up from the wizard.
fn way_up() -> (String, String) {
    (paths::LICENSES.to_owned(), "Licenses".to_owned())
}

//! The first page: what this is for those outside, and the home of whoever is signed in.

pub(crate) mod api;
mod landing;
mod newest;
mod reseller;

use crate::ui::{Fault, FaultPage, GoOn, Me, paths};
use domain::{Actor, accounts::Kind};
use leptos::prelude::*;

use crate::storefront::mine::MinePage;

/// The home of whoever asks.
#[component]
pub fn HomePage() -> impl IntoView {
    match Me::here().who() {
        None => landing::Landing().into_any(),
        Some(Actor { due: Some(due), .. }) => view! { <FaultPage fault=Fault::Due(due) /> }.into_any(),
        Some(actor) => match actor.side {
            Kind::Operator => view! { <GoOn path=paths::OFFICE.to_owned() /> }.into_any(),
            Kind::Reseller => view! { <reseller::ResellerHome actor=actor /> }.into_any(),
            Kind::Customer => MinePage().into_any(),
        },
    }
}

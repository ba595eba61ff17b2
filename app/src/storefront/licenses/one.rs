//! One license, as whoever asks may see it.

use crate::ui::{NotFound, Private};
use domain::{Deed, accounts::Kind};
use leptos::prelude::*;

use super::page::LicensePage;
use crate::storefront::mine::MyLicensePage;

/// One license, as whoever asks may see it.
#[component]
pub fn OneLicensePage() -> impl IntoView {
    view! {
        <Private deed=Deed::SeeLicenses or=Deed::SeeOwnLicenses let:actor>
            {match actor.side {
                Kind::Reseller => LicensePage().into_any(),
                Kind::Customer => MyLicensePage().into_any(),
                Kind::Operator => NotFound().into_any(),
            }}
        </Private>
    }
}

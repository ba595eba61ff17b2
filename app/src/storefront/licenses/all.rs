//! The licenses of whoever asks: what a reseller sees of theirs and what a customer sees are different pages.

use crate::ui::{NotFound, Private};
use domain::{Deed, accounts::Kind};
use leptos::prelude::*;

use super::LicensesPage;
use crate::storefront::mine::MinePage;

/// The list of licenses.
#[component]
pub fn AllLicensesPage() -> impl IntoView {
    view! {
        <Private deed=Deed::SeeLicenses or=Deed::SeeOwnLicenses let:actor>
            {match actor.side {
                Kind::Reseller => {
                    let may_edit = actor.may(Deed::EditLicenses);
                    let may_pay = actor.may(Deed::Pay);
                    view! { <LicensesPage may_edit=may_edit may_pay=may_pay /> }.into_any()
                }
                Kind::Customer => MinePage().into_any(),
                Kind::Operator => NotFound().into_any(),
            }}
        </Private>
    }
}

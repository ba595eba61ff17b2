//! The reseller's licenses: list, wizard, result, page.

use crate::ui::NotFound;
use leptos::prelude::*;

macro_rules! placeholder { ($($name:ident)+) => { $(
    /// To be written.
    #[component]
    pub fn $name() -> impl IntoView { view! { <NotFound /> } }
)+ } }
placeholder!(LicensesPage NewLicensePage UserPage DetailsPage ReviewPage CreatedPage LicensePage);

//! The reseller's customers: list, wizard, page.

use crate::ui::NotFound;
use leptos::prelude::*;

macro_rules! placeholder { ($($name:ident)+) => { $(
    /// To be written.
    #[component]
    pub fn $name() -> impl IntoView { view! { <NotFound /> } }
)+ } }
placeholder!(CustomersPage NewCustomerPage PersonPage AccessPage CustomerPage);

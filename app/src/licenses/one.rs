//! One license, as whoever asks may see it.

use domain::{Deed, accounts::Kind};
use leptos::prelude::*;
use leptos_router::LazyRoute;

use super::page::LicensePage;
use crate::{
    mine::MyLicensePage,
    parts::{self, Keeping},
    ui::{NotFound, Private},
};

/// The route.
#[derive(Debug)]
pub struct LicenseRoute;

impl LazyRoute for LicenseRoute {
    fn data() -> Self {
        Self
    }

    async fn view(this: Self) -> AnyView {
        parts::keeping(Keeping::License(this)).await
    }
}

impl LicenseRoute {
    /// The page.
    pub fn show(self) -> AnyView {
        view! {
            <Private deed=Deed::SeeLicenses or=Deed::SeeOwnLicenses let:actor>
                {match actor.side {
                    Kind::Reseller => LicensePage().into_any(),
                    Kind::Customer => MyLicensePage().into_any(),
                    Kind::Operator => NotFound().into_any(),
                }}
            </Private>
        }
        .into_any()
    }
}

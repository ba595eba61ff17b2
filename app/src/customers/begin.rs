//! Starts the create-customer wizard, and leads on to its first step.

use domain::DraftId;
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map};

use super::api;
use crate::{
    Fault,
    parts::{self, Selling},
    paths,
    ui::{GoOn, Load},
};

/// Makes a draft, so that nothing typed from here on is lost.
#[derive(Debug)]
pub struct NewCustomerRoute(Resource<Result<DraftId, Fault>>);

impl LazyRoute for NewCustomerRoute {
    fn data() -> Self {
        let waiting = use_query_map().with_untracked(|query| query.get("license").or_else(|| query.get("basket")));
        let waiting = waiting.unwrap_or_default();
        Self(Resource::new(|| (), move |()| api::begin(waiting.clone())))
    }

    async fn view(this: Self) -> AnyView {
        parts::selling(Selling::Begin(this)).await
    }
}

impl NewCustomerRoute {
    /// The page.
    pub fn show(self) -> AnyView {
        let draft = self.0;
        view! {
            <Load from=draft like="form" let:draft>
                <GoOn path=paths::new_customer_person(draft) />
            </Load>
        }
        .into_any()
    }
}

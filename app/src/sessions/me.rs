//! Who is signed in: asked once, and known to the whole page.

use domain::{Actor, Deed};
use leptos::prelude::*;

use super::api;
use crate::{Fault, data::Resource};

/// Who is signed in, once that is known.
#[derive(Clone, Copy)]
pub struct Me(Resource<Result<Option<Actor>, Fault>>);

impl Me {
    /// Asks, for all below. Signing in and out load the page anew, so the answer holds as long as the page.
    pub fn provide() -> Self {
        let me = Self(Resource::new_blocking(|| (), |()| api::current()));
        provide_context(me);
        me
    }

    /// The answer that was provided.
    ///
    /// # Panics
    /// Outside of the app.
    pub fn here() -> Self {
        expect_context()
    }

    /// Who it is, if anybody.
    ///
    /// # Errors
    /// When it cannot be told.
    pub async fn who(self) -> Result<Option<Actor>, Fault> {
        self.0.await
    }

    /// Who it is, if they may do that now.
    ///
    /// # Errors
    /// [`Fault::SignedOut`], [`Fault::Due`], or [`Fault::NotFound`] for those to whom the page is none.
    pub async fn who_may(self, deed: Deed) -> Result<Actor, Fault> {
        self.who_may_one(&[deed]).await
    }

    /// Who it is, if they may do one of these now.
    ///
    /// # Errors
    /// As [`Me::who_may`].
    pub async fn who_may_one(self, deeds: &[Deed]) -> Result<Actor, Fault> {
        let actor = self.who().await?.ok_or(Fault::SignedOut)?;
        match actor.due {
            _ if deeds.iter().any(|deed| actor.may(*deed)) => Ok(actor),
            Some(due) if deeds.iter().any(|deed| actor.roles.may(*deed)) => Err(Fault::Due(due)),
            _ => Err(Fault::NotFound),
        }
    }
}

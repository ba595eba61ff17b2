//! Who is signed in: the server says so with the page, and it is known to the whole page at once.

use domain::{Actor, Deed};
use leptos::{prelude::*, server::SharedValue};

use crate::ui::{Fault, data::Handed};

/// Who is signed in.
#[derive(Clone, Copy)]
pub struct Me(StoredValue<Option<Actor>>);

impl Me {
    /// For all below. Signing in and out load the page anew, so it holds as long as the page.
    pub fn provide() {
        let actor = SharedValue::<Option<Actor>, Handed>::new_with_encoding(signed_in).into_inner();
        provide_context(Self(StoredValue::new(actor)));
    }

    /// What was provided.
    ///
    /// # Panics
    /// Outside of the app.
    pub fn here() -> Self {
        expect_context()
    }

    /// Who it is, if anybody.
    pub fn who(self) -> Option<Actor> {
        self.0.get_value()
    }

    /// Whether they may do that now.
    pub fn may(self, deed: Deed) -> bool {
        self.0.with_value(|actor| actor.as_ref().is_some_and(|actor| actor.may(deed)))
    }

    /// Who it is, if they may do one of these now.
    ///
    /// # Errors
    /// [`Fault::SignedOut`], [`Fault::Due`], or [`Fault::NotFound`] for those to whom the page is none.
    pub fn who_may_one(self, deeds: &[Deed]) -> Result<Actor, Fault> {
        let actor = self.who().ok_or(Fault::SignedOut)?;
        match actor.due {
            _ if deeds.iter().any(|deed| actor.may(*deed)) => Ok(actor),
            Some(due) if deeds.iter().any(|deed| actor.roles.may(*deed)) => Err(Fault::Due(due)),
            _ => Err(Fault::NotFound),
        }
    }
}

/// What the server knows. The browser is told, and never asks.
#[cfg(feature = "ssr")]
fn signed_in() -> Option<Actor> {
    crate::ui::request::actor()
}

#[cfg(not(feature = "ssr"))]
fn signed_in() -> Option<Actor> {
    None
}

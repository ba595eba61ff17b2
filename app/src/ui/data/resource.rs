//! What a page asks the server for, and waits for while it is drawn.

use std::{future::IntoFuture, marker::PhantomData};

use leptos::prelude::Resource as Inner;
use serde::{Serialize, de::DeserializeOwned};

use crate::ui::Fault;
use crate::ui::data::{Answer, Coming, Source, Value, page::InPage};

/// A resource without its type. Leptos knows no other.
pub type Untyped = Inner<Answer, InPage>;

/// What a page asks the server for. The server asks while it writes the page, and the browser finds the answer in it.
pub struct Resource<T> {
    untyped: Untyped,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Resource<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Resource<T> {}

impl<T> Resource<Result<T, Fault>>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    /// Asks with what `source` says, and again whenever it says something else.
    pub fn new<S, F>(
        source: impl Fn() -> S + Send + Sync + 'static,
        fetch: impl Fn(S) -> F + Send + Sync + 'static,
    ) -> Self
    where
        S: PartialEq + Clone + Send + Sync + 'static,
        F: Future<Output = Result<T, Fault>> + Send + 'static,
    {
        Self { untyped: untyped(ask(source), answer(fetch), false), of: PhantomData }
    }

    /// The same; the server sends nothing of the page before it is answered.
    pub fn new_blocking<S, F>(
        source: impl Fn() -> S + Send + Sync + 'static,
        fetch: impl Fn(S) -> F + Send + Sync + 'static,
    ) -> Self
    where
        S: PartialEq + Clone + Send + Sync + 'static,
        F: Future<Output = Result<T, Fault>> + Send + 'static,
    {
        Self { untyped: untyped(ask(source), answer(fetch), true), of: PhantomData }
    }
}

impl<T> Resource<T> {
    /// Asks again.
    pub fn refetch(self) {
        self.untyped.refetch();
    }

    /// The same without its type.
    pub const fn untyped(self) -> Untyped {
        self.untyped
    }
}

impl<T> IntoFuture for Resource<Result<T, Fault>>
where
    T: Clone + DeserializeOwned + 'static,
{
    type Output = Result<T, Fault>;
    type IntoFuture = Coming<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let untyped = self.untyped;
        Box::pin(async move { untyped.await?.read() })
    }
}

type Ask = Box<dyn Fn() -> Source + Send + Sync>;
type Fetch = Box<dyn Fn(Source) -> Coming<Answer> + Send + Sync>;

/// Made once, for all resources.
#[inline(never)]
fn untyped(ask: Ask, fetch: Fetch, blocking: bool) -> Untyped {
    Inner::new_with_options(ask, fetch, blocking)
}

fn ask<S>(source: impl Fn() -> S + Send + Sync + 'static) -> Ask
where
    S: PartialEq + Send + Sync + 'static,
{
    Box::new(move || Source::of(source()))
}

fn answer<S, T, F>(fetch: impl Fn(S) -> F + Send + Sync + 'static) -> Fetch
where
    S: Clone + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, Fault>> + Send + 'static,
{
    Box::new(move |source| {
        let coming = fetch(source.read().expect("a resource has one type of sources"));
        Box::pin(async move { coming.await.map(Value::of) })
    })
}

//! The sending of a form: on its way, how often it was answered, and what was answered last.

use std::marker::PhantomData;

use leptos::{prelude::*, server_fn::Bytes, task::spawn_local};
use serde::{Serialize, de::DeserializeOwned};

use crate::ui::Fault;
use crate::ui::data::{Answer, Coming, Function, Value, packed::unpack, wire::call};

/// A server function that a form is sent to, and what it answered.
pub struct ServerAction<S> {
    post: Post,
    of: PhantomData<fn() -> S>,
}

impl<S> Clone for ServerAction<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for ServerAction<S> {}

impl<S: Function> ServerAction<S> {
    /// Nothing was sent yet.
    pub fn new() -> Self {
        Self { post: Post::new(S::PATH, call::<S::Client>, value_of::<S::Output>), of: PhantomData }
    }

    /// What was answered last.
    pub fn value(self) -> ActionValue<S::Output> {
        ActionValue { post: self.post, of: PhantomData }
    }
}

impl<S> ServerAction<S> {
    /// The same without its type.
    pub const fn post(self) -> Post {
        self.post
    }
}

impl<S: Function> Default for ServerAction<S> {
    fn default() -> Self {
        Self::new()
    }
}

/// What a server function answered last.
pub struct ActionValue<T> {
    post: Post,
    of: PhantomData<fn() -> T>,
}

impl<T: Clone + DeserializeOwned + 'static> ActionValue<T> {
    /// The answer, if there is one yet. Whoever asks in an effect or a view is told of the next one.
    pub fn get(&self) -> Option<Result<T, Fault>> {
        self.post.answer.get().map(|answer| answer.and_then(|value| value.read()))
    }
}

/// The sending of a form without its type.
#[derive(Clone, Copy)]
pub struct Post {
    path: &'static str,
    call: fn(&str, String) -> Coming<Result<Bytes, Fault>>,
    value_of: fn(&[u8]) -> Answer,
    pending: RwSignal<bool>,
    version: RwSignal<usize>,
    answer: RwSignal<Option<Answer>>,
}

impl Post {
    #[inline(never)]
    fn new(
        path: &'static str,
        call: fn(&str, String) -> Coming<Result<Bytes, Fault>>,
        value_of: fn(&[u8]) -> Answer,
    ) -> Self {
        let (pending, version, answer) = (RwSignal::new(false), RwSignal::new(0), RwSignal::new(None));
        Self { path, call, value_of, pending, version, answer }
    }

    /// The address of the server function.
    pub const fn path(self) -> &'static str {
        self.path
    }

    /// Whether it is on its way.
    pub fn pending(self) -> ReadSignal<bool> {
        self.pending.read_only()
    }

    /// How often it was answered.
    pub fn version(self) -> ReadSignal<usize> {
        self.version.read_only()
    }

    /// What was answered last.
    pub fn answer(self) -> ReadSignal<Option<Answer>> {
        self.answer.read_only()
    }

    /// Sends what was typed, unless it is on its way already.
    pub fn send(self, body: String) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        let answer = (self.call)(self.path, body);
        spawn_local(async move {
            let answer = answer.await.and_then(|value| (self.value_of)(&value));
            // Whoever sent it may have gone on to another page meanwhile.
            self.pending.try_set(false);
            self.version.try_update(|version| *version += 1);
            self.answer.try_set(Some(answer));
        });
    }

    /// Says what is wrong with it in place of the server, which it cannot be sent to.
    pub fn fail(self, fault: Fault) {
        self.answer.set(Some(Err(fault)));
    }
}

fn value_of<T>(value: &[u8]) -> Answer
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    unpack::<T>(value).map(Value::of)
}

//! Who asks for a name learns whether somebody anywhere signs in by it (A10). One such answer helps; thousands of them would be a list
//! of other resellers' customers. So each person, and each account, gets so many of them an hour, and then none: neither *taken* nor
//! *free*. The operator sees everybody anyway.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::Duration;
use domain::{Timestamp, accounts::Kind};

use crate::{
    Cx, Error,
    security_log::{self, Who},
    tokens,
};

/// How many taken names one person is told in an hour.
pub const TOLD_A_PERSON: usize = 20;
/// And all people of one account.
const TOLD_AN_ACCOUNT: usize = 60;
/// What is remembered of so many people and accounts before the old ones are looked through.
const REMEMBERED: usize = 1_000;

/// Which names people and accounts were told to be taken, and when.
#[derive(Default)]
pub struct NameProbes(Mutex<HashMap<String, Vec<(String, Timestamp)>>>);

/// A question that was let through. Unless it is answered by *taken*, it does not count.
pub(crate) struct Question<'a> {
    cx: &'a Cx,
    name: String,
    counts: bool,
}

impl NameProbes {
    /// Counts that somebody is told that this name is taken, if they may still be told; being told again does not count.
    fn tell(&self, cx: &Cx, name: &str) -> Told {
        if cx.actor.side == Kind::Operator {
            return Told::Again;
        }
        let now = cx.now();
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What is far ahead was noted while the clock was.
        let recent = |at: &Timestamp| (now - *at).abs() < Duration::hours(1);
        if told.len() > REMEMBERED {
            told.retain(|_, names| names.iter().any(|(_, at)| recent(at)));
        }
        let mut full = false;
        for (id, most) in limits(cx) {
            let names = told.entry(id).or_default();
            names.retain(|(_, at)| recent(at));
            if most == TOLD_A_PERSON && names.iter().any(|(told, _)| told == name) {
                return Told::Again;
            }
            full |= names.len() >= most;
        }
        if full {
            return Told::NoMore;
        }
        for (id, _) in limits(cx) {
            told.entry(id).or_default().push((name.to_owned(), now));
        }
        Told::Now
    }

    /// Takes back what was counted.
    fn untell(&self, cx: &Cx, name: &str) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (id, _) in limits(cx) {
            if let Some(names) = told.get_mut(&id)
                && let Some(last) = names.iter().rposition(|(told, _)| told == name)
            {
                names.remove(last);
            }
        }
    }

    /// How long it takes until one more can be told.
    pub(crate) fn seconds(&self, cx: &Cx) -> u64 {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = limits(cx).into_iter().filter_map(|(id, most)| {
            let names = told.get(&id).filter(|names| names.len() >= most)?;
            names.iter().map(|(_, at)| *at).min()
        });
        let wait = first.max().map(|at| (at + Duration::hours(1) - cx.now()).num_seconds());
        wait.and_then(|wait| u64::try_from(wait).ok()).unwrap_or_default().max(1)
    }
}

enum Told {
    Now,
    Again,
    NoMore,
}

fn limits(cx: &Cx) -> [(String, usize); 2] {
    [(cx.actor.contact.to_string(), TOLD_A_PERSON), (cx.actor.account.to_string(), TOLD_AN_ACCOUNT)]
}

/// Asks whether somebody signs in by one of these names, before anybody looks.
///
/// # Errors
/// [`Error::TooMany`], whatever the names are.
pub(crate) fn ask<'a>(cx: &'a Cx, names: &[&str]) -> Result<Question<'a>, Error> {
    question(cx, names).ok_or_else(|| too_many(cx))
}

/// The same for one of many; `None` when no more is answered.
pub(crate) fn question<'a>(cx: &'a Cx, names: &[&str]) -> Option<Question<'a>> {
    let name = tokens::hash(&names.iter().map(|name| name.trim().to_lowercase()).collect::<Vec<_>>().join("\n"));
    match cx.service.name_probes.tell(cx, &name) {
        Told::Now => Some(Question { cx, name, counts: true }),
        Told::Again => Some(Question { cx, name, counts: false }),
        Told::NoMore => None,
    }
}

/// The refusal to answer, in the log as well.
fn too_many(cx: &Cx) -> Error {
    security_log::event("limit.hit", &cx.origin.address, Who::Contact(cx.actor.contact), "taken names");
    Error::TooMany { seconds: cx.service.name_probes.seconds(cx) }
}

impl Question<'_> {
    /// The answer is *taken*.
    pub(crate) fn taken(mut self) {
        self.counts = false;
    }
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        if self.counts {
            self.cx.service.name_probes.untell(self.cx, &self.name);
        }
    }
}

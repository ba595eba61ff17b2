//! Places for long bodies. What has arrived of a body is held until the rest has, so many who send halves would fill the memory.

use std::net::{IpAddr, Ipv4Addr};

use axum::{body::HttpBody, extract::Request};
use domain::{Actor, ContactId};
use service::network::network_of;

use crate::{
    at_once::{AtOnce, Most, Place},
    layers::address::Client,
};

/// A body up to this needs no place, however many there are: a connection costs about as much. Sign-ins are much shorter, and
/// an application is longer only when its message is long and not in Latin letters.
const SHORT: u64 = 16 * 1024;

/// Bodies of 256 KiB at the most: 16 MiB in all. Who is not signed in sends one only where a session ended meanwhile.
const OF_STRANGERS: Most = Most { all: 64, of_one: 8 };
/// The same of those who are signed in: 64 MiB in all.
const OF_PEOPLE: Most = Most { all: 256, of_one: 4 };
/// Files of 2 MB, and pasted lines beside them: 32 MB in all.
const FILES: Most = Most { all: 8, of_one: 2 };

/// Who sends.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Sender {
    /// Somebody who is not signed in, of a network.
    Stranger(IpAddr),
    /// A person.
    Person(ContactId),
}

/// How many long bodies are on their way at once.
#[derive(Debug, Clone)]
pub struct Places {
    of_strangers: AtOnce<Sender>,
    of_people: AtOnce<Sender>,
    files: AtOnce<Sender>,
}

impl Default for Places {
    fn default() -> Self {
        let [of_strangers, of_people, files] = [OF_STRANGERS, OF_PEOPLE, FILES].map(AtOnce::new);
        Self { of_strangers, of_people, files }
    }
}

/// No place is free.
pub struct Taken;

impl Places {
    /// A place for the body of a request, to be held until it has been read; none for a short one. A body that comes in pieces may
    /// be long.
    ///
    /// # Errors
    ///
    /// All are taken, or all of that person or network.
    pub fn take(&self, request: &Request) -> Result<Option<Place<Sender>>, Taken> {
        if request.body().size_hint().upper().is_some_and(|bytes| bytes <= SHORT) {
            return Ok(None);
        }
        let place = match request.extensions().get::<Actor>() {
            Some(actor) => self.of_people.take(Sender::Person(actor.contact)),
            None => self.of_strangers.take(Sender::Stranger(network(request))),
        };
        place.map(Some).ok_or(Taken)
    }

    /// A place for a file, to be held until it has been kept.
    ///
    /// # Errors
    ///
    /// All are taken, or all of that person.
    pub fn file(&self, of: ContactId) -> Result<Place<Sender>, Taken> {
        self.files.take(Sender::Person(of)).ok_or(Taken)
    }
}

fn network(request: &Request) -> IpAddr {
    request.extensions().get::<Client>().map_or(Ipv4Addr::UNSPECIFIED.into(), |client| network_of(client.0))
}

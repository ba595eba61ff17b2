//! Refused rights: somebody who is signed in asks for what the policy refuses. Such requests cost nothing, so they get few lines.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::Duration;
use domain::{ContactId, Deed, Timestamp};

/// For how long the same right, refused to the same person again, is not logged.
const QUIET: Duration = Duration::minutes(1);
/// How many lines all people together can cause within that time.
const MOST: usize = 1_000;

/// Which refused rights were logged a short while ago.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<HashMap<(ContactId, Deed), Timestamp>>);

impl Refusals {
    /// Whether to log that this right was refused to this person now.
    pub(crate) fn say(&self, contact: ContactId, deed: Deed, now: Timestamp) -> bool {
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_recent = |at: &Timestamp| *at + QUIET > now;
        if said.get(&(contact, deed)).is_some_and(is_recent) {
            return false;
        }
        if said.len() >= MOST {
            said.retain(|_, at| is_recent(at));
        }
        let room = said.len() < MOST;
        if room {
            said.insert((contact, deed), now);
        }
        room
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn contact(number: usize) -> ContactId {
        Uuid::from_u128(number as u128).into()
    }

    #[test]
    fn security_8_a_refused_right_is_logged_once_a_minute_for_each_person_and_right() {
        let (refusals, now) = (Refusals::default(), Timestamp::UNIX_EPOCH);
        let say = |number, deed, seconds| refusals.say(contact(number), deed, now + Duration::seconds(seconds));
        assert!(say(1, Deed::SeeMail, 0));
        assert!(!say(1, Deed::SeeMail, 59));
        assert!(say(1, Deed::SeeAudit, 59) && say(2, Deed::SeeMail, 59), "another right, and another person");
        assert!(say(1, Deed::SeeMail, 60));
    }

    #[test]
    fn security_8_many_people_together_cannot_flood_the_log_nor_fill_the_memory() {
        let (refusals, now) = (Refusals::default(), Timestamp::UNIX_EPOCH);
        let said = (0..MOST * 2).filter(|number| refusals.say(contact(*number), Deed::SeeMail, now)).count();
        assert_eq!(said, MOST);
        assert!(refusals.say(contact(MOST * 3), Deed::SeeMail, now + QUIET), "a minute later there is room");
        assert_eq!(refusals.0.lock().expect("nobody panics").len(), 1);
    }
}

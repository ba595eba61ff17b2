//! The security log: what happened at the doors, as events of the `tracing` target `security`, so that they can be filtered
//! (`--log security=info`), kept apart, and counted.
//!
//! Use it for what an operator looks at when somebody attacks: failed and throttled sign-ins, locks, wrong codes, refused
//! re-authentications and rights, limits that were hit, files taken, mails read, forged webhooks. What was *done* to data stands in
//! the audit log instead. One call, one line:
//!
//! ```ignore
//! security_log::event("sign_in.failed", &origin.address, Who::Name(&form.login), "wrong_password");
//! security_log::event("limit.hit", &address.to_string(), Who::Unknown, "requests");
//! ```
//!
//! Never give it a password, a code, a token, a key, or a name in the clear: [`Who::Name`] is hashed here.

mod refusals;

use domain::ContactId;

pub use refusals::Refusals;

use crate::{network, tokens};

/// Whom an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who<'a> {
    /// A contact that exists.
    Contact(ContactId),
    /// A name as it was typed. The log says a hash of it: equal names can be counted, and the operator can look for a known one.
    Name(&'a str),
    /// Nobody in particular.
    Unknown,
}

/// Logs one event. `what` is `noun.verb`, `reason` one word or a few, both fixed in the code; `address` may be a network address
/// of any form, of which the network is logged (see [`network`](crate::network)).
pub fn event(what: &'static str, address: &str, who: Who<'_>, reason: &str) {
    let network = network::network(address);
    let who = who.words();
    tracing::info!(target: "security", event = what, %network, %who, reason, "security event");
}

/// The hash under which a name stands in the log.
pub fn name_hash(name: &str) -> String {
    let mut hash = tokens::hash(&format!("name {}", name.trim().to_lowercase()));
    hash.truncate(16);
    hash
}

impl Who<'_> {
    fn words(self) -> String {
        match self {
            Self::Contact(id) => format!("contact:{id}"),
            Self::Name(name) => format!("name:{}", name_hash(name)),
            Self::Unknown => "unknown".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_hashed_alike_however_it_was_typed_and_never_told() {
        let words = Who::Name(" Anna@Acme.example ").words();
        assert_eq!(words, Who::Name("anna@acme.example").words());
        assert_eq!(words.len(), "name:".len() + 16);
        assert!(!words.contains("anna"));
    }
}

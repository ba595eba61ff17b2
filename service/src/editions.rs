//! Two who change one thing: the second is told what the first has changed, and overwrites nothing.

use domain::Refusal;
use serde_json::{Map, Value, json};
use store::{Tx, audit::Event};

use crate::Error;

/// What a form changes of a thing: the names of the fields, with what was there before and is there after.
pub(crate) struct Changes(Vec<(&'static str, String, String)>);

impl Changes {
    /// The fields of which both texts differ.
    pub(crate) fn between<const N: usize>(fields: [(&'static str, &str, &str); N]) -> Self {
        let differing = fields.into_iter().filter(|(_, before, after)| before != after);
        Self(differing.map(|(name, before, after)| (name, before.to_owned(), after.to_owned())).collect())
    }

    /// Whether nothing changes.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For the audit log: what became of edition `from`.
    pub(crate) fn detail(&self, from: i64) -> Value {
        let names: Vec<_> = self.0.iter().map(|(name, ..)| *name).collect();
        let side = |text: fn(&(&'static str, String, String)) -> String| {
            self.0.iter().map(|change| (change.0.to_owned(), text(change).into())).collect::<Map<_, _>>()
        };
        let (before, after) = (side(|change| change.1.clone()), side(|change| change.2.clone()));
        json!({ "changed": names, "before": before, "after": after, "edition": from + 1 })
    }
}

/// The refusal for who saves what was shown in an `edition` that is not the last one: who has changed
/// what since, as it was written down.
pub(crate) async fn changed_since(tx: &mut Tx, subject: impl ToString, edition: i64) -> Error {
    match store::audit::of_subject(tx, &subject.to_string(), 50).await {
        Ok(events) => Refusal::ChangedSince { changes: words(&events, edition) }.into(),
        Err(error) => error.into(),
    }
}

/// "Ada Berg has changed name, end; Lee Park has changed name", first change first.
fn words(events: &[Event], edition: i64) -> String {
    let mut words = Vec::new();
    for event in events.iter().rev() {
        let detail: Value =
            event.detail.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        if detail["edition"].as_i64().is_some_and(|later| later > edition) {
            let names: Vec<_> = detail["changed"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            words.push(format!("{} has changed {}", event.who, names.join(", ")));
        }
    }
    if words.is_empty() { "Somebody has changed this".to_owned() } else { words.join("; ") }
}

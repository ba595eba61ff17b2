//! Two who change one thing: the second is told field by field what the first has changed, and overwrites
//! it only by saving again. The same for accounts, people, products, options and price lists.

use domain::{
    Refusal,
    editions::{Changed, Meanwhile},
};
use serde_json::{Map, Value, json};
use store::{
    Tx,
    audit::Event,
    editions::{Of, last},
};

use crate::Error;

/// What a form changes of a thing, field by field.
pub(crate) struct Changes(Vec<Changed>);

impl Changes {
    /// The fields of which both texts differ.
    pub(crate) fn between<const N: usize>(fields: [(&str, &str, &str); N]) -> Self {
        let differing = fields.into_iter().filter(|(_, before, after)| before != after);
        Self(differing.map(|(name, before, after)| Changed::new(name, before, after)).collect())
    }

    /// Whether nothing changes.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For the audit log: what became of edition `from`.
    pub(crate) fn detail(&self, from: i64) -> Value {
        let side = |text: fn(&Changed) -> &str| {
            self.0.iter().map(|changed| (changed.name.clone(), text(changed).into())).collect::<Map<_, _>>()
        };
        let (before, after) = (side(|changed| &changed.before), side(|changed| &changed.after));
        let names: Vec<_> = self.0.iter().map(|changed| changed.name.as_str()).collect();
        json!({ "changed": names, "before": before, "after": after, "edition": from + 1 })
    }
}

impl From<Vec<Changed>> for Changes {
    fn from(changed: Vec<Changed>) -> Self {
        Self(changed)
    }
}

/// Goes on as long as `shown`, the edition on the screen, is the last one. The `where` of the change guards it, too.
pub(crate) async fn still(tx: &mut Tx, of: Of, shown: i64) -> Result<(), Error> {
    match last(tx, of).await? {
        Some(edition) if edition == shown => Ok(()),
        _ => Err(changed_meanwhile(tx, of, shown).await),
    }
}

/// The refusal for who saves what was `shown` in an edition that is not the last one: what was changed since, and the
/// edition for which another save is made.
pub(crate) async fn changed_meanwhile(tx: &mut Tx, of: Of, shown: i64) -> Error {
    let told = async {
        let edition = last(tx, of).await?.ok_or(Error::NotFound)?;
        let events = store::audit::of_subject(tx, &of.id(), 50).await?;
        Ok(Refusal::ChangedMeanwhile { changed: since(&events, shown), edition }.into())
    };
    told.await.unwrap_or_else(|error| error)
}

/// What was changed after an edition, each field once: as it was then, and as it is now. What was changed back is left out.
fn since(events: &[Event], shown: i64) -> Vec<Meanwhile> {
    let mut all: Vec<Meanwhile> = Vec::new();
    for event in events.iter().rev() {
        let detail = event.detail.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok());
        let detail = detail.filter(|detail| detail["edition"].as_i64().is_some_and(|later| later > shown));
        for changed in detail.as_ref().and_then(read).unwrap_or_default() {
            match all.iter_mut().find(|known| known.changed.name == changed.name) {
                Some(known) => {
                    known.who.clone_from(&event.who);
                    known.changed.after = changed.after;
                }
                None => all.push(Meanwhile { who: event.who.clone(), changed }),
            }
        }
    }
    all.retain(|meanwhile| meanwhile.changed.before != meanwhile.changed.after);
    all
}

/// The fields that an entry of the audit log says were changed, if it is about an edition.
pub(crate) fn read(detail: &Value) -> Option<Vec<Changed>> {
    let (before, after) = (detail["before"].as_object()?, detail["after"].as_object()?);
    detail["edition"].as_i64()?;
    let named = detail["changed"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut names: Vec<_> = named.filter(|name| after.contains_key(*name)).collect();
    names.extend(after.keys().map(String::as_str).filter(|key| !names.contains(key)).collect::<Vec<_>>());
    let text = |side: &Map<String, Value>, name: &str| side.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
    Some(names.into_iter().map(|name| Changed::new(name, text(before, name), text(after, name))).collect())
}

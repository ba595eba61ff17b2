//! Two who change one account: the second is told what the first has changed, and overwrites nothing.

use domain::{AccountId, FormKey, Refusal, accounts::Changed, audit::What};
use serde::Serialize;
use serde_json::{Value, json};
use store::{Tx, accounts::Kept};

use crate::{Cx, Error, live::Change};

/// A form of an account that is being changed: what it is about, and which edition was on the screen.
#[derive(Debug, Clone, Copy)]
pub struct Changing<'a> {
    /// The form's key.
    pub key: FormKey,
    /// The account.
    pub id: AccountId,
    /// The edition, as posted.
    pub edition: &'a str,
}

/// Holds the account of a form. `None` when the same form was sent before: then all is done.
pub(super) async fn begin(
    cx: &Cx,
    tx: &mut Tx,
    key: FormKey,
    id: AccountId,
    what: What,
    form: impl Serialize,
) -> Result<Option<Kept>, Error> {
    store::accounts::hold(tx, id).await?;
    let kept = store::accounts::find(tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    match cx.once(tx, key, what.word(), (id, form)).await? {
        Some(_) => Ok(None),
        None => Ok(Some(kept)),
    }
}

/// Claims the next edition, and writes down what changes with it.
pub(super) async fn write(
    cx: &Cx,
    tx: &mut Tx,
    kept: &Kept,
    typed: &str,
    what: What,
    changes: &[Changed],
) -> Result<Change, Error> {
    let id = kept.account.id;
    // What is no number is an edition that never was.
    let edition = typed.trim().parse().unwrap_or(0);
    if !store::accounts::raise_edition(tx, id, edition).await? {
        let changed = since(tx, id, edition).await?;
        return Err(Refusal::ChangedMeanwhile { changed, edition: kept.edition }.into());
    }
    let names: Vec<_> = changes.iter().map(|changed| changed.name.as_str()).collect();
    let detail = json!({ "changed": names, "changes": changes, "edition": edition + 1 });
    cx.write_down(tx, what, id, id, detail).await?;
    let version = store::accounts::raise_version(tx, id).await?;
    Ok(Change { account: id, version, words: "The operator has changed your account".to_owned() })
}

/// What was changed after an edition, each field once, as it stands now.
async fn since(tx: &mut Tx, id: AccountId, edition: i64) -> Result<Vec<Changed>, Error> {
    let events = store::audit::of_subject(tx, &id.to_string(), 50).await?;
    let mut all: Vec<Changed> = Vec::new();
    for detail in events.into_iter().filter_map(|event| event.detail) {
        let Ok(detail) = serde_json::from_str::<Value>(&detail) else { continue };
        if detail.get("edition").and_then(Value::as_i64).is_none_or(|later| later <= edition) {
            continue;
        }
        let changes = detail.get("changes").cloned().unwrap_or_default();
        for changed in serde_json::from_value::<Vec<Changed>>(changes).unwrap_or_default() {
            if all.iter().all(|known| known.name != changed.name) {
                all.push(changed);
            }
        }
    }
    Ok(all)
}

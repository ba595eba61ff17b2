//! The detail of an entry, from JSON to what a reader reads.

use domain::audit::Change;
use serde_json::{Map, Value};

/// The names of what changed, for those who may not see more.
pub(super) fn names(detail: &str) -> Option<String> {
    let detail: Value = serde_json::from_str(detail).ok()?;
    let names = changed(&detail);
    (!names.is_empty()).then(|| names.join(", "))
}

fn changed(detail: &Value) -> Vec<&str> {
    let names = detail.get("changed").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str).collect()
}

/// What changed, with what was before and what is since.
pub(super) fn changes(detail: &str) -> Vec<Change> {
    match serde_json::from_str::<Value>(detail) {
        Ok(Value::Object(detail)) => of_object(&detail),
        Ok(other) => vec![Change { name: "detail".to_owned(), before: None, after: words(Some(&other)) }],
        Err(_) => vec![Change { name: "detail".to_owned(), before: None, after: Some(detail.to_owned()) }],
    }
}

fn of_object(detail: &Map<String, Value>) -> Vec<Change> {
    let set = detail.iter().filter(|(name, _)| !matches!(name.as_str(), "changed" | "before" | "after" | "edition"));
    let mut changes: Vec<_> =
        set.map(|(name, value)| Change { name: name.clone(), before: None, after: words(Some(value)) }).collect();
    let (before, after) = (detail.get("before"), detail.get("after"));
    let whole = Value::Object(detail.clone());
    let named = changed(&whole);
    match (before.and_then(Value::as_object), after.and_then(Value::as_object)) {
        (None, None) if before.is_none() && after.is_none() => {
            changes.extend(named.into_iter().map(|name| Change { name: name.to_owned(), before: None, after: None }));
        }
        (None, None) => {
            changes.push(Change { name: named.join(", "), before: words(before), after: words(after) });
        }
        (before, after) => {
            let get = |part: Option<&Map<String, Value>>, name: &str| part.and_then(|part| words(part.get(name)));
            let mut keys: Vec<_> = before.into_iter().chain(after).flat_map(Map::keys).collect();
            keys.sort_unstable();
            keys.dedup();
            let all = keys.into_iter().map(|name| Change {
                name: name.clone(),
                before: get(before, name),
                after: get(after, name),
            });
            changes.extend(all.filter(|change| change.before != change.after));
        }
    }
    changes
}

/// A value as it is read; nothing for nothing.
fn words(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => {
            Some(values.iter().filter_map(|value| words(Some(value))).collect::<Vec<_>>().join(", "))
        }
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(detail: &str) -> Vec<(String, Option<String>, Option<String>)> {
        changes(detail).into_iter().map(|change| (change.name, change.before, change.after)).collect()
    }

    fn one(name: &str, before: Option<&str>, after: Option<&str>) -> (String, Option<String>, Option<String>) {
        (name.to_owned(), before.map(str::to_owned), after.map(str::to_owned))
    }

    #[test]
    fn x1_a_detail_reads_as_names_with_before_and_after() {
        let edited =
            r#"{"changed":["notes"],"before":{"notes":"a","details":"d"},"after":{"notes":null,"details":"d"}}"#;
        assert_eq!(read(edited), [one("notes", Some("a"), None)]);
        assert_eq!(names(edited).as_deref(), Some("notes"));
        let paid = r#"{"changed":["customer paid"],"before":null,"after":"2026-11-20"}"#;
        assert_eq!(read(paid), [one("customer paid", None, Some("2026-11-20"))]);
        let created = r#"{"name":"Northwind","count":3,"roles":["admin","buyer"],"trial":false}"#;
        assert_eq!(
            read(created),
            [
                one("count", None, Some("3")),
                one("name", None, Some("Northwind")),
                one("roles", None, Some("admin, buyer")),
                one("trial", None, Some("no")),
            ]
        );
        assert_eq!(read("no json"), [one("detail", None, Some("no json"))]);
        assert_eq!(names(created), None);
    }
}

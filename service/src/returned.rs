//! Forms that were sent back: what was typed and what was wrong, kept for the page that shows
//! it again to a browser without script. Passwords are never among it.
//!
//! A person's are kept with their other drafts, within what one person may have. Those of nobody are small (an application may be
//! longer), few of each form, gone after an hour, and one for each browser: everybody in the world can send them.

use std::sync::Arc;

use chrono::Duration;
use domain::{ContactId, DraftId, Timestamp};
use serde::{Deserialize, Serialize};
use store::drafts::{Draft, Kind, max_bytes_of_nobody};

use crate::{Error, Service};

/// How long a form of nobody is kept; as long as its cookie.
const HOURS_OF_NOBODY: i64 = 1;

/// A form that was sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The server function that it was posted to, `licenses/edit`.
    pub endpoint: String,
    /// What was typed.
    pub fields: Vec<(String, String)>,
    /// What was wrong, as JSON.
    pub fault: String,
}

impl Returned {
    /// As JSON of so many bytes at most: the longest fields are left out when it would be more. Nothing when it is too much without any.
    fn within(mut self, max_bytes: usize) -> Result<Option<String>, Error> {
        let mut fields = Vec::with_capacity(self.fields.len());
        for (place, field) in std::mem::take(&mut self.fields).into_iter().enumerate() {
            fields.push((json(&field)?.len() + ",".len(), place, field));
        }
        let mut left = max_bytes.saturating_sub(json(&self)?.len());
        fields.sort_by_key(|(bytes, ..)| *bytes);
        fields.retain(|(bytes, ..)| {
            let fits = *bytes <= left;
            left = if fits { left - bytes } else { 0 };
            fits
        });
        fields.sort_by_key(|(_, place, _)| *place);
        self.fields = fields.into_iter().map(|(.., field)| field).collect();
        Ok(Some(json(&self)?).filter(|json| json.len() <= max_bytes))
    }
}

fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::Internal(e.to_string()))
}

/// Keeps a form of a person for its page; the id goes into that page's address.
///
/// # Errors
/// When the database does not answer.
pub async fn keep(service: &Arc<Service>, contact: ContactId, returned: Returned) -> Result<Option<DraftId>, Error> {
    let Some(draft) = draft(service, Some(contact), returned, Kind::Returned.max_bytes())? else { return Ok(None) };
    let mut tx = service.store.write().await?;
    store::drafts::insert(&mut tx, &draft).await?;
    tx.commit().await?;
    Ok(Some(draft.id))
}

/// Keeps a form of a browser in which nobody is signed in, in place of the one that it sent before.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_of_nobody(
    service: &Arc<Service>,
    before: Option<DraftId>,
    returned: Returned,
) -> Result<Option<DraftId>, Error> {
    let form = returned.endpoint.clone();
    let Some(draft) = draft(service, None, returned, max_bytes_of_nobody(&form))? else { return Ok(None) };
    let mut tx = service.store.write().await?;
    store::drafts::insert_of_nobody(&mut tx, &draft, &form, before, oldest_of_nobody(draft.updated_at)).await?;
    tx.commit().await?;
    Ok(Some(draft.id))
}

fn draft(
    service: &Arc<Service>,
    contact: Option<ContactId>,
    returned: Returned,
    max_bytes: usize,
) -> Result<Option<Draft>, Error> {
    Ok(returned.within(max_bytes)?.map(|fields| Draft {
        id: service.random.uuid().into(),
        contact,
        kind: Kind::Returned,
        fields,
        parent: None,
        updated_at: service.clock.now(),
    }))
}

/// Since when forms of nobody are kept.
pub(crate) fn oldest_of_nobody(now: Timestamp) -> Timestamp {
    now - Duration::hours(HOURS_OF_NOBODY)
}

/// The form that was kept for that person; of one who was signed out, for whoever knows its id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(service: &Arc<Service>, contact: Option<ContactId>, id: DraftId) -> Result<Option<Returned>, Error> {
    let mut tx = service.store.read().await?;
    let draft = store::drafts::find(&mut tx, contact, Kind::Returned, id).await?;
    let oldest = oldest_of_nobody(service.clock.now());
    let draft = draft.filter(|draft| draft.contact.is_some() || draft.updated_at >= oldest);
    Ok(draft.and_then(|draft| serde_json::from_str(&draft.fields).ok()))
}

#[cfg(test)]
mod tests {
    use domain::{FormKey, applications::Apply};
    use serde_json::Value;

    use super::*;

    #[test]
    fn x3_what_is_too_long_is_left_out_and_the_rest_stays() {
        let field = |name: &str, length| (name.to_owned(), "\u{1}".repeat(length));
        let fields =
            vec![field("message", 1_000), field("organisation", 20), field("website", 700), field("country", 5)];
        let returned = Returned { endpoint: "applications/apply".to_owned(), fields, fault: "{}".to_owned() };
        let kept = returned.clone().within(4_096).expect("JSON").expect("it fits");
        assert!(kept.len() <= 4_096);
        let kept: Returned = serde_json::from_str(&kept).expect("a form");
        assert_eq!(kept.fields, [field("organisation", 20), field("country", 5)]);
        assert_eq!(returned.within(20).expect("JSON"), None);
    }

    #[test]
    fn x3_the_longest_application_comes_back_whole_and_so_does_one_that_is_much_too_long() {
        let key = "01935f6e-7b1c-7000-8000-00000badcafe".to_owned();
        // So many characters are allowed, and none of them is longer as JSON.
        let form = |message: usize| {
            let lengths = [200, 100, 100, 254, 40, 100, 200, message].map(|length| "\u{1f511}".repeat(length));
            let [organisation, first_name, last_name, email, phone, country, website, message] = lengths;
            Apply { organisation, first_name, last_name, email, phone, country, website, message }
        };
        for message in [2_000, 5_000] {
            let Value::Object(typed) = serde_json::to_value(form(message)).expect("JSON") else { panic!("no fields") };
            let typed = typed.into_iter().map(|(name, value)| (name, value.as_str().expect("text").to_owned()));
            let mut fields: Vec<_> = typed.collect();
            fields.push((FormKey::FIELD.to_owned(), key.clone()));
            // Nothing that can be wrong with a field is said in more words.
            let wrong = "Enter an address like www.company.com, or leave it empty.";
            let fault = json(&fields.iter().map(|(name, _)| (name, wrong)).collect::<Vec<_>>()).expect("JSON");
            let returned = Returned { endpoint: "applications/apply".to_owned(), fields: fields.clone(), fault };
            let kept = returned.within(max_bytes_of_nobody("applications/apply")).expect("JSON").expect("it fits");
            let kept: Returned = serde_json::from_str(&kept).expect("a form");
            assert_eq!(kept.fields, fields);
        }
    }
}

//! What the server knew when it wrote the page: the theme, whether this is a demo, and a form
//! that was sent back. The browser is told, so that it wakes to the same page.

use leptos::{prelude::*, server::SharedValue};
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

use crate::ui::{Fault, Theme, data::Handed};

/// What the server knew when it wrote the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Light, dark, or as the system says.
    pub theme: Theme,
    /// This is a demo, and every page says so.
    pub demo: bool,
    returned: Option<Returned>,
}

/// A form that was sent back to a browser without script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The server function that it was posted to, `licenses/edit`.
    pub endpoint: String,
    /// What was typed, without passwords.
    pub fields: Vec<(String, String)>,
    /// What was wrong.
    pub fault: Fault,
}

/// A form that was sent back, as long as the page is open that it was sent back to.
#[derive(Clone, Copy)]
struct Kept(StoredValue<Option<Returned>>);

impl Arrival {
    /// Hands it from the server to the browser. Called once, first of all.
    pub fn shared() -> Self {
        let arrival = SharedValue::<Self, Handed>::new_with_encoding(Self::read).into_inner();
        provide_context(Kept(StoredValue::new(arrival.returned.clone())));
        provide_context(arrival.clone());
        arrival
    }

    /// What the page came with.
    pub fn here() -> Self {
        use_context().unwrap_or_default()
    }

    #[cfg(feature = "ssr")]
    fn read() -> Self {
        use crate::ui::{cookies, request};
        let returned = request::returned().map(|returned| Returned {
            endpoint: returned.endpoint,
            fields: returned.fields,
            fault: Fault::de(returned.fault.into_bytes().into()),
        });
        let demo = use_context::<std::sync::Arc<service::Service>>().is_some_and(|service| service.settings.demo);
        let theme = request::cookie(cookies::theme_name(request::secure()));
        let theme = theme.and_then(|word| Theme::from_word(&word)).unwrap_or_default();
        Self { theme, demo, returned }
    }

    #[cfg(not(feature = "ssr"))]
    fn read() -> Self {
        Self::default()
    }
}

impl Returned {
    /// The form of that server function, if it was sent back to this page.
    pub fn to(endpoint: &str) -> Option<Self> {
        let kept = use_context::<Kept>()?;
        kept.0.with_value(|returned| returned.clone().filter(|returned| returned.endpoint == endpoint))
    }

    /// What was typed into a field.
    pub fn typed(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Forgets it as soon as another page is opened.
    pub fn forget_on_leaving() {
        let Some(Kept(kept)) = use_context() else { return };
        let path = use_location().pathname;
        Effect::new(move |before: Option<String>| {
            let now = path.get();
            if before.is_some_and(|before| before != now) {
                kept.set_value(None);
            }
            now
        });
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use domain::FieldErrors;
    use leptos::server::codee::{Decoder, Encoder};

    use super::*;

    #[test]
    fn what_the_server_knew_arrives_in_the_browser() {
        let returned = Returned {
            endpoint: "licenses/edit".to_owned(),
            fields: vec![("reseller_notes".to_owned(), "ä</script>".to_owned())],
            fault: Fault::Fields(FieldErrors::at("reseller_notes", "Shorten this.")),
        };
        for returned in [None, Some(returned)] {
            let arrival = Arrival { demo: true, returned, ..Arrival::default() };
            let text = <Handed as Encoder<Arrival>>::encode(&arrival).expect("text");
            assert_eq!(<Handed as Decoder<Arrival>>::decode(&text), Ok(arrival), "{text}");
        }
    }
}

//! What a server function returned, without its type: what only hands it on need not know what it is.

use std::{any::Any, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};

use super::wire::{read, unreadable};
use crate::Fault;

/// What a server function returned. Whoever asked for it knows its type.
#[derive(Clone)]
pub struct Value(Kept);

#[derive(Clone)]
enum Kept {
    /// As JSON, as it stands in the page.
    Text(Arc<str>),
    /// Itself.
    Itself(Arc<dyn Output>),
}

/// Anything that a server function can return.
trait Output: Any + Send + Sync {
    /// As JSON. Only the server writes pages, and the browser's program is smaller without it.
    #[cfg(feature = "ssr")]
    fn json(&self) -> serde_json::Result<String>;
}

impl<T: Serialize + Send + Sync + 'static> Output for T {
    #[cfg(feature = "ssr")]
    fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

impl Value {
    /// A value of any type.
    pub fn of<T: Serialize + Send + Sync + 'static>(value: T) -> Self {
        Self(Kept::Itself(Arc::new(value)))
    }

    /// A value that is still JSON, and is read when its type is known.
    pub(super) fn text(json: &str) -> Self {
        Self(Kept::Text(json.into()))
    }

    /// The value.
    ///
    /// # Errors
    /// [`Fault::Broken`] when it is not of this type.
    pub fn read<T: Clone + DeserializeOwned + 'static>(&self) -> Result<T, Fault> {
        match &self.0 {
            Kept::Text(text) => read(text),
            Kept::Itself(value) => {
                let value: &dyn Any = &**value;
                value.downcast_ref::<T>().cloned().ok_or_else(unreadable)
            }
        }
    }

    /// As JSON, for the page that the server writes.
    pub(super) fn json(&self) -> serde_json::Result<String> {
        match &self.0 {
            Kept::Text(text) => Ok(text.to_string()),
            #[cfg(feature = "ssr")]
            Kept::Itself(value) => value.json(),
            #[cfg(not(feature = "ssr"))]
            Kept::Itself(_) => Ok(String::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_as_what_it_is_and_as_nothing_else() {
        let value = Value::of(vec![1_u8, 2]);
        assert_eq!(value.read::<Vec<u8>>(), Ok(vec![1, 2]));
        assert_eq!(value.read::<Vec<u16>>(), Err(unreadable()));
    }

    #[test]
    fn a_value_that_stands_in_the_page_is_read_from_its_text() {
        let value = Value::text("[1,2]");
        assert_eq!(value.read::<Vec<u8>>(), Ok(vec![1, 2]));
        assert_eq!(value.read::<String>(), Err(unreadable()));
        assert_eq!(value.json().expect("JSON"), "[1,2]");
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn the_server_writes_a_value_as_it_is_read_again() {
        let (some, none) = (Value::of(Some("a \"word\"".to_owned())), Value::of(None::<String>));
        for (value, expected) in [(some, Some("a \"word\"".to_owned())), (none, None)] {
            let text = value.json().expect("JSON");
            assert_eq!(Value::text(&text).read::<Option<String>>(), Ok(expected), "{text}");
        }
    }
}

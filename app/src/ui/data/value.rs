//! What a server function returned, without its type: what only hands it on need not know what it is.

use std::{any::Any, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};

use crate::ui::Fault;
use crate::ui::data::packed::{unpack, unreadable};

/// What a server function returned. Whoever asked for it knows its type.
#[derive(Clone)]
pub struct Value(Kept);

#[derive(Clone)]
enum Kept {
    /// As bytes, which came with the page.
    Packed(Arc<[u8]>),
    /// Itself.
    Itself(Arc<dyn Output>),
}

/// Anything that a server function can return.
trait Output: Any + Send + Sync {
    /// As bytes. Only the server writes pages, and the browser's program is smaller without it.
    #[cfg(feature = "ssr")]
    fn pack(&self) -> Result<Vec<u8>, Fault>;
}

impl<T: Serialize + DeserializeOwned + Send + Sync + 'static> Output for T {
    #[cfg(feature = "ssr")]
    fn pack(&self) -> Result<Vec<u8>, Fault> {
        super::packed::pack(self)
    }
}

impl Value {
    /// A value of any type.
    pub fn of<T: Serialize + DeserializeOwned + Send + Sync + 'static>(value: T) -> Self {
        Self(Kept::Itself(Arc::new(value)))
    }

    /// A value that is still bytes, and is read when its type is known.
    pub(super) fn packed(bytes: &[u8]) -> Self {
        Self(Kept::Packed(bytes.into()))
    }

    /// The value.
    ///
    /// # Errors
    /// [`Fault::Broken`] when it is not of this type.
    pub fn read<T: Clone + DeserializeOwned + 'static>(&self) -> Result<T, Fault> {
        match &self.0 {
            Kept::Packed(bytes) => unpack(bytes),
            Kept::Itself(value) => {
                let value: &dyn Any = &**value;
                value.downcast_ref::<T>().cloned().ok_or_else(unreadable)
            }
        }
    }

    /// As bytes, for the page that the server writes.
    #[cfg(feature = "ssr")]
    pub(super) fn pack(&self) -> Result<Vec<u8>, Fault> {
        match &self.0 {
            Kept::Packed(bytes) => Ok(bytes.to_vec()),
            Kept::Itself(value) => value.pack(),
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
    fn a_value_that_stands_in_the_page_is_read_from_its_bytes() {
        let value = Value::packed(&[2, 200, 201]);
        assert_eq!(value.read::<Vec<u8>>(), Ok(vec![200, 201]));
        assert_eq!(value.read::<String>(), Err(unreadable()));
        #[cfg(feature = "ssr")]
        assert_eq!(value.pack(), Ok(vec![2, 200, 201]));
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn the_server_writes_a_value_as_it_is_read_again() {
        let (some, none) = (Value::of(Some("a \"word\"".to_owned())), Value::of(None::<String>));
        for (value, expected) in [(some, Some("a \"word\"".to_owned())), (none, None)] {
            let bytes = value.pack().expect("bytes");
            assert_eq!(Value::packed(&bytes).read::<Option<String>>(), Ok(expected), "{bytes:?}");
        }
    }
}

//! What a resource asks with, without its type. It is asked again when it asks with something else.

use std::{any::Any, sync::Arc};

/// What a resource asks with.
#[derive(Clone)]
pub struct Source(Arc<dyn Key>);

/// Anything that can be asked with.
trait Key: Any + Send + Sync {
    fn is(&self, other: &dyn Any) -> bool;
}

impl<S: PartialEq + Send + Sync + 'static> Key for S {
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<S>() == Some(self)
    }
}

impl Source {
    /// A source of any type.
    pub fn of<S: PartialEq + Send + Sync + 'static>(source: S) -> Self {
        Self(Arc::new(source))
    }

    /// The source, if it is of this type.
    pub fn read<S: Clone + 'static>(&self) -> Option<S> {
        let source: &dyn Any = &*self.0;
        source.downcast_ref::<S>().cloned()
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(&*other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_the_same_when_they_ask_for_the_same() {
        let asks = |id: &str, page: u32| Source::of((id.to_owned(), page));
        assert!(asks("a", 1) == asks("a", 1));
        assert!(asks("a", 1) != asks("a", 2));
        assert!(asks("a", 1) != asks("b", 1));
        assert!(Source::of(()) == Source::of(()));
        assert!(Source::of(1_u8) != Source::of(1_u16), "another type");
    }

    #[test]
    fn a_source_is_read_as_what_it_is() {
        let source = Source::of(Some(7_i64));
        assert_eq!(source.read::<Option<i64>>(), Some(Some(7)));
        assert_eq!(source.read::<i64>(), None);
    }
}

//! Whether the program has arrived: for what makes no sense without it.

use std::time::Duration;

use leptos::prelude::*;

/// Whether the program has arrived in every part of the page.
#[derive(Clone, Copy)]
pub struct Awake(RwSignal<bool>);

impl Awake {
    /// For all below. The document is marked as well, for tests to wait for.
    pub fn provide() {
        let awake = Self(RwSignal::new(false));
        provide_context(awake);
        Effect::new(move |_| awake.wait());
    }

    /// Parts of a page wake one after the other, and each has to find what the server wrote.
    /// So nothing changes before the last one is awake.
    fn wait(self) {
        if Owner::current_shared_context().is_some_and(|page| page.during_hydration()) {
            let owner = Owner::current();
            let again = move || owner.map_or((), |owner| owner.with(|| self.wait()));
            set_timeout(again, Duration::from_millis(5)).ok();
        } else {
            self.0.set(true);
            if let Some(root) = document().document_element() {
                root.set_attribute("data-hydrated", "").ok();
            }
        }
    }
}

/// Whether the program has arrived. Not at first, so that the browser wakes to the page that
/// the server wrote.
pub fn awake() -> Signal<bool> {
    use_context::<Awake>().map_or_else(|| Signal::stored(false), |awake| awake.0.into())
}

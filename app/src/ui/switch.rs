//! Whether shortcuts of one key are on: they get in the way of those who speak to their computer.

use leptos::{prelude::*, web_sys::Storage};

/// Where the browser remembers that they are switched off.
const OFF: &str = "keyhouse-shortcuts-off";

/// Whether they are switched off.
#[derive(Clone, Copy)]
pub struct Switch(RwSignal<bool>);

impl Switch {
    /// For all below; what the browser remembers is asked when there are shortcuts.
    pub fn provide() {
        provide_context(Self(RwSignal::new(false)));
    }

    /// The one that was provided.
    ///
    /// # Panics
    /// Outside of the app.
    pub fn here() -> Self {
        expect_context()
    }

    /// Whether the keys do what they say.
    pub fn are_on(self) -> bool {
        !self.0.get()
    }

    /// The same, asked once.
    pub fn are_on_now(self) -> bool {
        !self.0.get_untracked()
    }

    /// Takes what the browser remembers.
    pub fn recall(self) {
        self.0.set(storage().and_then(|kept| kept.get_item(OFF).ok().flatten()).is_some());
    }

    /// Switches them off, or on again; the browser remembers it.
    pub fn turn(self) {
        self.0.update(|off| *off = !*off);
        if let Some(kept) = storage() {
            if self.0.get_untracked() { kept.set_item(OFF, "") } else { kept.remove_item(OFF) }.ok();
        }
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

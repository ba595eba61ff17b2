//! Light, dark, or as the system says: kept in a cookie, so that it works without script.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::api::SetTheme;
use crate::{Arrival, data::ServerAction, ui::Form};

/// How the pages look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word in the cookie and on `<html>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The word on the switch.
    pub const fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// The theme of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.word() == word)
    }
}

/// The switch. Every one on the page shows the same choice.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let chosen = use_context::<Chosen>().map_or_else(|| RwSignal::new(Arrival::here().theme), |chosen| chosen.0);
    let action = ServerAction::<SetTheme>::new();
    let done = Callback::new(move |theme: Theme| {
        chosen.set(theme);
        show(theme);
    });
    let button = move |theme: Theme| {
        let pressed = move || if chosen.get() == theme { "true" } else { "false" };
        view! {
            <button name="theme" value=theme.word() aria-pressed=pressed>
                {theme.label()}
            </button>
        }
    };
    view! {
        <Form action=action on_done=done class="segments" label="Theme" keyed=false>
            {Theme::ALL.map(button)}
        </Form>
    }
}

/// The theme that is shown now, shared by the switches of a page.
#[derive(Clone, Copy)]
pub struct Chosen(RwSignal<Theme>);

impl Chosen {
    /// For all switches below.
    pub fn provide(theme: Theme) {
        provide_context(Self(RwSignal::new(theme)));
    }
}

fn show(theme: Theme) {
    if let Some(root) = document().document_element() {
        root.set_attribute("data-theme", theme.word()).ok();
    }
}

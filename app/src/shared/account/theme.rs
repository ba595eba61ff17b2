//! The switch between light, dark, and as the system says.

use crate::ui::{Arrival, Fault, FaultText, Theme, arrival::Returned, data::send};
use leptos::{ev::MouseEvent, prelude::*, server_fn::ServerFn, task::spawn_local};

use super::api::SetTheme;

/// The switch, a form that the browser sends by itself. Where the program is, the page is not loaded anew, and keeps what was typed
/// into it. Every switch on the page shows the same choice.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let chosen = use_context::<Chosen>().map_or_else(|| RwSignal::new(Arrival::here().theme), |chosen| chosen.0);
    let returned = Returned::to(SetTheme::PATH.trim_start_matches("/api/"));
    let (fault, pending) = (RwSignal::new(returned.map(|form| form.fault)), RwSignal::new(false));
    let button = move |theme: Theme| {
        let pressed = move || if chosen.get() == theme { "true" } else { "false" };
        let choose = move |event: MouseEvent| {
            event.prevent_default();
            if !pending.get_untracked() {
                keep(theme, chosen, fault, pending);
            }
        };
        view! {
            <button name="theme" value=theme.word() aria-pressed=pressed on:click=choose>
                {theme.label()}
            </button>
        }
    };
    view! {
        <form class="segments" method="post" action=SetTheme::PATH aria-label="Theme">
            {Theme::ALL.map(button)}
        </form>
        {move || fault.get().map(|fault| view! { <p class="error" role="alert"><FaultText fault=fault /></p> })}
    }
}

/// Has the theme kept, and shows it then.
fn keep(theme: Theme, chosen: RwSignal<Theme>, fault: RwSignal<Option<Fault>>, pending: RwSignal<bool>) {
    pending.set(true);
    spawn_local(async move {
        let kept = send::<SetTheme>(format!("theme={}", theme.word())).await;
        if let Ok(theme) = kept {
            chosen.try_set(theme);
            show(theme);
        }
        // The page of the switch may be gone meanwhile.
        fault.try_set(kept.err());
        pending.try_set(false);
    });
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

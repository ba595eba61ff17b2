//! The dialogs that can be opened from anywhere on the page. Here are their frames, which open at once and take what is typed; what
//! stands in them is a part of the program, which is fetched when the first of them is opened.

use crate::ui::Switch;
use domain::Roles;
use leptos::{ev::KeyboardEvent, html, prelude::*, task::spawn_local};

use crate::parts::dialogs_part;

/// What stands in the dialogs, as their part makes it.
#[derive(Clone, Copy)]
pub struct Insides {
    /// What the command menu finds.
    pub command: fn(Roles) -> AnyView,
    /// The list of shortcuts.
    pub shortcuts: fn(Roles) -> AnyView,
}

/// The part of the dialogs.
#[derive(Clone, Copy)]
enum Part {
    Asleep,
    OnItsWay,
    Here(Insides),
    Failed,
}

/// The dialogs, and what their frames share with what stands in them.
#[derive(Clone, Copy)]
pub struct Dialogs {
    help: NodeRef<html::Dialog>,
    command: NodeRef<html::Dialog>,
    part: RwSignal<Part>,
    /// What is typed into the command menu.
    pub typed: RwSignal<String>,
    /// The id of the line that is chosen in it.
    pub active: RwSignal<Option<String>>,
    /// Told of the keys that are pressed in it.
    pub on_key: StoredValue<Option<Callback<KeyboardEvent>>>,
}

impl Dialogs {
    /// For all below.
    pub fn provide() {
        provide_context(Self {
            help: NodeRef::new(),
            command: NodeRef::new(),
            part: RwSignal::new(Part::Asleep),
            typed: RwSignal::new(String::new()),
            active: RwSignal::new(None),
            on_key: StoredValue::new(None),
        });
    }

    /// Lists the shortcuts.
    pub fn help(self) {
        self.open(self.help);
    }

    /// Opens the command menu.
    pub fn find(self) {
        self.open(self.command);
    }

    /// Closes the command menu.
    pub fn close(self) {
        if let Some(dialog) = self.command.get_untracked() {
            dialog.close();
        }
    }

    fn open(self, dialog: NodeRef<html::Dialog>) {
        let Some(dialog) = dialog.get_untracked() else { return };
        self.fetch();
        if !dialog.open() {
            dialog.show_modal().ok();
        }
    }

    /// Fetches what stands in the dialogs, unless it is here or on its way. What could not be fetched is asked for again.
    fn fetch(self) {
        if self.part.with_untracked(|part| matches!(part, Part::OnItsWay | Part::Here(_))) {
            return;
        }
        self.part.set(Part::OnItsWay);
        spawn_local(async move {
            let part = dialogs_part().await.map_or(Part::Failed, Part::Here);
            self.part.set(part);
        });
    }

    /// What stands in one of them, or why nothing does.
    fn inside(self, of: fn(Insides) -> fn(Roles) -> AnyView, roles: Roles) -> impl Fn() -> AnyView + Send + 'static {
        move || match self.part.get() {
            Part::Asleep => ().into_any(),
            Part::OnItsWay => view! { <p class="hint" role="status">"Loading"</p> }.into_any(),
            Part::Here(insides) => of(insides)(roles.clone()),
            Part::Failed => self.failed(),
        }
    }

    fn failed(self) -> AnyView {
        view! {
            <p class="hint" role="status">
                "This could not be loaded. Try again when you are online."
            </p>
            <button class="button" type="button" on:click=move |_| self.fetch()>
                "Try again"
            </button>
        }
        .into_any()
    }

    /// Whether what stands in them has not come yet.
    fn waits(self) -> bool {
        self.part.with(|part| !matches!(part, Part::Here(_)))
    }
}

/// The frames of the dialogs.
#[component]
pub(super) fn Frames(
    /// What whoever is signed in may do.
    roles: Roles,
) -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    view! {
        <Help dialogs=dialogs roles=roles.clone() />
        <Command dialogs=dialogs roles=roles />
    }
}

#[component]
fn Help(dialogs: Dialogs, roles: Roles) -> impl IntoView {
    let switch = Switch::here();
    view! {
        <dialog class="dialog" node_ref=dialogs.help aria-labelledby="shortcuts-title">
            <h2 id="shortcuts-title">"Keyboard shortcuts"</h2>
            {dialogs.inside(|insides| insides.shortcuts, roles)}
            <form method="dialog" class="actions">
                <button class="button">"Close"</button>
                <button class="button" data-kind="quiet" type="button" on:click=move |_| switch.turn()>
                    {move || if switch.are_on() { "Switch off" } else { "Switch on" }}
                </button>
            </form>
        </dialog>
    }
}

#[component]
fn Command(dialogs: Dialogs, roles: Roles) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let empty = move |_| {
        dialogs.typed.set(String::new());
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
    };
    let on_key = move |event: KeyboardEvent| {
        // A search field would first be emptied by it.
        if event.key() == "Escape" {
            event.prevent_default();
            dialogs.close();
        } else if let Some(told) = dialogs.on_key.get_value() {
            told.run(event);
        }
    };
    view! {
        <dialog class="dialog" data-kind="command" node_ref=dialogs.command aria-label="Command menu" on:close=empty>
            <div class="search">
                <label class="visually-hidden" for="command">
                    "Find a page, customer, license or action"
                </label>
                <input
                    node_ref=input
                    id="command"
                    type="search"
                    role="combobox"
                    aria-expanded=move || (!dialogs.waits()).to_string()
                    aria-controls="commands"
                    aria-activedescendant=move || dialogs.active.get()
                    aria-autocomplete="list"
                    placeholder="Page, customer, license or action"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    maxlength="200"
                    dir="auto"
                    on:input:target=move |event| dialogs.typed.set(event.target().value())
                    on:keydown=on_key
                />
            </div>
            {dialogs.inside(|insides| insides.command, roles)}
            {move || dialogs.waits().then(close)}
        </dialog>
    }
}

/// The way out as long as nothing can be chosen.
fn close() -> impl IntoView {
    view! {
        <form method="dialog" class="actions">
            <button class="button">"Close"</button>
        </form>
    }
}

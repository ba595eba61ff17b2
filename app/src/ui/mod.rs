//! The parts that pages are made of, one a file, after the catalogue in `style/README.md`.
//!
//! # How a page is written
//!
//! A folder per noun: `api.rs` holds its server functions, a file each its pages.
//!
//! **A server function** is five lines. Its address is `/api/noun/verb`; it says first who may
//! (the service checks it), or why anyone may. A form struct is flattened, so that the fields
//! of the page are its own fields; every field has a default, so that a missing one is an error
//! at the field and not a broken request.
//! ```ignore
//! /// Changes notes, details and customer paid. Who may edit licenses.
//! #[server(endpoint = "licenses/edit", protocol = Wire)]
//! pub async fn edit(
//!     #[server(default)] idempotency_key: String,
//!     #[server(default)] id: String,
//!     #[server(flatten)] form: EditForm,
//! ) -> Result<(), Fault> {
//!     let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
//!     service::licenses::edit(&cx, request::form_key(&idempotency_key)?, id, &form).await?;
//!     request::redirect_plain_form(&paths::license(id)); // a form without script; with script the page says so
//!     Ok(())
//! }
//! ```
//! To take everybody to another page afterwards (the next step of a wizard), call
//! `request::redirect(..)`: with script it is followed without a reload. In a flattened form
//! every field is a string (a flattened number or date does not read from a posted form). The
//! macro makes a struct named after the function (`Edit`, for `ServerAction::<Edit>`), so name
//! forms by their module where they would clash: `form: contacts::SignIn`. Each function names
//! the protocol `Wire`, and pages import `Resource` and `ServerAction` from [`data`]; that
//! keeps what each of them adds to the browser's program small.
//!
//! **A page** has a resource keyed on its address, and shows it inside [`Load`], which deals
//! with waiting, being signed out (to the sign-in and back), a due password, and not found (404).
//! ```ignore
//! #[component]
//! pub fn CustomerPage() -> impl IntoView {
//!     let id = use_params_map().with_untracked(..);
//!     let page = Resource::new(move || id.get(), |id| api::find(id));
//!     view! { <Load from=page let:page> <PageHead title=page.row.name typed=true /> .. </Load> }
//! }
//! ```
//! A page without data of its own is wrapped in [`Private`]; what only some may do on it, in [`Only`].
//! A list is a [`Table`] of `<tr>`s, with a [`Pager`] below it.
//!
//! **A form** posts to a server function, with or without script. [`Form`] brings the
//! idempotency key (`keyed=false` for the few that need none), the summary of errors and the
//! busy state; [`Field`], [`TextArea`], [`Select`], [`Checkbox`], [`Choices`] show their own
//! error and what was typed into a form that was sent back; [`Submit`] is its button.
//! ```ignore
//! let edit = ServerAction::<Edit>::new();
//! view! {
//!     <Form action=edit hidden=("id", id.to_string()) on_done=Callback::new(move |()| page.refetch())>
//!         <TextArea name="reseller_notes" label="Reseller notes" value=notes hint="Only your team sees this." />
//!         <div class="actions"><Submit label="Save" /></div>
//!     </Form>
//! }
//! ```
//! Controls are never bound to a signal (`prop:value`): what somebody types before the program
//! arrives has to survive its arrival. Give a field `live=signal` to follow it; the signal
//! starts from what stands in the control. Fields inside [`Checked`] are checked while typing.
//!
//! A form that changes what somebody else may change at the same time carries [`Edition`]: who is
//! slower is told what was changed meanwhile, and overwrites it only by saving again.

pub mod arrival;
mod arrived;
mod arriving;
mod autosaved;
mod awake;
mod button;
mod chart;
mod checkbox;
mod choices;
pub mod cookies;
mod copy;
pub mod data;
mod deliveries;
mod edition;
mod empty;
mod error_summary;
mod export;
mod facts;
pub mod fault;
mod fault_page;
mod fault_text;
mod field;
mod form;
mod form_state;
mod go_on;
mod icon;
mod key;
mod live;
mod load;
mod me;
mod moment;
mod new_password;
mod notice;
mod only;
mod page;
mod pager;
pub mod paths;
mod pill;
#[cfg(feature = "ssr")]
pub mod request;
mod search;
mod select;
mod steps;
mod switch;
mod table;
mod text_area;
mod theme;
mod ticks;
mod typing;
mod words;

pub use arrival::Arrival;
pub use arrived::Arrived;
pub use autosaved::Autosaved;
pub use awake::{Awake, awake};
pub use button::Submit;
pub use chart::{Bar, Chart, Series};
pub use checkbox::Checkbox;
pub use choices::{Choice, Choices};
pub use copy::{Copy, CopyScript};
pub use deliveries::Deliveries;
pub use edition::Edition;
pub use empty::Empty;
pub use error_summary::ErrorSummary;
pub use export::ExportCsv;
pub use facts::{Fact, Facts, Sum};
pub use fault::Fault;
pub use fault_page::{FaultPage, NotFound, here};
pub use fault_text::FaultText;
pub use field::{Field, FieldError};
pub use form::Form;
pub use form_state::{FormState, fresh_key};
pub use go_on::{GoOn, MadeBefore};
pub use icon::Icon;
pub use key::Key;
pub use live::LiveBanner;
pub use load::{Load, Private, Waiting, later};
pub use me::Me;
pub use moment::Time;
pub use new_password::NewPasswordFields;
pub use notice::Notice;
pub use only::Only;
pub use page::{Heading, PageHead};
pub use pager::Pager;
pub use pill::Pill;
pub use search::{Search, follow_view, typed_in};
pub use select::Select;
pub use steps::Steps;
pub use switch::Switch;
pub use table::{Column, RowName, Table};
pub use text_area::TextArea;
pub use theme::Theme;
pub use ticks::{Tick, TickAll, provide_ticks};
pub use typing::Checked;
pub use words::{count_of, name_and, thousands};

use leptos::prelude::*;

/// What describes a field: its error while there is one, and its hint.
fn describe(id: &str, error: Memo<Option<String>>, hint: bool) -> impl Fn() -> Option<String> + Clone + use<> {
    let id = id.to_owned();
    move || match (error.with(Option::is_some), hint) {
        (true, true) => Some(format!("{id}-error {id}-hint")),
        (true, false) => Some(format!("{id}-error")),
        (false, true) => Some(format!("{id}-hint")),
        (false, false) => None,
    }
}

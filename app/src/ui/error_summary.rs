//! All that is wrong with a form, at its top; it takes the focus, so that nobody misses it.

use leptos::{html, prelude::*};

use crate::ui::{Fault, fault::Then, paths};
use crate::ui::{FormState, count_of, edition::ChangedMeanwhile, here};

/// What is wrong with the form around. Nothing when nothing is.
#[component]
pub fn ErrorSummary() -> impl IntoView {
    let state = FormState::around();
    let summary = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if state.and_then(|state| state.fault()).is_some()
            && let Some(summary) = summary.get()
        {
            summary.focus().ok();
        }
    });
    move || {
        let state = state?;
        let fault = state.fault()?;
        Some(view! {
            <div
                node_ref=summary
                class="error-summary"
                role="alert"
                tabindex="-1"
                autofocus=state.was_returned()
            >
                <h2>{title(&fault)}</h2>
                {details(&state, &fault)}
            </div>
        })
    }
}

fn title(fault: &Fault) -> String {
    match fault {
        Fault::Fields(errors) => match errors.iter().count() {
            1 => "One thing needs a change".to_owned(),
            count => format!("{} need a change", count_of(count, "thing", "things")),
        },
        Fault::Refused(refused) if matches!(refused.then(), Then::ChangedMeanwhile { .. }) => {
            "Somebody changed this meanwhile".to_owned()
        }
        fault => fault.to_string(),
    }
}

/// The messages, each leading to its field; and the way out, where there is one.
fn details(state: &FormState, fault: &Fault) -> AnyView {
    match fault {
        Fault::Fields(errors) => {
            let line = |error: &domain::form::FieldError| {
                let address = format!("#{}", state.field_id(&error.field));
                view! { <li><a href=address rel="external">{error.message.clone()}</a></li> }
            };
            view! { <ul>{errors.iter().map(line).collect_view()}</ul> }.into_any()
        }
        Fault::Refused(refused) => match refused.then() {
            Then::ChangedMeanwhile { changed, .. } => {
                view! { <ChangedMeanwhile changed=changed.clone() /> }.into_any()
            }
            _ => ().into_any(),
        },
        Fault::SignedOut => {
            view! { <p><a href=paths::LOGIN target="_blank">"Log in in another tab"</a>" and send this again."</p> }
                .into_any()
        }
        Fault::Due(due) => view! { <p><a href=paths::due(*due)>"Go there"</a></p> }.into_any(),
        Fault::Unconfirmed => {
            view! { <p><a href=paths::confirm_then(&here()) target="_blank">"Enter your password in another tab"</a>" and send this again."</p> }
                .into_any()
        }
        Fault::Outdated => view! { <p><a href=here() rel="external">"Load again"</a></p> }.into_any(),
        Fault::Broken { request } if !request.is_empty() => {
            view! { <p>"If it stays like this, tell support this number: "<code>{request.clone()}</code></p> }
                .into_any()
        }
        _ => ().into_any(),
    }
}

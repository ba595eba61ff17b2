//! The public form: somebody applies as a reseller (A3).

use crate::ui::{Checked, Field, Form, PageHead, Submit, TextArea, data::ServerAction, paths};
use domain::applications;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::Apply;

/// The form, and what it says when it was sent.
#[component]
pub fn ApplyPage() -> impl IntoView {
    let apply = ServerAction::<Apply>::new();
    let sent = use_query_map().with_untracked(|query| query.get("done").is_some());
    let done = move || sent || matches!(apply.value().get(), Some(Ok(())));
    view! {
        <div class="narrow stack" data-gap="large">
            <Show when=move || !done() fallback=thanks>
                <PageHead
                    title="Apply as a reseller"
                    lede=view! { "Tell us who you are. We read every application and answer by e-mail." }.into_any()
                />
                <Form action=apply>
                    <Fields />
                    <div class="actions">
                        <Submit label="Send application" />
                        <a class="button" href=paths::HOME>"Cancel"</a>
                    </div>
                </Form>
            </Show>
        </div>
    }
}

fn thanks() -> impl IntoView {
    view! {
        <PageHead title="Your application has arrived" />
        <p>"We have sent you an e-mail that says so. You will hear from us when somebody has read it."</p>
        <div class="actions" data-fit><a class="button" href=paths::HOME>"Go to the first page"</a></div>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let live = Live::default();
    let errors = Signal::derive(move || live.form().check().err().unwrap_or_default());
    view! {
        <Checked errors=errors>
            <Field
                name="organisation"
                label="Organisation"
                autocomplete="organization"
                required=true
                live=live.organisation
            />
            <div class="pair">
                <Field
                    name="first_name"
                    label="First name"
                    autocomplete="given-name"
                    required=true
                    live=live.first_name
                />
                <Field
                    name="last_name"
                    label="Last name"
                    autocomplete="family-name"
                    required=true
                    live=live.last_name
                />
            </div>
            <Field
                name="email"
                label="E-mail address"
                kind="email"
                inputmode="email"
                autocomplete="email"
                required=true
                live=live.email
            />
            <div class="pair">
                <Field
                    name="phone"
                    label="Phone"
                    kind="tel"
                    inputmode="tel"
                    autocomplete="tel"
                    required=true
                    live=live.phone
                />
                <Field
                    name="country"
                    label="Country"
                    autocomplete="country-name"
                    required=true
                    live=live.country
                />
            </div>
            <Field
                name="website"
                label="Website"
                inputmode="url"
                autocomplete="url"
                hint="Optional."
                live=live.website
            />
            <TextArea
                name="message"
                label="Message"
                hint="Optional. What you sell, and to whom."
                rows=4
                live=live.message
            />
        </Checked>
    }
}

/// What is typed now.
#[derive(Clone, Copy, Default)]
struct Live {
    organisation: RwSignal<String>,
    first_name: RwSignal<String>,
    last_name: RwSignal<String>,
    email: RwSignal<String>,
    phone: RwSignal<String>,
    country: RwSignal<String>,
    website: RwSignal<String>,
    message: RwSignal<String>,
}

impl Live {
    fn form(self) -> applications::Apply {
        applications::Apply {
            organisation: self.organisation.get(),
            first_name: self.first_name.get(),
            last_name: self.last_name.get(),
            email: self.email.get(),
            phone: self.phone.get(),
            country: self.country.get(),
            website: self.website.get(),
            message: self.message.get(),
        }
    }
}

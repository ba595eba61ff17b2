//! How one account is billed, as a card with its form.

use crate::ui::{Edition, Form, Submit, data::ServerAction};
use domain::{AccountId, billing::AccountTermsForm};
use leptos::prelude::*;

use super::{api::SetTerms, fields::TermsFields};

/// The card.
#[component]
pub fn TermsCard(
    /// The account.
    id: AccountId,
    /// Its edition.
    edition: i64,
    /// What stands in the form.
    form: AccountTermsForm,
    /// Sets it.
    set: ServerAction<SetTerms>,
    /// Fetches the page again.
    refresh: Callback<()>,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="terms">
            <h2 id="terms">"How it is billed"</h2>
            <Form action=set id="terms" hidden=("id", id.to_string()) on_done=refresh>
                <Edition value=edition />
                <TermsFields form=form />
                <div class="actions" data-fit>
                    <Submit label="Save" />
                    <output class="hint" data-kind="good">
                        {move || matches!(set.value().get(), Some(Ok(()))).then_some("Saved.")}
                    </output>
                </div>
            </Form>
        </section>
    }
}

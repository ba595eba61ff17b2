//! What an account may owe, and the form that sets it.

use crate::ui::{Checked, Edition, Form, Submit, data::ServerAction};
use domain::{
    AccountId, Currency,
    accounts::{CreditForm, CreditLimit},
};
use leptos::prelude::*;

use super::{api::SetCreditLimit, fields::CreditFields, live::LiveCredit};

/// The card of the credit limit; the form for those who may set it.
#[component]
pub fn LimitCard(
    /// The account.
    id: AccountId,
    /// Its edition.
    edition: i64,
    /// What it may owe.
    limit: CreditLimit,
    /// What it is charged in.
    currency: Currency,
    /// The same as it stands in the form.
    form: Option<CreditForm>,
    /// Sets it.
    set: ServerAction<SetCreditLimit>,
    /// Fetches the page again.
    refresh: Callback<()>,
) -> impl IntoView {
    let live = LiveCredit::default();
    let errors = Signal::derive(move || live.errors(currency));
    let form = form.map(|form| {
        view! {
            <Form action=set id="limit" hidden=("id", id.to_string()) on_done=refresh>
                <Edition value=edition />
                <Checked errors=errors><CreditFields credit=form live=live /></Checked>
                <div class="actions" data-fit><Submit label="Set credit limit" kind="" /></div>
            </Form>
        }
    });
    view! {
        <section class="card" aria-labelledby="limit">
            <h2 id="limit">"Credit limit"</h2>
            <p><strong class="num">{limit.label(currency)}</strong></p>
            {form}
        </section>
    }
}

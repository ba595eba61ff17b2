//! One invoice in the back office.

use crate::shared::invoices::{Credits, Lines, Pdf, Settled, api};
use crate::shared::orders::History;
use crate::ui::{Fact, Facts, Load, Only, PageHead, Pill, data::Resource, paths};
use domain::{
    Deed,
    billing::{InvoicePage, InvoiceState},
    time,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// One invoice in the back office.
#[component]
pub fn OfficeInvoicePage() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| params.get("number").unwrap_or_default()));
    let page = Resource::new(move || number.get(), api::find_any);
    view! {
        <Load from=page like="text" let:found>
            <Invoice page=found />
        </Load>
    }
}

#[component]
fn Invoice(page: InvoicePage) -> impl IntoView {
    let number = page.row.number;
    let lede = view! {
        <Pill word=page.row.state.word() label=page.row.state.label() />
        " "
        <span>"issued "{time::day(page.row.issued_on)}</span>
    };
    let creditable = page.row.state != InvoiceState::Credited;
    let InvoicePage { row, account, reseller, lines, total, taxes, settled, credits, reference, history, .. } = page;
    let customer = row.customer.clone();
    view! {
        <PageHead
            title=format!("Invoice {number}")
            crumb=(paths::OFFICE_INVOICES.to_owned(), "Invoices".to_owned())
            lede=lede.into_any()
        >
            <Pdf href=paths::office_invoice_pdf(number) />
            {creditable.then(|| view! {
                <Only may=Deed::CreditInvoices>
                    <a class="button" href=paths::office_credit_invoice(number)>
                        "Credit"
                    </a>
                </Only>
            })}
        </PageHead>
        <div class="columns">
            <div class="stack" data-gap="large">
                <Lines lines=lines taxes=taxes total=total />
                <Credits credits=credits file=paths::office_credit_note_pdf />
                <History entries=history />
            </div>
            <aside class="stack" aria-label="About the invoice">
                <section class="card" aria-labelledby="about">
                    <h2 id="about">"Details"</h2>
                    <Facts>
                        <Fact name="Reseller">
                            <a href=paths::office_account(account)><bdi>{reseller}</bdi></a>
                        </Fact>
                        {customer.map(|customer| view! { <Fact name="Customer"><bdi>{customer}</bdi></Fact> })}
                        <Fact name="Reference">{reference}</Fact>
                    </Facts>
                </section>
                <Settled row=row settled=settled />
            </aside>
        </div>
    }
}

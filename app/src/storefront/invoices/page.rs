//! One invoice of a reseller: its lines, where it stands, and how to pay it.

use crate::shared::invoices::{Credits, Lines, Pdf, Settled, Transfer, api};
use crate::ui::{Load, Only, PageHead, Pill, data::Resource, paths};
use domain::{Deed, billing, time};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// One invoice of a reseller.
#[component]
pub fn InvoicePage() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| params.get("number").unwrap_or_default()));
    let page = Resource::new(move || number.get(), api::find);
    view! {
        <Load from=page like="text" let:shown>
            <Invoice page=shown />
        </Load>
    }
}

#[component]
fn Invoice(page: billing::InvoicePage) -> impl IntoView {
    let (number, unpaid) = (page.row.number, page.row.open.is_positive());
    let lede = view! {
        <Pill word=page.row.state.word() label=page.row.state.label() />
        " "
        <span>"issued "{time::day(page.row.issued_on)}</span>
        {page.row.customer.clone().map(|customer| view! { <span>", for "<bdi>{customer}</bdi></span> })}
    };
    let billing::InvoicePage { row, lines, total, taxes, settled, credits, reference, bank, .. } = page;
    view! {
        <PageHead
            title=format!("Invoice {number}")
            crumb=(paths::INVOICES.to_owned(), "Invoices".to_owned())
            lede=lede.into_any()
        >
            <Pdf href=paths::invoice_pdf(number) />
            {unpaid.then(|| view! {
                <Only may=Deed::Pay>
                    <a class="button" data-kind="main" href=paths::pay_invoice(number)>"Pay"</a>
                </Only>
            })}
        </PageHead>
        <div class="columns">
            <div class="stack" data-gap="large">
                <Lines lines=lines taxes=taxes total=total />
                <Credits credits=credits file=paths::credit_note_pdf />
            </div>
            <aside class="stack" aria-label="Payment">
                <Settled row=row settled=settled />
                {unpaid.then(|| view! { <Transfer bank=bank reference=reference /> })}
            </aside>
        </div>
    }
}

//! What the page of an invoice is made of, for its reseller and in the back office.

use crate::ui::{
    Column::{Number, Words},
    Copy, Fact, Facts, Sum, Table,
};
use domain::{
    Money,
    billing::{BankDetails, CreditNoteNumber, InvoiceRow, ShownCredit, ShownLine, TaxLine, Taxed},
    time,
};
use leptos::prelude::*;

/// The lines, the tax by its rates, and what it all comes to.
#[component]
pub fn Lines(
    /// The lines.
    lines: Vec<ShownLine>,
    /// The tax by its rates.
    taxes: Vec<TaxLine>,
    /// What they come to.
    total: Taxed,
) -> impl IntoView {
    let row = |line: ShownLine| {
        view! {
            <tr>
                <td class="title"><bdi>{line.text}</bdi> <small>{line.explained}</small></td>
                <td class="num" data-side="start" data-label="Net">{line.amount.net().to_string()}</td>
                <td class="num" data-side="end" data-label="Tax">{line.amount.tax().to_string()}</td>
            </tr>
        }
    };
    let net = ("Net".to_owned(), total.net().to_string());
    let tax = |tax: &TaxLine| (format!("Tax {} on {}", tax.rate, tax.amount.net()), tax.amount.tax().to_string());
    let sums = std::iter::once(net).chain(taxes.iter().map(tax)).collect();
    view! {
        <section class="card" aria-labelledby="lines">
            <h2 id="lines">"Lines"</h2>
            <Table name="Lines" columns=&[Words("For"), Number("Net"), Number("Tax")]>
                {lines.into_iter().map(row).collect_view()}
            </Table>
            <Sum lines=sums total=("Total".to_owned(), total.gross().to_string()) />
        </section>
    }
}

/// How much of it is settled, and by when the rest has to be.
#[component]
pub fn Settled(
    /// The invoice.
    row: InvoiceRow,
    /// What payments and credits cover of it.
    settled: Money,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="settled">
            <h2 id="settled">"Payment"</h2>
            <Facts>
                <Fact name="Due">{time::day(row.due_on)}</Fact>
                <Fact name="Settled">{settled.to_string()}</Fact>
                <Fact name="Open">{row.open.to_string()}</Fact>
            </Facts>
        </section>
    }
}

/// B7: what a bank transfer needs; the reference is by what it is found.
#[component]
pub fn Transfer(
    /// Where to; none where the operator has not said so yet.
    bank: Option<BankDetails>,
    /// What to write into it.
    reference: String,
) -> impl IntoView {
    let ask = bank.is_none().then(|| {
        view! { <p>"Ask the operator for the bank account, and write this reference into the transfer."</p> }
    });
    let bank = bank.map(|bank| {
        let iban = bank.grouped_iban();
        view! {
            <Fact name="Account holder"><bdi>{bank.holder}</bdi></Fact>
            <Fact name="IBAN"><span id="iban">{iban.clone()}</span> " " <Copy text=iban described_by="iban" /></Fact>
            {bank.bic.map(|bic| view! { <Fact name="BIC">{bic}</Fact> })}
            {bank.bank.map(|name| view! { <Fact name="Bank"><bdi>{name}</bdi></Fact> })}
        }
    });
    view! {
        <section class="card" aria-labelledby="transfer">
            <h2 id="transfer">"Bank transfer"</h2>
            {ask}
            <Facts>
                {bank}
                <Fact name="Reference">
                    <span class="key" id="reference">{reference.clone()}</span> " "
                    <Copy text=reference described_by="reference" />
                </Fact>
            </Facts>
        </section>
    }
}

/// What was given back of it; nothing where there is nothing.
#[component]
pub fn Credits(
    /// Oldest first.
    credits: Vec<ShownCredit>,
    /// Where the file of one is.
    file: fn(CreditNoteNumber) -> String,
) -> impl IntoView {
    let row = move |credit: ShownCredit| {
        view! {
            <li>
                <div>
                    <a href=file(credit.number) rel="external" download="">{credit.number.to_string()}</a>
                    <p class="hint">
                        {format!("{} credited on {}: ", credit.amount, time::day(credit.issued_on))}
                        <bdi>{credit.reason}</bdi>
                    </p>
                </div>
            </li>
        }
    };
    (!credits.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="credits">
                <h2 id="credits">"Credit notes"</h2>
                <ul class="rows">{credits.into_iter().map(row).collect_view()}</ul>
            </section>
        }
    })
}

/// The way to the file of an invoice.
#[component]
pub fn Pdf(
    /// Where it is.
    href: String,
) -> impl IntoView {
    view! { <a class="button" href=href rel="external" download="">"Download PDF"</a> }
}

//! Finance credits an invoice, or lines of it (B5).

use crate::shared::refunds::api::{self, Credit};
use crate::ui::{
    Column::{Number, Words},
    Form, Load, Notice, PageHead, Submit, Table, TextArea, Tick, TickAll,
    data::{Resource, ServerAction},
    paths, provide_ticks,
};
use domain::billing::{CreditForm, CreditNoteNumber, CreditPage, CreditableLine, Given};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Crediting an invoice, or lines of it.
#[component]
pub fn CreditInvoicePage() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| params.get("number").unwrap_or_default()));
    let page = Resource::new(move || number.get(), api::invoice);
    let credit = ServerAction::<Credit>::new();
    let done = Callback::new(move |_: CreditNoteNumber| page.refetch());
    let last = StoredValue::new(None);
    view! {
        <Load from=page like="text" let:shown>
            <Invoice page=shown credit=credit done=done last=last />
        </Load>
    }
}

#[component]
fn Invoice(
    page: CreditPage,
    credit: ServerAction<Credit>,
    done: Callback<CreditNoteNumber>,
    last: StoredValue<Option<Vec<String>>>,
) -> impl IntoView {
    let lede = view! {
        <a href=paths::office_account(page.account)><bdi>{page.name}</bdi></a>
        {format!(", {}, {}", domain::time::day(page.issued_on), page.total.gross())}
    };
    let crumb = (paths::office_invoice(page.number), page.number.to_string());
    let left = page.lines.iter().any(|line| line.left.gross().is_positive());
    let form = match left {
        true => view! { <Lines number=page.number.to_string() lines=page.lines credit=credit done=done last=last /> }
            .into_any(),
        false => view! { <Notice>"All of this invoice is credited."</Notice> }.into_any(),
    };
    view! {
        <PageHead title=format!("Credit {}", page.number) crumb=crumb lede=lede.into_any() />
        <div class="stack" data-gap="large">
            {form}
            <Notes given=page.given />
        </div>
    }
}

#[component]
fn Lines(
    number: String,
    lines: Vec<CreditableLine>,
    credit: ServerAction<Credit>,
    done: Callback<CreditNoteNumber>,
    last: StoredValue<Option<Vec<String>>>,
) -> impl IntoView {
    provide_ticks();
    let lines: Vec<_> = lines.into_iter().enumerate().filter(|(_, line)| line.left.gross().is_positive()).collect();
    let ids = lines.iter().map(|(at, _)| at.to_string()).collect();
    view! {
        <p>
            "A credit note gives back all that is left of the ticked lines. Their licenses stay; to end one as well, take it back instead."
        </p>
        <Form action=credit hidden=("number", number) on_done=done clears=true>
            <TickAll ids=ids last=last />
            <Table name="Lines" columns=&[Words("For"), Number("Amount"), Number("Left")] ticks=true>
                {lines.into_iter().map(|(at, line)| view! { <Line at=at line=line /> }).collect_view()}
            </Table>
            <TextArea name=CreditForm::REASON label="Reason" hint="It stands on the credit note." />
            <div class="actions">
                <Submit label="Issue credit note" kind="danger" />
            </div>
        </Form>
    }
}

#[component]
fn Line(at: usize, line: CreditableLine) -> impl IntoView {
    let label = format!("Select {}", line.text);
    view! {
        <tr>
            <td class="tick">
                <Tick name=CreditForm::name(at) id=at.to_string() label=label />
            </td>
            <td class="title"><bdi>{line.text}</bdi><small>{line.how}</small></td>
            <td class="num" data-side="start" data-label="Amount">{line.amount.gross().to_string()}</td>
            <td class="num" data-side="end" data-label="Left">{line.left.gross().to_string()}</td>
        </tr>
    }
}

/// The credit notes that there are.
#[component]
fn Notes(given: Vec<Given>) -> impl IntoView {
    let row = |note: Given| {
        view! {
            <li>
                <div>
                    <a href=paths::office_credit_note_pdf(note.number) rel="external" download="">{note.number.to_string()}</a>
                    <p class="hint">{domain::time::day(note.issued_on)} ", " <bdi>{note.reason}</bdi></p>
                </div>
                <span class="num">{note.total.gross().to_string()}</span>
            </li>
        }
    };
    (!given.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="notes">
                <h2 id="notes">"Credit notes"</h2>
                <ul class="rows">{given.into_iter().map(row).collect_view()}</ul>
            </section>
        }
    })
}

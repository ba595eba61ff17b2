//! Receipts from the bank's table: sent, looked through, and recorded (B7).

use crate::shared::payments::api::{self, Import};
use crate::ui::{
    Column::{Number, Words},
    Form, Load, Notice, PageHead, Private, Submit, Table, TextArea,
    arrival::Returned,
    count_of,
    data::{Resource, ServerAction},
    paths, thousands,
};
use domain::{
    Deed,
    billing::{Dry, DryReceipt, DryRun, ReceiptColumn},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The form that a table is sent with. It is posted by the browser itself, with and without script.
#[component]
pub fn TablePage() -> impl IntoView {
    view! { <Private deed=Deed::RecordPayments let:_actor><Upload /></Private> }
}

#[component]
fn Upload() -> impl IntoView {
    let before = Returned::to("receipts/upload");
    let problem = before.as_ref().map(|form| form.fault.to_string());
    let lines = before.as_ref().and_then(|form| form.typed("lines")).unwrap_or_default().to_owned();
    let (wrong, described) = match &problem {
        Some(_) => (Some("true"), "file-error file-hint"),
        None => (None, "file-hint"),
    };
    let columns = ReceiptColumn::ALL.iter().map(|column| column.label()).collect::<Vec<_>>().join(", ");
    view! {
        <PageHead title="Import receipts" crumb=(paths::OFFICE_PAYMENTS.to_owned(), "Payments".to_owned()) />
        <form class="form narrow" method="post" action=paths::RECEIPTS_UPLOAD enctype="multipart/form-data">
            {problem.clone().map(summary)}
            <div class="prose stack">
                <p>"First you see what would become of each line. Nothing is recorded before you say so."</p>
                <p class="muted">
                    "The first line names the columns, in any order: " {columns}
                    ". Text and Bank id may be missing, other columns are passed over. What was recorded before by its bank id is passed over."
                </p>
            </div>
            <div class="field">
                <label for="file">"CSV file"</label>
                <input
                    id="file"
                    name="file"
                    type="file"
                    accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values"
                    aria-invalid=wrong
                    aria-describedby=described
                />
                {problem.map(|problem| view! { <p class="error" id="file-error">{problem}</p> })}
                <p class="hint" id="file-hint">"Up to 5,000 receipts and 2 MB, as UTF-8."</p>
            </div>
            <TextArea name="lines" label="Or paste the lines" hint="Header first, one receipt a line." rows=8 value=lines />
            <div class="actions"><button class="button" data-kind="main">"Check"</button></div>
        </form>
    }
}

fn summary(problem: String) -> impl IntoView {
    view! {
        <div class="error-summary" role="alert" tabindex="-1" autofocus>
            <h2>"Nothing was read"</h2>
            <ul><li><a href="#file" rel="external">{problem}</a></li></ul>
        </div>
    }
}

/// What would come of a table, and what came of it.
#[component]
pub fn DryRunPage() -> impl IntoView {
    let params = use_params_map();
    let draft = Memo::new(move |_| params.with(|params| params.get("draft").unwrap_or_default()));
    let page = Resource::new(move || draft.get(), api::dry_run);
    let import = ServerAction::<Import>::new();
    let refresh = Callback::new(move |()| page.refetch());
    view! {
        <Load from=page like="text" let:page>
            {match page.made {
                Some(made) => view! { <Made made=made /> }.into_any(),
                None => view! { <Check page=page import=import refresh=refresh /> }.into_any(),
            }}
        </Load>
    }
}

fn receipts(count: usize) -> String {
    count_of(count as i64, "receipt", "receipts")
}

#[component]
fn Made(made: usize) -> impl IntoView {
    let title = format!("{} recorded", receipts(made));
    view! {
        <section class="result">
            <PageHead title=title crumb=(paths::OFFICE_PAYMENTS.to_owned(), "Payments".to_owned()) />
            <div class="actions">
                <a class="button" data-kind="main" href=paths::OFFICE_PAYMENTS>"See the receipts"</a>
                <a class="button" href=paths::RECEIPTS_IMPORT>"Import another table"</a>
            </div>
        </section>
    }
}

#[component]
fn Check(page: DryRun, import: ServerAction<Import>, refresh: Callback<()>) -> impl IntoView {
    let [fine, waits, known, wrong] = page.counts;
    let waits = (waits > 0).then(|| {
        let words = count_of(waits as i64, "of them waits", "of them wait");
        format!("{words} for somebody to say whose the money is. ")
    });
    let known = (known > 0)
        .then(|| format!("{} passed over, recorded before.", count_of(known as i64, "line is", "lines are")));
    let key = page.draft.to_string();
    let standing = if wrong > 0 {
        view! {
            <Notice kind="bad">
                <strong>{count_of(wrong as i64, "line is wrong", "lines are wrong")}". "</strong>
                "All are recorded together or none, so correct the table and "
                <a href=paths::RECEIPTS_IMPORT>"send it again"</a>"."
            </Notice>
        }
        .into_any()
    } else {
        view! {
            <Notice kind="info">
                <strong>{format!("{} can be recorded. ", receipts(fine))}</strong>
                {waits}
                {known}
            </Notice>
        }
        .into_any()
    };
    let more =
        (page.more > 0).then(|| view! { <p class="muted">{format!("And {} more.", thousands(page.more as i64))}</p> });
    view! {
        <PageHead title="Import receipts" crumb=(paths::RECEIPTS_IMPORT.to_owned(), "Another table".to_owned()) />
        <div class="stack" id="table">
            {standing}
            {(wrong == 0 && fine > 0).then(|| view! {
                <Form action=import keyed=false hidden=("idempotency_key", key) on_done=refresh>
                    <div class="actions"><Submit label=format!("Record {}", receipts(fine)) /></div>
                </Form>
            })}
            <Lines lines=page.lines />
            {more}
        </div>
    }
}

#[component]
fn Lines(lines: Vec<DryReceipt>) -> impl IntoView {
    let row = |line: DryReceipt| {
        let becomes = match line.becomes {
            Dry::Of { account, what } => format!("{account}: {what}"),
            Dry::Waits(why) => format!("Waits. {why}"),
            Dry::Known => "Recorded before, passed over".to_owned(),
            Dry::Wrong(why) => format!("Wrong: {why}"),
        };
        view! {
            <tr>
                <td class="title">{format!("Line {}", line.line)} <small><bdi>{line.text}</bdi></small></td>
                <td><bdi>{line.received_on}</bdi></td>
                <td><bdi>{becomes}</bdi></td>
                <td class="num" data-side="end"><bdi>{line.amount}</bdi></td>
            </tr>
        }
    };
    view! {
        <Table
            name="Lines"
            columns=&[Words("Line"), Words("Received on"), Words("What becomes of it"), Number("Amount")]
        >
            {lines.into_iter().map(row).collect_view()}
        </Table>
    }
}

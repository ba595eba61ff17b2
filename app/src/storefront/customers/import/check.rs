//! The dry run of an import, and its result.

use crate::shared::customers::api::{self, Import};
use crate::ui::{
    Form, Load, Notice, PageHead, Submit, count_of,
    data::{Resource, ServerAction},
    here, paths, thousands,
};
use domain::customers::import::{Column, Finding, ImportPage};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// What would come of a table, and what came of it.
#[component]
pub fn ImportCheckPage() -> impl IntoView {
    let params = use_params_map();
    let draft = Memo::new(move |_| params.with(|params| params.get("draft").unwrap_or_default()));
    let page = Resource::new(move || draft.get(), api::dry_run);
    let import = ServerAction::<Import>::new();
    let refresh = Callback::new(move |()| page.refetch());
    view! {
        <Load from=page like="text" let:page>
            {match page.made {
                Some(made) if page.left > 0 => view! { <Making made=made left=page.left /> }.into_any(),
                Some(made) => view! { <Made made=made /> }.into_any(),
                None => view! { <DryRun page=page import=import refresh=refresh /> }.into_any(),
            }}
        </Load>
    }
}

fn customers(count: usize) -> String {
    count_of(count as i64, "customer", "customers")
}

#[component]
fn Made(made: usize) -> impl IntoView {
    let title = format!("{} imported", customers(made));
    view! {
        <section class="result">
            <PageHead title=title crumb=(paths::CUSTOMERS.to_owned(), "Customers".to_owned()) />
            <Notice kind="good">
                "Each of them is sent an activation link; for many customers, this takes some minutes. They appear as "
                <em>"Pending activation"</em>
                " until they have chosen a password. "
                "Where a mail cannot be delivered, your home says so, and the list of customers marks whose it is."
            </Notice>
            <div class="actions">
                <a class="button" data-kind="main" href=paths::CUSTOMERS>"See the customers"</a>
                <a class="button" href=paths::IMPORT>"Import another table"</a>
            </div>
        </section>
    }
}

/// Accepted, and not through: the program was stopped, or the disk was full.
#[component]
fn Making(made: usize, left: usize) -> impl IntoView {
    let done = format!("{} of {} so far. ", thousands((made - left.min(made)) as i64), customers(made));
    view! {
        <section class="result">
            <PageHead title="Import under way" crumb=(paths::CUSTOMERS.to_owned(), "Customers".to_owned()) />
            <Notice kind="info">
                <strong>{done}</strong>
                "The table was accepted as a whole. The rest is made as soon as possible; you do not have to send it again."
            </Notice>
            <div class="actions">
                <a class="button" data-kind="main" href=here() rel="external">"Look again"</a>
                <a class="button" href=paths::CUSTOMERS>"See the customers"</a>
            </div>
        </section>
    }
}

#[component]
fn DryRun(page: ImportPage, import: ServerAction<Import>, refresh: Callback<()>) -> impl IntoView {
    let fine = page.findings.is_empty();
    view! {
        <PageHead title="Import customers" crumb=(paths::IMPORT.to_owned(), "Another table".to_owned()) />
        <div class="stack" id="table">
            <Standing page=page.clone() />
            {if fine {
                let label = format!("Import {}", customers(page.lines));
                view! {
                    <Form
                        action=import
                        keyed=false
                        hidden=("idempotency_key", page.draft.to_string())
                        on_done=refresh
                    >
                        <div class="actions"><Submit label=label /></div>
                    </Form>
                }
                    .into_any()
            } else {
                view! { <Findings findings=page.findings more=page.more /> }.into_any()
            }}
        </div>
    }
}

/// How the table stands as a whole.
#[component]
fn Standing(page: ImportPage) -> impl IntoView {
    if page.findings.is_empty() {
        return view! {
            <Notice kind="info">
                <strong>{format!("{} can be imported. ", customers(page.lines))}</strong>
                "Nothing has been created yet. Each of them gets an activation link by e-mail."
            </Notice>
        }
        .into_any();
    }
    let findings = count_of((page.findings.len() + page.more) as i64, "finding", "findings");
    view! {
        <Notice kind="bad">
            <strong>{findings}". "</strong>
            {format!("{} of {} lines are fine. ", thousands(page.fine as i64), thousands(page.lines as i64))}
            "All of them are imported together or none, so correct the table and "
            <a href=paths::IMPORT>"send it again"</a>"."
        </Notice>
    }
    .into_any()
}

#[component]
fn Findings(findings: Vec<Finding>, more: usize) -> impl IntoView {
    let row = |finding: Finding| {
        view! {
            <tr>
                <td class="title">{format!("Line {}", finding.line)}</td>
                <td>{finding.column.map_or("Whole line", Column::label)}</td>
                <td><bdi>{finding.message}</bdi></td>
            </tr>
        }
    };
    view! {
        <div class="list">
            <table>
                <caption class="visually-hidden">"Findings"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Line"</th>
                        <th scope="col">"Column"</th>
                        <th scope="col">"What to change"</th>
                    </tr>
                </thead>
                <tbody>{findings.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        {(more > 0).then(|| view! { <p class="muted">{format!("And {} more.", thousands(more as i64))}</p> })}
    }
}

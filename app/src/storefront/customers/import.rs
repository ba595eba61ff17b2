//! Many customers at once: a table is sent, looked through, and imported (A10).

mod check;

pub use check::ImportCheckPage;

use crate::ui::{PageHead, Private, TextArea, arrival::Returned, paths};
use domain::{Deed, customers::import::Column};
use leptos::prelude::*;

/// The form that a table is sent with. It is posted by the browser itself, with and without script.
#[component]
pub fn ImportPage() -> impl IntoView {
    view! { <Private deed=Deed::CreateCustomers let:_actor><Upload /></Private> }
}

#[component]
fn Upload() -> impl IntoView {
    let before = Returned::to("customers/upload");
    let problem = before.as_ref().map(|form| form.fault.to_string());
    let lines = before.as_ref().and_then(|form| form.typed("lines")).unwrap_or_default().to_owned();
    let (wrong, described) = match &problem {
        Some(_) => (Some("true"), "file-error file-hint"),
        None => (None, "file-hint"),
    };
    view! {
        <PageHead title="Import customers" crumb=(paths::CUSTOMERS.to_owned(), "Customers".to_owned()) />
        <form class="form narrow" method="post" action=paths::IMPORT_UPLOAD enctype="multipart/form-data">
            {problem.clone().map(summary)}
            <What />
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
                <p class="hint" id="file-hint">"Up to 5,000 customers and 2 MB, as UTF-8."</p>
            </div>
            <TextArea
                name="lines"
                label="Or paste the lines"
                hint="Header first, one customer a line; straight from a spreadsheet, too."
                rows=8
                value=lines
            />
            <div class="actions">
                <button class="button" data-kind="main">"Check"</button>
                <a class="button" href=paths::IMPORT_TEMPLATE rel="external" download="">"Download template"</a>
            </div>
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

/// What the table has to look like, and what will come of it.
#[component]
fn What() -> impl IntoView {
    let names = Column::ALL.iter().map(|column| column.label()).collect::<Vec<_>>().join(", ");
    view! {
        <div class="prose stack">
            <p>
                "Each line becomes a customer, who gets an activation link by e-mail. First you see what would happen;
                nothing is created before you say so."
            </p>
            <p class="muted">
                "The first line names the columns, in any order: "{names}
                ". Without a username it is the e-mail address; company and phone may be empty.
                Comma, semicolon and tab are told apart."
            </p>
        </div>
    }
}

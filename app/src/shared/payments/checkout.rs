//! The checkout of licenses that were ticked, or of invoices (B6).

use crate::ui::{
    Checkbox,
    Column::{Number, Words},
    Empty, Fault, Form, FormState, Load, Notice, Only, PageHead, Submit, Sum, Table, count_of,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    Deed, Refusal,
    billing::{self, Method, PaidFor, ToPayForm},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{self, Begin},
    method::Methods,
};

/// The checkout: what is paid for stands in the address.
#[component]
pub fn CheckoutPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            let text = |name| query.get(name).unwrap_or_default();
            ToPayForm { license: text("license"), invoice: text("invoice"), overdue: text("overdue") }
        })
    });
    let page = Resource::new(move || asked.get(), api::checkout);
    let begin = ServerAction::<Begin>::new();
    // What was chosen stays when the page is drawn anew.
    let method = RwSignal::new(Method::BankTransfer.word().to_owned());
    // What has changed meanwhile is shown as it is now.
    Effect::new(move |_| {
        if let Some(Err(Fault::Refused(_))) = begin.value().get() {
            page.refetch();
        }
    });
    view! {
        <Load from=page like="form" let:page>
            <Checkout page=page begin=begin method=method />
        </Load>
    }
}

#[component]
fn Checkout(page: billing::CheckoutPage, begin: ServerAction<Begin>, method: RwSignal<String>) -> impl IntoView {
    let crumb = if page.asked.license.is_empty() {
        (paths::BILLING.to_owned(), "Billing".to_owned())
    } else {
        (paths::PENDING_LICENSES.to_owned(), "Licenses".to_owned())
    };
    let refused = page.refusal.clone().map(|refusal| match refusal {
        Refusal::BeingPaid { .. } | Refusal::InvoiceBeingPaid => view! {
            <Notice kind="warn">
                {refusal.to_string()} " " <a href=paths::PAYMENTS>"See your payments"</a>
            </Notice>
        }
        .into_any(),
        other => view! { <Notice kind="warn">{other.to_string()}</Notice> }.into_any(),
    });
    let payable = page.refusal.is_none();
    let total = page.total;
    view! {
        {refused}
        <PageHead title="Checkout" crumb=crumb />
        {if page.lines.is_empty() {
            view! {
                <Empty icon="bill" title="Nothing to pay" text="Nothing of this is open.">
                    <Only may=Deed::SeeLicenses>
                        <a class="button" href=paths::PENDING_LICENSES>"See pending licenses"</a>
                    </Only>
                </Empty>
            }
                .into_any()
        } else {
            view! {
                <div class="columns">
                    <Lines lines=page.lines.clone() sum="To pay, with tax" total=total.to_string() />
                    <aside class="stack" aria-label="Payment">
                        <About page=page.clone() />
                        {payable.then(|| view! { <Pay page=page begin=begin method=method /> })}
                    </aside>
                </div>
            }
                .into_any()
        }}
    }
}

/// What is paid for.
#[component]
pub(super) fn Lines(
    /// The lines.
    lines: Vec<PaidFor>,
    /// What the sum is called.
    sum: &'static str,
    /// What they come to.
    #[prop(into)]
    total: String,
) -> impl IntoView {
    let row = |line: PaidFor| {
        view! {
            <tr>
                <td class="title">{line.name} <small><bdi>{line.detail}</bdi></small></td>
                <td class="num" data-side="end">{line.amount.to_string()}</td>
            </tr>
        }
    };
    view! {
        <section class="card" aria-labelledby="lines">
            <h2 id="lines">"What is paid for"</h2>
            <Table name="What is paid for" columns=&[Words("What"), Number("Amount")]>
                {lines.into_iter().map(row).collect_view()}
            </Table>
            <Sum lines=Vec::new() total=(sum.to_owned(), total) />
        </section>
    }
}

#[component]
fn About(page: billing::CheckoutPage) -> impl IntoView {
    let elsewhere = page.elsewhere.is_positive().then(|| {
        let left_out = format!("{} of this is being paid already, and left out. ", page.elsewhere);
        view! { <p>{left_out} <a href=paths::PAYMENTS>"See your payments"</a></p> }
    });
    let frees = (page.frees > 0).then(|| {
        let slots = count_of(i64::from(page.frees), "unpaid slot is free", "unpaid slots are free");
        view! { <p>{format!("{slots} as soon as the money is there.")}</p> }
    });
    view! {
        <div class="prose stack">
            {elsewhere}
            <p>"You pay the prices that were charged. There is no code to type."</p>
            {frees}
        </div>
    }
}

#[component]
fn Pay(page: billing::CheckoutPage, begin: ServerAction<Begin>, method: RwSignal<String>) -> impl IntoView {
    let billing::CheckoutPage { asked, total, terms, mark, card, .. } = page;
    view! {
        <Form action=begin hidden=("total", total.minor.to_string())>
            <input type="hidden" name="license" value=asked.license />
            <input type="hidden" name="invoice" value=asked.invoice />
            <input type="hidden" name="overdue" value=asked.overdue />
            <Methods card=card chosen=method />
            <Terms text=terms mark=mark />
            <div class="actions"><Submit label=format!("Pay {total}") /></div>
        </Form>
    }
}

/// What is accepted before paying. Others than those that were ticked are ticked anew.
#[component]
fn Terms(text: String, mark: String) -> impl IntoView {
    view! {
        <For each=move || Some((mark.clone(), text.clone())) key=|(mark, _)| mark.clone() let((mark, text))>
            <section class="stack" aria-labelledby="terms">
                <h2 id="terms">"Terms"</h2>
                <p class="typed" dir="auto">{text}</p>
            </section>
            <Accept mark=mark />
        </For>
    }
}

/// Its tick stays as long as it is for what was on the screen.
#[component]
fn Accept(mark: String) -> impl IntoView {
    let form = FormState::around();
    let read = form.and_then(|form| form.typed("terms")).is_none_or(|typed| typed == mark);
    view! {
        <input type="hidden" name="terms" value=mark />
        <Checkbox name="accept" label="I accept these terms" forgets=!read />
    }
}

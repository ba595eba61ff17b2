//! The basket: its lines, what they come to, and what has changed since they were seen (P3).

use crate::ui::{
    Empty, Field, Form, Load, Notice, PageHead, Submit, Sum, Time,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    Money,
    billing::Shortfall,
    orders::{self, BasketRow},
};
use leptos::prelude::*;

use super::api::{self, Confirm, Set};
use crate::storefront::orders::TopUp;

/// The basket: its lines, what they come to, and what has changed since they were seen.
#[component]
pub fn BasketPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| api::find());
    let confirm = ServerAction::<Confirm>::new();
    let refresh = Callback::new(move |()| page.refetch());
    view! {
        <PageHead title="Basket" crumb=(paths::CATALOG.to_owned(), "Catalog".to_owned()) />
        <Load from=page let:shown>
            {shown.unread.then(|| {
                let words = "What was in your basket was put there by another release and cannot be read any more. Put it in anew.";
                view! { <Notice kind="warn">{words}</Notice> }
            })}
            {match shown.rows.is_empty() {
                true => view! { <Nothing /> }.into_any(),
                false => view! { <Basket page=shown confirm=confirm refresh=refresh /> }.into_any(),
            }}
        </Load>
    }
}

/// Nothing is in it.
#[component]
pub(super) fn Nothing() -> impl IntoView {
    view! {
        <Empty icon="box" title="Your basket is empty" text="Put something into it from the catalog.">
            <a class="button" data-kind="main" href=paths::CATALOG>
                "Open the catalog"
            </a>
        </Empty>
    }
}

#[component]
fn Basket(page: orders::BasketPage, confirm: ServerAction<Confirm>, refresh: Callback<()>) -> impl IntoView {
    let refusal = page.refusal.clone().map(|refusal| view! { <Notice kind="bad">{refusal.to_string()}</Notice> });
    let changed = !page.changes.is_empty();
    let changes = page.changes.iter().map(|change| view! { <li>{change.sentence()}</li> }).collect_view();
    let changes = changed.then(|| {
        view! {
            <Notice kind="warn">
                <strong>"Your price list has changed since you filled the basket."</strong>
                <ul>{changes}</ul>
                <Form action=confirm class="" id="confirm" on_done=refresh>
                    <Submit label="Confirm the changes" kind="" />
                </Form>
            </Notice>
        }
    });
    let ready = page.refusal.is_none() && !changed;
    let kept = page.kept_until.clone().map(|at| {
        view! { <p class="hint">"Kept until " <Time at=at exact=true /> ", and longer when you change it."</p> }
    });
    let rows = page.rows.clone().into_iter().map(|row| view! { <Line row=row refresh=refresh /> });
    view! {
        {refusal}
        {changes}
        <div class="columns">
            <ul class="rows" aria-label="Lines">
                {rows.collect_view()}
            </ul>
            <aside class="stack" aria-label="Price">
                <Total page=page.clone() />
                {kept}
                {ready.then(|| view! {
                    <div class="actions">
                        <a class="button" data-kind="main" href=paths::CHECKOUT>
                            "Checkout"
                        </a>
                    </div>
                })}
            </aside>
        </div>
    }
}

/// What all lines come to, and by how much that exceeds the credit (C3).
#[component]
pub(super) fn Total(page: orders::BasketPage) -> impl IntoView {
    let line = |row: &BasketRow| (format!("{} × {}", row.quantity, row.name), row.net.to_string());
    let mut lines: Vec<_> = page.rows.iter().map(line).collect();
    let tax: i64 = page.rows.iter().map(|row| row.tax.minor).sum();
    if tax != 0 {
        lines.push(("Tax".to_owned(), Money::new(tax, page.takes.currency).to_string()));
    }
    let slots = (page.slots > page.unpaid.left()).then(|| {
        let words = format!(
            "{} of {} unpaid slots left, {} needed. Lower a quantity, or pay for licenses first. ",
            page.unpaid.left(),
            page.unpaid.cap,
            page.slots,
        );
        view! { <Notice kind="bad">{words} <a href=paths::PENDING_LICENSES>"See unpaid licenses"</a></Notice> }
    });
    view! {
        <Sum lines=lines total=("To pay to the operator".to_owned(), page.takes.to_string()) />
        {page.held.map(over)}
        {slots}
    }
}

fn over(held: Shortfall) -> impl IntoView {
    view! {
        <Notice kind="warn">
            {held.before_placing()} " " <TopUp />
        </Notice>
    }
}

#[component]
fn Line(row: BasketRow, refresh: Callback<()>) -> impl IntoView {
    let (set, remove) = (ServerAction::<Set>::new(), ServerAction::<Set>::new());
    let (option, word) = (row.option.to_string(), row.license_type.word());
    let named = format!("line-{option}-{word}");
    // What was sent back without script belongs to one form of one line.
    let form = |deed: &str| ("line", format!("{named}-{deed}"));
    let (changing, removing) = (form("set"), form("remove"));
    let trial = row.license_type == domain::licenses::Type::Trial;
    let (about, of) = (named.clone(), option.clone());
    let quantity = (!trial).then(|| {
        view! {
            <Form action=set class="stack" id=about.clone() label=row.name.clone() hidden=changing on_done=refresh>
                <input type="hidden" name="option" value=of />
                <input type="hidden" name="license_type" value=word />
                <div class="cluster">
                    <Field
                        name="quantity"
                        label="Quantity"
                        value=row.quantity.to_string()
                        inputmode="numeric"
                        width="short"
                    />
                    <Submit label="Change" kind="" described_by=about />
                </div>
            </Form>
        }
    });
    view! {
        <li>
            <div class="stack" data-gap="small">
                <div>
                    <strong id=named.clone()>{row.name.clone()}</strong>
                    " "
                    <span class="tag">{row.license_type.label()}</span>
                    <p class="hint">{row.explained}</p>
                </div>
                <p class="price"><strong>{row.net.to_string()}</strong></p>
                {quantity}
            </div>
            <Form action=remove class="" hidden=removing on_done=refresh>
                <input type="hidden" name="option" value=option />
                <input type="hidden" name="license_type" value=word />
                <input type="hidden" name="quantity" value="0" />
                <Submit label="Remove" kind="quiet" described_by=named />
            </Form>
        </li>
    }
}

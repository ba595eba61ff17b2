//! The month of all resellers, each with its sums.

use crate::shared::month::{Months, api, view_of_address};
use crate::ui::{
    Column::{Number, Words},
    Empty, ExportCsv, Load, PageHead, Pager, RowName, Table,
    data::Resource,
    paths, thousands,
};
use domain::billing::{MonthTotal, OfficeMonth, OfficeMonths, Tally, What};
use leptos::prelude::*;

/// The month of all resellers.
#[component]
pub fn OfficeMonthsPage() -> impl IntoView {
    let view = view_of_address();
    let page = Resource::new(
        move || view.get(),
        |view| async move {
            let begins = view.after.is_none();
            api::list(view).await.map(|page| (begins, page))
        },
    );
    view! {
        <Load from=page let:shown>
            <Page begins=shown.0 page=shown.1 />
        </Load>
    }
}

#[component]
fn Page(begins: bool, page: OfficeMonths) -> impl IntoView {
    let OfficeMonths { month, before, later, totals, rows, next } = page;
    let at = Callback::new(|month| paths::office_month_end(Some(month), None));
    let first = (!begins).then(|| paths::office_month_end(Some(month), None));
    let next = next.map(|after| paths::office_month_end(Some(month), Some(after)));
    let empty = rows.is_empty().then(|| {
        let text = "What each reseller bought, sold on and paid in a month appears here.";
        view! { <Empty icon="bill" title="No resellers yet" text=text /> }
    });
    view! {
        <PageHead title="Month end" lede="What each reseller bought, sold on and paid, on its own calendar.".into_any()>
            <ExportCsv href=paths::office_month_end_csv(month) />
        </PageHead>
        <Months month=month before=before after=later at=at />
        {empty}
        {(!totals.is_empty()).then(|| view! { <Totals totals=totals /> })}
        {(!rows.is_empty()).then(|| view! { <Rows rows=rows /> })}
        <Pager first=first next=next />
    }
}

/// What happened in the month in all resellers, a row for each currency.
#[component]
fn Totals(totals: Vec<MonthTotal>) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="totals">
            <div class="section-head">
                <h2 id="totals">"All resellers"</h2>
            </div>
            <Table
                name="All resellers"
                columns=&[
                    Words("Currency"),
                    Number("Bought"),
                    Number("Renewed"),
                    Number("Credited"),
                    Number("Paid"),
                    Number("Sold on"),
                    Number("Customer paid"),
                ]
            >
                {totals.into_iter().map(total).collect_view()}
            </Table>
        </section>
    }
}

fn total(total: MonthTotal) -> impl IntoView {
    let sums = [
        ("Bought", What::Bought),
        ("Renewed", What::Renewed),
        ("Credited", What::Credited),
        ("Paid", What::Paid),
        ("Sold on", What::SoldOn),
        ("Customer paid", What::CustomerPaid),
    ];
    let sums = sums.map(|(name, what)| {
        view! { <td class="num" data-label=name>{total.tally(what).amount.to_string()}</td> }
    });
    let beside = beside(|what| total.tally(what), false);
    view! {
        <tr>
            <td class="title">
                {total.currency.code()}
                <small>{beside}</small>
            </td>
            {sums}
        </tr>
    }
}

/// How many, in words; with what customers are to pay and paid, where resale prices are and no column says it.
fn beside(of: impl Fn(What) -> Tally, amounts: bool) -> String {
    let count = |what| thousands(of(what).count);
    let at = |what| match of(what).amount {
        amount if amount.is_zero() || !amounts => String::new(),
        amount => format!(" for {amount}"),
    };
    format!(
        "{} bought, {} sold on{}, {} paid by customers{}, {} ending",
        count(What::Bought),
        count(What::SoldOn),
        at(What::SoldOn),
        count(What::CustomerPaid),
        at(What::CustomerPaid),
        count(What::Ending)
    )
}

#[component]
fn Rows(rows: Vec<OfficeMonth>) -> impl IntoView {
    view! {
        <Table
            name="Resellers"
            columns=&[
                Words("Reseller"),
                Number("Bought"),
                Number("Renewed"),
                Number("Credited"),
                Number("Paid"),
                Number("Unpaid over 30 days"),
                Number("Owed at the end"),
            ]
        >
            {rows.into_iter().map(row).collect_view()}
        </Table>
    }
}

fn row(OfficeMonth { account, name, month_end }: OfficeMonth) -> impl IntoView {
    let amount = |what| month_end.tally(what).amount.to_string();
    let beside = beside(|what| month_end.tally(what), true);
    let sums = [
        ("Bought", amount(What::Bought)),
        ("Renewed", amount(What::Renewed)),
        ("Credited", amount(What::Credited)),
        ("Paid", amount(What::Paid)),
        ("Unpaid over 30 days", month_end.unpaid.amount.to_string()),
        ("Owed at the end", month_end.closing().to_string()),
    ];
    let sums = sums.map(|(name, amount)| view! { <td class="num" data-label=name>{amount}</td> });
    view! {
        <tr>
            <td class="title">
                <RowName name=name address=Some(paths::office_account_month(account, month_end.month)) />
                <small>{beside}</small>
            </td>
            {sums}
        </tr>
    }
}

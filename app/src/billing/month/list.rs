//! The month of all resellers, each with its sums.

use domain::billing::{OfficeMonth, OfficeMonths, What};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use super::{api, month_end::Months, view_of_address};
use crate::{
    Fault, paths,
    ui::{
        Column::{Number, Words},
        Empty, ExportCsv, Load, PageHead, Pager, RowName, Table, thousands,
    },
};

/// The route: the data is asked for while the program of the page is on its way.
#[derive(Debug)]
pub struct OfficeMonthsRoute {
    page: Resource<Result<(bool, OfficeMonths), Fault>>,
}

#[lazy_route]
impl LazyRoute for OfficeMonthsRoute {
    fn data() -> Self {
        let view = view_of_address();
        let page = Resource::new(
            move || view.get(),
            |view| async move {
                let begins = view.after.is_none();
                api::list(view).await.map(|page| (begins, page))
            },
        );
        Self { page }
    }

    fn view(this: Self) -> AnyView {
        let OfficeMonthsRoute { page } = this;
        view! {
            <Load from=page let:shown>
                <Page begins=shown.0 page=shown.1 />
            </Load>
        }
        .into_any()
    }
}

#[component]
fn Page(begins: bool, page: OfficeMonths) -> impl IntoView {
    let OfficeMonths { month, before, later, rows, next } = page;
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
        {(!rows.is_empty()).then(|| view! { <Rows rows=rows /> })}
        <Pager first=first next=next />
    }
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
    let count = |what| thousands(month_end.tally(what).count);
    let amount = |what| month_end.tally(what).amount.to_string();
    let beside = format!(
        "{} bought, {} sold on, {} paid by customers, {} ending",
        count(What::Bought),
        count(What::SoldOn),
        count(What::CustomerPaid),
        count(What::Ending)
    );
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

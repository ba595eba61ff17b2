//! A month as both sides see it: what happened on the ledger, what stands beside it, and the year before.

use crate::ui::{
    Bar, Chart,
    Column::{Number, Words},
    Only, Series, Table, count_of, thousands,
};
use domain::{
    Deed, Money,
    billing::{Month, MonthEnd, MonthPage, Spend, What},
};
use leptos::prelude::*;

use super::ways::Ways;

/// All that is shown of a month.
#[component]
pub fn MonthView(
    /// The month.
    page: MonthPage,
    /// The address of a month.
    at: Callback<Month, String>,
    /// Where what was added up is seen one by one.
    #[prop(optional)]
    ways: Ways,
) -> impl IntoView {
    let MonthPage { month_end, before, after, year, .. } = page;
    view! {
        <Months month=month_end.month before=before after=after at=at />
        <div class="columns">
            <div class="stack" data-gap="large">
                <Ledger month=month_end.clone() bought=ways.bought />
                <Chart name="Spend and licenses per month" column="Month" series=series(&year) />
            </div>
            <aside class="stack" aria-label="Beside the ledger">
                <Unpaid month=month_end.clone() way=ways.unpaid />
                <Ending month=month_end.clone() way=ways.ending />
                <Customers month=month_end />
            </aside>
        </div>
    }
}

/// From month to month.
#[component]
pub fn Months(
    /// The one that is shown.
    month: Month,
    /// The one before.
    before: Option<Month>,
    /// The one after.
    after: Option<Month>,
    /// The address of a month.
    at: Callback<Month, String>,
) -> impl IntoView {
    let way = move |rel, month: Option<Month>| {
        month.map(|month| view! { <a class="button" rel=rel href=at.run(month)>{month.to_string()}</a> })
    };
    view! {
        <nav class="pager" aria-label="Months">
            {way("prev", before)}
            <p><time datetime=month.word()>{month.to_string()}</time></p>
            {way("next", after)}
        </nav>
    }
}

/// What the entries of the month come to, from what was owed before to what was owed after.
#[component]
fn Ledger(month: MonthEnd, bought: Option<String>) -> impl IntoView {
    let owed = |name, amount: Money| row(name, String::new(), amount.to_string(), None).into_any();
    let sums = [(What::Bought, bought), (What::Renewed, None), (What::Credited, None), (What::Paid, None)];
    let sums = sums.map(|(what, way)| {
        let tally = month.tally(what);
        row(what.label(), thousands(tally.count), tally.amount.to_string(), way).into_any()
    });
    let (opening, closing) = (owed("Owed at the beginning", month.opening), owed("Owed at the end", month.closing()));
    view! {
        <section class="card" aria-labelledby="ledger">
            <h2 id="ledger">"On the ledger"</h2>
            <Table name="On the ledger" columns=&[Words("What"), Number("Count"), Number("Amount")]>
                {opening}
                {sums.into_iter().collect_view()}
                {closing}
            </Table>
            <p class="hint">
                "What was owed at the beginning, with what was bought and renewed, less what was credited and paid, is what was owed at the end. Amounts are with tax."
            </p>
        </section>
    }
}

#[component]
fn Unpaid(month: MonthEnd, way: Option<String>) -> impl IntoView {
    let unpaid = month.unpaid;
    view! {
        <div class="tile">
            <h2>"Unpaid for more than 30 days"</h2>
            <p class="figure">{unpaid.amount.to_string()}</p>
            <p class="hint">{count_of(unpaid.count, "charge", "charges")}</p>
            {show(unpaid.count, way, "See all pending licenses")}
        </div>
    }
}

#[component]
fn Ending(month: MonthEnd, way: Option<String>) -> impl IntoView {
    let count = month.tally(What::Ending).count;
    view! {
        <div class="tile">
            <h2>"Licenses that end"</h2>
            <p class="figure">{thousands(count)}</p>
            {show(count, way, "See all licenses that end")}
        </div>
    }
}

/// What stands between reseller and customers (L8). Amounts are there where resale prices are.
#[component]
fn Customers(month: MonthEnd) -> impl IntoView {
    let sums = [What::SoldOn, What::CustomerPaid].map(|what| {
        let tally = month.tally(what);
        let amount = if tally.amount.is_zero() { String::new() } else { tally.amount.to_string() };
        row(what.label(), thousands(tally.count), amount, None).into_any()
    });
    view! {
        <section class="card" aria-labelledby="customers">
            <h2 id="customers">"With customers"</h2>
            <Table name="With customers" columns=&[Words("What"), Number("Licenses"), Number("Amount")]>
                {sums.into_iter().collect_view()}
            </Table>
            <p class="hint">"Amounts are at resale prices, where they are recorded."</p>
        </section>
    }
}

/// Leads on where there is something to see, to a list that is wider than the month. The people of an account that its debt has
/// suspended see no licenses (V12).
fn show(count: i64, way: Option<String>, words: &'static str) -> impl IntoView {
    way.filter(|_| count > 0).map(|way| {
        view! {
            <Only may=Deed::SeeLicenses>
                <a href=way.clone()>{words}</a>
            </Only>
        }
    })
}

fn row(name: &'static str, count: String, amount: String, way: Option<String>) -> impl IntoView {
    let name = match way {
        Some(way) => {
            let plain = move || name;
            view! {
                <Only may=Deed::SeeLicenses otherwise=plain>
                    <a class="row" href=way.clone()>{name}</a>
                </Only>
            }
            .into_any()
        }
        None => name.into_any(),
    };
    view! {
        <tr>
            <td class="title">{name}</td>
            <td class="num" data-side="start">{count}</td>
            <td class="num" data-side="end">{amount}</td>
        </tr>
    }
}

/// What was spent and how many licenses were bought, month by month.
fn series(year: &[Spend]) -> Vec<Series> {
    let bars = |value: fn(&Spend) -> i64, shown: fn(&Spend) -> String| {
        let bar = |spend: &Spend| Bar { name: spend.month.to_string(), value: value(spend), shown: shown(spend) };
        year.iter().map(bar).collect()
    };
    vec![
        Series { name: "Spend", bars: bars(|of| of.spent.minor, |of| of.spent.to_string()) },
        Series { name: "Licenses", bars: bars(|of| of.licenses, |of| thousands(of.licenses)) },
    ]
}

//! The licenses of an account, to read.

use crate::ui::{
    Column::{Number, Words},
    Empty, Load, Pill, Table, Time,
    data::Resource,
    name_and, paths,
};
use domain::{accounts::AccountLicenses, licenses::ResellerRow};
use leptos::prelude::*;

use super::{account_after, api, part::Part};

/// The licenses of an account.
#[component]
pub fn LicensesPage() -> impl IntoView {
    let at = account_after();
    let page = Resource::new(move || at.get(), |(id, after)| api::licenses(id, after));
    view! {
        <Load from=page let:page>
            <Licenses page=page is_first=at.get_untracked().1.is_none() />
        </Load>
    }
}

#[component]
fn Licenses(page: AccountLicenses, is_first: bool) -> impl IntoView {
    let list = match page.rows.is_empty() {
        true => view! { <Empty icon="key" title="No licenses" text="This account has created none yet." /> }.into_any(),
        false => view! { <Rows rows=page.rows may_take_back=page.may_take_back /> }.into_any(),
    };
    view! {
        <Part head=page.head address=paths::office_account_licenses is_first=is_first next=page.next>
            {list}
        </Part>
    }
}

#[component]
fn Rows(rows: Vec<ResellerRow>, may_take_back: bool) -> impl IntoView {
    view! {
        <Table
            name="Licenses"
            columns=&[Words("Product"), Words("Customer"), Words("Key"), Words("State"), Words("Payment"), Number("Created")]
        >
            {rows.into_iter().map(|row| view! { <Row row=row may_take_back=may_take_back /> }).collect_view()}
        </Table>
    }
}

#[component]
fn Row(row: ResellerRow, may_take_back: bool) -> impl IntoView {
    let payment = row.payment.map(|payment| view! { <Pill word=payment.word() label=payment.label() /> });
    let (id, product) = (row.id, row.product);
    let product = match (may_take_back, row.state.is_final()) {
        (true, false) => view! { <a class="row" href=paths::office_refund(id)>{product}</a> }.into_any(),
        _ => product.into_any(),
    };
    view! {
        <tr>
            <td class="title">{product}<small>{name_and(&row.option, row.license_type.label())}</small></td>
            <td data-side="start"><bdi>{row.customer}</bdi></td>
            <td data-side="start"><code class="key">{row.key}</code></td>
            <td class="state"><Pill word=row.state.word() label=row.state.label() /></td>
            <td data-side="end">{payment}</td>
            <td class="num" data-side="end"><Time at=row.created /></td>
        </tr>
    }
}

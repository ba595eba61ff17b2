//! The licenses of an account, to read.

use domain::{accounts::AccountLicenses, licenses::ResellerRow};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use super::{account_after, api, top::AccountTop};
use crate::{
    Fault, paths,
    ui::{Empty, Load, Pager, Pill, Time, name_and},
};

/// The route.
#[derive(Debug)]
pub struct LicensesRoute {
    at: Memo<(String, Option<String>)>,
    page: Resource<Result<AccountLicenses, Fault>>,
}

#[lazy_route]
impl LazyRoute for LicensesRoute {
    fn data() -> Self {
        let at = account_after();
        Self { at, page: Resource::new(move || at.get(), |(id, after)| api::licenses(id, after)) }
    }

    fn view(this: Self) -> AnyView {
        let LicensesRoute { at, page } = this;
        view! {
            <Load from=page let:page>
                <Licenses page=page is_first=at.get_untracked().1.is_none() />
            </Load>
        }
        .into_any()
    }
}

#[component]
fn Licenses(page: AccountLicenses, is_first: bool) -> impl IntoView {
    let id = page.head.id;
    let first = (!is_first).then(|| paths::office_account_licenses(id, None));
    let next = page.next.map(|next| paths::office_account_licenses(id, Some(&next)));
    let list = match page.rows.is_empty() {
        true => view! { <Empty icon="key" title="No licenses" text="This account has created none yet." /> }.into_any(),
        false => view! { <Rows rows=page.rows /> }.into_any(),
    };
    view! {
        <AccountTop head=page.head />
        {list}
        <Pager first=first next=next />
    }
}

#[component]
fn Rows(rows: Vec<ResellerRow>) -> impl IntoView {
    view! {
        <div class="list">
            <table>
                <caption class="visually-hidden">"Licenses"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Product"</th>
                        <th scope="col">"Customer"</th>
                        <th scope="col">"Key"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Payment"</th>
                        <th scope="col" class="num">"Created"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: ResellerRow) -> impl IntoView {
    let payment = row.payment.map(|payment| view! { <Pill word=payment.word() label=payment.label() /> });
    view! {
        <tr>
            <td class="title">{row.product}<small>{name_and(&row.option, row.license_type.label())}</small></td>
            <td data-side="start"><bdi>{row.customer}</bdi></td>
            <td data-side="start"><code class="key">{row.key}</code></td>
            <td class="state"><Pill word=row.state.word() label=row.state.label() /></td>
            <td data-side="end">{payment}</td>
            <td class="num" data-side="end"><Time at=row.created /></td>
        </tr>
    }
}

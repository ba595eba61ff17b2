//! One license, as the customer who owns it sees it.

use crate::ui::{Fact, Facts, Key, Load, PageHead, Pill, Time, count_of, data::Resource, name_and, paths};
use domain::licenses::{CustomerLicense, Type};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api;

/// The customer's page of one license.
#[component]
pub fn MyLicensePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let license = Resource::new(move || id.get(), api::find_mine);
    view! {
        <Load from=license like="text" let:license>
            <License license=license />
        </Load>
    }
}

#[component]
fn License(license: CustomerLicense) -> impl IntoView {
    let row = license.row;
    let lede = view! { <Pill word=row.state.word() label=row.state.label() /> };
    let ends = row.valid_until.map(|at| view! { <Fact name="Valid until"><Time at=at /></Fact> });
    let for_good = ends.is_none() && row.license_type == Type::Permanent;
    view! {
        <PageHead
            title=row.product
            crumb=(paths::LICENSES.to_owned(), "Your licenses".to_owned())
            lede=lede.into_any()
        />
        <section class="card" aria-labelledby="key-title">
            <h2 id="key-title">"Key"</h2>
            <div class="keys">
                <div>
                    <Key key=row.key id="key" size="large" />
                </div>
            </div>
        </section>
        <section class="card" aria-labelledby="details">
            <h2 id="details">"Details"</h2>
            <Facts>
                <Fact name="License">{name_and(&row.option, license.kind.label())}</Fact>
                <Fact name="License type">{row.license_type.label()}</Fact>
                <Fact name="Works on">{count_of(license.activations, "computer", "computers")}</Fact>
                <Fact name="Created">
                    <Time at=license.created />
                </Fact>
                {for_good.then(|| view! { <Fact name="Valid until">"for good"</Fact> })}
                {ends}
                {row.updates_until.map(|at| view! { <Fact name="Updates until"><Time at=at /></Fact> })}
                {license
                    .customer_details
                    .map(|details| {
                        view! {
                            <Fact name="Customer details" typed=true>
                                {details}
                            </Fact>
                        }
                    })}
            </Facts>
        </section>
    }
}

//! What a trial can become: an option a row, with what it comes to and a button.

use crate::ui::{
    Empty, Fault, Form, Load, Notice, PageHead, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    LicenseId,
    billing::Decision,
    licenses::{self, Type, UpgradeOffer},
    orders::OrderNumber,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::{self, Upgrade};
use crate::storefront::licenses::Refused;

/// What a trial can be upgraded to.
#[component]
pub fn UpgradePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Resource::new(move || id.get(), api::upgrades);
    let upgrade = ServerAction::<Upgrade>::new();
    // A price that has changed meanwhile is shown as it is now.
    Effect::new(move |_| {
        if let Some(Err(Fault::Refused(_))) = upgrade.value().get() {
            page.refetch();
        }
    });
    view! {
        <Load from=page like="text" let:shown>
            <Offers page=shown upgrade=upgrade />
        </Load>
    }
}

#[component]
fn Offers(page: licenses::UpgradePage, upgrade: ServerAction<Upgrade>) -> impl IntoView {
    let row = page.license;
    let name = row.product.clone();
    let lede = view! { {row.product} ", for " <bdi>{row.customer}</bdi> };
    let nothing = (page.offers.is_empty() && page.refusal.is_none()).then(|| {
        let text = "Your price list offers no primary license of this product. Ask the operator to change that.";
        view! { <Empty icon="box" title="Nothing to upgrade to" text=text /> }
    });
    let refused = page.refusal.filter(|_| page.offers.is_empty());
    let offers = page.offers.into_iter().enumerate();
    let offers = offers.map(|(nth, offer)| {
        view! { <Offer license=row.id nth=nth name=name.clone() offer=offer upgrade=upgrade /> }
    });
    view! {
        <PageHead title="Upgrade trial" crumb=(paths::license(row.id), "License".to_owned()) lede=lede.into_any() />
        {page.held.map(|number| view! { <Held number=number /> })}
        {refused.map(|refusal| view! { <Refused refusal=refusal /> })}
        {nothing}
        <p>"The key stays as it is. What was written for the license stays, too."</p>
        <div class="stack">{offers.collect_view()}</div>
    }
}

/// C3: an order waits already.
#[component]
fn Held(number: OrderNumber) -> impl IntoView {
    view! {
        <Notice kind="warn">
            "An upgrade of this trial is ordered already, and held: "
            <a href=paths::order(number)>{format!("order {number}")}</a> "."
        </Notice>
    }
}

#[component]
fn Offer(
    license: LicenseId,
    nth: usize,
    name: String,
    offer: UpgradeOffer,
    upgrade: ServerAction<Upgrade>,
) -> impl IntoView {
    let title = format!("offer-{nth}");
    let tax = offer.amount.tax();
    let tax = tax.is_positive().then(|| format!(", with {tax} tax"));
    let what = match (offer.license_type, offer.at_once) {
        (Type::Subscription, true) => "Subscription, charged from today on",
        (Type::Subscription, false) => "Subscription, charged after each period",
        _ => "Permanent, with updates for six months",
    };
    let over = match offer.decision {
        Decision::Execute => None,
        Decision::Hold(short) => Some(format!(
            "This exceeds your available credit of {} by {}. The order will be accepted and held, and the trial stays one until it is executed.",
            short.available, short.missing,
        )),
    };
    view! {
        <section class="card" aria-labelledby=title.clone()>
            <h2 id=title.clone()>{format!("{name}, {}", offer.name)}</h2>
            <p>{what} ", " {offer.billing.label()}</p>
            <p class="price"><strong>{offer.takes.to_string()}</strong></p>
            <p class="hint">{offer.explained} {tax}</p>
            {over.map(|words| view! { <Notice kind="warn">{words}</Notice> })}
            <Form action=upgrade class="" hidden=("option", offer.option.to_string())>
                <input type="hidden" name="id" value=license.to_string() />
                <input type="hidden" name="total" value=offer.takes.minor.to_string() />
                <div class="actions" data-fit>
                    <Submit label="Upgrade" kind="main" />
                </div>
            </Form>
        </section>
    }
}

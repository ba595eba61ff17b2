//! What the rules refuse: the rule, the numbers, and the way out.

use crate::ui::{count_of, paths};
use domain::{
    Refusal,
    licenses::{LicensesQuery, PaymentStatus},
};
use leptos::prelude::*;

/// A refusal; children are ways out beside the usual one.
#[component]
pub fn Refused(
    /// What is refused, and why.
    refusal: Refusal,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let meter = match &refusal {
        Refusal::UnpaidCap { cap, left, .. } => Some(meter(*cap, *left)),
        _ => None,
    };
    let pending = LicensesQuery { payment: Some(PaymentStatus::Pending), ..LicensesQuery::default() };
    let unpaid = meter.is_some().then(|| {
        view! {
            <a class="button" href=paths::licenses(&pending)>
                "See unpaid licenses"
            </a>
        }
    });
    view! {
        <section class="refusal" role="alert" aria-labelledby="refused" tabindex="-1">
            <h2 id="refused">{title(&refusal)}</h2>
            <p>{refusal.to_string()}</p>
            {meter}
            <div class="actions" data-fit>
                {children.map(|children| children())}
                {unpaid}
            </div>
        </section>
    }
}

fn title(refusal: &Refusal) -> String {
    match refusal {
        Refusal::UnpaidCap { left: 0, .. } => "No unpaid slot is left".to_owned(),
        Refusal::UnpaidCap { left, asked, .. } => {
            format!("{asked} licenses are more than the {} left", count_of(*left, "slot", "slots"))
        }
        Refusal::NotReady { .. } => "Ordering is not possible yet".to_owned(),
        Refusal::TrialUsed { .. } => "The trial is used up".to_owned(),
        Refusal::TrialNotNeeded { .. } => "There is a working license".to_owned(),
        Refusal::PrimaryMissing { .. } => "A primary license comes first".to_owned(),
        Refusal::AdditionalAddOn => "No additional license of an add-on".to_owned(),
        Refusal::PriceChanged { .. } => "The price has changed".to_owned(),
        _ => "This is not possible now".to_owned(),
    }
}

fn meter(cap: i64, left: i64) -> impl IntoView + use<> {
    let unpaid = cap - left;
    view! {
        <meter
            min="0"
            max=cap
            high={cap * 8 / 10}
            optimum="0"
            value=unpaid
            aria-label=format!("{unpaid} of {cap} unpaid licenses")
        ></meter>
    }
}

//! The subscription of a license: what it costs, what comes next, and what may be changed about it.

use crate::ui::{Fact, Facts, Notice, Only, count_of, data::ServerAction, paths};
use domain::{
    Deed, LicenseId,
    billing::{NextCharge, Subscribed},
    time,
};
use leptos::prelude::*;

use super::{api, renewal::Renewal};

/// The card on the page of a license; nothing for what is charged once.
#[component]
pub fn SubscriptionOf(
    /// The license.
    id: LicenseId,
    /// Its subscription.
    shown: Option<Subscribed>,
    /// What may be done with it.
    acts: Acts,
    /// Fetches the page again.
    refresh: Callback<()>,
) -> impl IntoView {
    shown.map(|shown| view! { <Card id=id shown=shown acts=acts refresh=refresh /> })
}

/// What may be done with a subscription. They outlive the card, which is drawn anew after each.
#[derive(Clone, Copy, Default)]
pub struct Acts {
    /// How many are renewed.
    pub renew: ServerAction<api::Renew>,
    /// It ends with its period.
    pub cancel: ServerAction<api::Cancel>,
    /// It does not, after all.
    pub go_on: ServerAction<api::GoOn>,
}

#[component]
fn Card(id: LicenseId, shown: Subscribed, acts: Acts, refresh: Callback<()>) -> impl IntoView {
    let ending = shown.last.filter(|_| shown.running.is_some()).map(|last| {
        let words = format!("It was canceled and ends on {}. Until then this can be taken back.", time::day(last));
        view! { <Notice kind="warn">{words}</Notice> }
    });
    let runs = shown.running.is_some();
    let change = shown.clone();
    view! {
        <section class="card" aria-labelledby="subscription">
            <h2 id="subscription">"Subscription"</h2>
            {ending}
            <About shown=shown />
            {runs.then(|| view! {
                <Only may=Deed::ChangeLicenses>
                    <div class="actions" data-fit>
                        <a class="button" href=paths::add_licenses(id)>
                            "Add licenses"
                        </a>
                    </div>
                    <Renewal id=id shown=change.clone() acts=acts refresh=refresh />
                </Only>
            })}
        </section>
    }
}

/// Its facts.
#[component]
pub fn About(
    /// The subscription.
    shown: Subscribed,
) -> impl IntoView {
    let fewer = (shown.renewed != shown.quantity && shown.next.is_some())
        .then(|| view! { <Fact name="Renewed">{count_of(shown.renewed as usize, "license", "licenses")}</Fact> });
    let running = shown.running.map_or_else(|| "Ended".to_owned(), |period| period.to_string());
    let next = shown.next.map(|NextCharge { on, charge }| {
        let tax = charge.amount().tax();
        let tax = tax.is_positive().then(|| format!(", with {tax} tax"));
        view! {
            <Fact name="Next charge">
                {format!("{} on {}", charge.amount().gross(), time::day(on))}
                <p class="hint">{charge.to_string()} {tax}</p>
            </Fact>
        }
    });
    let every = shown.every.label();
    let coming = shown.coming.map(|(from, unit)| {
        view! { <Fact name="New price of one">{format!("{unit} {every} from {} on", time::day(from))}</Fact> }
    });
    view! {
        <Facts>
            <Fact name="Licenses">{count_of(shown.quantity as usize, "license", "licenses")}</Fact>
            <Fact name="Price of one">
                {format!("{} {}", shown.unit, shown.every.label())}
                {shown.since.map(|since| view! { <p class="hint">{format!("Since {}.", time::day(since))}</p> })}
            </Fact>
            {coming}
            <Fact name="Charged">{shown.timing.label()}</Fact>
            <Fact name="Running period">{running}</Fact>
            {fewer}
            {next}
        </Facts>
    }
}

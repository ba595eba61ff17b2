//! Staff change the price of a running subscription (P3): what it costs, what another price does, and doing it.

use crate::shared::subscriptions::{
    About,
    api::{self, AskPrice, Reprice},
};
use crate::ui::{
    Choice, Choices, Fact, Facts, Field, Form, Load, Notice, PageHead, Submit, Sum, TextArea,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    billing::{NextCharge, PriceForm, PriceFrom, PricePage, PricePreview, Repriced, Timing},
    time,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// Changing the price of a running subscription; `?price=` and `?from=` say what is asked for.
#[component]
pub fn SubscriptionPricePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let of = move |name| query.with(|query| query.get(name).unwrap_or_default());
    let asked = Memo::new(move |_| PriceForm { price: of("price"), from: of("from"), ..PriceForm::default() });
    let page = Resource::new(move || (id.get(), asked.get()), |(id, asked)| api::price(id, asked));
    let done = Memo::new(move |_| of("done") == "changed");
    let acts = Acts { ask: ServerAction::new(), reprice: ServerAction::new() };
    let asked = Callback::new(move |()| page.refetch());
    view! {
        {move || done.get().then(|| view! {
            <Notice kind="good">"Changed. The reseller was told by e-mail."</Notice>
        })}
        <Load from=page like="form" let:shown>
            <Page shown=shown acts=acts asked=asked />
        </Load>
    }
}

#[derive(Clone, Copy)]
struct Acts {
    ask: ServerAction<AskPrice>,
    reprice: ServerAction<Reprice>,
}

#[component]
fn Page(shown: PricePage, acts: Acts, asked: Callback<()>) -> impl IntoView {
    let (license, subscribed) = (shown.license, shown.subscribed);
    let crumb = (paths::office_account_licenses(shown.reseller, None), "Licenses".to_owned());
    let ending = subscribed.last.filter(|_| subscribed.running.is_some()).map(|last| {
        let words =
            format!("It was canceled and ends on {}, so another price can only hold from today on.", time::day(last));
        view! { <Notice kind="warn">{words}</Notice> }
    });
    let (id, runs, timing) = (license.id.to_string(), subscribed.running.is_some(), subscribed.timing);
    let what = shown.preview.map(|preview| match preview {
        Ok(preview) => view! {
            <Preview id=id.clone() price=shown.asked.price.clone() preview=preview timing=timing reprice=acts.reprice />
        }
        .into_any(),
        Err(refusal) => view! { <Notice kind="bad">{refusal.to_string()}</Notice> }.into_any(),
    });
    let change = runs.then(|| {
        view! {
            <section class="card" aria-labelledby="change">
                <h2 id="change">"Another price"</h2>
                <Ask id=id.clone() asked=shown.asked timing=timing ask=acts.ask done=asked />
            </section>
            {what}
        }
    });
    view! {
        <PageHead title="Change price" crumb=crumb />
        <div class="columns">
            <div class="stack" data-gap="large">
                {ending}
                {(!runs).then(|| view! { <Notice>"This subscription has ended, so its price cannot be changed."</Notice> })}
                {change}
            </div>
            <aside class="stack" aria-label="The subscription">
                <section class="card" aria-labelledby="subscription">
                    <h2 id="subscription">"Subscription"</h2>
                    <Facts>
                        <Fact name="Product">{license.product}</Fact>
                        <Fact name="Option">{license.option}</Fact>
                        <Fact name="Reseller">
                            <a href=paths::office_account(shown.reseller)><bdi>{shown.name}</bdi></a>
                        </Fact>
                        <Fact name="Customer"><bdi>{license.customer}</bdi></Fact>
                        <Fact name="Order">{subscribed.order.to_string()}</Fact>
                    </Facts>
                    <About shown=subscribed />
                </section>
            </aside>
        </div>
    }
}

/// Which price, and from when on; what it does is shown before it is done.
#[component]
fn Ask(id: String, asked: PriceForm, timing: Timing, ask: ServerAction<AskPrice>, done: Callback<()>) -> impl IntoView {
    let today = match timing {
        Timing::Advance => {
            "The days that are left of the running period are credited at the old price and charged at the new one."
        }
        Timing::Arrears => "The running period is charged after its end, so the new price holds for all of it.",
    };
    let hint = |from| match from {
        PriceFrom::NextPeriod => "What runs stays as it was charged. It takes the place of a price that was to come.",
        PriceFrom::Today => today,
    };
    let choice = |from: &PriceFrom| Choice {
        word: from.word().to_owned(),
        label: from.label().to_owned(),
        hint: hint(*from).to_owned(),
    };
    let from = if asked.from.is_empty() { PriceFrom::NextPeriod.word().to_owned() } else { asked.from };
    let options: Vec<_> = PriceFrom::ALL.iter().map(choice).collect();
    view! {
        <Form action=ask id="ask" hidden=("id", id) keyed=false on_done=done>
            <Field
                name="price"
                label="Price of one"
                value=asked.price
                inputmode="decimal"
                width="short"
                hint="Of one license, for a whole period, without tax."
            />
            <Choices name="from" legend="It holds" options=options value=from />
            <div class="actions">
                <Submit label="Show what it does" kind="" />
            </div>
        </Form>
    }
}

/// What the price does, and doing it.
#[component]
fn Preview(
    id: String,
    price: String,
    preview: PricePreview,
    timing: Timing,
    reprice: ServerAction<Reprice>,
) -> impl IntoView {
    let PricePreview { new, from, at_once, next, seen } = preview;
    let next = next.map(|NextCharge { on, charge }| {
        view! {
            <p>{format!("Next charge: {} on {} ({charge}).", charge.amount().gross(), time::day(on))}</p>
        }
    });
    let exchanged = match at_once {
        Some(at_once) => view! { <Exchanged at_once=at_once /> }.into_any(),
        None if new.from == PriceFrom::Today && timing == Timing::Arrears => {
            view! { <p>"Nothing of the running period is charged yet, so there is nothing to credit."</p> }.into_any()
        }
        None => view! { <p>"What runs stays as it was charged."</p> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="preview">
            <h2 id="preview">{format!("{} from {} on", new.unit, time::day(from))}</h2>
            {exchanged}
            {next}
            <Form action=reprice id="reprice" hidden=("id", id)>
                <input type="hidden" name="price" value=price />
                <input type="hidden" name="from" value=new.from.word() />
                <input type="hidden" name="seen" value=seen />
                <TextArea name="reason" label="Reason" hint="The reseller reads it, in an e-mail and on a credit note." />
                <div class="actions">
                    <Submit label="Change price" />
                </div>
            </Form>
        </section>
    }
}

/// What is credited and charged at once, and how both come about.
#[component]
fn Exchanged(at_once: Repriced) -> impl IntoView {
    let Ok((credit, total)) = at_once.credit().and_then(|credit| Ok((credit, at_once.total()?))) else {
        return view! { <Notice kind="bad">"This cannot be counted."</Notice> }.into_any();
    };
    let minus = |money: domain::Money| format!("\u{2212} {money}");
    let mut lines = vec![(format!("Credited: {}", at_once.old), minus(credit.net()))];
    if !credit.tax().is_zero() {
        lines.push((format!("Tax of {} on that", at_once.old.rate()), minus(credit.tax())));
    }
    let charged = at_once.charge.amount();
    lines.push((format!("Charged: {}", at_once.charge), charged.net().to_string()));
    if !charged.tax().is_zero() {
        lines.push((format!("Tax of {} on that", at_once.charge.rate()), charged.tax().to_string()));
    }
    let less = (credit != at_once.old.amount()).then(|| {
        view! { <p class="hint">"Less is credited than these days cost, since some of it was credited before."</p> }
    });
    let (word, amount) = match total.minor {
        ..0 => ("The account owes less", total.opposite().unwrap_or(total)),
        _ => ("The account owes more", total),
    };
    view! {
        <Sum lines=lines total=(word.to_owned(), amount.to_string()) />
        {less}
    }
    .into_any()
}

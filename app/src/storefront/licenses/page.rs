//! The reseller's page of one license.

use crate::shared::{
    refunds::{GiveBackCard, api::Refund},
    subscriptions::{Acts, SubscriptionOf},
};
use crate::ui::{
    Copy, Deliveries, Fact, Facts, Form, Load, Notice, Only, PageHead, Pill, Submit, Time,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    Deed, LicenseId,
    audit::HistoryEntry,
    billing::Refunded,
    licenses::{self, PaymentStatus, State, Type},
    mail::{self, Delivery},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    api::{self, Edit, SendDetails},
    edit::{EditLicense, Notes},
    rows::payment,
};

/// What was done just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Refunded(Refunded),
    Upgraded,
    Sent,
    Saved,
}

/// One license.
#[component]
pub fn LicensePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Resource::new(move || id.get(), api::find);
    let acts = Acts::default();
    let (edit, send) = (ServerAction::<Edit>::new(), ServerAction::<SendDetails>::new());
    let refresh = Callback::new(move |()| page.refetch());
    let refund = ServerAction::<Refund>::new();
    let led = move |word: &str| query.with(|query| query.get("done").as_deref() == Some(word));
    let done = Signal::derive(move || {
        let untouched = send.value().get().is_none() && edit.value().get().is_none();
        let refunded = match refund.value().get() {
            Some(Ok(refunded)) => Some(refunded),
            _ => query.with(|query| query.get("done").and_then(|word| Refunded::from_word(&word))),
        };
        if let Some(refunded) = refunded {
            Some(Done::Refunded(refunded))
        } else if led("upgraded") {
            Some(Done::Upgraded)
        } else if matches!(send.value().get(), Some(Ok(()))) || (untouched && led("sent")) {
            Some(Done::Sent)
        } else {
            // With a program this is said beside the button.
            (untouched && led("saved")).then_some(Done::Saved)
        }
    });
    view! {
        <Load from=page let:shown>
            <License
                shown=shown
                done=done
                edit=edit
                send=send
                refund=refund
                acts=acts
                refresh=refresh
            />
        </Load>
    }
}

#[component]
fn License(
    shown: licenses::LicensePage,
    done: Signal<Option<Done>>,
    edit: ServerAction<Edit>,
    send: ServerAction<SendDetails>,
    acts: Acts,
    refund: ServerAction<Refund>,
    refresh: Callback<()>,
) -> impl IntoView {
    let row = shown.license.row.clone();
    let (id, key) = (row.id, shown.license.key.grouped());
    let lede = view! {
        <Pill word=row.state.word() label=row.state.label() />
        {payment(&row).map(|pill| view! { <span>"Payment " {pill}</span> })}
        <span class="tag">{row.kind.label()}</span>
        <span class="tag">{row.license_type.label()}</span>
    };
    let trial = is_trial(&shown);
    let pending = shown.license.row.payment == Some(PaymentStatus::Pending);
    let held = shown.upgrade_held.map(|number| {
        view! {
            <Notice kind="warn">
                "An upgrade of this trial is held: " <a href=paths::order(number)>{format!("order {number}")}</a> "."
            </Notice>
        }
    });
    let give_back = shown.give_back.clone().map(|back| {
        view! {
            <Only may=Deed::ChangeLicenses>
                <GiveBackCard id=id back=back.clone() refund=refund refresh=refresh />
            </Only>
        }
    });
    let (delivery, known) = (shown.delivery.clone(), shown.delivery.clone());
    let just_sent = move || done.get() == Some(Done::Sent);
    view! {
        {move || done.get().map(|done| said(done, known.clone()))}
        {move || view! { <Deliveries deliveries=delivery.clone().into_iter().collect() said=just_sent() /> }}
        {held}
        <PageHead
            title=row.product.clone()
            crumb=(paths::LICENSES.to_owned(), "Licenses".to_owned())
            lede=lede.into_any()
        >
            {trial.then(|| view! { <UpgradeLink id=id /> })}
            {pending.then(|| view! { <PayLink id=id /> })}
            {(!row.state.is_final()).then(|| view! { <Resend id=id.to_string() send=send refresh=refresh /> })}
        </PageHead>
        <div class="columns">
            <div class="stack" data-gap="large">
                <section class="card" aria-labelledby="key-title">
                    <div class="card-head">
                        <h2 id="key-title">"Key"</h2>
                        <Copy text=key.clone() described_by="key" size="small" />
                    </div>
                    <code class="key" id="key" data-size="large">
                        {key}
                    </code>
                </section>
                <FactsOf shown=shown.clone() />
                <SubscriptionOf id=id shown=shown.subscription.clone() acts=acts refresh=refresh />
                <NotesOf shown=shown.clone() edit=edit refresh=refresh />
            </div>
            <aside class="stack">
                {give_back}
                <History entries=shown.history />
            </aside>
        </div>
    }
}

/// What was done.
fn said(done: Done, delivery: Option<Delivery>) -> AnyView {
    let words = match done {
        Done::Refunded(refunded) => refunded.label(),
        Done::Upgraded => "Upgraded. The key is the same as before.",
        Done::Sent => return sent(delivery),
        Done::Saved => "Saved.",
    };
    view! { <Notice kind="good">{words}</Notice> }.into_any()
}

/// That the details were sent, once they were; what has not arrived is told beside it.
fn sent(delivery: Option<Delivery>) -> AnyView {
    let words = match delivery.as_ref().map(|mail| mail.state) {
        Some(mail::State::Sent) => "Sent. The key and the details went to ",
        Some(mail::State::Waiting) => "Being sent. The key and the details go to ",
        Some(mail::State::Retrying | mail::State::Failed | mail::State::Replaced) | None => return ().into_any(),
    };
    let to = delivery.map(|mail| mail.to);
    view! { <Notice kind="good">{words}<bdi>{to}</bdi>"."</Notice> }.into_any()
}

/// Whether it is a trial that can be upgraded: active or expired (L5).
fn is_trial(shown: &licenses::LicensePage) -> bool {
    let row = &shown.license.row;
    row.license_type == Type::Trial && matches!(row.state, State::Active | State::Expired)
}

#[component]
fn PayLink(id: LicenseId) -> impl IntoView {
    view! {
        <Only may=Deed::Pay>
            <a class="button" href=paths::pay_license(id)>
                "Pay"
            </a>
        </Only>
    }
}

#[component]
fn UpgradeLink(id: LicenseId) -> impl IntoView {
    view! {
        <Only may=Deed::ChangeLicenses>
            <a class="button" data-kind="main" href=paths::upgrade(id)>
                "Upgrade"
            </a>
        </Only>
    }
}

#[component]
fn Resend(id: String, send: ServerAction<SendDetails>, refresh: Callback<()>) -> impl IntoView {
    view! {
        <Only may=Deed::EditLicenses>
            <Form action=send class="" id="send" hidden=("id", id.clone()) on_done=refresh>
                <Submit label="Resend details" kind="" />
            </Form>
        </Only>
    }
}

#[component]
fn FactsOf(shown: licenses::LicensePage) -> impl IntoView {
    let row = shown.license.row;
    let customer = if shown.own {
        view! { <bdi>{row.customer}</bdi>" (your organisation)" }.into_any()
    } else {
        view! { <a href=paths::customer(row.customer_id)><bdi>{row.customer}</bdi></a> }.into_any()
    };
    let price = shown.price.map_or_else(|| "Free of charge".to_owned(), |price| price.to_string());
    let valid = match row.valid_until {
        Some(at) => view! { <Time at=at /> }.into_any(),
        None => "Without end".into_any(),
    };
    let updates = shown.license.updates_until.map(|at| view! { <Fact name="Updates until"><Time at=at /></Fact> });
    view! {
        <section class="card" aria-labelledby="facts">
            <h2 id="facts">"Details"</h2>
            <Facts>
                <Fact name="Option">{row.option}</Fact>
                <Fact name="Customer">{customer}</Fact>
                <Fact name="E-mail"><bdi>{shown.customer_email}</bdi></Fact>
                <Fact name="Created"><Time at=row.created /></Fact>
                <Fact name="Valid until">{valid}</Fact>
                {updates}
                <Fact name="Price">{price}</Fact>
                <Fact name="Order"><a href=paths::created(shown.order)>{shown.order_number.to_string()}</a></Fact>
            </Facts>
        </section>
    }
}

/// What is written beside it: to change, for those who may and while it can be; to read otherwise.
#[component]
fn NotesOf(shown: licenses::LicensePage, edit: ServerAction<Edit>, refresh: Callback<()>) -> impl IntoView {
    let to_read = shown.clone();
    let to_read = move || view! { <Notes shown=to_read.clone() /> };
    view! {
        <Only may=Deed::EditLicenses otherwise=to_read>
            <EditLicense shown=shown.clone() edit=edit refresh=refresh />
        </Only>
    }
}

/// What was done with it, newest first.
#[component]
fn History(entries: Vec<HistoryEntry>) -> impl IntoView {
    let entry = |entry: HistoryEntry| {
        let detail = entry.detail.map(|detail| view! { <p class="hint"><bdi>{detail}</bdi></p> });
        view! {
            <li>
                <Time at=entry.at />
                <p>{entry.what.label()}", "<bdi>{entry.who}</bdi></p>
                {detail}
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby="history">
            <h2 id="history">"History"</h2>
            <ol class="history">{entries.into_iter().map(entry).collect_view()}</ol>
        </section>
    }
}

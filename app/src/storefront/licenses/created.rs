//! What was created: the keys, to copy, download and send, and what is next.

use crate::ui::{
    Copy, Fact, Facts, Form, Heading, Key, Load, Only, Submit, Sum, Time, count_of,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    Deed,
    billing::Decision,
    licenses::{KeyGroup, LicenseKey, ResellerLicense},
    orders::{Executed, State},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    api::{self, SendOrder},
    new::api::Begin,
    sending::{Sending, Sent},
};
use crate::storefront::orders::HeldNow;

/// The result of an order.
#[component]
pub fn CreatedPage() -> impl IntoView {
    let params = use_params_map();
    let order = Memo::new(move |_| params.with(|params| params.get("order").unwrap_or_default()));
    let page = Resource::new(move || order.get(), api::executed);
    let send = ServerAction::<SendOrder>::new();
    view! {
        <Load from=page like="text" let:done>
            {match done.state {
                State::Submitted | State::Canceled => view! { <Held done=done /> }.into_any(),
                State::Executed => {
                    let refresh = Callback::new(move |()| page.refetch());
                    view! { <Created done=done send=send refresh=refresh /> }.into_any()
                }
            }}
        </Load>
    }
}

#[component]
fn Created(done: Executed, send: ServerAction<SendOrder>, refresh: Callback<()>) -> impl IntoView {
    let count = count_of(done.licenses.len(), "license", "licenses");
    let title = if done.upgrade { format!("{count} upgraded") } else { format!("{count} created") };
    let (groups, _) = groups_of(&done.licenses);
    let text = copied(&groups);
    let to_send = text.is_some() && done.sent.is_none();
    let several = groups.len() > 1;
    let mut nth = 0;
    let keys = groups.into_iter().map(|group| {
        let usable = group.stopped.is_none();
        let key = |key: LicenseKey| {
            nth += 1;
            let id = format!("key-{}", nth - 1);
            let key = match usable {
                true => view! { <Key key=key id=id /> }.into_any(),
                false => view! { <code class="key">{key.grouped()}</code> }.into_any(),
            };
            view! { <li>{key}</li> }
        };
        let (name, terms) = (group.name.clone(), group.terms());
        let details = group.details.map(|text| view! { <p class="hint typed" dir="auto">{text}</p> });
        let keys = group.keys.into_iter().map(key).collect_view();
        let label = if several { format!("Keys of {name}") } else { "Keys".to_owned() };
        let list = view! {
            <ul class="keys" aria-label=label>
                {keys}
            </ul>
        };
        match several {
            true => view! {
                <section class="stack" data-gap="small">
                    <h2>{name}</h2>
                    <p class="hint">{terms}</p>
                    {details}
                    {list}
                </section>
            }
            .into_any(),
            false => list.into_any(),
        }
    });
    let keys = keys.collect_view();
    view! {
        <section class="result">
            <div class="head">
                <div>
                    <p class="done">"Done"</p>
                    <Heading title=title />
                    <p class="lede">{next(&done)}</p>
                </div>
            </div>
            {keys}
            <Sent done=done.clone() send=send refresh=refresh />
            <div class="actions">
                {to_send.then(|| view! { <Sending done=done.clone() send=send refresh=refresh /> })}
                {text.map(|text| view! { <Copy text=text label="Copy all" kind="" /> })}
                <a class="button" href=paths::keys_file(done.id) rel="external" download>
                    "Download"
                </a>
                <Another done=done.clone() />
                <a class="button" data-kind="quiet" href=paths::LICENSES>
                    "All licenses"
                </a>
            </div>
            <About done=done />
        </section>
    }
}

/// The keys by what is said of them, and what is said to the customer of all of them alike.
fn groups_of(licenses: &[ResellerLicense]) -> (Vec<KeyGroup>, Option<String>) {
    let mut groups = KeyGroup::of(licenses);
    let details = KeyGroup::take_common_details(&mut groups);
    (groups, details)
}

/// All keys of use as they are copied: of several groups, each below what it is for. `None` where none is of use.
fn copied(groups: &[KeyGroup]) -> Option<String> {
    let usable: Vec<_> = groups.iter().filter(|group| group.stopped.is_none()).collect();
    match usable.as_slice() {
        [] => None,
        [one] => Some(one.keys.iter().map(LicenseKey::grouped).collect::<Vec<_>>().join("\n")),
        several => Some(several.iter().map(|group| group.text()).collect::<Vec<_>>().join("\n\n")),
    }
}

/// C3: the order is accepted and held; there are no keys yet.
#[component]
fn Held(done: Executed) -> impl IntoView {
    let (title, lede) = match done.state {
        State::Canceled => {
            (format!("Order {} is canceled", done.number), "Nothing was created, and nothing was charged.")
        }
        State::Submitted | State::Executed => (
            format!("Order {} is held", done.number),
            "It is accepted. No licenses were created yet, and nothing was charged. You are told by e-mail when it is executed.",
        ),
    };
    let available = match (done.now, done.held) {
        (Some(Decision::Hold(short)), _) => Some(("Available credit", short.available)),
        (None, Some(then)) => Some(("Available credit then", then.available)),
        (Some(Decision::Execute), _) | (None, None) => None,
    };
    let available: Vec<_> = available.into_iter().map(|(name, left)| (name.to_owned(), left.to_string())).collect();
    view! {
        <section class="result">
            <div class="head">
                <div>
                    <Heading title=title />
                    <p class="lede">{lede}</p>
                </div>
            </div>
            {done.now.map(|now| view! { <HeldNow now=now /> })}
            <div class="actions">
                <a class="button" data-kind="main" href=paths::order(done.number)>
                    "Show the order"
                </a>
                <Another done=done.clone() />
            </div>
            <Sum lines=available total=("The order comes to".to_owned(), done.total.to_string()) />
        </section>
    }
}

fn next(done: &Executed) -> AnyView {
    let name = done.user.name.clone();
    let them = if done.licenses.len() == 1 { "it" } else { "them" };
    let rest = match (done.sent.is_some(), done.sent_licenses) {
        (true, _) => String::new(),
        (false, 0) => " Nothing has been sent yet.".to_owned(),
        (false, some) => {
            let all = count_of(done.licenses.len(), "license", "licenses");
            format!(" The details of {some} of {all} have been put on the way.")
        }
    };
    match done.user.own {
        true => format!("For your own organisation.{rest}").into_any(),
        false => view! {
            <bdi>{name}</bdi>
            {format!(" can see {them} after signing in.{rest}")}
        }
        .into_any(),
    }
}

/// The same option for the same customer once more, with a draft of its own. After several options, the way to the catalog.
#[component]
fn Another(done: Executed) -> impl IntoView {
    let begin = ServerAction::<Begin>::new();
    let (option, customer) = (done.option, done.user.id);
    let way = move || match option {
        Some(option) => view! {
            <Form action=begin class="" keyed=false hidden=("option", option.to_string())>
                <input type="hidden" name="customer" value=customer.to_string() />
                <Submit label="Create another" kind="" />
            </Form>
        }
        .into_any(),
        None => view! { <a class="button" href=paths::CATALOG>"Catalog"</a> }.into_any(),
    };
    view! { <Only may=Deed::CreateLicenses>{way()}</Only> }
}

/// What the keys are for, and what they cost.
#[component]
fn About(done: Executed) -> impl IntoView {
    let (groups, details) = groups_of(&done.licenses);
    let alike = match groups.as_slice() {
        // Of several, each stands with its keys.
        [_] => done.licenses.first().cloned().map(|license| view! { <Alike license=license /> }),
        _ => None,
    };
    let details = details.map(|text| view! { <Fact name="Customer details" typed=true>{text}</Fact> });
    let customer = if done.user.own {
        view! { <bdi>{done.user.name}</bdi> }.into_any()
    } else {
        view! {
            <a href=paths::customer(done.user.id)>
                <bdi>{done.user.name}</bdi>
            </a>
        }
        .into_any()
    };
    let when = if done.upgrade { "Upgraded" } else { "Created" };
    let mut lines = counted(&done.licenses);
    let total = ("Total".to_owned(), done.total.to_string());
    let total = match done.open {
        Some(open) => {
            lines.push(total);
            ("To pay to the operator".to_owned(), open.to_string())
        }
        None => total,
    };
    view! {
        <section class="card" aria-labelledby="about">
            <h2 id="about">"Details"</h2>
            <Facts>
                <Fact name="Customer">{customer}</Fact>
                {alike}
                {details}
                <Fact name="Order">
                    <a href=paths::order(done.number)>{done.number.to_string()}</a>
                </Fact>
                <Fact name=when>
                    <Time at=done.at />
                </Fact>
            </Facts>
        </section>
        <Sum lines=lines total=total />
    }
    .into_any()
}

/// How many licenses there are of what.
fn counted(licenses: &[ResellerLicense]) -> Vec<(String, String)> {
    let mut all: Vec<(String, usize)> = Vec::new();
    for license in licenses {
        let name = format!("{}, {}", license.row.product, license.row.option);
        match all.iter_mut().find(|(other, _)| *other == name) {
            Some((_, count)) => *count += 1,
            None => all.push((name, 1)),
        }
    }
    all.into_iter().map(|(name, count)| (name, format!("× {count}"))).collect()
}

/// What is said of all licenses of an order of one option.
#[component]
fn Alike(license: ResellerLicense) -> impl IntoView {
    let state = license.row.state;
    let state = (!state.is_usable()).then(|| view! { <Fact name="State">{state.label()}</Fact> });
    let valid = license.row.valid_until.map(|at| view! { <Fact name="Valid until"><Time at=at /></Fact> });
    let updates = license.updates_until.map(|at| view! { <Fact name="Updates until"><Time at=at /></Fact> });
    view! {
        <Fact name="Product">{format!("{}, {}", license.row.product, license.row.option)}</Fact>
        <Fact name="License type">{license.row.license_type.label()}</Fact>
        {state}
        {valid}
        {updates}
    }
}

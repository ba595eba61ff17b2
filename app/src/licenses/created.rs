//! What was created: the keys, to copy, download and send, and what is next.

use domain::{
    Deed,
    billing::Shortfall,
    licenses::{KeyGroup, LicenseKey, ResellerLicense},
    orders::{Executed, State},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_params_map};

use super::{
    api::{self, SendOrder},
    new::api::Begin,
    sending::{Sending, Sent},
};
use crate::{
    Fault,
    orders::TopUp,
    parts::{self, Selling},
    paths,
    ui::{Copy, Fact, Facts, Form, Heading, Key, Load, Notice, Only, Submit, Sum, Time, count_of},
};

/// The result of an order.
#[derive(Debug)]
pub struct CreatedRoute(Resource<Result<Executed, Fault>>);

impl LazyRoute for CreatedRoute {
    fn data() -> Self {
        let params = use_params_map();
        let order = Memo::new(move |_| params.with(|params| params.get("order").unwrap_or_default()));
        Self(Resource::new(move || order.get(), api::executed))
    }

    async fn view(this: Self) -> AnyView {
        parts::selling(Selling::Created(this)).await
    }
}

impl CreatedRoute {
    /// The page.
    pub fn show(self) -> AnyView {
        let page = self.0;
        let send = ServerAction::<SendOrder>::new();
        view! {
            <Load from=page like="text" let:done>
                {match done.held.filter(|_| done.state != State::Executed) {
                    Some(held) => view! { <Held done=done held=held /> }.into_any(),
                    None => {
                        let refresh = Callback::new(move |()| page.refetch());
                        view! { <Created done=done send=send refresh=refresh /> }.into_any()
                    }
                }}
            </Load>
        }
        .into_any()
    }
}

#[component]
fn Created(done: Executed, send: ServerAction<SendOrder>, refresh: Callback<()>) -> impl IntoView {
    let title = format!("{} created", count_of(done.licenses.len(), "license", "licenses"));
    let text = copied(&done.licenses);
    let groups = KeyGroup::of(&done.licenses);
    let several = groups.len() > 1;
    let mut nth = 0;
    let keys = groups.into_iter().map(|group| {
        let key = |key: LicenseKey| {
            nth += 1;
            view! {
                <li>
                    <Key key=key id=format!("key-{}", nth - 1) />
                </li>
            }
        };
        let (name, terms) = (group.name.clone(), group.terms());
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
                {done.sent.is_none().then(|| view! { <Sending done=done.clone() send=send refresh=refresh /> })}
                <Copy text=text label="Copy all" kind="" />
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

/// All keys as they are copied: of several products, each below what it is for.
fn copied(licenses: &[ResellerLicense]) -> String {
    let groups = KeyGroup::of(licenses);
    let several = groups.len() > 1;
    let text = |group: &KeyGroup| {
        let keys = group.keys.iter().map(LicenseKey::grouped).collect::<Vec<_>>().join("\n");
        if several { format!("{}\n{}\n{keys}", group.name, group.terms()) } else { keys }
    };
    groups.iter().map(text).collect::<Vec<_>>().join("\n\n")
}

/// C3: the order is accepted and held; there are no keys yet.
#[component]
fn Held(done: Executed, held: Shortfall) -> impl IntoView {
    let (title, lede) = match done.state {
        State::Canceled => {
            (format!("Order {} is canceled", done.number), "Nothing was created, and nothing was charged.")
        }
        State::Submitted | State::Executed => (
            format!("Order {} is held", done.number),
            "It is accepted. No licenses were created yet, and nothing was charged. You are told by e-mail when it is executed.",
        ),
    };
    let top_up = done.top_up;
    let waits = done.state == State::Submitted;
    view! {
        <section class="result">
            <div class="head">
                <div>
                    <Heading title=title />
                    <p class="lede">{lede}</p>
                </div>
            </div>
            {waits.then(|| view! {
                <Notice kind="warn">
                    {held.to_string()}
                    " "
                    {top_up.then(|| view! { <TopUp /> })}
                </Notice>
            })}
            <div class="actions">
                <a class="button" data-kind="main" href=paths::order(done.number)>
                    "Show the order"
                </a>
                <Another done=done.clone() />
            </div>
            <Sum
                lines=vec![("Available credit then".to_owned(), held.available.to_string())]
                total=("The order comes to".to_owned(), held.total.to_string())
            />
        </section>
    }
}

fn next(done: &Executed) -> AnyView {
    let name = done.user.name.clone();
    let them = if done.licenses.len() == 1 { "it" } else { "them" };
    let rest = if done.sent.is_none() { " Nothing has been sent yet." } else { "" };
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
    let groups = KeyGroup::of(&done.licenses);
    let alike = match groups.as_slice() {
        // Of several, each stands with its keys.
        [_] => done.licenses.first().cloned().map(|license| view! { <Alike license=license /> }),
        _ => None,
    };
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
    let lines: Vec<_> = groups.iter().map(|group| (group.name.clone(), format!("× {}", group.keys.len()))).collect();
    view! {
        <section class="card" aria-labelledby="about">
            <h2 id="about">"Details"</h2>
            <Facts>
                <Fact name="Customer">{customer}</Fact>
                {alike}
                <Fact name="Order">
                    <a href=paths::order(done.number)>{done.number.to_string()}</a>
                </Fact>
                <Fact name="Created">
                    <Time at=done.at />
                </Fact>
            </Facts>
        </section>
        <Sum lines=lines total=("To pay to the operator".to_owned(), done.total.to_string()) />
    }
    .into_any()
}

/// What is said of all licenses of an order of one option.
#[component]
fn Alike(license: ResellerLicense) -> impl IntoView {
    let valid = license.row.valid_until.map(|at| view! { <Fact name="Valid until"><Time at=at /></Fact> });
    let updates = license.updates_until.map(|at| view! { <Fact name="Updates until"><Time at=at /></Fact> });
    let details = license.customer_details.map(|text| {
        view! {
            <Fact name="Customer details" typed=true>
                {text}
            </Fact>
        }
    });
    view! {
        <Fact name="Product">{format!("{}, {}", license.row.product, license.row.option)}</Fact>
        <Fact name="License type">{license.row.license_type.label()}</Fact>
        {valid}
        {updates}
        {details}
    }
}

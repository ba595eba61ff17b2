//! One payment in the back office: where it stands, and what somebody has to look at.

use domain::{
    Deed,
    billing::{Method, PaymentPage, PaymentState},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};

use super::{
    api::{self, Solve},
    method::state_pill,
    page::{About, PaidFor},
};
use crate::{
    Fault,
    orders::History,
    paths,
    ui::{Field, Form, Load, Notice, Only, PageHead, Submit, Time},
};

/// The route: the data is asked for while the program of the page is on its way.
#[derive(Debug)]
pub struct OfficePaymentRoute {
    page: Resource<Result<PaymentPage, Fault>>,
}

#[lazy_route]
impl LazyRoute for OfficePaymentRoute {
    fn data() -> Self {
        let params = use_params_map();
        let number = Memo::new(move |_| params.with(|params| params.get("number").unwrap_or_default()));
        Self { page: Resource::new(move || number.get(), api::find_any) }
    }

    fn view(this: Self) -> AnyView {
        let OfficePaymentRoute { page } = this;
        let solve = ServerAction::<Solve>::new();
        let done = Callback::new(move |()| page.refetch());
        view! {
            <Load from=page like="text" let:found>
                <Payment page=found solve=solve done=done />
            </Load>
        }
        .into_any()
    }
}

#[component]
fn Payment(page: PaymentPage, solve: ServerAction<Solve>, done: Callback<()>) -> impl IntoView {
    let row = page.row.clone();
    let lede = view! {
        {state_pill(row.state)}
        " "
        <a href=paths::office_account(row.account)><bdi>{row.organisation.clone()}</bdi></a>
        <span>", begun " <Time at=row.begun.clone() /> " by " <bdi>{page.begun_by.clone()}</bdi></span>
    };
    let number = row.number.to_string();
    let waits = (row.state == PaymentState::Begun && row.method == Method::BankTransfer).then(|| {
        let words = format!("Waits for {} with the reference {}.", page.missing, page.reference);
        view! { <Notice>{words}</Notice> }
    });
    view! {
        {waits}
        {row.problem.map(|problem| view! {
            <Notice kind="bad"><strong>"Somebody has to look at this. "</strong>{problem}</Notice>
            <Only may=Deed::RecordPayments>
                <Form action=solve id="solve" hidden=("number", number.clone()) on_done=done>
                    <Field name="note" label="What was done about it" hint="It stands in the audit log." />
                    <div class="actions"><Submit label="Done" /></div>
                </Form>
            </Only>
        })}
        <PageHead
            title=format!("Payment {}", row.number)
            crumb=(paths::OFFICE_BEGUN.to_owned(), "Begun payments".to_owned())
            lede=lede.into_any()
        />
        <div class="columns">
            <div class="stack" data-gap="large"><PaidFor page=page.clone() /></div>
            <aside class="stack" aria-label="About the payment">
                <About page=page.clone() />
                <History entries=page.history />
            </aside>
        </div>
    }
}

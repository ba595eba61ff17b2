//! A house in which everything is named like markup, like a formula and like an attribute, by the deeds themselves.

use domain::{
    LicenseId,
    accounts::{AccountForm, SuspensionForm},
    applications::{ApplicationsQuery, Apply, RejectForm},
    billing::{BillingSettingsForm, CancelForm, ReceiptForm, RefundForm, TopUpForm},
    contacts::{PersonForm, SignIn},
    customers::{CustomerForm, NewCustomerForm},
    licenses::EditForm,
    orders::HeldForm,
    price_lists::PriceListForm,
    products::{OptionForm, ProductForm},
};
use service::{
    Cx, Origin, accounts, applications,
    billing::{self, payments, refunds},
    contacts, customers, licenses, orders, price_lists, products, sessions,
    testing::{PASSWORD, person},
};

use super::TYPED;
use crate::{
    access::{house::House, table::Value},
    test_app::{CUSTOMER, OTHER_RESELLER, RESELLER, SUPPORT},
};

/// Names everything that there is, and does what writes these names elsewhere: orders, invoices, mails, the audit log.
pub async fn everything(house: &House) {
    name_people(house).await;
    name_what_is_sold(house).await;
    let new = new_customer(house).await;
    for customer in [house.app.customer, new] {
        buy(house, customer).await;
    }
    hold_and_cancel(house).await;
    apply(house).await;
    pay(house).await;
    sign_in(house).await;
}

fn typed() -> String {
    TYPED.to_owned()
}

async fn name_people(house: &House) {
    let (app, owner) = (&house.app, &house.app.owner);
    for id in [app.reseller.actor.account, app.world.contact(OTHER_RESELLER).await.account] {
        let page = accounts::find(owner, id).await.expect("an account");
        let form = AccountForm {
            name: typed(),
            first_name: typed(),
            last_name: typed(),
            address: format!("{TYPED}\n{TYPED}"),
            postal_code: typed(),
            city: typed(),
            ..page.form
        };
        accounts::edit(owner, app.world.key(), id, page.edition, &form).await.expect("named");
    }
    let page = customers::edit_page(&app.reseller, app.customer).await.expect("a customer");
    let form = CustomerForm { first_name: typed(), last_name: typed(), company: typed(), ..page.form };
    customers::edit(&app.reseller, app.world.key(), app.customer, page.edition, &form).await.expect("named");
    for (cx, login) in [(owner, RESELLER), (owner, OTHER_RESELLER), (owner, SUPPORT), (owner, "owner@keyhouse.example")]
    {
        name_person(house, cx, app.world.contact(login).await.id).await;
    }
    name_person(house, &app.reseller, house.id(Value::Contact)).await;
    let form = SuspensionForm { reason: format!("{TYPED}\n{TYPED}") };
    let other = app.world.contact(OTHER_RESELLER).await.account;
    accounts::suspend(owner, app.world.key(), other, &form).await.expect("suspended");
}

async fn name_person(house: &House, cx: &Cx, id: domain::ContactId) {
    let page = contacts::find(cx, id).await.expect("a person");
    let form = PersonForm {
        first_name: typed(),
        last_name: typed(),
        job_title: typed(),
        email: page.row.email,
        storefront_user: "on".to_owned(),
        ..PersonForm::default()
    };
    contacts::edit(cx, house.app.world.key(), id, page.edition, &form).await.expect("named");
}

async fn name_what_is_sold(house: &House) {
    let (app, owner) = (&house.app, &house.app.owner);
    for row in products::list(owner, None).await.expect("products").rows {
        let page = products::find(owner, row.id).await.expect("a product");
        let form = ProductForm { name: typed(), description: typed(), ..page.form };
        products::save(owner, app.world.key(), row.id, page.edition, &form).await.expect("named");
        for option in page.options {
            let page = products::option(owner, row.id, Some(option.id)).await.expect("an option");
            let form = OptionForm { name: typed(), ..page.form };
            products::save_option(owner, app.world.key(), row.id, option.id, page.edition, &form).await.expect("named");
        }
    }
    let id = house.id(Value::PriceList);
    let page = price_lists::find(owner, id, None).await.expect("a price list");
    let form = PriceListForm { name: typed(), description: format!("{TYPED}\n{TYPED}"), ..page.form };
    price_lists::save(owner, app.world.key(), id, page.edition, &form).await.expect("named");
    let page = billing::settings(owner).await.expect("the settings");
    let form = BillingSettingsForm {
        note: typed(),
        terms: typed(),
        bank_holder: typed(),
        bank_iban: "DE89 3704 0044 0532 0130 00".to_owned(),
        bank_name: typed(),
        ..page.form
    };
    billing::save_settings(owner, app.world.key(), page.edition, &form).await.expect("said");
}

async fn new_customer(house: &House) -> domain::AccountId {
    let reseller = &house.app.reseller;
    let draft = customers::begin(reseller, None).await.expect("a draft");
    let form = NewCustomerForm {
        first_name: typed(),
        last_name: typed(),
        company: typed(),
        send_link: "on".to_owned(),
        ..person("typed@typed.example")
    };
    let key = draft.to_string().parse::<uuid::Uuid>().expect("an id").into();
    customers::create(reseller, key, &form, &Default::default()).await.expect("a customer")
}

/// Three licenses with notes, which are sent, invoiced, and one of them given back.
async fn buy(house: &House, customer: domain::AccountId) {
    let (app, reseller) = (&house.app, &house.app.reseller);
    app.world.limit(reseller, 100_000_000).await;
    let option = house.id(Value::Option);
    let order = app.world.create(reseller, option, customer, 3, "permanent").await.expect("an order");
    let executed = orders::executed(reseller, order).await.expect("an order").licenses;
    let ids: Vec<LicenseId> = executed.iter().map(|license| license.row.id).collect();
    for id in ids.iter().copied() {
        let form = EditForm {
            reseller_notes: format!("{TYPED}\n{TYPED}"),
            customer_details: format!("{TYPED}\n{TYPED}"),
            ..EditForm::default()
        };
        licenses::edit(reseller, app.world.key(), id, &form).await.expect("noted");
    }
    licenses::send(reseller, app.world.key(), ids[0]).await.expect("sent");
    orders::send(reseller, app.world.key(), order).await.expect("sent");
    app.world.invoice(reseller, &ids).await;
    let form = RefundForm { reason: typed() };
    refunds::refund(reseller, app.world.key(), ids[2], &form).await.expect("given back");
}

async fn hold_and_cancel(house: &House) {
    let (app, reseller) = (&house.app, &house.app.reseller);
    app.world.limit(reseller, 0).await;
    let held = app.world.create(reseller, house.id(Value::Option), app.customer, 1, "permanent").await.expect("held");
    let number = orders::executed(reseller, held).await.expect("an order").number;
    let form = HeldForm { reason: format!("{TYPED}\n{TYPED}"), ..HeldForm::default() };
    orders::cancel(&app.owner, app.world.key(), number, &form).await.expect("canceled");
}

/// Two who apply; one is rejected.
async fn apply(house: &House) {
    let app = &house.app;
    for email in ["one@typed.example", "two@typed.example"] {
        let form = Apply {
            organisation: typed(),
            first_name: typed(),
            last_name: typed(),
            email: email.to_owned(),
            phone: "+49 30 1234".to_owned(),
            country: typed(),
            website: String::new(),
            message: format!("{TYPED}\n{TYPED}"),
        };
        applications::apply(&app.service, &app.world.origin(), app.world.key(), &form).await.expect("an application");
    }
    let queue = applications::list(&app.owner, &ApplicationsQuery::default()).await.expect("the queue").rows;
    let last = queue
        .iter()
        .rev()
        .find(|row| row.person.as_ref().is_some_and(|person| person.organisation == TYPED))
        .expect("an application");
    let form = RejectForm { reason: format!("{TYPED}\n{TYPED}") };
    applications::reject(&app.owner, app.world.key(), last.id, &form).await.expect("rejected");
}

async fn pay(house: &House) {
    let (app, owner) = (&house.app, &house.app.owner);
    let came = ReceiptForm {
        received_on: "2026-11-20".to_owned(),
        amount: "7".to_owned(),
        currency: "EUR".to_owned(),
        text: typed(),
        bank_id: typed(),
    };
    payments::record(owner, app.world.key(), &came).await.expect("recorded");
    let amount = TopUpForm { amount: "9".to_owned() };
    let number = payments::top_up(&app.reseller, app.world.key(), &amount, "bank-transfer").await.expect("begun");
    let form = CancelForm { reason: typed() };
    payments::cancel_any(owner, app.world.key(), number, &form).await.expect("canceled");
}

/// Browsers say what they like of themselves.
async fn sign_in(house: &House) {
    let app = &house.app;
    for login in [RESELLER, CUSTOMER, "owner@keyhouse.example"] {
        let form = SignIn { login: login.to_owned(), password: PASSWORD.into(), next: String::new() };
        let origin = Origin { browser: typed(), ..app.world.origin() };
        sessions::sign_in(&app.service, &origin, &form).await.expect("a session");
    }
}

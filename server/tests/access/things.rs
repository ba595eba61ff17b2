//! The things behind the doors: one of each kind, all of them `RESELLER`'s.

use domain::{
    Role,
    billing::{ReceiptForm, RefundForm, TopUpForm},
    contacts::SignIn,
    products::{Billing, Kind},
};
use service::{
    billing::{payments, refunds},
    customers, licenses, orders, sessions,
    testing::PASSWORD,
};

use super::table::Value;
use crate::test_app::{RESELLER, TestApp};

/// The ids of all of them.
pub struct Things {
    customer: String,
    license: String,
    subscribed: String,
    order: String,
    number: String,
    held_number: String,
    option: String,
    session: String,
    license_draft: String,
    customer_draft: String,
    account: String,
    contact: String,
    application: String,
    mail: String,
    price_list: String,
    product: String,
    import_draft: String,
    payment: String,
    receipt: String,
}

impl Things {
    /// Made by the deeds themselves.
    pub async fn make(app: &TestApp) -> Self {
        let (order, license) = app.order().await;
        let monthly = app.world.option("Cloud Sync", Kind::Primary, Billing::Monthly).await.id;
        let ordered =
            app.world.create(&app.reseller, monthly, app.customer, 1, "subscription").await.expect("an order");
        let subscribed = orders::executed(&app.reseller, ordered).await.expect("an order").licenses[0].row.id;
        let executed = orders::executed(&app.reseller, order).await.expect("an order");
        let number = executed.number;
        // One of them is given back, so that there is a credit note.
        let form = RefundForm { reason: "Bought by mistake".to_owned() };
        let (key, id) = (app.world.key(), executed.licenses[1].row.id);
        refunds::refund(&app.reseller, key, id, &form).await.expect("given back");
        app.world.limit(&app.reseller, 0).await;
        let dear = app.world.option("Store Cleaner", Kind::Primary, Billing::OneTime).await;
        let held = app.world.create(&app.reseller, dear.id, app.customer, 1, "permanent").await.expect("held");
        let held_number = orders::executed(&app.reseller, held).await.expect("an order").number;
        let option = app.world.option("Cloud Backup", Kind::Primary, Billing::OneTime).await;
        let (option, product) = (option.id, option.product.id);
        let form = SignIn { login: RESELLER.to_owned(), password: PASSWORD.into(), next: String::new() };
        let session = sessions::sign_in(&app.service, &app.world.origin(), &form).await.expect("a session");
        let license_draft = licenses::begin(&app.reseller, option, Some(app.customer)).await.expect("a draft");
        let customer_draft = customers::begin(&app.reseller, None).await.expect("a draft");
        let colleague = app.world.colleague(&app.reseller, "bo@acme.example", &[Role::Buyer]).await;
        let table = b"E-mail address,First name,Last name\nbo@bo.example,Bo,Bo";
        let import_draft = customers::upload(&app.reseller, table).await.expect("a draft");
        let amount = TopUpForm { amount: "5".to_owned() };
        let payment = payments::top_up(&app.reseller, app.world.key(), &amount, "bank-transfer").await.expect("begun");
        let came = ReceiptForm {
            received_on: "2026-11-20".to_owned(),
            amount: "5".to_owned(),
            currency: "EUR".to_owned(),
            ..ReceiptForm::default()
        };
        let receipt = payments::record(&app.owner, app.world.key(), &came).await.expect("recorded");
        Self {
            payment: payment.to_string(),
            receipt: receipt.to_string(),
            account: app.reseller.actor.account.to_string(),
            contact: colleague.actor.contact.to_string(),
            customer: app.customer.to_string(),
            license: license.to_string(),
            subscribed: subscribed.to_string(),
            order: order.to_string(),
            number: number.0.to_string(),
            held_number: held_number.0.to_string(),
            option: option.to_string(),
            session: session.actor.session.to_string(),
            license_draft: license_draft.to_string(),
            customer_draft: customer_draft.to_string(),
            application: app.application().await.to_string(),
            mail: app.world.letters().await.last().expect("a mail").id.to_string(),
            price_list: price_list(app).await,
            product: product.to_string(),
            import_draft: import_draft.to_string(),
        }
    }

    /// What is sent for a value of the table.
    pub fn text(&self, value: Value, key: &str) -> String {
        match value {
            Value::Text(text) => text,
            Value::Key => key,
            Value::Customer => &self.customer,
            Value::License => &self.license,
            Value::Subscribed => &self.subscribed,
            Value::Order => &self.order,
            Value::Number => &self.number,
            Value::HeldNumber => &self.held_number,
            Value::Option => &self.option,
            Value::Session => &self.session,
            Value::LicenseDraft => &self.license_draft,
            Value::Account => &self.account,
            Value::Contact => &self.contact,
            Value::CustomerDraft => &self.customer_draft,
            Value::Application => &self.application,
            Value::Mail => &self.mail,
            Value::PriceList => &self.price_list,
            Value::Product => &self.product,
            Value::ImportDraft => &self.import_draft,
            Value::Payment => &self.payment,
            Value::Receipt => &self.receipt,
        }
        .to_owned()
    }
}

/// The price list of `RESELLER`.
async fn price_list(app: &TestApp) -> String {
    let mut tx = app.service.store.read().await.expect("a transaction");
    let account = store::accounts::by_id(&mut tx, app.reseller.actor.account).await.expect("an account");
    account.and_then(|account| account.price_list).expect("a price list").to_string()
}

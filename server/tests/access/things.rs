//! The things behind the doors: one of each kind, all of them `RESELLER`'s.

use domain::{
    contacts::SignIn,
    products::{Billing, Kind},
};
use service::{customers, licenses, sessions, testing::PASSWORD};

use super::table::Value;
use crate::test_app::{RESELLER, TestApp};

/// The ids of all of them.
pub struct Things {
    customer: String,
    license: String,
    order: String,
    option: String,
    session: String,
    license_draft: String,
    customer_draft: String,
    import_draft: String,
}

impl Things {
    /// Made by the deeds themselves.
    pub async fn make(app: &TestApp) -> Self {
        let (order, license) = app.order().await;
        let option = app.world.option("Cloud Backup", Kind::Primary, Billing::OneTime).await.id;
        let form = SignIn { login: RESELLER.to_owned(), password: PASSWORD.into(), next: String::new() };
        let session = sessions::sign_in(&app.service, &app.world.origin(), &form).await.expect("a session");
        let license_draft = licenses::begin(&app.reseller, option, Some(app.customer)).await.expect("a draft");
        let customer_draft = customers::begin(&app.reseller, None).await.expect("a draft");
        let table = b"E-mail address,First name,Last name\nbo@bo.example,Bo,Bo";
        let import_draft = customers::upload(&app.reseller, table).await.expect("a draft");
        Self {
            customer: app.customer.to_string(),
            license: license.to_string(),
            order: order.to_string(),
            option: option.to_string(),
            session: session.actor.session.to_string(),
            license_draft: license_draft.to_string(),
            customer_draft: customer_draft.to_string(),
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
            Value::Order => &self.order,
            Value::Option => &self.option,
            Value::Session => &self.session,
            Value::LicenseDraft => &self.license_draft,
            Value::CustomerDraft => &self.customer_draft,
            Value::ImportDraft => &self.import_draft,
        }
        .to_owned()
    }
}

//! What is there before the power is cut: Acme with two products and a customer, and staff, made past the screens.

use chrono::Duration;
use domain::{
    AccountId, FormKey, LicenseId, OptionId,
    orders::OrderNumber,
    products::{Billing, Kind},
};
use service::{Cx, licenses, orders, testing::World, tokens::Token};
use store::sessions::Session;

use super::{Cause, Form};

/// A reseller's business on a database that the program will be started on.
pub struct Shop {
    pub world: World,
    pub owner: Cx,
    pub acme: Cx,
    /// At 70.00, bought once.
    pub once: OptionId,
    /// At 70.00 a month.
    pub monthly: OptionId,
    /// A customer of Acme.
    pub anna: AccountId,
}

impl Shop {
    pub async fn open(url: &str) -> Self {
        let world = World::on(url).await;
        let owner = world.owner().await;
        let acme = world.reseller("acme").await;
        let once = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
        let monthly = world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
        let anna = world.customer(&acme, "anna@northwind.example").await;
        Self { world, owner, acme, once, monthly, anna }
    }

    /// The last step of a wizard for two licenses, and its key.
    pub async fn wizard(&self) -> FormKey {
        let draft = self.world.draft(&self.acme, self.once, self.anna, 2, "permanent").await.expect("a draft");
        FormKey::parse(&draft.to_string()).expect("a key")
    }

    /// An order of two licenses that is held, since nothing may be owed.
    pub async fn held(&self) -> OrderNumber {
        self.world.limit(&self.acme, 0).await;
        let order = licenses::create(&self.acme, self.wizard().await, 14_000).await.expect("accepted");
        orders::executed(&self.acme, order).await.expect("the order").number
    }

    /// Two licenses that were bought, on the first invoice; one of them.
    pub async fn bought(&self) -> LicenseId {
        let order = licenses::create(&self.acme, self.wizard().await, 14_000).await.expect("executed");
        orders::executed(&self.acme, order).await.expect("the order").licenses[0].row.id
    }

    /// A form that `cx` sends, with a key of its own.
    pub async fn form(&self, cx: &Cx, endpoint: &'static str, fields: &[(&'static str, String)]) -> Cause {
        self.form_of(cx, self.world.key(), endpoint, fields).await
    }

    /// The same with a key that the form has, as a wizard's.
    pub async fn form_of(
        &self,
        cx: &Cx,
        key: FormKey,
        endpoint: &'static str,
        fields: &[(&'static str, String)],
    ) -> Cause {
        let fields = [&[("idempotency_key", key.to_string())], fields].concat();
        Cause::Form(Form { session: self.session(cx).await, endpoint, fields })
    }

    /// Signs somebody in.
    async fn session(&self, cx: &Cx) -> String {
        let (token, now) = (Token::new(&self.world.service.random), cx.now());
        let session = Session {
            id: self.world.service.random.id(now),
            contact: cx.actor.contact,
            address: "192.0.2.7".to_owned(),
            browser: String::new(),
            created_at: now,
            used_at: now,
            expires_at: now + Duration::hours(12),
            second_factor_due_at: None,
            confirmed_at: now,
        };
        let mut tx = self.world.service.store.write().await.expect("a transaction");
        store::sessions::insert(&mut tx, &session, &token.hash()).await.expect("a session");
        tx.commit().await.expect("a session");
        token.reveal().to_owned()
    }
}

//! A whole portal in one line: two resellers, customers, licenses, and a browser for each person.

use std::sync::Arc;

use axum::Router;
use domain::{
    AccountId, ApplicationId, FormKey, LicenseId, OrderId, Role,
    applications::{ApplicationsQuery, Apply},
    products::{Billing, Kind},
};
use server::{Closing, Network, Shared, router::router};
use service::{
    Cx, Service, Settings, applications, customers, orders,
    random::Random,
    testing::{PASSWORD, World, person, twice},
};

use crate::browser::Browser;

/// The operator's owner.
pub const OWNER: &str = "owner@keyhouse.example";
/// The reseller whose things the stories are about.
pub const RESELLER: &str = "admin@acme.example";
/// Another one, who must not see them.
pub const OTHER_RESELLER: &str = "admin@globex.example";
/// A customer of `RESELLER`.
pub const CUSTOMER: &str = "anna@northwind.example";
/// Another customer of `RESELLER`, whose password somebody else has chosen (A10).
pub const PASSWORD_DUE: &str = "lee@contoso.example";

/// Of `RESELLER`'s team, with one role (A8).
pub const BUYER: &str = "buyer@acme.example";
/// Of the operator's staff, with one role (A9).
pub const SUPPORT: &str = "support@keyhouse.example";

/// A portal with people in it.
pub struct TestApp {
    pub world: World,
    pub service: Arc<Service>,
    pub closing: Closing,
    /// Deeds done by the owner, past the screens.
    pub owner: Cx,
    /// Deeds done by the reseller, past the screens.
    pub reseller: Cx,
    /// `CUSTOMER`, as its reseller knows it.
    pub customer: AccountId,
    router: Router,
    base_url: String,
}

impl TestApp {
    /// At the address that the program has by itself.
    pub async fn new() -> Self {
        Self::at("http://127.0.0.1:3000").await
    }

    /// At another address.
    pub async fn at(base_url: &str) -> Self {
        let base_url = base_url.parse().expect("an address");
        Self::behind(Network { base_url, trusted_proxy: false, requests_per_second: 0 }).await
    }

    /// With other settings.
    pub async fn with(change: impl FnOnce(Settings) -> Settings) -> Self {
        let base_url = "http://127.0.0.1:3000".parse().expect("an address");
        Self::build(Network { base_url, trusted_proxy: false, requests_per_second: 0 }, change).await
    }

    /// Behind another network.
    pub async fn behind(network: Network) -> Self {
        Self::build(network, |settings| settings).await
    }

    async fn build(network: Network, change: impl FnOnce(Settings) -> Settings) -> Self {
        let base_url = network.base_url.as_str().trim_end_matches('/').to_owned();
        let world = World::new().await;
        let owner = world.owner().await;
        world.colleague(&owner, SUPPORT, &[Role::Support]).await;
        let reseller = world.reseller("acme").await;
        world.colleague(&reseller, BUYER, &[Role::Buyer]).await;
        world.reseller("globex").await;
        let customer = world.customer(&reseller, CUSTOMER).await;
        world.as_customer(CUSTOMER).await;
        let draft = customers::begin(&reseller, None).await.expect("a draft");
        let key = draft.to_string().parse::<uuid::Uuid>().expect("an id").into();
        customers::create(&reseller, key, &person(PASSWORD_DUE), &twice(PASSWORD)).await.expect("a customer");

        let settings = change(Settings { base_url: base_url.clone(), ..world.service.settings.clone() });
        let (store, clock) = (world.service.store.clone(), world.service.clock.clone());
        let service = Service::new(store, clock, Random::seeded(11), settings);
        let shared = Shared::new(service.clone(), network);
        let closing = shared.closing.clone();
        let owner = Cx::new(service.clone(), owner.actor, owner.origin);
        let reseller = Cx::new(service.clone(), reseller.actor, reseller.origin);
        Self { world, service, closing, owner, reseller, customer, router: router(shared), base_url }
    }

    /// Somebody's browser, signed out.
    pub fn anon(&self) -> Browser {
        Browser::new(self.router.clone(), &self.base_url)
    }

    /// The browser of a person, signed in by the form.
    pub async fn signed_in(&self, login: &str) -> Browser {
        let mut browser = self.anon();
        let answer = browser
            .submit("/login", "sessions/sign_in", &[("login", login), ("password", PASSWORD), ("next", "")])
            .await;
        assert_eq!(answer.status, 303, "{login}: {answer:?}");
        assert!(browser.is_signed_in(), "{login}: {answer:?}");
        browser
    }

    /// Three licenses of `CUSTOMER`, made by `RESELLER`.
    pub async fn order(&self) -> (OrderId, LicenseId) {
        let option = self.world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
        let order = self.world.create(&self.reseller, option.id, self.customer, 3, "permanent").await;
        let order = order.expect("three licenses");
        let executed = orders::executed(&self.reseller, order).await.expect("the order");
        (order, executed.licenses[0].row.id)
    }

    /// How many rows a table has, or those of it that `where` names.
    pub async fn rows(&self, table: &str) -> i64 {
        store::testing::rows_of(&self.world.url, &[table]).await[0].1
    }

    /// How much room the database takes on the disk.
    pub fn bytes(&self) -> u64 {
        let file = self.world.url.strip_prefix("sqlite:").expect("a file");
        let size = |ending| std::fs::metadata(format!("{file}{ending}")).map_or(0, |file| file.len());
        size("") + size("-wal")
    }

    /// Somebody's application as a reseller, which waits.
    pub async fn application(&self) -> ApplicationId {
        let form = Apply {
            organisation: "Initech".to_owned(),
            first_name: "Ida".to_owned(),
            last_name: "Ng".to_owned(),
            email: "ida@initech.example".to_owned(),
            phone: "+49 30 1234".to_owned(),
            country: "Germany".to_owned(),
            ..Apply::default()
        };
        let origin = self.world.origin();
        applications::apply(&self.service, &origin, self.world.key(), &form).await.expect("an application");
        let queue = applications::list(&self.owner, &ApplicationsQuery::default()).await.expect("the queue");
        queue.rows.last().expect("an application").id
    }
}

/// The form of an application by that person, with that key.
pub fn application<'a>(key: &'a str, email: &'a str) -> [(&'a str, &'a str); 8] {
    [
        (FormKey::FIELD, key),
        ("organisation", "Initech"),
        ("first_name", "Ida"),
        ("last_name", "Ng"),
        ("email", email),
        ("phone", "+49 30 1234"),
        ("country", "Germany"),
        ("message", "Brooms,\nto <offices>"),
    ]
}

//! A shop that takes cards: a reseller who owes for three licenses, staff, and Stripe as the stand-in is it.

use std::sync::Arc;

use axum::Router;
use domain::{
    LicenseId,
    billing::{PayForm, PaymentNumber, PaymentPage, PaymentState, ToPayForm},
    licenses::{LicensesQuery, PaymentStatus},
    products::{Billing, Kind},
};
use server::payments::stripe::webhook;
use service::{Cx, Service, Settings, billing::payments, licenses, random::Random, testing::World, verify::verify};

use super::stand_in::StandIn;

/// Acme with three licenses at 70.00, at an operator that takes cards.
pub struct Shop {
    pub stripe: StandIn,
    pub world: World,
    pub service: Arc<Service>,
    pub acme: Cx,
    pub owner: Cx,
    pub licenses: Vec<LicenseId>,
    pub webhook: Router,
}

/// One of them.
pub async fn shop() -> Shop {
    let (stripe, world) = (StandIn::start().await, World::new().await);
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    world.create(&acme, option, anna, 3, "permanent").await.expect("three licenses");
    let card = Arc::new(stripe.client());
    let settings = Settings { card: Some(card.clone()), ..world.service.settings.clone() };
    let (store, clock) = (world.service.store.clone(), world.service.clock.clone());
    let service = Service::new(store, clock, Random::seeded(11), settings);
    let acme = Cx::new(service.clone(), acme.actor, acme.origin);
    let owner = Cx::new(service.clone(), owner.actor, owner.origin);
    let list = licenses::list(&acme, &LicensesQuery::default()).await.expect("a list");
    let licenses = list.rows.iter().map(|row| row.id).collect();
    let heard = service.clone();
    let heard = move |event| {
        let service = heard.clone();
        async move { payments::hear(&service, &event).await }
    };
    let webhook = webhook::routes(card, service.clock.clone(), heard);
    Shop { stripe, world, service, acme, owner, licenses, webhook }
}

impl Shop {
    /// Begins to pay for all three by card.
    pub async fn begin(&self) -> PaymentNumber {
        let form = PayForm {
            license: ToPayForm::of_licenses(&self.licenses).license,
            total: "21000".to_owned(),
            method: "card".to_owned(),
            accept: "on".to_owned(),
            terms: self.world.terms_of_payments().await,
            ..PayForm::default()
        };
        payments::begin(&self.acme, self.world.key(), &form).await.expect("begun")
    }

    /// The payment as finance sees it.
    pub async fn page(&self, number: PaymentNumber) -> PaymentPage {
        payments::find_any(&self.owner, number).await.expect("the payment")
    }

    /// The page that was opened first.
    pub fn session(&self) -> String {
        self.stripe.account().sessions.keys().next().expect("a session").clone()
    }

    /// Where the payment stands, how many licenses are paid, and what is owed.
    pub async fn standing(&self, number: PaymentNumber) -> (PaymentState, usize, i64) {
        let list = licenses::list(&self.acme, &LicensesQuery::default()).await.expect("a list");
        let paid = list.rows.iter().filter(|row| row.payment == Some(PaymentStatus::Paid)).count();
        let billed = self.world.billed(&self.acme).await;
        (self.page(number).await.row.state, paid, billed.balance.minor)
    }

    /// Everything is recounted, and nothing is found.
    pub async fn is_sound(&self) {
        assert_eq!(verify(&self.world.service).await.expect("recounted"), []);
    }
}

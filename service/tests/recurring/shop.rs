//! Acme in Berlin with a subscription at 70.00 a month, charged from the first of the month, with 19 % tax.

use chrono::{Duration, NaiveDate};
use domain::{
    AccountId, FormKey, LicenseId, Money, OptionId,
    accounts::BillingDay,
    billing::{EntryKind, Subscribed},
    licenses::{LicensesQuery, PaymentStatus, ResellerRow, Type},
    orders::{BasketLine, QuotedLine, State},
    products::{Billing, Kind},
};
use service::{Cx, billing, licenses, moment::Zone, orders, testing::World, verify::verify};

pub struct Shop {
    pub world: World,
    pub owner: Cx,
    pub acme: Cx,
    pub monthly: OptionId,
    pub anna: AccountId,
}

/// On 21 November 2026, 11:00 in Berlin.
pub async fn shop(world: World) -> Shop {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    world.bill(&acme, "Europe/Berlin", Some(BillingDay::First), 1_900).await;
    let monthly = world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    Shop { world, owner, acme, monthly, anna }
}

/// Orders so many of an option for somebody, at what the wizard shows. Gives the licenses.
pub async fn subscribe(world: &World, cx: &Cx, option: OptionId, user: AccountId, quantity: u32) -> Vec<LicenseId> {
    let draft = world.draft(cx, option, user, quantity, "subscription").await.expect("a draft");
    let key = FormKey::parse(&draft.to_string()).expect("a key");
    let id = licenses::create(cx, key, shown(cx, draft, quantity).await.minor).await.expect("an order");
    let executed = orders::executed(cx, id).await.expect("the result");
    assert_eq!(executed.state, State::Executed);
    executed.licenses.iter().map(|license| license.row.id).collect()
}

/// What the last step of the wizard shows to be paid.
async fn shown(cx: &Cx, draft: domain::DraftId, quantity: u32) -> Money {
    let wizard = licenses::wizard(cx, draft).await.expect("the wizard");
    let seen = wizard.offer.unit_price(quantity);
    let line = BasketLine { option: wizard.offer.option, license_type: Type::Subscription, quantity, seen };
    let quoted = QuotedLine::of(line, &wizard.offer, wizard.billing, &wizard.billed_to).expect("countable");
    quoted.charge.amount().gross()
}

impl Shop {
    pub async fn subscribe(&self, quantity: u32) -> Vec<LicenseId> {
        subscribe(&self.world, &self.acme, self.monthly, self.anna, quantity).await
    }

    /// Lets time pass until a day begins in Berlin in winter, and a while more.
    pub fn until(&self, day: &str, more: Duration) {
        let day: NaiveDate = day.parse().expect("a day");
        let to = day.and_hms_opt(0, 0, 0).expect("midnight").and_utc() - Duration::hours(1) + more;
        self.world.pass(to - self.acme.now());
    }

    pub async fn run(&self) -> usize {
        billing::recur::run(&self.world.service).await.expect("it ran")
    }

    /// The charges of the ledger, oldest first.
    pub async fn charges(&self) -> Vec<i64> {
        let account = self.acme.actor.account;
        let mut tx = self.world.service.store.read().await.expect("a transaction");
        let entries = store::ledger::page(&mut tx, &self.acme.scope(), account, None, 1_000).await.expect("a ledger");
        let charges = entries.iter().rev().filter(|stored| stored.entry.kind == EntryKind::Charge);
        charges.map(|stored| stored.entry.amount.minor).collect()
    }

    /// What is owed, and what is kept for charges in arrears.
    pub async fn owed(&self) -> (i64, i64) {
        let billed = self.world.billed(&self.acme).await;
        (billed.balance.minor, billed.arrears.minor)
    }

    /// The licenses, oldest first.
    pub async fn rows(&self) -> Vec<ResellerRow> {
        let mut rows = licenses::list(&self.acme, &LicensesQuery::default()).await.expect("a list").rows;
        rows.reverse();
        rows
    }

    /// When they are over, to the second, and whether they are paid. What is shown is the last day before (L10).
    pub async fn valid(&self) -> Vec<(String, Option<PaymentStatus>)> {
        let (mut valid, zone) = (Vec::new(), Zone::named("Europe/Berlin"));
        for row in self.rows().await {
            let mut tx = self.world.service.store.read().await.expect("a transaction");
            let named = store::licenses::find(&mut tx, &self.acme.scope(), row.id).await.expect("an answer");
            let end = named.and_then(|named| named.license.life.valid_until).expect("an end");
            let last = zone.day(end).pred_opt().map(domain::time::day);
            assert_eq!(row.valid_until.map(|until| until.date), last, "L10");
            valid.push((zone.moment(end).exact, row.payment));
        }
        valid
    }

    pub async fn unpaid(&self) -> i64 {
        licenses::list(&self.acme, &LicensesQuery::default()).await.expect("a list").unpaid.count
    }

    pub async fn shown(&self, license: LicenseId) -> Subscribed {
        licenses::find(&self.acme, license).await.expect("the license").subscription.expect("a subscription")
    }

    pub async fn is_sound(&self) {
        assert_eq!(verify(&self.world.service).await.expect("recounted"), []);
    }
}

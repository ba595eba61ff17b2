//! Years of many resellers, told in minutes: every kind of billing day, zones on both sides of the date line, weeks in which nobody
//! looks, payments, changes. A small one here; `make simulate` tells of 1,000 resellers over 5 years.

use std::time::Instant;

use chrono::Duration;
use domain::{
    LicenseId, OptionId,
    accounts::BillingDay,
    billing::{EntryKind, OptionBilling, Proration, QuantityForm, Subscription, Timing},
    products::{Billing, Kind},
};
use service::{
    Cx,
    billing::{
        recur,
        subscriptions::{add, cancel, go_on, more, renew},
    },
    testing::World,
    verify::verify,
};

use super::shop::subscribe;

const ZONES: [&str; 6] =
    ["Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Kolkata", "UTC"];
const DAYS: [Option<BillingDay>; 7] = [
    None,
    Some(BillingDay::First),
    Some(BillingDay::Last),
    Some(BillingDay::FirstOrder),
    Some(BillingDay::Fixed(15)),
    Some(BillingDay::Fixed(29)),
    Some(BillingDay::Fixed(31)),
];
const TAXES: [u16; 4] = [0, 700, 1_900, 2_125];

/// A reseller with what it was sold at first. Every second one changes nothing, so that what it owes can be reckoned anew.
struct Reseller {
    cx: Cx,
    first: Vec<LicenseId>,
    changes: bool,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn b1_no_day_is_charged_twice_or_missed_over_years() {
    let world = World::new().await;
    let (count, years) = (told("KEYHOUSE_RESELLERS", 14), told("KEYHOUSE_YEARS", 1));
    let began = Instant::now();
    let options = options(&world).await;
    let mut resellers = Vec::new();
    for at in 0..usize::try_from(count).expect("a number") {
        resellers.push(reseller(&world, &options, at).await);
        if at % 10 == 0 {
            world.pass(Duration::hours(7));
        }
    }
    let end = world.service.clock.now() + Duration::days(366 * years);
    let (mut chance, mut charged, mut runs) = (Chance(7), 0, 0);
    while world.service.clock.now() < end {
        // Mostly a day, sometimes a week or three in which nobody looked.
        let hours = [5, 24, 24, 24, 31, 24 * 7, 24 * 20][chance.below(7)];
        world.pass(Duration::hours(hours));
        charged += recur::run(&world.service).await.expect("it ran");
        runs += 1;
        for _ in 0..resellers.len().div_ceil(40) {
            something(&world, &resellers[chance.below(resellers.len())], &mut chance).await;
        }
    }
    recur::run(&world.service).await.expect("it ran");
    assert_eq!(recur::run(&world.service).await.expect("it ran"), 0);
    println!("{count} resellers over {years} years: {charged} charged in {runs} runs, {:?}", began.elapsed());
    assert!(charged > 0);
    for reseller in resellers.iter().filter(|reseller| !reseller.changes) {
        owes_what_is_reckoned_anew(&world, reseller).await;
    }
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
    println!("recounted after {:?}", began.elapsed());
}

/// As many as the variable says, or as usual.
fn told(variable: &str, usual: i64) -> i64 {
    std::env::var(variable).ok().and_then(|told| told.parse().ok()).unwrap_or(usual)
}

/// One of each kind of billing.
async fn options(world: &World) -> Vec<OptionId> {
    let monthly = OptionBilling::default();
    let kinds = [
        (Billing::Monthly, monthly),
        (Billing::Yearly, monthly),
        (Billing::Monthly, OptionBilling { timing: Timing::Arrears, ..monthly }),
        (Billing::Yearly, OptionBilling { timing: Timing::Arrears, billing_day: Some(BillingDay::Last), ..monthly }),
        (Billing::Monthly, OptionBilling { proration: Proration::WholePeriod, ..monthly }),
        (Billing::Monthly, OptionBilling { proration: Proration::Excluded, ..monthly }),
    ];
    let mut options = Vec::new();
    for (at, (billing, terms)) in kinds.into_iter().enumerate() {
        let option = world.option(&format!("Product {at}"), Kind::Primary, billing).await.id;
        world.bill_option(option, terms).await;
        options.push(option);
    }
    options
}

async fn reseller(world: &World, options: &[OptionId], at: usize) -> Reseller {
    let cx = world.reseller(&format!("reseller-{at}")).await;
    world.bill(&cx, ZONES[at % ZONES.len()], DAYS[at % DAYS.len()], TAXES[at % TAXES.len()]).await;
    let mut first = Vec::new();
    for option in [options[at % options.len()], options[(at / 2 + 1) % options.len()]] {
        let quantity = 1 + u32::try_from(at % 3).expect("few");
        first.push(subscribe(world, &cx, option, cx.actor.account, quantity).await[0]);
    }
    Reseller { cx, first, changes: at % 2 == 1 }
}

/// Somebody pays, and some change something; what the rules refuse is left.
async fn something(world: &World, Reseller { cx, first, changes }: &Reseller, chance: &mut Chance) {
    let owed = world.billed(cx).await.balance.minor;
    if owed > 0 && chance.below(2) == 0 {
        world.receive(cx, owed + [-1, 0, 0, 700][chance.below(4)].max(1 - owed)).await;
    }
    if !changes {
        return;
    }
    let (license, form) = (first[chance.below(first.len())], QuantityForm { quantity: "1".to_owned() });
    let done = match chance.below(8) {
        0 => cancel(cx, world.key(), license).await,
        1..4 => go_on(cx, world.key(), license).await,
        4 => renew(cx, world.key(), license, &form).await,
        5 => match more(cx, license, &form).await {
            Ok(more) => {
                let seen = more.charge.amount().gross().minor;
                add(cx, world.key(), license, &form, seen).await.map(drop)
            }
            Err(error) => Err(error),
        },
        _ => Ok(()),
    };
    if let Err(error) = done {
        assert!(matches!(error, service::Error::Refused(_)), "{error}");
    }
}

/// What was charged is what a subscription costs that begins anew and is looked at once, today.
async fn owes_what_is_reckoned_anew(world: &World, Reseller { cx, first, .. }: &Reseller) {
    let tax = world.billed(cx).await.tax;
    let mut tx = world.service.store.read().await.expect("a transaction");
    let (account, scope) = (cx.actor.account, cx.scope());
    let stored = store::accounts::by_id(&mut tx, account).await.expect("an answer").expect("an account");
    let today = service::moment::Zone::of(&stored).day(cx.now());
    let mut reckoned = 0;
    for license in first {
        let line = store::licenses::find(&mut tx, &scope, *license).await.expect("an answer").expect("a license");
        let line = line.license.order_line;
        let kept = store::subscriptions::find(&mut tx, line).await.expect("an answer").expect("a subscription");
        let Subscription { schedule, first, .. } = kept.subscription;
        let anew = Subscription::of(schedule, first.unit, first.quantity).due(today, tax).expect("countable");
        reckoned += anew.iter().map(|charge| charge.amount().gross().minor).sum::<i64>();
    }
    let entries = store::ledger::page(&mut tx, &scope, account, None, 100_000).await.expect("a ledger");
    let charged = entries.iter().filter(|stored| stored.entry.kind == EntryKind::Charge);
    assert_eq!(charged.map(|stored| stored.entry.amount.minor).sum::<i64>(), reckoned, "{}", cx.actor.organisation);
}

/// Numbers that look random and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }
}

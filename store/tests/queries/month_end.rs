//! What happened in a month, as the database adds it up.

use domain::{
    BasisPoints, Currency, Money, Timestamp,
    billing::{Entry, EntryKind, Tally, What},
    licenses::{CustomerPaid, Type},
};
use store::{
    accounts,
    charges::{self, Charge},
    ledger,
    licenses::License,
    month_end::{self, Whose},
};

use crate::world::{Reseller, World, days, noon, operator, untaxed};

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn tally(count: i64, minor: i64) -> Tally {
    Tally { count, amount: Money::new(minor, Currency::EUR) }
}

fn whose(reseller: &Reseller) -> Whose {
    Whose::of(&reseller.scope, &reseller.account).expect("its own")
}

/// From noon, for so many days.
fn time(length: i64) -> std::ops::Range<Timestamp> {
    noon()..noon() + days(length)
}

/// One more charge of a license.
async fn charge(world: &World, reseller: &Reseller, license: &License, minor: i64, at: Timestamp) -> Charge {
    let charge = Charge {
        id: world.id(),
        account: reseller.account.id,
        license: license.id,
        order_line: license.order_line,
        unit: Money::new(minor, Currency::EUR),
        amount: untaxed(Money::new(minor, Currency::EUR)),
        rate: BasisPoints::new(0).expect("none"),
        period: None,
        part: None,
        invoice_from: None,
        replaces: None,
        created_at: at,
    };
    let mut tx = world.write().await;
    charges::insert(&mut tx, &charge).await.expect("a charge");
    let (gross, nothing) = (charge.amount.gross(), Money::zero(Currency::EUR));
    accounts::owe(&mut tx, reseller.account.id, gross, nothing).await.expect("owed");
    tx.commit().await.expect("a commit");
    charge
}

/// An entry that settles a charge as far as it reaches.
async fn enter(
    world: &World,
    reseller: &Reseller,
    kind: EntryKind,
    minor: i64,
    settles: Option<(&Charge, i64)>,
    at: Timestamp,
) {
    let entry = Entry { kind, amount: Money::new(minor, Currency::EUR) };
    let mut tx = world.write().await;
    let seq = ledger::insert(&mut tx, reseller.account.id, entry, None, None, at).await.expect("an entry");
    if let Some((charge, minor)) = settles {
        let share = Money::new(minor, Currency::EUR);
        assert!(ledger::settle(&mut tx, seq, charge.id, share, at).await.expect("settled"));
    }
    tx.commit().await.expect("a commit");
}

on_both! {
    async fn l8_the_first_charge_of_a_license_was_bought_and_the_others_are_renewals(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let own = crate::world::Customer { account: acme.account.clone(), ..northwind.clone() };
        let option = world.option("Cloud Backup").await;
        let sold = world.sell(&acme, &northwind, &option, 2, |_, _| {}).await.remove(0).license;
        world.sell(&acme, &own, &option, 1, |_, _| {}).await;
        charge(&world, &acme, &sold, 500, noon()).await;
        charge(&world, &acme, &sold, 700, noon() + days(40)).await;
        enter(&world, &acme, EntryKind::Payment, 300, None, noon() + days(3)).await;
        enter(&world, &acme, EntryKind::Payment, -100, None, noon() + days(4)).await;
        enter(&world, &acme, EntryKind::Credit, 50, None, noon() + days(5)).await;
        let mut tx = world.read().await;
        let found = month_end::entries(&mut tx, whose(&acme), &time(30)).await.expect("sums");
        let of = |what| found.iter().find(|(of, _)| *of == what).map(|(_, tally)| *tally);
        assert_eq!(of(What::Bought), Some(tally(3, 3 * 19_900)));
        assert_eq!((of(What::SoldOn), of(What::Renewed)), (Some(tally(2, 0)), Some(tally(1, 500))));
        // What takes back a mistake lowers the amount, and is not counted.
        assert_eq!((of(What::Paid), of(What::Credited)), (Some(tally(1, 200)), Some(tally(1, 50))));
        let later = noon() + days(30)..noon() + days(60);
        let found = month_end::entries(&mut tx, whose(&acme), &later).await.expect("sums");
        assert_eq!(found, [(What::Renewed, tally(1, 700))]);
    }

    async fn c1_what_was_owed_at_any_time_is_what_is_owed_now_without_what_happened_since(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Cloud Backup").await;
        let sold = world.sell(&acme, &northwind, &option, 1, |_, _| {}).await.remove(0).license;
        let times = ["2026-11-30T22:59:59.999999Z", "2026-11-30T23:00:00Z", "2026-12-01T00:00:00Z", "2026-12-31T23:00:00Z"];
        for (place, time) in times.into_iter().enumerate() {
            charge(&world, &acme, &sold, 10_i64.pow(place as u32), at(time)).await;
        }
        enter(&world, &acme, EntryKind::Payment, 20_000, None, at("2026-12-15T12:00:00Z")).await;
        let mut tx = world.read().await;
        for (time, owed) in [
            ("2026-11-21T12:00:00Z", 0),
            ("2026-11-21T12:00:00.000001Z", 19_900),
            // A month in Berlin begins at 23:00 in UTC.
            ("2026-11-30T23:00:00Z", 19_901),
            ("2026-12-01T00:00:00Z", 19_911),
            ("2026-12-15T12:00:00Z", 20_011),
            ("2026-12-31T23:00:00Z", 11),
            ("2027-06-01T00:00:00Z", 1_011),
        ] {
            let found = month_end::owed_at(&mut tx, whose(&acme), at(time)).await.expect("a sum");
            assert_eq!(found, Money::new(owed, Currency::EUR), "{time}");
        }
        let nothing = month_end::owed_at(&mut tx, whose(&globex), noon()).await.expect("a sum");
        assert_eq!(nothing, Money::zero(Currency::EUR));
    }

    async fn b5_what_was_open_at_a_time_is_told_whatever_was_settled_since(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Cloud Backup").await;
        let sold = world.sell(&acme, &northwind, &option, 1, |_, _| {}).await.remove(0).license;
        let second = charge(&world, &acme, &sold, 1_000, noon() + days(1)).await;
        charge(&world, &acme, &sold, 77, noon() + days(9)).await;
        enter(&world, &acme, EntryKind::Payment, 400, Some((&second, 400)), noon() + days(10)).await;
        enter(&world, &acme, EntryKind::Credit, 600, Some((&second, 600)), noon() + days(20)).await;
        let mut tx = world.read().await;
        let mut open = async |charged: i64, at: i64| {
            let (charged, at) = (noon() + days(charged), noon() + days(at));
            month_end::open_at(&mut tx, whose(&acme), charged, at).await.expect("a sum")
        };
        assert_eq!(open(5, 5).await, tally(2, 19_900 + 1_000));
        assert_eq!(open(5, 15).await, tally(2, 19_900 + 600));
        assert_eq!(open(5, 25).await, tally(1, 19_900));
        assert_eq!(open(1, 5).await, tally(1, 19_900));
        assert_eq!(open(0, 5).await, tally(0, 0));
        assert_eq!(open(10, 25).await, tally(2, 19_900 + 77));
    }

    async fn l8_what_a_customer_paid_is_counted_by_its_day_and_what_ends_by_its_time(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Cloud Backup").await;
        let day = |day: u32| chrono::NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
        world
            .sell(&acme, &northwind, &option, 5, |place, license| {
                license.customer_paid = CustomerPaid([None, Some(day(1)), Some(day(30)), Some(day(29)), None][place as usize]);
                license.license_type = Type::Subscription;
                license.life.valid_until = Some(noon() + days([0, 1, 2, 3, 1][place as usize]));
                license.life.revoked = (place == 4).then(noon);
            })
            .await;
        let mut tx = world.read().await;
        let paid = month_end::customer_paid(&mut tx, whose(&acme), (day(1), day(29))).await.expect("a count");
        assert_eq!(paid, tally(2, 0));
        assert_eq!(month_end::ending(&mut tx, whose(&acme), &time(3)).await.expect("a count"), tally(3, 0));
        assert_eq!(month_end::ending(&mut tx, whose(&acme), &time(1)).await.expect("a count"), tally(1, 0));
    }

    async fn a11_a_month_is_its_resellers_and_the_operators(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        assert!(Whose::of(&operator(), &acme.account).is_some());
        for scope in [globex.scope, northwind.scope] {
            assert!(Whose::of(&scope, &acme.account).is_none());
        }
    }
}

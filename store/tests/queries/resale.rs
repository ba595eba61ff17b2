//! What resellers take themselves (P4), and trials that are bought (L5).

use std::collections::HashMap;

use domain::{
    Currency, Money,
    licenses::{PaymentStatus, Type},
    orders::{OrderNumber, State},
};
use store::{
    licenses::{self, License},
    orders::{self, Line},
    resale_prices,
};

use crate::world::{World, at_once, days, minutes, noon, operator, untaxed};

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

on_both! {
    async fn p4_a_resale_price_is_one_for_each_option_and_currency_of_ones_own(world: World) {
        let (acme, globex) = (world.reseller("acme").await.account.id, world.reseller("globex").await.account.id);
        let (manager, backup) = (world.option("Store Manager").await.id, world.option("Cloud Backup").await.id);
        let mut tx = world.write().await;
        let found = async |tx: &mut store::Tx, account, option, currency| {
            resale_prices::find(tx, account, option, currency).await.expect("an answer")
        };
        assert_eq!(found(&mut tx, acme, manager, Currency::EUR).await, None);
        for price in [euros(15_000), euros(0), euros(17_900), Money::new(20_000, Currency::USD)] {
            resale_prices::set(&mut tx, acme, manager, price).await.expect("recorded");
            assert_eq!(found(&mut tx, acme, manager, price.currency).await, Some(price));
        }
        resale_prices::set(&mut tx, acme, backup, euros(990)).await.expect("recorded");
        resale_prices::set(&mut tx, globex, manager, euros(1)).await.expect("recorded");
        let all = resale_prices::of_account(&mut tx, acme, Currency::EUR).await.expect("prices");
        assert_eq!(all, HashMap::from([(manager, euros(17_900)), (backup, euros(990))]));
        resale_prices::remove(&mut tx, acme, manager, Currency::EUR).await.expect("taken away");
        assert_eq!(found(&mut tx, acme, manager, Currency::EUR).await, None);
        assert_eq!(found(&mut tx, acme, manager, Currency::USD).await, Some(Money::new(20_000, Currency::USD)));
        assert_eq!(found(&mut tx, globex, manager, Currency::EUR).await, Some(euros(1)));
    }

    async fn l5_a_held_order_that_upgrades_a_trial_is_found_by_its_reseller(world: World) {
        let (acme, globex) = (world.reseller("acme").await, world.reseller("globex").await);
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let trial = world.sell(&acme, &northwind, &option, 1, trial).await.remove(0).license;
        let mut tx = world.write().await;
        let mut last = OrderNumber(0);
        for state in [State::Submitted, State::Submitted, State::Canceled] {
            let mut order = world.order(&acme, &northwind);
            (order.state, order.executed_at) = (state, None);
            order.canceled_at = (state == State::Canceled).then(noon);
            let number = orders::insert(&mut tx, &order).await.expect("an order");
            let line = Line { order: order.id, upgrades: Some(trial.id), ..line(&world, &trial) };
            orders::insert_line(&mut tx, &line).await.expect("a line");
            if state == State::Submitted {
                last = number;
            }
        }
        assert_eq!(orders::held_upgrade(&mut tx, &acme.scope, trial.id).await.expect("an answer"), Some(last));
        for scope in [&globex.scope, &northwind.scope, &operator()] {
            assert_eq!(orders::held_upgrade(&mut tx, scope, trial.id).await.expect("an answer"), None);
        }
        assert_eq!(orders::held_upgrade(&mut tx, &acme.scope, world.id()).await.expect("an answer"), None);
    }

    async fn l5_of_eight_who_upgrade_a_trial_one_does_and_its_key_stays(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let trial = world.sell(&acme, &northwind, &option, 1, trial).await.remove(0).license;
        let mut tx = world.write().await;
        let order = world.order(&acme, &northwind);
        orders::insert(&mut tx, &order).await.expect("an order");
        let line = Line { order: order.id, upgrades: Some(trial.id), ..line(&world, &trial) };
        orders::insert_line(&mut tx, &line).await.expect("a line");
        tx.commit().await.expect("a commit");
        let mut bought = License {
            order_line: line.id,
            license_type: Type::Permanent,
            payment: Some(PaymentStatus::Pending),
            updates_until: Some(noon() + days(180)),
            ..trial.clone()
        };
        bought.life.valid_until = None;
        let done = at_once(8, |_| {
            let (store, bought) = (world.store.clone(), bought.clone());
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let done = licenses::upgrade(&mut tx, &bought, noon() + minutes(5)).await.expect("an answer");
                tx.commit().await.expect("a commit");
                done
            }
        });
        assert_eq!(done.await.into_iter().filter(|done| *done).count(), 1);
        let mut tx = world.read().await;
        let found = licenses::find(&mut tx, &acme.scope, trial.id).await.expect("an answer").expect("the license");
        assert_eq!((found.upgraded_at, found.license.key.clone()), (Some(noon() + minutes(5)), trial.key));
        assert_eq!(found.license, bought);
    }
}

/// Makes a new license a trial of two weeks.
fn trial(_: u32, license: &mut License) {
    (license.license_type, license.payment) = (Type::Trial, None);
    license.life.valid_until = Some(noon() + days(14));
}

/// The line of an order for one permanent license in the option of a trial; not stored.
fn line(world: &World, trial: &License) -> Line {
    Line {
        id: world.id(),
        order: world.id(),
        option: trial.option,
        license_type: Type::Permanent,
        quantity: 1,
        unit: euros(19_900),
        amount: untaxed(euros(19_900)),
        rate: domain::BasisPoints::new(0).expect("none"),
        added_to: None,
        upgrades: None,
    }
}

//! Accounts and their counters.

use std::time::Duration;

use domain::{
    Currency,
    accounts::{Kind, Unpaid},
};
use store::accounts::{self, Account};
use tokio::time::timeout;

use crate::world::{World, at_once, noon, operator, scope};

/// Long enough for what does not wait, also on a busy machine.
const SHORT: Duration = Duration::from_secs(20);

on_both! {
    async fn an_account_is_found_as_it_was_stored_with_and_without_what_is_optional(world: World) {
        let mut tx = world.write().await;
        let bare = world.account(Kind::Operator, None, "Keyhouse");
        let list = domain::price_lists::PriceList {
            id: world.id(),
            name: "Partner".to_owned(),
            currency: Currency::USD,
            starts: "2026-01-01".parse().expect("a day"),
            ends: None,
            active: true,
            percent_off: None,
        };
        store::price_lists::insert(&mut tx, &list, "").await.expect("a price list");
        let full = Account {
            currency: Currency::USD,
            ordering_since: Some(noon()),
            reselling_since: Some(noon()),
            price_list: Some(list.id),
            unpaid: Unpaid { count: 0, cap: 25 },
            ..world.account(Kind::Reseller, None, "Åcme \"O'Neil\" 👩‍💻 </script>")
        };
        let first = accounts::insert(&mut tx, &bare).await.expect("a place");
        let second = accounts::insert(&mut tx, &full).await.expect("a place");
        assert!(second > first);
        assert_eq!(accounts::by_id(&mut tx, bare.id).await.expect("an answer"), Some(bare));
        assert_eq!(accounts::by_id(&mut tx, full.id).await.expect("an answer"), Some(full));
        assert_eq!(accounts::by_id(&mut tx, world.id()).await.expect("an answer"), None);
    }

    async fn everybody_has_one_own_account(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let mut tx = world.write().await;
        assert_eq!(accounts::own(&mut tx, &operator()).await.expect("an answer"), None);
        assert_eq!(accounts::operator(&mut tx).await.expect("an answer"), None);
        let house = world.account(Kind::Operator, None, "Keyhouse");
        accounts::insert(&mut tx, &house).await.expect("an account");
        assert_eq!(accounts::own(&mut tx, &operator()).await.expect("an answer"), Some(house.clone()));
        assert_eq!(accounts::operator(&mut tx).await.expect("an answer"), Some(house));
        let own = accounts::own(&mut tx, &acme.scope).await.expect("an answer");
        assert_eq!(own, Some(Account { customers: 1, ..acme.account }));
        let own = accounts::own(&mut tx, &northwind.scope).await.expect("an answer");
        assert_eq!(own, Some(northwind.account));
        let nobody = scope(Kind::Reseller, world.id());
        assert_eq!(accounts::own(&mut tx, &nobody).await.expect("an answer"), None);
    }

    async fn counters_count_and_a_version_is_raised_by_one(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let mut tx = world.write().await;
        accounts::hold(&mut tx, acme.account.id).await.expect("held");
        accounts::hold(&mut tx, world.id()).await.expect("nothing to hold is no error");
        accounts::count_licenses(&mut tx, acme.account.id, 3).await.expect("counted");
        accounts::count_licenses(&mut tx, acme.account.id, 2).await.expect("counted");
        accounts::count_customer(&mut tx, acme.account.id).await.expect("counted");
        assert_eq!(accounts::raise_version(&mut tx, acme.account.id).await.expect("a version"), 1);
        assert_eq!(accounts::raise_version(&mut tx, acme.account.id).await.expect("a version"), 2);
        let counted = Account { licenses: 5, customers: 1, version: 2, ..acme.account };
        assert_eq!(accounts::by_id(&mut tx, counted.id).await.expect("an answer"), Some(counted));
        assert_eq!(accounts::by_id(&mut tx, globex.account.id).await.expect("an answer"), Some(globex.account));
    }

    async fn l7_slots_are_given_up_to_the_cap_and_not_one_more(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        accounts::set_unpaid_cap(&mut tx, acme.account.id, 10).await.expect("a cap");
        assert!(accounts::take_unpaid_slots(&mut tx, acme.account.id, 7).await.expect("an answer"));
        assert!(!accounts::take_unpaid_slots(&mut tx, acme.account.id, 4).await.expect("an answer"));
        assert!(accounts::take_unpaid_slots(&mut tx, acme.account.id, 3).await.expect("an answer"));
        assert!(!accounts::take_unpaid_slots(&mut tx, acme.account.id, 1).await.expect("an answer"));
        accounts::set_unpaid_cap(&mut tx, acme.account.id, 5).await.expect("a lower cap");
        assert!(!accounts::take_unpaid_slots(&mut tx, acme.account.id, 1).await.expect("an answer"));
        let full = Account { unpaid: Unpaid { count: 10, cap: 5 }, ..acme.account };
        assert_eq!(accounts::by_id(&mut tx, full.id).await.expect("an answer"), Some(full));
        assert!(!accounts::take_unpaid_slots(&mut tx, world.id(), 1).await.expect("nobody has no slots"));
    }

    async fn l7_twenty_at_once_for_three_slots_get_exactly_three(world: World) {
        let acme = world.reseller("acme").await.account.id;
        let mut tx = world.write().await;
        accounts::set_unpaid_cap(&mut tx, acme, 10).await.expect("a cap");
        assert!(accounts::take_unpaid_slots(&mut tx, acme, 7).await.expect("an answer"));
        tx.commit().await.expect("a commit");
        let taken = at_once(20, |_| {
            let store = world.store.clone();
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let taken = accounts::take_unpaid_slots(&mut tx, acme, 1).await.expect("an answer");
                tx.commit().await.expect("a commit");
                taken
            }
        });
        assert_eq!(taken.await.into_iter().filter(|taken| *taken).count(), 3);
        let account = accounts::by_id(&mut world.read().await, acme).await.expect("an answer").expect("acme");
        assert_eq!(account.unpaid, Unpaid { count: 10, cap: 10 });
    }

    async fn what_is_held_is_read_and_written_by_one_after_the_other(world: World) {
        let acme = world.reseller("acme").await.account.id;
        at_once(10, |_| {
            let store = world.store.clone();
            async move {
                let mut tx = store.write().await.expect("a transaction");
                accounts::hold(&mut tx, acme).await.expect("held");
                let account = accounts::by_id(&mut tx, acme).await.expect("an answer").expect("acme");
                accounts::set_unpaid_cap(&mut tx, acme, account.unpaid.cap + 1).await.expect("a cap");
                tx.commit().await.expect("a commit");
            }
        })
        .await;
        let account = accounts::by_id(&mut world.read().await, acme).await.expect("an answer").expect("acme");
        assert_eq!(account.unpaid.cap, 1_000_010);
    }
}

/// SQLite has one writer, so this is told of PostgreSQL.
#[tokio::test]
async fn the_state_of_an_account_is_held_while_others_add_customers_and_by_one_at_a_time() {
    let world = World::postgres().await;
    let acme = world.reseller("acme").await.account.id;
    let mut importing = world.write().await;
    let customer = world.account(Kind::Customer, Some(acme), "Northwind");
    accounts::insert(&mut importing, &customer).await.expect("a place");

    let mut signing_in = world.write().await;
    timeout(SHORT, accounts::hold_state(&mut signing_in, acme)).await.expect("at once").expect("held");
    let next = world.account(Kind::Customer, Some(acme), "Contoso");
    timeout(SHORT, accounts::insert(&mut importing, &next)).await.expect("at once").expect("a place");

    let mut other = world.write().await;
    timeout(Duration::from_millis(200), accounts::hold(&mut other, acme)).await.expect_err("it waits for its turn");
}

//! The migrations, from an empty database.

use crate::world::World;

async fn from_nothing(world: World) {
    let before = world.store.ready().await.expect_err("nothing is migrated");
    assert!(before.to_string().ends_with("run `keyhouse migrate`"), "{before}");
    world.store.migrate().await.expect("migrations");
    world.store.ready().await.expect("all migrations");
    world.store.migrate().await.expect("nothing to do");
    world.store.ready().await.expect("all migrations still");
    world.store.analyze().await.expect("statistics");
}

#[tokio::test]
async fn migrating_from_nothing_makes_it_ready_and_a_second_time_does_nothing_on_sqlite() {
    from_nothing(World::empty_sqlite().await).await;
}

#[tokio::test]
async fn migrating_from_nothing_makes_it_ready_and_a_second_time_does_nothing_on_postgres() {
    from_nothing(World::empty_postgres().await).await;
}

on_both! {
    async fn a_store_that_was_closed_is_not_ready(world: World) {
        world.store.close().await;
        let error = world.store.ready().await.expect_err("it is closed");
        assert!(!matches!(error, store::Error::Behind { .. }), "not a matter of migrations: {error}");
    }

    async fn a_transaction_that_is_dropped_did_nothing(world: World) {
        let mut tx = world.write().await;
        let account = world.account(domain::accounts::Kind::Operator, None, "Keyhouse");
        store::accounts::insert(&mut tx, &account).await.expect("an account");
        drop(tx);
        assert_eq!(store::accounts::by_id(&mut world.read().await, account.id).await.expect("an answer"), None);
    }

    async fn a_reading_transaction_sees_one_moment_and_writes_nothing(world: World) {
        let acme = world.reseller("acme").await;
        let mut reading = world.read().await;
        let before = store::accounts::by_id(&mut reading, acme.account.id).await.expect("an answer");
        let mut tx = world.write().await;
        store::accounts::raise_version(&mut tx, acme.account.id).await.expect("a version");
        tx.commit().await.expect("a commit");
        assert_eq!(store::accounts::by_id(&mut reading, acme.account.id).await.expect("an answer"), before);
    }
}

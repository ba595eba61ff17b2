//! The migrations, from an empty database.

use store::Store;

use crate::world::{World, at_once};

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

/// Several programs that start at once on an empty database, each with connections of its own.
async fn at_once_from_nothing(world: World) {
    let url = world.url().to_owned();
    let done = at_once(4, move |_| {
        let url = url.clone();
        async move {
            let store = Store::open(&url).await.expect("a database");
            let done = store.migrate().await;
            store.close().await;
            done
        }
    });
    for done in done.await {
        done.expect("each waits for the one before");
    }
    world.store.ready().await.expect("all migrations");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_several_programs_that_migrate_at_once_each_waits_on_sqlite() {
    at_once_from_nothing(World::empty_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_several_programs_that_migrate_at_once_each_waits_on_postgres() {
    at_once_from_nothing(World::empty_postgres().await).await;
}

on_both! {
    async fn an_older_program_leaves_a_newer_database_alone_and_says_why(world: World) {
        world.reseller("acme").await;
        let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                     select 9999, 'of tomorrow', success, checksum, 0 from _sqlx_migrations where version = 1";
        world.break_by(newer.to_owned()).await.expect("migrated by a newer release");
        let errors = [
            world.store.ready().await.expect_err("not ready"),
            world.store.migrate().await.expect_err("nothing to migrate to"),
            world.store.write().await.map(drop).expect_err("nothing is written any more"),
        ];
        for error in errors {
            assert!(matches!(error, store::Error::Newer { found: 9999, .. }), "{error:?}");
            assert!(error.to_string().contains("run the newer release"), "{error}");
        }
        world.store.read().await.expect("it reads on");
    }

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

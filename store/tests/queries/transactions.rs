//! What becomes of a transaction, and of its connection, when it does not end as it should.

use std::{
    future::Future,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
    time::Duration,
};

use store::{
    Error, Tx,
    testing::{Database, execute, fill, number, texts, write_nothing},
};

use crate::world::World;

/// With a table that anything may be written into.
async fn with_things(world: &World) {
    let things = "create table things (
        name text primary key, of text references things (name) deferrable initially deferred)";
    world.break_by(things.to_owned()).await.expect("a table");
}

async fn write(world: &World, name: &str) -> Result<(), Error> {
    let mut tx = world.store.write().await?;
    insert(&mut tx, name).await?;
    tx.commit().await
}

async fn insert(tx: &mut Tx, name: &str) -> Result<(), Error> {
    execute(tx, &format!("insert into things (name) values ('{name}')")).await
}

async fn names(world: &World) -> Vec<String> {
    texts(&mut world.read().await, "select name from things order by name").await.expect("names")
}

/// The database's own number of an error.
fn code(error: &Error) -> Option<String> {
    let Error::Sqlx(sqlx::Error::Database(error)) = error else { return None };
    error.code().map(std::borrow::Cow::into_owned)
}

/// Lets a future come so far as some looks at it bring it, and gives it up: as when a browser went away.
async fn given_up<T>(future: impl Future<Output = T>, looks: u32) {
    let mut future = pin!(future);
    for _ in 0..looks {
        if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_next_write_after_a_full_disk_has_space_again_works_at_once() {
    let world = World::sqlite().await;
    with_things(&world).await;
    write(&world, "before").await.expect("space");
    fill(&world.store).await;
    let full = write(&world, &"x".repeat(1_000_000)).await.expect_err("no space");
    assert_eq!(code(&full).as_deref(), Some("13"), "{full}");
    // The connection that met the limit is not used any more, and another one has none.
    write(&world, "after").await.expect("space again");
    assert_eq!(names(&world).await, ["after", "before"]);
}

#[tokio::test]
async fn who_passes_over_a_full_disk_commits_nothing_of_what_comes_after_it() {
    let world = World::sqlite().await;
    with_things(&world).await;
    fill(&world.store).await;
    let mut tx = world.store.write().await.expect("a transaction");
    insert(&mut tx, "first").await.expect("this fits");
    insert(&mut tx, &"x".repeat(1_000_000)).await.expect_err("no space");
    // SQLite has no transaction any more: this would be committed by itself.
    let refused = insert(&mut tx, "alone").await.expect_err("nothing is done any more");
    assert!(refused.to_string().contains("all of it was rolled back"), "{refused}");
    let reading = number(&mut tx, "select count(*) from things").await;
    assert!(reading.expect_err("not even read").to_string().contains("all of it was rolled back"));
    tx.commit().await.expect_err("nothing to commit");
    assert_eq!(names(&world).await, Vec::<String>::new());
    write(&world, "after").await.expect("space again");
}

#[tokio::test]
async fn a_reading_connection_whose_transaction_sqlite_has_ended_is_not_used_again() {
    let world = World::sqlite().await;
    with_things(&world).await;
    for _ in 0..20 {
        let mut tx = world.store.read().await.expect("a transaction");
        execute(&mut tx, "rollback").await.expect("as SQLite does after an error of the disk");
    }
    assert_eq!(names(&world).await, Vec::<String>::new());
}

#[tokio::test]
async fn whether_it_can_be_written_is_found_out_by_a_write_after_one_that_failed() {
    let world = World::sqlite().await;
    with_things(&world).await;
    let checks = async || {
        let mut tx = world.store.read().await.expect("a transaction");
        number(&mut tx, "select writes from write_checks").await.expect("a number")
    };
    world.store.writable().await.expect("nothing was written yet");
    write(&world, "before").await.expect("space");
    world.store.writable().await.expect("a commit proves it");
    assert_eq!(checks().await, 0);
    fill(&world.store).await;
    write(&world, &"x".repeat(1_000_000)).await.expect_err("no space");
    // A commit of nothing succeeds on a full disk too, so it proves nothing.
    world.store.write().await.expect("a transaction").commit().await.expect("nothing to write");
    world.store.writable().await.expect("space again");
    assert_eq!(checks().await, 1);
    world.store.writable().await.expect("a commit proves it");
    assert_eq!(checks().await, 1);
    // What may not be written says nothing of the disk.
    write(&world, "before").await.expect_err("it is there");
    world.store.writable().await.expect("a commit proves it");
    assert_eq!(checks().await, 1);
}

#[tokio::test]
async fn a_database_that_takes_no_writes_is_not_writable_until_it_does() {
    let world = World::sqlite().await;
    with_things(&world).await;
    write_nothing(&world.store, true).await;
    let refused = write(&world, "one").await.expect_err("read-only");
    assert!(!refused.outcome_is_unknown(), "nothing was committed: {refused:?}");
    assert_eq!(code(&refused).as_deref(), Some("8"), "{refused}");
    world.store.writable().await.expect_err("read-only still");
    write_nothing(&world.store, false).await;
    world.store.writable().await.expect("writable again");
    write(&world, "one").await.expect("writable again");
}

#[tokio::test]
async fn on_postgres_a_connection_that_the_server_ends_in_the_middle_costs_one_transaction() {
    let world = World::postgres().await;
    with_things(&world).await;
    let mut tx = world.store.write().await.expect("a transaction");
    insert(&mut tx, "lost").await.expect("it is there yet");
    let pid = number(&mut tx, "select pg_backend_pid()::bigint").await.expect("a number");
    world.break_by(format!("select pg_terminate_backend({pid})")).await.expect("it is ended");
    insert(&mut tx, "also lost").await.expect_err("the connection is gone");
    tx.commit().await.expect_err("nothing is committed");
    for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i"] {
        write(&world, name).await.expect("on a connection that is there");
    }
    assert_eq!(names(&world).await, ["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
}

#[tokio::test]
async fn r9_on_postgres_nobody_knows_what_became_of_a_commit_whose_connection_the_server_ends() {
    let world = World::postgres().await;
    with_things(&world).await;
    let mut tx = world.store.write().await.expect("a transaction");
    insert(&mut tx, "maybe").await.expect("it is there yet");
    let pid = number(&mut tx, "select pg_backend_pid()::bigint").await.expect("a number");
    world.break_by(format!("select pg_terminate_backend({pid})")).await.expect("it is ended");
    let failed = tx.commit().await.expect_err("nobody answers");
    assert!(failed.outcome_is_unknown() && failed.is_for_now(), "{failed:?}");
    write(&world, "after").await.expect("on a connection that is there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres_who_gives_up_a_beginning_leaves_no_transaction_open() {
    let mut database = Database::postgres().await;
    database.url += "?application_name=given_up";
    let world = World::of(database).await;
    for looks in 0..200 {
        given_up(world.store.write(), looks % 20).await;
        given_up(world.store.read(), looks % 20).await;
    }
    let now = "select extract(epoch from clock_timestamp())::float8";
    let mut beside = world.beside().await;
    let since: f64 = sqlx::query_scalar(now).fetch_one(&mut beside).await.expect("a time");
    // All connections of both pools at once: a transaction that was left open is older than this moment.
    let mut begun = Vec::new();
    for _ in 0..8 {
        begun.push(world.store.write().await.expect("a transaction"));
        begun.push(world.store.read().await.expect("a transaction"));
    }
    let older =
        "select count(*) from pg_stat_activity where application_name = 'given_up' and xact_start < to_timestamp($1)
                     and pid <> pg_backend_pid()";
    let older: i64 = sqlx::query_scalar(older).bind(since).fetch_one(&mut beside).await.expect("a number");
    assert_eq!(older, 0);
}

on_both! {
    async fn one_statement_is_read_without_a_transaction_and_nothing_after_one_that_failed(world: World) {
        with_things(&world).await;
        write(&world, "there").await.expect("it is free");
        let mut once = world.store.read_once().await.expect("a connection");
        assert_eq!(number(&mut once, "select count(*) from things").await.expect("a number"), 1);
        number(&mut once, "select nothing from things").await.expect_err("there is no such column");
        let refused = number(&mut once, "select count(*) from things").await.expect_err("nothing is done any more");
        assert!(refused.to_string().contains("all of it was rolled back"), "{refused}");
        drop(once);
        assert_eq!(names(&world).await, ["there"]);
    }

    async fn a_transaction_with_a_statement_that_failed_commits_nothing(world: World) {
        with_things(&world).await;
        write(&world, "there").await.expect("it is free");
        let mut tx = world.store.write().await.expect("a transaction");
        insert(&mut tx, "new").await.expect("it is free");
        insert(&mut tx, "there").await.expect_err("it is there");
        // PostgreSQL answers this commit with a rollback and no error; SQLite would commit the first one.
        let refused = tx.commit().await.expect_err("not all of it was done");
        assert!(refused.to_string().contains("all of it was rolled back"), "{refused}");
        assert_eq!(names(&world).await, ["there"]);
        write(&world, "new").await.expect("it is free still");
    }

    async fn what_was_done_outside_of_the_database_is_undone_when_the_database_fails_and_not_otherwise(world: World) {
        with_things(&world).await;
        write(&world, "there").await.expect("it is free");
        let undone = Arc::new(AtomicUsize::new(0));
        let begin = async || {
            let mut tx = world.store.write().await.expect("a transaction");
            let undone = undone.clone();
            tx.if_it_fails(move || {
                undone.fetch_add(1, Ordering::Relaxed);
            });
            tx
        };
        let so_far = || undone.load(Ordering::Relaxed);
        drop(begin().await);
        let mut tx = begin().await;
        insert(&mut tx, "new").await.expect("it is free");
        tx.commit().await.expect("committed");
        assert_eq!(so_far(), 0, "given up, and committed");

        let mut tx = begin().await;
        insert(&mut tx, "there").await.expect_err("it is there");
        drop(tx);
        assert_eq!(so_far(), 1);
        let mut tx = begin().await;
        execute(&mut tx, "insert into things (name, of) values ('leaf', 'no tree')").await.expect("until the commit");
        tx.commit().await.expect_err("there is no such tree");
        assert_eq!(so_far(), 2);
    }

    async fn a_commit_that_fails_leaves_nothing_and_the_next_write_works(world: World) {
        with_things(&world).await;
        for _ in 0..10 {
            let mut tx = world.store.write().await.expect("a transaction");
            execute(&mut tx, "insert into things (name, of) values ('leaf', 'no tree')").await.expect("until the commit");
            let refused = tx.commit().await.expect_err("there is no such tree");
            assert!(!refused.outcome_is_unknown(), "the database has said what became of it: {refused:?}");
        }
        assert_eq!(names(&world).await, Vec::<String>::new());
        write(&world, "tree").await.expect("the next write");
    }

    async fn a_transaction_that_is_given_up_at_any_moment_leaves_nothing_and_the_next_write_works(world: World) {
        with_things(&world).await;
        for looks in 0..120 {
            let name = format!("given up after {looks}");
            given_up(
                async {
                    let mut tx = world.store.write().await.expect("a transaction");
                    insert(&mut tx, &name).await.expect("a row");
                    number(&mut tx, "select count(*) from things").await.expect("a number");
                    std::future::poll_fn(|_| Poll::<()>::Pending).await;
                },
                looks,
            )
            .await;
            tokio::time::timeout(Duration::from_secs(5), write(&world, &format!("{looks:03}")))
                .await
                .expect("nobody holds it")
                .expect("the next write");
        }
        assert_eq!(names(&world).await, (0..120).map(|looks| format!("{looks:03}")).collect::<Vec<_>>());
    }

    async fn a_commit_that_is_given_up_is_done_or_not_and_the_next_write_works(world: World) {
        with_things(&world).await;
        for looks in 0..60 {
            let mut tx = world.store.write().await.expect("a transaction");
            insert(&mut tx, &format!("maybe {looks}")).await.expect("a row");
            given_up(tx.commit(), looks).await;
            tokio::time::timeout(Duration::from_secs(5), write(&world, &format!("{looks:03}")))
                .await
                .expect("nobody holds it")
                .expect("the next write");
        }
        let names = names(&world).await;
        assert_eq!(names.iter().filter(|name| !name.starts_with("maybe")).count(), 60, "{names:?}");
    }
}

#[tokio::test]
async fn on_postgres_one_of_two_that_wait_for_each_other_is_asked_to_come_again_and_the_disk_is_not_blamed() {
    let world = World::postgres().await;
    with_things(&world).await;
    for name in ["one", "two"] {
        write(&world, name).await.expect("it is there");
    }
    let (mut first, mut second) = (world.write().await, world.write().await);
    execute(&mut first, "update things set name = name where name = 'one'").await.expect("held");
    execute(&mut second, "update things set name = name where name = 'two'").await.expect("held");
    let (one, other) = tokio::join!(
        execute(&mut first, "update things set name = name where name = 'two'"),
        execute(&mut second, "update things set name = name where name = 'one'"),
    );
    let failed: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
    assert_eq!(failed.iter().map(code).collect::<Vec<_>>(), [Some("40P01".to_owned())]);
    assert!(failed[0].is_for_now() && !failed[0].outcome_is_unknown(), "{failed:?}");
    drop((first, second));
    world.store.writable().await.expect("nothing is wrong with the database");
}

//! SQLite's log, and copies of its file.

use store::{
    Store,
    testing::{execute, number, texts},
};

use crate::world::World;

fn file_of(world: &World, after: &str) -> std::path::PathBuf {
    format!("{}{after}", world.url().trim_start_matches("sqlite:")).into()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_has_become_long_while_somebody_read_is_cut_when_they_have_read() {
    let world = World::sqlite().await;
    world.break_by("create table heavy (bytes blob not null)".to_owned()).await.expect("a table");
    let mut reading = world.read().await;
    number(&mut reading, "select count(*) from heavy").await.expect("a moment");
    for _ in 0..3 {
        let mut tx = world.write().await;
        execute(&mut tx, "insert into heavy (bytes) values (zeroblob(30000000))").await.expect("much");
        tx.commit().await.expect("a commit");
    }
    let log = world.store.write_back().await.expect("as far as it can be");
    assert!(log > 80_000_000, "{log}");
    drop(reading);
    assert_eq!(world.store.write_back().await.expect("all of it"), 0);
    assert_eq!(std::fs::metadata(file_of(&world, "-wal")).expect("the log").len(), 0);
}

#[tokio::test]
async fn a_copy_holds_what_was_committed_before_it_and_is_whole() {
    let world = World::sqlite().await;
    world.reseller("acme").await;
    let file = file_of(&world, ".copy");
    let name = file.to_str().expect("a name");
    assert!(world.store.copy_into(name).await.expect("a copy"));
    world.reseller("globex").await;
    let copy = Store::open_existing(&format!("sqlite:{name}")).await.expect("it is there");
    copy.ready().await.expect("with all migrations");
    assert_eq!(copy.damages().await.expect("looked through"), Vec::<String>::new());
    let mut tx = copy.read().await.expect("a transaction");
    assert_eq!(texts(&mut tx, "select name from accounts").await.expect("names"), ["acme"]);
    drop(tx);
    copy.close().await;
    world.store.copy_into(name).await.expect_err("a file that holds something is left alone");
}

#[tokio::test]
async fn postgres_has_its_own_tools_for_copies_and_no_such_log() {
    let world = World::postgres().await;
    assert!(!world.store.copy_into("nowhere").await.expect("an answer"));
    assert_eq!(world.store.damages().await.expect("an answer"), Vec::<String>::new());
    assert_eq!(world.store.write_back().await.expect("an answer"), 0);
}

#[tokio::test]
async fn a_database_that_has_to_be_there_is_not_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("keyhouse.db");
    assert!(Store::open_existing(&format!("sqlite:{}", file.display())).await.is_err());
    assert!(!file.exists());
}

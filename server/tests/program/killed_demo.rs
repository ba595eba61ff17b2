//! The demo, killed while it is made.

use std::{fs, os::unix::process::ExitStatusExt, process::Command};

use store::testing::Database;
use tempfile::TempDir;
use url::form_urlencoded;

use super::{Demo, keyhouse, words};

const KILL: Option<i32> = Some(9);

/// `keyhouse demo` that kills itself at a step of a transaction (server/src/fail_point.rs); at none when it is not named.
fn demo(data: &TempDir, step: &str) -> Command {
    let fail_file = data.path().join("step.txt");
    fs::write(&fail_file, step).expect("the step is named");
    let mut command = keyhouse(data);
    command.args(["demo", "--addr", "127.0.0.1:0", "--test-clock"]).env("KEYHOUSE_FAIL_FILE", fail_file);
    command
}

/// What comes of the form of somebody who signs in.
fn sign_in(demo: &Demo, login: &str) -> String {
    let fields = [("login", login), ("password", service::demo::PASSWORD), ("next", "")];
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    demo.ask(&format!(
        "POST /api/sessions/sign_in HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{form}",
        demo.address,
        form.len()
    ))
}

#[test]
fn r15_a_demo_killed_while_it_is_made_is_made_from_the_beginning_by_the_next_start() {
    let data = tempfile::tempdir().expect("a temporary folder");
    for step in ["1 demo/people.rs", "1 applications/apply.rs"] {
        let killed = demo(&data, step).output().expect("it runs");
        assert_eq!(killed.status.signal(), KILL, "{step}: {:?}", words(&killed));
        assert!(!data.path().join("keyhouse.db").exists(), "{step}: half a demo");
    }
    let served = Demo::start(&mut demo(&data, ""));
    assert!(served.lines[0].starts_with("Its data made now."), "{:?}", served.lines);
    for (login, _) in service::demo::SIGN_INS {
        let answer = sign_in(&served, login);
        assert!(answer.starts_with("HTTP/1.1 303") && answer.contains("set-cookie: keyhouse="), "{login}: {answer}");
    }
    served.stop();
    let names = fs::read_dir(data.path()).expect("the folder").flatten().map(|entry| entry.file_name());
    let left: Vec<_> = names.filter(|name| name.to_string_lossy().contains(".part")).collect();
    assert!(left.is_empty(), "{left:?}");
    let (code, said) = words(&keyhouse(&data).arg("verify").output().expect("it runs"));
    assert_eq!(code, Some(0), "{said}");
    let again = Demo::start(&mut demo(&data, ""));
    assert!(again.lines[0].starts_with("Its data was here already."), "{:?}", again.lines);
    again.stop();
}

/// In a database that was there before, nothing is deleted: whoever runs it is told what to do.
fn is_told_what_to_do(database: &Database, to_do: &str) {
    let data = tempfile::tempdir().expect("a temporary folder");
    let run = |step| demo(&data, step).args(["--database-url", database.url.as_str()]).output().expect("it runs");
    let killed = run("1 demo/people.rs");
    assert_eq!(killed.status.signal(), KILL, "{:?}", words(&killed));
    let (code, said) = words(&run(""));
    assert_eq!(code, Some(1), "{said}");
    assert!(said.starts_with("keyhouse: the demo data in this database are incomplete."), "{said}");
    assert!(said.contains(to_do), "{said}");
}

#[tokio::test]
async fn r15_a_demo_killed_in_a_database_that_was_there_is_not_taken_for_one_on_sqlite() {
    let database = Database::sqlite().await;
    let file = database.url.trim_start_matches("sqlite:");
    is_told_what_to_do(&database, &format!("delete {file}, {file}-wal and {file}-shm; then start the demo again"));
    assert!(fs::exists(file).expect("an answer"), "it is for others to delete it");
}

#[tokio::test]
async fn r15_a_demo_killed_in_a_database_that_was_there_is_not_taken_for_one_on_postgres() {
    let database = Database::postgres().await;
    let name = database.url.split('?').next().and_then(|address| address.rsplit('/').next()).expect("a name");
    is_told_what_to_do(&database, &format!("drop the database {name} and create it again; then start the demo again"));
}

//! The program itself, as a shell starts it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Output, Stdio},
};

fn keyhouse(data: &tempfile::TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyhouse"));
    command.env_clear().arg("--data-dir").arg(data.path()).arg("--log").arg("off");
    command
}

fn words(output: &Output) -> (Option<i32>, String) {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.code(), String::from_utf8(text).expect("text"))
}

#[test]
fn an_owner_is_made_and_the_database_holds() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let run = |words: &[&str]| keyhouse(&data).args(words).env("KEYHOUSE_PASSWORD", "orbit velvet thimble").output();
    let owner = run(&["owner", "boss@keyhouse.example"]).expect("it runs");
    assert_eq!(words(&owner), (Some(0), "boss@keyhouse.example can sign in to the back office now.\n".to_owned()));
    let verify = run(&["verify"]).expect("it runs");
    let (code, said) = words(&verify);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("The audit log ends with entry 1, "), "{said}");
    assert!(said.ends_with(".\nAll invariants hold.\n"), "{said}");
    assert!(data.path().join("keyhouse.db").exists());
}

#[tokio::test]
async fn x1_an_entry_changed_past_the_database_ends_verify_with_1_and_its_name() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let run = |words: &[&str]| keyhouse(&data).args(words).env("KEYHOUSE_PASSWORD", "orbit velvet thimble").output();
    assert!(run(&["owner", "boss@keyhouse.example"]).expect("it runs").status.success());
    let url = format!("sqlite:{}", data.path().join("keyhouse.db").display());
    store::testing::tamper(&url, &["drop trigger audit_keeps_rows", "update audit set who = 'nobody'"]).await;
    let (code, said) = words(&run(&["verify"]).expect("it runs"));
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("the audit log is one chain") && said.contains("entry 1, "), "{said}");
}

#[test]
fn a_password_that_is_too_short_is_refused_with_its_message() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let owner = keyhouse(&data).args(["owner", "boss@keyhouse.example"]).env("KEYHOUSE_PASSWORD", "short").output();
    let expected = (Some(1), "keyhouse: Use at least 10 characters; this has 5.\n".to_owned());
    assert_eq!(words(&owner.expect("it runs")), expected);
}

#[test]
fn what_is_dangerous_by_accident_has_to_be_meant() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let demo = keyhouse(&data).args(["demo", "--addr", "0.0.0.0:0"]).output().expect("it runs");
    assert_eq!(demo.status.code(), Some(1));
    assert!(words(&demo).1.contains("--demo-anywhere"), "{:?}", words(&demo));
    let clock = keyhouse(&data).arg("migrate").env("KEYHOUSE_CLOCK_FILE", "now.txt").output().expect("it runs");
    assert_eq!(clock.status.code(), Some(1));
    assert!(words(&clock).1.contains("--test-clock"), "{:?}", words(&clock));
}

#[test]
fn the_demo_is_served_with_its_sign_ins_and_stops_cleanly() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut demo =
        keyhouse(&data).args(["demo", "--addr", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut lines = BufReader::new(demo.stdout.take().expect("its words")).lines().map_while(Result::ok);
    let first = lines.next().expect("a line");
    let address = first.rsplit_once("http://").expect("an address").1.trim_end_matches('/').to_owned();
    let told: Vec<_> = lines.by_ref().take(7).collect();
    for (login, _) in service::demo::SIGN_INS {
        assert!(told.iter().any(|line| line.contains(login)), "{told:?}");
    }

    let mut connection = TcpStream::connect(&address).expect("it listens");
    write!(connection, "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("it is asked");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).expect("it answers");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");

    let kill = Command::new("kill").args(["-TERM", &demo.id().to_string()]).status().expect("it can be told to stop");
    assert!(kill.success());
    assert!(demo.wait().expect("it ends").success());
}

//! The program itself, as a shell starts it.

mod killed_demo;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::fs::{MetadataExt, PermissionsExt},
    process::{Child, Command, Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

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

/// The number in "The audit log of the copy ends with entry 12, ...".
fn last_entry(said: &str) -> u64 {
    let after = said.split("ends with entry ").nth(1).expect("a last entry");
    after.split(',').next().and_then(|number| number.parse().ok()).expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_while_people_write_is_whole_and_holds_all_that_was_acknowledged_before_it() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let run = |words: &[&str]| keyhouse(&data).args(words).env("KEYHOUSE_PASSWORD", "orbit velvet thimble").output();
    assert!(run(&["owner", "boss@keyhouse.example"]).expect("it runs").status.success());
    let url = format!("sqlite:{}", data.path().join("keyhouse.db").display());
    let store = store::Store::open(&url).await.expect("the database");
    let (acknowledged, stop) = (Arc::new(AtomicU64::new(1)), Arc::new(AtomicBool::new(false)));
    let writing = tokio::spawn({
        let (store, acknowledged, stop) = (store.clone(), acknowledged.clone(), stop.clone());
        async move {
            while !stop.load(Ordering::Relaxed) {
                store::testing::write_something(&store).await;
                acknowledged.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    for name in ["first.db", "second.db", "third.db"] {
        let file = data.path().join(name);
        let before = acknowledged.load(Ordering::Relaxed);
        let (code, said) = words(&run(&["backup", file.to_str().expect("a name")]).expect("it runs"));
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("\nAll invariants hold.\nThe copy is "), "{said}");
        assert!(last_entry(&said) >= before, "{said}: {before} were acknowledged");
        let mode = std::fs::metadata(&file).expect("the copy").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let copy = format!("sqlite:{}", file.display());
        let (code, again) = words(&run(&["verify", "--database-url", &copy]).expect("it runs"));
        assert_eq!((code, last_entry(&again)), (Some(0), last_entry(&said)), "{again}");
    }
    stop.store(true, Ordering::Relaxed);
    writing.await.expect("all was written");
    let names: Vec<_> =
        std::fs::read_dir(data.path()).expect("the folder").flatten().map(|entry| entry.file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().contains(".part")), "{names:?}");
}

#[test]
fn a_backup_is_written_over_nothing_and_made_of_nothing() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let file = data.path().join("copy.db");
    let backup = || words(&keyhouse(&data).arg("backup").arg(&file).output().expect("it runs"));
    let (code, said) = backup();
    assert_eq!(code, Some(1));
    assert!(said.contains("there is no database at "), "{said}");
    assert!(!data.path().join("keyhouse.db").exists() && !file.exists());
    std::fs::write(&file, "of somebody").expect("a file");
    let (code, said) = backup();
    assert_eq!(code, Some(1));
    assert!(said.contains("is there already"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), "of somebody");
}

#[test]
fn a_backup_whose_words_nobody_reads_is_made_all_the_same() {
    let data = tempfile::tempdir().expect("a temporary folder");
    assert!(keyhouse(&data).arg("migrate").output().expect("it runs").status.success());
    let file = data.path().join("copy.db");
    let mut backup = keyhouse(&data).arg("backup").arg(&file).stdout(Stdio::piped()).spawn().expect("it starts");
    drop(backup.stdout.take());
    assert!(backup.wait().expect("it ends").success());
    assert!(file.exists());
}

#[test]
fn of_several_programs_that_begin_at_once_each_waits_for_the_one_before() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let begun: Vec<_> = (0..4).map(|_| keyhouse(&data).arg("migrate").stderr(Stdio::piped()).spawn()).collect();
    for program in begun {
        let ended = program.expect("it starts").wait_with_output().expect("it ends");
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    }
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
    for elsewhere in ["--addr 0.0.0.0:0", "--trusted-proxy", "--base-url https://keys.company.example"] {
        let demo = keyhouse(&data).arg("demo").args(elsewhere.split(' ')).output().expect("it runs");
        assert_eq!(demo.status.code(), Some(1), "{elsewhere}");
        assert!(words(&demo).1.contains("--demo-anywhere"), "{:?}", words(&demo));
    }
    let clock = keyhouse(&data).arg("migrate").env("KEYHOUSE_CLOCK_FILE", "now.txt").output().expect("it runs");
    assert_eq!(clock.status.code(), Some(1));
    assert!(words(&clock).1.contains("--test-clock"), "{:?}", words(&clock));
}

#[test]
fn the_demo_is_served_with_its_sign_ins_and_stops_cleanly() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let demo = Demo::in_folder(&data);
    for (login, _) in service::demo::SIGN_INS {
        assert!(demo.lines.iter().any(|line| line.contains(login)), "{:?}", demo.lines);
    }
    let answer = demo.get("/readyz");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.to_lowercase().contains("x-content-type-options: nosniff"), "{answer}");
    demo.stop();
}

/// The demo, serving; killed when the story ends before it is told to stop.
struct Demo {
    process: Child,
    address: String,
    lines: Vec<String>,
}

impl Demo {
    fn start(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let mut read = BufReader::new(process.stdout.take().expect("its words")).lines().map_while(Result::ok);
        let first = read.next().expect("a line");
        let address = first.rsplit_once("http://").expect("an address").1.trim_end_matches('/').to_owned();
        let lines = read.by_ref().take(7).collect();
        Self { process, address, lines }
    }

    fn in_folder(data: &tempfile::TempDir) -> Self {
        Self::start(keyhouse(data).args(["demo", "--addr", "127.0.0.1:0"]))
    }

    fn open(&self, bytes: &str) -> TcpStream {
        let mut connection = TcpStream::connect(&self.address).expect("it listens");
        connection.write_all(bytes.as_bytes()).expect("sent");
        connection
    }

    /// Asks for a page, and reads the whole answer.
    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    /// Sends a request, and reads the whole answer.
    fn ask(&self, request: &str) -> String {
        let mut answer = String::new();
        self.open(request).read_to_string(&mut answer).expect("it answers");
        answer
    }

    /// Tells it to stop, and how long that took.
    fn stop(mut self) -> Duration {
        let told = Instant::now();
        let kill = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().expect("it is told");
        assert!(kill.success());
        assert!(self.process.wait().expect("it ends").success());
        told.elapsed()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[test]
fn it_stops_at_once_with_half_sent_requests_and_its_file_alone_is_complete() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let demo = Demo::in_folder(&data);
    let half = ["", "GET /login HTTP/1.1\r\nHost: a\r\n", "P"].map(|half| demo.open(half));
    // It was let in after the others.
    assert!(demo.get("/readyz").starts_with("HTTP/1.1 200 OK"));
    let took = demo.stop();
    assert!(took < Duration::from_secs(5), "{took:?}");
    drop(half);

    let file = data.path().join("keyhouse.db");
    for left in ["keyhouse.db-wal", "keyhouse.db-shm"] {
        assert!(!data.path().join(left).exists(), "{left} was left");
    }
    let copy = tempfile::tempdir().expect("a temporary folder");
    std::fs::copy(file, copy.path().join("keyhouse.db")).expect("a copy of the file alone");
    let (code, said) = words(&keyhouse(&copy).arg("verify").output().expect("it runs"));
    assert_eq!(code, Some(0), "{said}");
    assert!(!copy.path().join("keyhouse.db-wal").exists(), "a command closes the database as well");
}

#[test]
fn a_request_that_is_sent_for_ever_does_not_keep_it_from_stopping_in_ten_seconds() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let demo = Demo::in_folder(&data);
    let body = "POST /api/sessions/sign_in HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nlogin=";
    let half = demo.open(body);
    assert!(demo.get("/healthz").starts_with("HTTP/1.1 200 OK"));
    let took = demo.stop();
    assert!(took < Duration::from_secs(10), "{took:?}");
    drop(half);
}

#[test]
fn nobody_who_reads_the_log_is_no_reason_to_stop_serving() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyhouse"));
    command.env_clear().arg("--data-dir").arg(data.path()).args(["--log", "debug", "demo", "--addr", "127.0.0.1:0"]);
    // A pipe that nobody reads from the beginning: one that is left unread would be full before the demo is made.
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let demo = Demo::start(command.stderr(writer));
    for page in ["/login", "/healthz", "/login"] {
        let answer = demo.get(page);
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{page}: {answer}");
    }
    let took = demo.stop();
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[test]
fn a_reader_of_the_log_that_stalls_is_no_reason_to_stop_serving() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyhouse"));
    command.env_clear().arg("--data-dir").arg(data.path()).args(["--log", "trace", "demo", "--addr", "127.0.0.1:0"]);
    // A pipe takes 64 kB at the most; what is logged by then is many times that.
    let (mut reader, writer) = std::io::pipe().expect("a pipe");
    let demo = Demo::start(command.stderr(writer));
    drop(command);
    for _ in 0..100 {
        assert!(demo.get("/login").starts_with("HTTP/1.1 200 OK"));
    }
    let took = demo.stop();
    assert!(took < Duration::from_secs(5), "{took:?}");
    let mut log = Vec::new();
    reader.read_to_end(&mut log).expect("what was in the pipe");
    assert!(log.len() >= 32_768, "{} bytes fill no pipe", log.len());
}

#[test]
fn a5_a7_no_token_is_logged_whatever_is_logged() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let log = data.path().join("log");
    let file = std::fs::File::create(&log).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyhouse"));
    command.env_clear().arg("--data-dir").arg(data.path()).args(["--log", "trace", "demo", "--addr", "127.0.0.1:0"]);
    let demo = Demo::start(command.stderr(file));
    let token = "0123456789abcdef".repeat(4);
    for page in ["activate", "reset"] {
        demo.get(&format!("/{page}/{token}"));
    }
    let form = format!("login=anna&password={token}");
    let mut post = demo.open(&format!(
        "POST /api/sessions/sign_in?token={token} HTTP/1.1\r\nHost: {}\r\nCookie: keyhouse={token}; again={token}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{form}",
        demo.address,
        form.len()
    ));
    post.read_to_string(&mut String::new()).expect("it answers");
    demo.stop();
    let log = std::fs::read_to_string(log).expect("the log");
    assert!(!log.contains(&token), "{}", log.lines().filter(|line| line.contains(&token)).collect::<String>());
    assert!(log.contains("outcome=\"refused.sign_in_failed\"") && log.contains("network=127.0.0.1"), "{log}");
}

#[test]
fn nobody_else_on_this_machine_reads_what_is_kept() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let folder = data.path().join("made");
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyhouse"));
    command.env_clear().arg("--data-dir").arg(&folder).args(["--log", "off", "demo", "--addr", "127.0.0.1:0"]);
    let demo = Demo::start(&mut command);
    assert!(demo.get("/readyz").starts_with("HTTP/1.1 200 OK"));
    let mut files = vec![folder.clone()];
    while let Some(path) = files.pop() {
        let found = std::fs::metadata(&path).expect("it is there");
        assert_eq!(found.mode() & 0o077, 0, "{}: {:o}", path.display(), found.mode());
        if found.is_dir() {
            files.extend(std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("a file").path()));
        }
    }
    demo.stop();
}

#[test]
fn verify_of_a_folder_that_is_not_there_makes_none() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let wrong = data.path().join("wrong");
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyhouse"));
    let verify = command.env_clear().arg("--data-dir").arg(&wrong).arg("verify").output().expect("it runs");
    let expected = format!(
        "keyhouse: there is no database at {}; is the data folder right?\n",
        wrong.join("keyhouse.db").display()
    );
    assert_eq!(words(&verify), (Some(1), expected));
    assert!(!wrong.exists());
}

/// 1,015 connections with one byte each, and 1,024 descriptors (what systemd and shells give).
#[test]
fn a_thousand_half_open_connections_keep_nobody_out() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new("sh");
    let serve = format!(
        "ulimit -n 1024; exec '{}' --data-dir '{}' --log off demo --addr 127.0.0.1:0",
        env!("CARGO_BIN_EXE_keyhouse"),
        data.path().display()
    );
    let demo = Demo::start(command.args(["-c", &serve]));
    // This program needs as many.
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).expect("more files");
    let half: Vec<_> = (0..1_015).map(|_| demo.open("G")).collect();
    for page in ["/healthz", "/readyz", "/login"] {
        let answer = demo.get(page);
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{page}: {answer}");
    }
    drop(half);
    demo.stop();
}

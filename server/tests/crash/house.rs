//! The program on a database of its own: started, asked, killed, recounted.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::process::ExitStatusExt,
    process::{Child, Command, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};
use service::testing::World;
use store::testing::Database;
use url::form_urlencoded;

use super::{Cause, Form};

/// When everything happens, unless the cause is another time.
const NOW: &str = "2026-11-21T10:00:00Z";

/// How many answers are waited for, till the clock has done what it does.
const PATIENCE: usize = 10_000;

/// How many rows tables have.
type Rows<'a> = Vec<(&'a str, i64)>;

/// A database, and a folder for the program.
pub struct House {
    folder: tempfile::TempDir,
    database: Database,
}

/// The program while it runs. It is killed when it is dropped.
pub struct Running<'a> {
    house: &'a House,
    cause: &'a Cause,
    program: Child,
    address: String,
}

impl House {
    /// On SQLite.
    pub async fn sqlite() -> Self {
        Self::on(Database::sqlite().await)
    }

    /// On PostgreSQL.
    pub async fn postgres() -> Self {
        Self::on(Database::postgres().await)
    }

    /// The program has the key that worlds seal with.
    fn on(database: Database) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("keyhouse.key"), service::testing::sealing_key().reveal()).expect("the key");
        Self { folder, database }
    }

    /// The address of the database.
    pub fn url(&self) -> &str {
        &self.database.url
    }

    /// How many steps the longest transaction of that file takes: the program does what it does, told to list them, and ends by
    /// itself.
    pub async fn count_steps(&self, cause: &Cause, begun_in: &str, tables: &[&str], makes: &str) -> u32 {
        let before = self.rows(tables).await;
        let mut running = self.serve(cause, "list");
        running.happens(&before, tables, makes).await.expect("nobody kills it");
        running.stop();
        let listed = fs::read_to_string(self.fail_file()).expect("the steps");
        let steps = listed.lines().filter_map(|line| line.strip_suffix(begun_in)?.split_once(' ')?.0.parse().ok());
        steps.max().expect("a step")
    }

    /// Starts the program, with what it reads at each step (server/src/fail_point.rs).
    pub fn serve<'a>(&'a self, cause: &'a Cause, at_each_step: &str) -> Running<'a> {
        let time = if let Cause::Time(time) = cause { time } else { NOW };
        fs::write(self.clock(), time).expect("the clock is set");
        fs::write(self.fail_file(), at_each_step).expect("the step is named");
        let mut serve = self.keyhouse();
        serve.args(["serve", "--addr", "127.0.0.1:0"]).stdout(Stdio::piped());
        let mut program = serve.spawn().expect("it starts");
        let mut first = String::new();
        BufReader::new(program.stdout.take().expect("its words")).read_line(&mut first).expect("a line");
        let address = first.trim().strip_prefix("Keyhouse is at http://").expect("an address");
        let address = address.trim_end_matches('/').to_owned();
        Running { house: self, cause, program, address }
    }

    /// `keyhouse verify` would have nothing to say. Nobody else has the database open, and nobody does afterwards.
    pub async fn verify(&self) {
        let service = World::on(self.url()).await.service;
        service.store.ready().await.expect("all migrations");
        assert_eq!(service::verify::verify(&service).await.expect("an answer"), []);
        service.store.close().await;
    }

    /// How many rows the tables have.
    pub async fn rows<'a>(&self, tables: &[&'a str]) -> Rows<'a> {
        store::testing::rows_of(self.url(), tables).await
    }

    /// Which tables have more or less rows than before, as in `orders +1, licenses +2`.
    pub async fn added_since(&self, before: &Rows<'_>, tables: &[&str]) -> String {
        let now = self.rows(tables).await;
        let changed = now.iter().zip(before).filter(|(now, before)| now != before);
        changed.map(|(now, before)| format!("{} {:+}", now.0, now.1 - before.1)).collect::<Vec<_>>().join(", ")
    }

    fn keyhouse(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyhouse"));
        command.env_clear().args(["--test-clock", "--log", "off", "--database-url", self.url()]);
        command.arg("--data-dir").arg(self.folder.path());
        // The clock jumps by a month, and what is over by then is no part of what is counted.
        command.env("KEYHOUSE_KEEP_FORM_KEYS_DAYS", "365");
        command.env("KEYHOUSE_CLOCK_FILE", self.clock()).env("KEYHOUSE_FAIL_FILE", self.fail_file());
        command
    }

    fn clock(&self) -> std::path::PathBuf {
        self.folder.path().join("now.txt")
    }

    fn fail_file(&self) -> std::path::PathBuf {
        self.folder.path().join("step.txt")
    }
}

impl Running<'_> {
    /// Lets it happen, till it has made what it makes: the first line of the answer and where it leads, or nothing when the program died of it.
    pub async fn happens(&mut self, before: &Rows<'_>, tables: &[&str], makes: &str) -> Option<String> {
        match self.cause {
            Cause::Form(form) => match self.send(form) {
                Some(answer) => {
                    assert!(answer.starts_with("HTTP/1.1 30"), "{answer}");
                    return Some(answer);
                }
                None => self.has_died(),
            },
            Cause::Time(_) => {
                // It answers as long as it lives, and each answer takes a while.
                for _ in 0..PATIENCE {
                    if self.ask("GET /readyz HTTP/1.1\r\n", "").is_none() {
                        self.has_died();
                        return None;
                    }
                    if self.house.added_since(before, tables).await == makes {
                        return Some(String::new());
                    }
                }
                panic!("it makes something else: {}", self.house.added_since(before, tables).await);
            }
        }
        None
    }

    /// It is told to end, and does when all is done.
    fn stop(&mut self) {
        kill_process(Pid::from_child(&self.program), Signal::TERM).expect("it can be told");
        assert!(self.program.wait().expect("it ends").success());
    }

    /// It was killed, and ended in no other way.
    fn has_died(&mut self) {
        let ended = self.program.wait().expect("it ends");
        assert_eq!(ended.signal(), Some(9), "{ended}");
    }

    fn send(&self, form: &Form) -> Option<String> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
        let address = &self.address;
        let head = format!(
            "POST /api/{} HTTP/1.1\r\nAccept: text/html\r\nOrigin: http://{address}\r\nReferer: http://{address}/\r\n\
             Sec-Fetch-Site: same-origin\r\nCookie: keyhouse={}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n",
            form.endpoint,
            form.session,
            body.len()
        );
        self.ask(&head, &body)
    }

    /// The first line of the answer, and where it leads; nothing when the connection was cut.
    fn ask(&self, head: &str, body: &str) -> Option<String> {
        let address = &self.address;
        let mut connection = TcpStream::connect(address).ok()?;
        write!(connection, "{head}Host: {address}\r\nConnection: close\r\n\r\n{body}").ok()?;
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).ok()?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let mut lines = answer.lines();
        let first = lines.next()?;
        let leads = lines.find_map(|line| line.strip_prefix("location: ")).unwrap_or_default();
        Some(format!("{first} {leads}"))
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.program.kill().ok();
        self.program.wait().ok();
    }
}

//! The PostgreSQL server for tests, which lends its databases to one test after the other.

use sqlx::{AnyConnection, Connection, Executor, Row};

use crate::tx::pieces;

/// The variable that names the server; `scripts/with-postgres` starts one and sets it.
const SERVER: &str = "KEYHOUSE_TEST_POSTGRES_URL";

/// What our locks on the server begin with; lock 0 is the template's, lock n the n-th database's.
const LOCKS: i32 = 27_187;

/// A connection to the server.
pub(super) struct Server {
    url: String,
    connection: AnyConnection,
}

impl Server {
    /// Connects to it.
    pub(super) async fn connect() -> Self {
        let url = std::env::var(SERVER).unwrap_or_else(|_| {
            panic!("{SERVER} is not set: run the tests by `scripts/with-postgres cargo test`, or `make unit`")
        });
        sqlx::any::install_default_drivers();
        let connection = AnyConnection::connect(&url).await.expect("the server answers");
        Self { url, connection }
    }

    /// Lends the first database that nobody has, made anew of that template. It is lent as long as the connection lives: no test
    /// has to give it back, also none that was killed, and there are never more of them than tests that run at once.
    pub(super) async fn lend(mut self, template: &str) -> (String, AnyConnection) {
        let mut number = 1;
        while !self.says(format!("select pg_try_advisory_lock({LOCKS}, {number})")).await {
            number += 1;
        }
        let name = format!("keyhouse_test_{number}");
        self.does(format!("drop database if exists {name} with (force)")).await;
        let fast = self.says("select current_setting('server_version_num')::int >= 150000".to_owned()).await;
        // Files are copied as they are, not page by page through the log.
        let how = if fast { "strategy file_copy" } else { "" };
        self.does(format!("create database {name} template {template} {how}")).await;
        (self.url_of(&name), self.connection)
    }

    /// Whether there is a database of that name.
    pub(super) async fn has(&mut self, name: &str) -> bool {
        self.says(format!("select exists (select 1 from pg_database where datname = '{name}')")).await
    }

    /// From here on nobody else makes the template, until this connection ends or lets go.
    pub(super) async fn hold_template(&mut self) {
        self.does(format!("select 1 from pg_advisory_lock({LOCKS}, 0)")).await;
    }

    /// Lets another one look for the template.
    pub(super) async fn release_template(&mut self) {
        self.does(format!("select pg_advisory_unlock({LOCKS}, 0)")).await;
    }

    /// Runs a statement.
    pub(super) async fn does(&mut self, statement: String) {
        let done = self.connection.execute(pieces(statement.clone())).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    /// The address of a database of this server.
    pub(super) fn url_of(&self, name: &str) -> String {
        let (address, settings) =
            self.url.split_once('?').map_or((&*self.url, None), |(one, other)| (one, Some(other)));
        let (server, _) = address.rsplit_once('/').expect("an address with a database");
        settings.map_or_else(|| format!("{server}/{name}"), |settings| format!("{server}/{name}?{settings}"))
    }

    async fn says(&mut self, question: String) -> bool {
        self.connection.fetch_one(pieces(question)).await.expect("an answer").get(0)
    }
}

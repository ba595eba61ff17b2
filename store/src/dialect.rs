//! The only file that knows which database it is.

use std::{
    net::IpAddr,
    time::{Duration, Instant},
};

use sqlx::{
    AnyConnection, AnyPool, Connection, Executor,
    any::AnyPoolOptions,
    error::DatabaseError,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgSslMode},
};
use tokio::time::timeout;

use crate::{
    Error,
    row::Read,
    tx::{begin, pieces},
};

/// A log of SQLite that is longer than so many bytes is cut, as soon as nobody needs it. The same number stands in what every
/// connection is told.
const LOG: u64 = 64 << 20;

/// How many KiB of pages each connection of SQLite keeps in memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cache(u32);

impl Cache {
    /// Who reads finds most pages in the mapped file; what is kept are those of the log.
    pub(crate) const READER: Self = Self(2 << 10);
    /// Who writes keeps what it has changed.
    pub(crate) const WRITER: Self = Self(16 << 10);
}

/// How long PostgreSQL may take for the first connection. Where what is sent to it is dropped on the way, the system would try for minutes.
pub(crate) const TO_ANSWER: Duration = Duration::from_secs(10);

/// How long another process may take for migrations.
const FOR_ANOTHER_TO_MIGRATE: Duration = Duration::from_secs(600);

/// The host of a database that is not on this machine and is spoken with in the clear, or with whoever answers in its place;
/// `None` when the way to it is safe.
///
/// # Errors
/// When this is no address of a database.
pub fn unverified_host(url: &str) -> Result<Option<String>, Error> {
    if Dialect::of(url) == Dialect::Sqlite {
        return Ok(None);
    }
    let options: PgConnectOptions = url.parse()?;
    let host = options.get_host();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let here = options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || bare.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback());
    // `verify-ca` is not enough: sqlx adds the own authority to the public ones, and looks at no name, so that anybody's certificate
    // of a public authority would do.
    let verified = matches!(options.get_ssl_mode(), PgSslMode::VerifyFull);
    Ok((!here && !verified).then(|| host.to_owned()))
}

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    pub(crate) fn of(url: &str) -> Self {
        if url.starts_with("postgres") { Self::Postgres } else { Self::Sqlite }
    }

    /// The address with what it needs: whether SQLite makes its file when there is none.
    pub(crate) fn address(self, url: &str, make: bool) -> String {
        match self {
            Self::Sqlite if !url.contains('?') => format!("{url}?mode={}", if make { "rwc" } else { "rw" }),
            _ => url.to_owned(),
        }
    }

    /// Whether it answers in that time. A pool would take a server that refuses for one that is just starting, and ask it again for half a
    /// minute.
    pub(crate) async fn must_answer(self, address: &str, within: Duration) -> Result<(), Error> {
        if self == Self::Sqlite {
            return Ok(());
        }
        let answers = async { AnyConnection::connect(address).await?.close().await };
        let answered = timeout(within, answers).await;
        Ok(answered.map_err(|_| Error::Silent { seconds: within.as_secs() })??)
    }

    /// SQLite has one writer, who waits in our queue instead of in the database.
    pub(crate) const fn writers(self) -> u32 {
        match self {
            Self::Sqlite => 1,
            Self::Postgres => 8,
        }
    }

    /// A transaction that writes takes SQLite's lock at its beginning: taking it later fails
    /// with "database is locked" whenever another wrote in between.
    pub(crate) const fn begin_write(self) -> &'static str {
        match self {
            Self::Sqlite => "begin immediate",
            Self::Postgres => "begin",
        }
    }

    /// A transaction that reads sees one moment from its first query to its last.
    pub(crate) const fn begin_read(self) -> &'static str {
        match self {
            Self::Sqlite => "begin",
            Self::Postgres => "begin isolation level repeatable read read only",
        }
    }

    /// What every new connection is told, and which ones are not used any more: SQLite rolls a transaction back by itself when
    /// the disk is full or fails. sqlx does not count that (its own rollback fails then), and refuses every later
    /// transaction on that connection, which may be the only one that writes. It is asked here, and not when the connection
    /// comes back, because the pool has waited for the queued rollback only by now. See
    /// <https://github.com/transact-rs/sqlx/issues/3932>; this may go when sqlx asks SQLite itself.
    ///
    /// Whether a connection is still there is asked of PostgreSQL alone, which may be gone with the network. With SQLite it is a thread of
    /// ours, to which each question is handed over and back, and the pool has asked it when the connection came back.
    pub(crate) fn prepare(self, options: AnyPoolOptions, cache: Cache) -> AnyPoolOptions {
        let options = options.test_before_acquire(self == Self::Postgres);
        let options = options.before_acquire(|connection: &mut AnyConnection, _| {
            let ended = !connection.is_in_transaction();
            if !ended {
                tracing::warn!("a connection whose transaction did not end is closed, and another one is opened");
            }
            Box::pin(std::future::ready(Ok(ended)))
        });
        options.after_connect(move |connection: &mut AnyConnection, _| {
            Box::pin(async move {
                if self == Self::Sqlite {
                    let Cache(kib) = cache;
                    let told = format!(
                        "pragma journal_mode = wal; pragma synchronous = full; \
                         pragma foreign_keys = on; pragma busy_timeout = 5000; \
                         pragma cache_size = -{kib}; pragma mmap_size = 1073741824; \
                         pragma temp_store = memory; pragma journal_size_limit = 67108864;"
                    );
                    connection.execute(pieces(told)).await?;
                }
                Ok(())
            })
        })
    }

    /// Applies what has not been applied yet. Of several processes that do so at once, each waits for the one before: sqlx
    /// sees to that on PostgreSQL only. On SQLite it is one transaction, whose lock the others wait for, and all of it is done or nothing.
    pub(crate) async fn migrate(self, writers: &AnyPool, migrator: &Migrator) -> Result<(), Error> {
        if self == Self::Postgres {
            return Ok(migrator.run(writers).await?);
        }
        let since = Instant::now();
        let mut tx = loop {
            match begin(writers, self, self.begin_write()).await {
                Err(sqlx::Error::Database(error))
                    if is_locked(error.as_ref()) && since.elapsed() < FOR_ANOTHER_TO_MIGRATE =>
                {
                    tracing::info!("another program writes to the database, perhaps to migrate it; waiting for it");
                }
                begun => break begun?,
            }
        };
        // `run` would do, but for a lifetime that it asks for.
        migrator.run_direct(None, &mut *tx, false).await?;
        Ok(tx.commit().await?)
    }

    /// Writes SQLite's log into its file as far as nobody reads an older moment. When the log has become long nevertheless, those who
    /// write wait up to a second for those who read, so that it can begin anew and be cut. Gives how long it is now, in bytes.
    pub(crate) async fn write_back(self, readers: &AnyPool, writers: &AnyPool) -> Result<u64, Error> {
        if self == Self::Postgres {
            return Ok(0);
        }
        let log = checkpoint(&mut *readers.acquire().await?, "passive").await?;
        if log <= LOG {
            return Ok(log);
        }
        let mut writer = writers.acquire().await?;
        writer.execute("pragma busy_timeout = 1000").await?;
        let log = checkpoint(&mut writer, "truncate").await;
        writer.execute("pragma busy_timeout = 5000").await?;
        log
    }

    /// Copies SQLite's database into an empty file, while others work on it. `false` for PostgreSQL, which has its own tools.
    pub(crate) async fn copy(self, readers: &AnyPool, file: &str) -> Result<bool, Error> {
        if self == Self::Postgres {
            return Ok(false);
        }
        let mut connection = readers.acquire().await?;
        sqlx::query("vacuum into $1").bind(file.to_owned()).execute(&mut *connection).await?;
        Ok(true)
    }

    /// What is broken in the pages and indexes of SQLite's file. PostgreSQL looks after its own.
    pub(crate) async fn damages(self, connection: &mut AnyConnection) -> Result<Vec<String>, Error> {
        if self == Self::Postgres {
            return Ok(Vec::new());
        }
        let said: Vec<String> = sqlx::query_scalar("pragma integrity_check").fetch_all(connection).await?;
        Ok(said.into_iter().filter(|said| said != "ok").collect())
    }

    /// A migration in this database's words.
    pub(crate) fn migration(self, text: &str) -> String {
        let (sequence, by_key) = match self {
            Self::Sqlite => ("integer primary key autoincrement", "without rowid"),
            Self::Postgres => ("bigint generated by default as identity primary key", ""),
        };
        text.replace("{{sequence}}", sequence).replace("{{by_key}}", by_key)
    }

    /// Takes a row of licenses or accounts for the rest of the transaction, so that a decision
    /// made on what it says still holds when it is written. SQLite's writer is alone anyway.
    pub(crate) const fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "for update",
        }
    }

    /// The same for whatever others refer to: a new session of a person, or a new customer of an account, does not wait for it.
    pub(crate) const fn for_no_key_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "for no key update",
        }
    }

    /// Names the index by which the rows of a list come in their order. SQLite's planner chooses by
    /// guesses, and a list must not become slow when they change; PostgreSQL's knows the values.
    pub(crate) fn by_index(self, name: &str) -> String {
        match self {
            Self::Sqlite => format!("indexed by {name}"),
            Self::Postgres => String::new(),
        }
    }

    /// Brings the planner's statistics up to date, after many rows came at once. SQLite has none: its
    /// queries say themselves how they are answered.
    pub(crate) async fn analyze(self, connection: &mut AnyConnection) -> Result<(), Error> {
        if self == Self::Postgres {
            connection.execute("analyze").await?;
        }
        Ok(())
    }
}

/// How long SQLite's log is, in bytes, after as much of it was written into the file as that kind of checkpoint can.
async fn checkpoint(connection: &mut AnyConnection, kind: &'static str) -> Result<u64, Error> {
    let row = sqlx::query(pieces(format!("pragma wal_checkpoint({kind})"))).fetch_one(&mut *connection).await?;
    let pages: i64 = sqlx::query_scalar("pragma page_size").fetch_one(&mut *connection).await?;
    // -1 where there is no log.
    let frames = row.int("log")?.max(0);
    Ok(u64::try_from(frames * pages).unwrap_or(0))
}

/// Whether somebody else has SQLite's lock for longer than a connection waits.
fn is_locked(error: &dyn DatabaseError) -> bool {
    error.code().is_some_and(|code| sqlite(&code) == Some(5))
}

/// What SQLite's number of an error says: the lower bits of it, as the upper ones only say more of the same.
fn sqlite(code: &str) -> Option<u32> {
    code.parse::<u32>().ok().filter(|_| code.len() < 5).map(|code| code & 0xff)
}

/// Whether a commit that ended so may have been done: the disk failed under it, or the server is gone. Where the database itself has
/// taken it back (it was locked, or two waited for each other), it says so.
pub(crate) fn may_have_committed(error: &sqlx::Error) -> bool {
    let taken_back = |code: &str| match sqlite(code) {
        Some(code) => code == 5,
        None => code.starts_with("40"),
    };
    let says_so = match error {
        sqlx::Error::Database(error) => error.code().is_some_and(|code| taken_back(&code)),
        _ => false,
    };
    is_for_now(error) && !says_so
}

/// Whether an error says that the same may be done later, rather than that it may not be done with this database.
pub(crate) fn is_for_now(error: &sqlx::Error) -> bool {
    is_unusable(error) || is_collision(error)
}

/// Whether PostgreSQL has rolled a transaction back because another one was in its way, such as two that wait for each other.
fn is_collision(error: &sqlx::Error) -> bool {
    let Some(error) = error.as_database_error() else { return false };
    error.code().is_some_and(|code| sqlite(&code).is_none() && code.starts_with("40"))
}

/// Whether an error says that the database cannot be used now.
pub(crate) fn is_unusable(error: &sqlx::Error) -> bool {
    let error = match error {
        sqlx::Error::Database(error) => error,
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::BeginFailed
        | sqlx::Error::WorkerCrashed => return true,
        _ => return false,
    };
    let Some(code) = error.code() else { return true };
    match sqlite(&code) {
        // Locked by somebody else, read-only, an error of the disk, a malformed file, a full disk, no file, no database.
        Some(code) => matches!(code, 5 | 8 | 10 | 11 | 13 | 14 | 26),
        // PostgreSQL's five letters and digits: read-only, the connection, resources as the disk, stopped by somebody, the system,
        // an error inside the server.
        None => ["25006", "08", "53", "57P", "58", "XX"].iter().any(|class| code.starts_with(class)),
    }
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    #[tokio::test]
    async fn r17_a_postgresql_that_says_nothing_is_given_up_with_a_sentence() {
        sqlx::any::install_default_drivers();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let speechless = thread::spawn(move || listener.accept());
        let url = format!("postgres://keyhouse@{address}/keyhouse");
        let error = Dialect::of(&url).must_answer(&url, Duration::from_secs(1)).await.expect_err("nobody speaks");
        let words =
            "it does not answer within 1 s; see that it runs, and that nothing in between drops what is sent to it";
        assert_eq!(error.to_string(), words);
        assert!(error.is_for_now());
        speechless.join().expect("it ran").expect("it was connected with");
    }
}

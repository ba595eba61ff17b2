//! The database and its transactions.

use std::{future::Future, io, panic::Location, sync::Arc};

use sqlx::{
    Any, AnyConnection, AnyPool, AssertSqlSafe, SqlSafeStr, Transaction, any::AnyPoolOptions, migrate::MigrateError,
    pool::PoolConnection,
};

use crate::{
    Error,
    asked::Asked,
    audit::{self, Event},
    dialect::{Cache, Dialect, TO_ANSWER},
    migrations,
    row::Read,
    statement::{Statement, rolled_back},
    steps::{Steps, Watch},
    writing::{Known, Writing},
};

/// The database: many readers, and on SQLite one writer.
#[derive(Clone)]
pub struct Store {
    dialect: Dialect,
    readers: AnyPool,
    writers: AnyPool,
    writing: Arc<Writing>,
    /// The last migration of this program.
    known: i64,
    watch: Option<Watch>,
    asked: Asked,
}

/// One transaction. Dropped without [`Tx::commit`], it did nothing. Once a statement of it has failed, it does nothing more.
pub struct Tx {
    inner: Inner,
    dialect: Dialect,
    fate: Fate,
    /// Where it is remembered whether writing works; nothing for one that only reads.
    writing: Option<Arc<Writing>>,
    /// What is to be written down when it commits.
    noted: Vec<Event>,
    /// Whether it holds the names to sign in with: see `contacts/names.rs`.
    holds_names: bool,
    /// Where it has come to, when somebody watches.
    steps: Option<Steps>,
    asked: Asked,
}

/// The connection of a transaction.
enum Inner {
    Begun(Transaction<'static, Any>),
    /// For one statement, which sees one moment without a transaction around it.
    Single(PoolConnection<Any>),
}

impl Inner {
    fn connection(&mut self) -> &mut AnyConnection {
        match self {
            Self::Begun(transaction) => transaction,
            Self::Single(connection) => connection,
        }
    }

    async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Begun(transaction) => transaction.commit().await,
            Self::Single(_) => Ok(()),
        }
    }
}

/// Whether the database has failed a transaction, and what is undone then.
#[derive(Default)]
struct Fate {
    failed: bool,
    undo: Vec<Box<dyn FnOnce() + Send + Sync>>,
}

impl Drop for Fate {
    fn drop(&mut self) {
        if self.failed {
            self.undo.drain(..).for_each(|undo| undo());
        }
    }
}

impl Store {
    /// Opens `sqlite:FILE` or `postgres://...`; a file that is not there is made. No migration runs.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn open(url: &str) -> Result<Self, Error> {
        Self::open_at(url, true).await
    }

    /// The same of a database that is there: no file is made.
    ///
    /// # Errors
    /// When the database cannot be reached, or there is none.
    pub async fn open_existing(url: &str) -> Result<Self, Error> {
        Self::open_at(url, false).await
    }

    async fn open_at(url: &str, make: bool) -> Result<Self, Error> {
        sqlx::any::install_default_drivers();
        let dialect = Dialect::of(url);
        let address = dialect.address(url, make);
        dialect.must_answer(&address, TO_ANSWER).await?;
        let pool = |most, cache| dialect.prepare(AnyPoolOptions::new().max_connections(most), cache);
        let writers = pool(dialect.writers(), Cache::WRITER).connect(&address).await?;
        let readers = pool(8, Cache::READER).connect(&address).await?;
        let known = migrations::last(&migrations::all(dialect));
        Ok(Self { dialect, readers, writers, writing: Arc::default(), known, watch: None, asked: Asked::default() })
    }

    /// The same, with somebody who is told each step of what is written.
    #[must_use]
    pub fn watched(self, watch: Watch) -> Self {
        Self { watch: Some(watch), ..self }
    }

    /// The connections that write.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) const fn writers(&self) -> &AnyPool {
        &self.writers
    }

    /// Begins a transaction that writes.
    ///
    /// # Errors
    /// When the database cannot be reached.
    #[track_caller]
    pub fn write(&self) -> impl Future<Output = Result<Tx, Error>> + Send + '_ {
        // Not inside the closure, which has no caller of its own.
        let begun_in = Location::caller().file();
        let steps = self.watch.clone().map(|watch| Steps::of(watch, begun_in));
        self.begin_write(steps)
    }

    async fn begin_write(&self, mut steps: Option<Steps>) -> Result<Tx, Error> {
        next(&mut steps);
        self.asked.begin();
        let begun = begin(&self.writers, self.dialect, self.dialect.begin_write()).await;
        let mut inner = begun.inspect_err(|error| self.writing.failed(error))?;
        // A newer release may mean something else by what this one writes.
        let newest = sqlx::query_scalar("select coalesce(max(version), 0) from _sqlx_migrations");
        let found: i64 = newest.fetch_one(&mut *inner).await?;
        if found > self.known {
            return Err(Error::Newer { found, known: self.known });
        }
        Ok(Tx { writing: Some(self.writing.clone()), steps, ..self.around(Inner::Begun(inner)) })
    }

    /// Begins a transaction that reads one moment of the data.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(&self) -> Result<Tx, Error> {
        self.asked.begin();
        let begun = begin(&self.readers, self.dialect, self.dialect.begin_read()).await?;
        Ok(self.around(Inner::Begun(begun)))
    }

    /// For one statement that reads: it sees one moment by itself, and neither the beginning nor the end of a transaction is waited for.
    /// A second statement may see another moment.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read_once(&self) -> Result<Tx, Error> {
        Ok(self.around(Inner::Single(self.readers.acquire().await?)))
    }

    fn around(&self, inner: Inner) -> Tx {
        Tx {
            inner,
            dialect: self.dialect,
            fate: Fate::default(),
            writing: None,
            noted: Vec::new(),
            holds_names: false,
            steps: None,
            asked: self.asked.clone(),
        }
    }

    /// Applies the migrations that have not been applied yet. Several processes may do so at once.
    ///
    /// # Errors
    /// When one fails; those before it stay applied on PostgreSQL. [`Error::Newer`] when another release has applied more.
    pub async fn migrate(&self) -> Result<(), Error> {
        let known = self.known;
        match self.dialect.migrate(&self.writers, &migrations::all(self.dialect)).await {
            Err(Error::Migrate(MigrateError::VersionMissing(found))) if found > known => {
                Err(Error::Newer { found, known })
            }
            migrated => migrated,
        }
    }

    /// Whether the database answers and has all migrations, and no more.
    ///
    /// # Errors
    /// [`Error::Behind`] when some are missing, [`Error::Newer`] when there are some of a newer release.
    pub async fn ready(&self) -> Result<(), Error> {
        let all = i64::try_from(migrations::all(self.dialect).iter().count()).unwrap_or(i64::MAX);
        let mut connection = self.readers.acquire().await?;
        // Before the first migration there is no such table.
        let applied = sqlx::query(
            "select count(*) as done, coalesce(max(version), 0) as last from _sqlx_migrations where success",
        );
        let (done, last) = match applied.fetch_one(&mut *connection).await {
            Ok(row) => (row.int("done")?, row.int("last")?),
            Err(_) => (0, 0),
        };
        match done {
            _ if last > self.known => Err(Error::Newer { found: last, known: self.known }),
            done if done == all => Ok(()),
            done => Err(Error::Behind { done, all }),
        }
    }

    /// Whether it can be written. What was committed a moment ago proves it, so that nobody waits for a long transaction under way; else
    /// the writer's lock is taken and given back. After a write that failed, only a row that this writes itself does.
    ///
    /// # Errors
    /// When nothing can be written now.
    pub async fn writable(&self) -> Result<(), Error> {
        match self.writing.known() {
            Known::Works => Ok(()),
            Known::Little => self.begin_write(None).await.map(drop),
            Known::Failed => {
                let mut tx = self.begin_write(None).await?;
                sqlx::query("update write_checks set writes = writes + 1 where one = 1").execute(tx.db()).await?;
                tx.commit().await?;
                self.writing.proved();
                Ok(())
            }
        }
    }

    /// Brings the planner's statistics up to date, after many rows came at once.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn analyze(&self) -> Result<(), Error> {
        let mut connection = self.writers.acquire().await?;
        self.dialect.analyze(&mut connection).await
    }

    /// Writes SQLite's log back into its file as far as that can be done now, and gives how many bytes it is long still.
    ///
    /// # Errors
    /// When the database cannot.
    pub async fn write_back(&self) -> Result<u64, Error> {
        self.dialect.write_back(&self.readers, &self.writers).await
    }

    /// Copies a SQLite database as it is at one moment into a file, which is empty or not there, while others work on it. `false`, and no
    /// file, for PostgreSQL.
    ///
    /// # Errors
    /// When the file cannot be written, or is not empty.
    pub async fn copy_into(&self, file: &str) -> Result<bool, Error> {
        self.dialect.copy(&self.readers, file).await
    }

    /// What is broken in the file itself, below its tables: nothing, as long as the disk and whoever copied it did well.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub async fn damages(&self) -> Result<Vec<String>, Error> {
        self.dialect.damages(&mut *self.readers.acquire().await?).await
    }

    /// How many transactions were begun so far, and how many statements asked.
    #[cfg(feature = "testing")]
    pub fn asked(&self) -> (usize, usize) {
        self.asked.so_far()
    }

    /// Ends all connections; SQLite writes its log back into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

impl Tx {
    /// Makes it all true at once; what was noted for the audit log is written last.
    ///
    /// # Errors
    /// When the database cannot; then nothing is done. [`Error::OutcomeUnknown`] when the database itself does not know (a disk that
    /// takes it and then fails, a server that is gone before it answers): the same form sent again finds out (O2). When a statement
    /// of it has failed before, whoever passed over that.
    pub async fn commit(mut self) -> Result<(), Error> {
        audit::write(&mut self).await?;
        if self.fate.failed {
            // PostgreSQL would answer "commit" with a rollback, and no error.
            return Err(rolled_back().into());
        }
        next(&mut self.steps);
        let done = self.inner.commit().await;
        if let Some(writing) = &self.writing {
            match &done {
                Ok(()) => writing.committed(),
                Err(error) => writing.failed(error),
            }
        }
        self.fate.failed = done.is_err();
        done.map_err(Error::of_commit)?;
        next(&mut self.steps);
        Ok(())
    }

    /// The connection, for one statement.
    pub(crate) fn db(&mut self) -> Statement<'_> {
        next(&mut self.steps);
        self.asked.statement();
        Statement {
            connection: self.inner.connection(),
            failed: &mut self.fate.failed,
            writing: self.writing.as_deref(),
        }
    }

    /// What is done outside of the database when the database fails: a statement of it, or its commit. Not when whoever began it gives
    /// it up.
    pub fn if_it_fails(&mut self, undo: impl FnOnce() + Send + Sync + 'static) {
        self.fate.undo.push(Box::new(undo));
    }

    /// What is to be written down when it commits.
    pub(crate) const fn noted(&mut self) -> &mut Vec<Event> {
        &mut self.noted
    }

    /// Whether it holds the names to sign in with.
    pub(crate) const fn holds_names(&mut self) -> &mut bool {
        &mut self.holds_names
    }

    pub(crate) const fn dialect(&self) -> Dialect {
        self.dialect
    }
}

/// Begins a transaction on a connection of the pool. Whoever asked may be gone before the database has answered: of PostgreSQL the
/// beginning is then finished all the same and taken back, for sqlx would give such a connection back to the pool without the
/// end of a transaction that it does not know to have begun. The thread of a connection with SQLite takes back by itself what nobody
/// waits for any more.
pub(crate) async fn begin(
    pool: &AnyPool,
    dialect: Dialect,
    statement: &'static str,
) -> Result<Transaction<'static, Any>, sqlx::Error> {
    let connection = pool.acquire().await?;
    let beginning = Transaction::begin(connection, Some(statement.into_sql_str()));
    match dialect {
        Dialect::Sqlite => beginning.await,
        Dialect::Postgres => tokio::spawn(beginning).await.map_err(io::Error::other)?,
    }
}

/// Tells the next step, when somebody watches.
fn next(steps: &mut Option<Steps>) {
    if let Some(steps) = steps {
        steps.next();
    }
}

/// The numbers of so many values, as in an `in (...)`; they begin after `before`.
pub(crate) fn places(before: usize, count: usize) -> String {
    (before + 1..=before + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

/// The rows of a `values` for so many things with so many columns each; their numbers begin after `before`. A column that
/// may be null and is no text says its type, as PostgreSQL reads the type of a null nowhere else: by its place, and the type.
pub(crate) fn rows(before: usize, columns: usize, typed: &[(usize, &str)], count: usize) -> String {
    let row = |row: usize| {
        let value = |column: usize| {
            let number = before + row * columns + column;
            match typed.iter().find(|(place, _)| *place == column) {
                Some((_, kind)) => format!("cast(${number} as {kind})"),
                None => format!("${number}"),
            }
        };
        format!("({})", (1..=columns).map(value).collect::<Vec<_>>().join(", "))
    };
    (0..count).map(row).collect::<Vec<_>>().join(", ")
}

/// SQL put together from fixed pieces of this crate: no piece comes from outside.
pub(crate) fn pieces(sql: String) -> AssertSqlSafe<String> {
    AssertSqlSafe(sql)
}

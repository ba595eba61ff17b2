//! The database and its transactions.

use std::{future::Future, panic::Location};

use sqlx::{Any, AnyConnection, AnyPool, AssertSqlSafe, Transaction, any::AnyPoolOptions};

use crate::{
    Error,
    audit::{self, Event},
    dialect::Dialect,
    migrations,
    steps::{Steps, Watch},
};

/// The database: many readers, and on SQLite one writer.
#[derive(Clone)]
pub struct Store {
    dialect: Dialect,
    readers: AnyPool,
    writers: AnyPool,
    watch: Option<Watch>,
}

/// One transaction. Dropped without [`Tx::commit`], it did nothing.
pub struct Tx {
    inner: Transaction<'static, Any>,
    dialect: Dialect,
    /// What is to be written down when it commits.
    noted: Vec<Event>,
    /// Whether it holds the names to sign in with: see `contacts/names.rs`.
    holds_names: bool,
    /// Where it has come to, when somebody watches.
    steps: Option<Steps>,
}

impl Store {
    /// Opens `sqlite:FILE` or `postgres://...`. No migration runs.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn open(url: &str) -> Result<Self, Error> {
        sqlx::any::install_default_drivers();
        let dialect = Dialect::of(url);
        let address = dialect.address(url);
        dialect.must_answer(&address).await?;
        let pool = |most| dialect.prepare(AnyPoolOptions::new().max_connections(most));
        let writers = pool(dialect.writers()).connect(&address).await?;
        let readers = pool(8).connect(&address).await?;
        Ok(Self { dialect, readers, writers, watch: None })
    }

    /// The same, with somebody who is told each step of what is written.
    #[must_use]
    pub fn watched(self, watch: Watch) -> Self {
        Self { watch: Some(watch), ..self }
    }

    /// The connections that write.
    #[cfg(test)]
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
        self.begin(&self.writers, self.dialect.begin_write(), steps)
    }

    /// Begins a transaction that reads one moment of the data.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(&self) -> Result<Tx, Error> {
        self.begin(&self.readers, self.dialect.begin_read(), None).await
    }

    async fn begin(&self, pool: &AnyPool, statement: &'static str, mut steps: Option<Steps>) -> Result<Tx, Error> {
        next(&mut steps);
        let inner = pool.begin_with(statement).await?;
        Ok(Tx { inner, dialect: self.dialect, noted: Vec::new(), holds_names: false, steps })
    }

    /// Applies the migrations that have not been applied yet.
    ///
    /// # Errors
    /// When one fails; those before it stay applied.
    pub async fn migrate(&self) -> Result<(), Error> {
        migrations::all(self.dialect).run(&self.writers).await?;
        Ok(())
    }

    /// Whether the database answers and has all migrations.
    ///
    /// # Errors
    /// [`Error::Behind`] when some are missing.
    pub async fn ready(&self) -> Result<(), Error> {
        let all = i64::try_from(migrations::all(self.dialect).iter().count()).unwrap_or(i64::MAX);
        let mut connection = self.readers.acquire().await?;
        // Before the first migration there is no such table.
        let done: i64 = sqlx::query_scalar("select count(*) from _sqlx_migrations where success")
            .fetch_one(&mut *connection)
            .await
            .unwrap_or(0);
        if done == all { Ok(()) } else { Err(Error::Behind { done, all }) }
    }

    /// Brings the planner's statistics up to date, after many rows came at once.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn analyze(&self) -> Result<(), Error> {
        let mut connection = self.writers.acquire().await?;
        self.dialect.analyze(&mut connection).await
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
    /// When the database cannot; then nothing is.
    pub async fn commit(mut self) -> Result<(), Error> {
        audit::write(&mut self).await?;
        next(&mut self.steps);
        self.inner.commit().await?;
        next(&mut self.steps);
        Ok(())
    }

    /// The connection, for one statement.
    pub(crate) fn db(&mut self) -> &mut AnyConnection {
        next(&mut self.steps);
        &mut self.inner
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

/// Tells the next step, when somebody watches.
fn next(steps: &mut Option<Steps>) {
    if let Some(steps) = steps {
        steps.next();
    }
}

/// SQL put together from fixed pieces of this crate: no piece comes from outside.
pub(crate) fn pieces(sql: String) -> AssertSqlSafe<String> {
    AssertSqlSafe(sql)
}

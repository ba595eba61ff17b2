//! A database of a test's own, migrated or empty, which nobody else uses.

use std::{fs, path::Path, sync::Mutex};

use sqlx::AnyConnection;
use tempfile::TempDir;

use super::{server::Server, template};

/// A database, until it is dropped.
pub struct Database {
    /// Its address.
    pub url: String,
    /// Where SQLite's file is, which goes with it.
    _folder: Option<TempDir>,
    /// By which PostgreSQL's is lent, and free for another test when it ends.
    _lent: Option<Mutex<AnyConnection>>,
}

impl Database {
    /// SQLite in a temporary folder, with all migrations.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn sqlite() -> Self {
        let (template, (database, file)) = (template::sqlite().await, Self::file());
        fs::copy(template, file).expect("a copy of the template");
        database
    }

    /// SQLite in a temporary folder, before any migration.
    ///
    /// # Panics
    /// When there is no folder for it.
    pub fn empty_sqlite() -> Self {
        Self::file().0
    }

    /// PostgreSQL, with all migrations.
    ///
    /// # Panics
    /// Without a server: nothing is skipped silently.
    pub async fn postgres() -> Self {
        let mut server = Server::connect().await;
        let template = template::postgres(&mut server).await;
        Self::lent(server, &template).await
    }

    /// PostgreSQL, before any migration.
    ///
    /// # Panics
    /// Without a server: nothing is skipped silently.
    pub async fn empty_postgres() -> Self {
        Self::lent(Server::connect().await, "template0").await
    }

    async fn lent(server: Server, template: &str) -> Self {
        let (url, connection) = server.lend(template).await;
        Self { url, _folder: None, _lent: Some(Mutex::new(connection)) }
    }

    /// One that has no file yet, and where that will be.
    fn file() -> (Self, Box<Path>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("keyhouse.db");
        let url = format!("sqlite:{}", file.display());
        (Self { url, _folder: Some(folder), _lent: None }, file.into())
    }
}

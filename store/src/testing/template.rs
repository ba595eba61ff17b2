//! The migrated database of which each test gets a copy. The first test that needs it makes it, under a name that changes with any
//! migration; many may do so at once, in threads or processes.

use std::{fs, path::PathBuf};

use sha2::{Digest, Sha256};

use super::server::Server;
use crate::{Store, dialect::Dialect, migrations};

/// SQLite's, a file beside the test program: `cargo clean` takes it away.
pub(super) async fn sqlite() -> PathBuf {
    let program = std::env::current_exe().expect("a program");
    let folder = program.parent().expect("a folder of programs");
    let file = folder.join(format!("keyhouse-{}.db", edition(Dialect::Sqlite)));
    if !file.exists() {
        let making = tempfile::tempdir_in(folder).expect("a folder beside the program");
        let made = making.path().join("keyhouse.db");
        migrated(&format!("sqlite:{}", made.display())).await;
        assert!(!making.path().join("keyhouse.db-wal").exists(), "all of it stands in its file");
        // Whoever else has made it meanwhile made the same.
        fs::rename(made, &file).expect("the template has its name");
    }
    file
}

/// The name of PostgreSQL's.
pub(super) async fn postgres(server: &mut Server) -> String {
    let name = format!("keyhouse_template_{}", edition(Dialect::Postgres));
    if server.has(&name).await {
        return name;
    }
    server.hold_template().await;
    if !server.has(&name).await {
        let making = "keyhouse_template_making";
        server.does(format!("drop database if exists {making} with (force)")).await;
        server.does(format!("create database {making} template template0")).await;
        migrated(&server.url_of(making)).await;
        server.does(format!("alter database {making} rename to {name}")).await;
    }
    server.release_template().await;
    name
}

async fn migrated(url: &str) {
    let store = Store::open(url).await.expect("a database");
    store.migrate().await.expect("the migrations");
    store.close().await;
}

/// What the migrations are, in a few letters.
fn edition(dialect: Dialect) -> String {
    let mut hash = Sha256::new();
    for migration in migrations::all(dialect).iter() {
        hash.update(migration.version.to_be_bytes());
        hash.update(&migration.checksum);
    }
    hex::encode(&hash.finalize()[..8])
}

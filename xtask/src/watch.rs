//! `make dev`: the site and the server, made and started again whenever a source changes.

use crate::{files, place::Place, step};
use anyhow::{Context, Result};
use std::{
    path::PathBuf,
    process::{Child, Command},
    thread,
    time::{Duration, Instant, SystemTime},
};

/// What is looked at. Looking twice a second at a few hundred files costs nothing and misses nothing on any file system.
const SOURCES: &[&str] = &[
    "domain",
    "store",
    "service",
    "app",
    "server",
    "frontend",
    "style",
    "public",
    "migrations",
    "Cargo.toml",
    "Cargo.lock",
];

/// Runs until it is interrupted. What does not build is told, and what ran before keeps running.
pub fn watch(place: &Place, server_args: &[&str]) -> Result<()> {
    let mut running: Option<Child> = None;
    loop {
        let (seen, began) = (look(place)?, Instant::now());
        match make(place) {
            Ok(()) => {
                stop(running.take())?;
                running = Some(start(place, server_args)?);
                step::say("made and started", "since the change was seen", began.elapsed());
            }
            Err(error) => eprintln!("  {error:#}\n  waiting for the next change"),
        }
        while look(place)? == seen {
            thread::sleep(Duration::from_millis(500));
        }
    }
}

type Look = Vec<(PathBuf, Option<SystemTime>)>;

fn look(place: &Place) -> Result<Look> {
    let mut look = Look::new();
    for source in SOURCES {
        let path = place.root.join(source);
        let paths = if path.is_dir() { files::below(&path)? } else { vec![path] };
        for path in paths {
            let time = path.metadata().and_then(|metadata| metadata.modified()).ok();
            look.push((path, time));
        }
    }
    Ok(look)
}

/// Both halves at once: each compiles the folders of `app` side by side, and the last of them on one core. What is wrong there is told by both.
fn make(place: &Place) -> Result<()> {
    thread::scope(|scope| {
        let server = scope.spawn(|| make_server(place));
        let site = crate::site(place);
        let server = server.join().expect("making the server does not panic");
        site.and(server)
    })
}

fn make_server(place: &Place) -> Result<()> {
    let start = Instant::now();
    let mut cargo = cargo(place);
    // There is one bar of progress, that of the browser's half.
    cargo.env("CARGO_TERM_PROGRESS_WHEN", "never").args(["build", "--package", "server", "--bin", "keyhouse"]);
    let status = cargo.status()?;
    anyhow::ensure!(status.success(), "cargo could not build the server ({status})");
    step::say("server, compiled", "dev", start.elapsed());
    Ok(())
}

fn cargo(place: &Place) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(&place.root);
    cargo
}

fn start(place: &Place, server_args: &[&str]) -> Result<Child> {
    Command::new(place.target.join("debug").join("keyhouse"))
        .current_dir(&place.root)
        .args(server_args)
        .spawn()
        .context("the server cannot be started")
}

fn stop(running: Option<Child>) -> Result<()> {
    if let Some(mut server) = running {
        // It may have ended by itself; the data is safe either way.
        server.kill().ok();
        server.wait()?;
    }
    Ok(())
}

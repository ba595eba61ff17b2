//! `cargo xtask site --release | --dev` makes what the browser loads; `cargo xtask watch` makes it again at every change.
//!
//! It is a program of ours on the libraries that the usual tools are made of, so that Cargo.lock rules every version and
//! nothing has to be installed: docs/decisions/xtask.md. It builds no server and starts none except while watching.

mod containers;
mod cores;
mod digest;
mod families;
mod files;
mod pack;
mod place;
mod sbom;
mod size;
mod step;
mod style;
mod tools;
mod wasm;
mod watch;

use anyhow::{Result, bail};
use place::{Mode, Place};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask site --release   the site as it is deployed: small, compressed, in target/site
cargo xtask site --dev       the site made fast, in target/site-dev
cargo xtask size             how large that is, by budget, by crate and by family of generic code
cargo xtask sbom             the bill of materials of the program, in target/release/keyhouse.cdx.json
cargo xtask watch [ARGS]     the site and the server, made and started again at every change; ARGS go to `keyhouse`";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("  {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<()> {
    match words {
        ["site"] | ["site", "--release"] => site(&Place::new(Mode::Release)?),
        ["site", "--dev"] => site(&Place::new(Mode::Dev)?),
        ["size"] => sizes(&Place::new(Mode::Release)?),
        ["sbom"] => bill_of_materials(&Place::new(Mode::Release)?),
        ["watch", server_args @ ..] => watch::watch(&Place::new(Mode::Dev)?, server_args),
        _ => bail!("xtask does not know `{}`. It knows:\n{USAGE}", words.join(" ")),
    }
}

/// For whoever makes it smaller; the last table can be taken over as budgets.
fn sizes(place: &Place) -> Result<()> {
    println!("{}\n{}", families::tables(place)?, size::as_budgets(place)?);
    size::check(place)
}

fn bill_of_materials(place: &Place) -> Result<()> {
    let file = sbom::write(&place.root, &place.target)?;
    println!("  {}", file.display());
    Ok(())
}

/// Everything in order; each step is skipped when what goes into it has not changed.
fn site(place: &Place) -> Result<()> {
    let program = wasm::build(place)?;
    let bound = wasm::bind(place, &program)?;
    let script = wasm::shrink(place, &bound)?;
    let style = style::bundle(place)?;
    pack::pack(place, &[&script, &style])?;
    match place.mode {
        Mode::Release => size::check(place),
        Mode::Dev => Ok(()),
    }
}

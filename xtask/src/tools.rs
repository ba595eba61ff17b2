//! The two tools from npm, at the versions of xtask/package-lock.json. `npm ci` puts them into xtask/node_modules.

use crate::{digest::Digest, place::Place};
use anyhow::{Context, Result, ensure};
use std::{path::Path, process::Command};

/// What is asked of binaryen.
const SHRINK: &str = "xtask/shrink.mjs";

/// `esbuild`: bundles and minifies CSS, minifies JavaScript.
pub fn esbuild(place: &Place) -> Command {
    tool(place, "esbuild")
}

/// `binaryen`: makes the WebAssembly files that it is given smaller than the compiler does.
pub fn shrink(place: &Place) -> Command {
    let mut command = Command::new("node");
    command.current_dir(&place.root).arg(place.root.join(SHRINK));
    command
}

/// Takes in the versions of both, and what is asked of binaryen.
pub fn versions(place: &Place, inputs: Digest) -> Result<Digest> {
    inputs.file(&place.root.join("xtask/package-lock.json"))?.file(&place.root.join(SHRINK))
}

fn tool(place: &Place, name: &str) -> Command {
    let mut command = Command::new(place.root.join("xtask/node_modules/.bin").join(name));
    command.current_dir(&place.root);
    command
}

/// Runs a command to its end; what it said is the error when it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_owned();
    let program = program.to_string_lossy();
    let output = command.output().with_context(|| {
        format!("{program} cannot be started; `npm ci --prefix xtask` installs it, and so does `make`")
    })?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{program} failed ({}):\n{said}", output.status);
    Ok(())
}

//! Where everything lies, and how small it is to be made.

use anyhow::{Context, Result};
use std::path::PathBuf;

/// What the site is made for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// For people: as small as it gets.
    Release,
    /// For the one who is changing it: as fast as it gets.
    Dev,
}

impl Mode {
    /// The name in folders and in what is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Dev => "dev",
        }
    }

    /// The cargo profile of the browser's half.
    pub fn wasm_profile(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Dev => "wasm-dev",
        }
    }

    /// The folder of the finished site. Two of them, or a day of `make dev` would make the release again.
    /// server/src/assets.rs and server/build.rs name them too.
    fn site(self) -> &'static str {
        match self {
            Self::Release => "site",
            Self::Dev => "site-dev",
        }
    }
}

/// The folders of one run.
pub struct Place {
    /// What it is made for.
    pub mode: Mode,
    /// The workspace.
    pub root: PathBuf,
    /// Where cargo puts what it builds.
    pub target: PathBuf,
    /// Where the steps leave what the next one takes.
    pub work: PathBuf,
    /// The finished site.
    pub site: PathBuf,
}

impl Place {
    /// The folders around this crate.
    pub fn new(mode: Mode) -> Result<Self> {
        let here = std::env::var_os("CARGO_MANIFEST_DIR").context("start it as `cargo xtask`")?;
        let root = PathBuf::from(here).parent().context("xtask lies in the workspace")?.to_owned();
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        Ok(Self {
            mode,
            work: target.join("xtask").join(mode.name()),
            site: root.join("target").join(mode.site()),
            root,
            target,
        })
    }
}

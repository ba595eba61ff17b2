//! The browser's half: compiled, split into what every page needs and the parts that come later, bound to JavaScript,
//! and shrunk.

use crate::{
    containers, cores,
    digest::Digest,
    files,
    place::{Mode, Place},
    step::{self, Made},
    tools,
};
use anyhow::{Context, Result, anyhow, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};
use wasm_bindgen_cli_support::Bindgen;

/// The name of the script and of the program in the site; the server says the same to Leptos as `output_name`.
const NAME: &str = "keyhouse";
/// The script that fetches the lazy parts. Leptos asks for this very name.
const LOADER: &str = "./__wasm_split.______________________.js";
/// Which files a part needs, for the server to announce in the page's head. Leptos asks for this very name.
const PARTS: &str = "__wasm_split_manifest.json";

/// Compiles it; cargo knows whether there is anything to do. Answers with the program.
pub fn build(place: &Place) -> Result<PathBuf> {
    let start = Instant::now();
    let profile = place.mode.wasm_profile();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // The splitter needs the relocations that .cargo/config.toml asks the linker for; RUSTFLAGS would overrule that file. Clippy's
    // compiler, by which CI compiles this program, optimizes less.
    let status = Command::new(cargo)
        .current_dir(&place.root)
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .args(["build", "--package", "frontend", "--lib"])
        .args(if place.mode == Mode::Dev { &["--features", "apart"][..] } else { &[] })
        .args(["--target", "wasm32-unknown-unknown", "--profile", profile])
        .status()
        .context("cargo cannot be started")?;
    ensure!(status.success(), "cargo could not build the browser's half ({status})");
    step::say("browser's half, compiled", profile, start.elapsed());
    Ok(place.target.join("wasm32-unknown-unknown").join(profile).join("frontend.wasm"))
}

/// Splits off the parts and writes the JavaScript that stands between the program and the browser.
pub fn bind(place: &Place, program: &Path) -> Result<Made> {
    let inputs = Digest::of_this_program()?.file(program)?;
    let folder = place.work.join("bound");
    step::make(place, "parts split off, bound to JavaScript", folder, inputs, |folder| {
        let program = fs::read(program)?;
        let main = split(&program, folder)?;
        bindgen(&main, folder)?;
        fs::remove_file(&main)?;
        sizes(folder, &["wasm", "js"])
    })
}

fn split(program: &[u8], folder: &Path) -> Result<PathBuf> {
    let main = folder.join(NAME).with_extension("main");
    let main_module = format!("./{NAME}.js");
    let mut options = wasm_split_cli_support::Options::new(program);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &main_module;
    options.link_name = LOADER;
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting: {error:?}"))?;
    // Sorted, so that the same program makes the same file and keeps its address.
    let parts: std::collections::BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
    fs::write(folder.join(PARTS), serde_json::to_string_pretty(&parts)?)?;
    Ok(main)
}

fn bindgen(main: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(main)
        .out_name(NAME)
        .web(true)?
        .typescript(false)
        // Both for the parts that were split off: they link to the main part by the names of its functions.
        .keep_lld_exports(true)
        .demangle(false)
        .generate(folder)
        .context("wasm-bindgen")
}

/// For people: makes each file as small as the tools can. For the one who is changing it: leaves them as they are.
pub fn shrink(place: &Place, bound: &Made) -> Result<Made> {
    if place.mode == Mode::Dev {
        return Ok(Made { folder: bound.folder.clone(), hex: bound.hex.clone() });
    }
    let inputs = tools::versions(place, Digest::of_this_program()?.bytes(&bound.hex))?;
    step::make(place, "shrunk by binaryen and esbuild", place.work.join("shrunk"), inputs, |folder| {
        files::copy(&bound.folder, folder)?;
        let all = files::below(folder)?;
        let ending = |ending| all.iter().filter(move |path| files::ends_in(path, &[ending])).cloned();
        cores::each(ending("wasm").collect(), |share| tools::run(tools::shrink(place).args(share)))?;
        let files = containers::pack(folder, &folder.join(LOADER), &folder.join(PARTS))?;
        ending("js").try_for_each(|path| shrink_script(place, &path))?;
        Ok(format!("{}, {files} files of parts", sizes(folder, &["wasm", "js"])?))
    })
}

fn shrink_script(place: &Place, path: &Path) -> Result<()> {
    let mut outfile = std::ffi::OsString::from("--outfile=");
    outfile.push(path);
    let mut esbuild = tools::esbuild(place);
    esbuild.arg(path).arg(outfile);
    tools::run(esbuild.args(["--minify", "--format=esm", "--allow-overwrite", "--log-level=warning"]))
}

/// How much of each kind there is in a folder.
fn sizes(folder: &Path, endings: &[&str]) -> Result<String> {
    let all = files::below(folder)?;
    let mut words = Vec::new();
    for ending in endings {
        let mut bytes = 0;
        for path in all.iter().filter(|path| files::ends_in(path, &[ending])) {
            bytes += fs::metadata(path)?.len();
        }
        words.push(format!("{} kB {ending}", bytes / 1000));
    }
    Ok(words.join(", "))
}

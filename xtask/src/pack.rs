//! The finished site: script, program, style and the files of public/ in a folder named after what they hold, so that a browser may
//! keep them for ever; beside it the files of public/ once more, for whoever asks for them by their own names; beside each file its
//! compressed twins.
//!
//! ```text
//! target/site/pkg.txt                          the name of the folder below, for the server
//! target/site/pkg/0123456789abcdef/keyhouse.js, .js.br, .js.gz, favicon.svg ...
//! target/site/favicon.svg ...
//! ```

use crate::{
    cores,
    digest::Digest,
    files,
    place::{Mode, Place},
    step::{self, Made},
};
use anyhow::Result;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// What is worth compressing; pictures and fonts already are.
const WORDY: &[&str] = &["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"];

/// Puts it together.
pub fn pack(place: &Place, parts: &[&Made]) -> Result<()> {
    let public = place.root.join("public");
    let mut inputs = Digest::of_this_program()?.folder(&public)?;
    for part in parts {
        inputs = inputs.bytes(&part.hex);
    }
    step::make(place, &format!("site for {}", place.mode.name()), place.site.clone(), inputs, |folder| {
        files::copy(&public, folder)?;
        let unnamed = folder.join("pkg").join("unnamed");
        files::copy(&public, &unnamed)?;
        for part in parts {
            files::copy(&part.folder, &unnamed)?;
        }
        let hash = Digest::empty().folder(&unnamed)?.hex()[..16].to_owned();
        fs::rename(&unnamed, folder.join("pkg").join(&hash))?;
        if place.mode == Mode::Release {
            compress(files::below(folder)?)?;
        }
        fs::write(folder.join("pkg.txt"), &hash)?;
        first_visit(&folder.join("pkg").join(&hash))
    })?;
    Ok(())
}

/// What a browser fetches on its first visit: the program without its parts, as small as we have it.
fn first_visit(pkg: &Path) -> Result<String> {
    let mut bytes = 0;
    for path in files::below(pkg)?.iter().filter(|path| files::ends_in(path, &["css", "js", "wasm"])) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let lazy = ["split_", "chunk_", "pack_"].iter().any(|kind| name.starts_with(kind));
        if !lazy {
            let small = twin(path, "br");
            bytes += fs::metadata(if small.exists() { &small } else { path })?.len();
        }
    }
    Ok(format!("first visit: {} kB", bytes / 1000))
}

/// Leaves a brotli and a gzip file beside each.
fn compress(paths: Vec<PathBuf>) -> Result<()> {
    let wordy = paths.into_iter().filter(|path| files::ends_in(path, WORDY)).collect();
    cores::each(wordy, |share| share.iter().try_for_each(|path| write_twins(path)))
}

fn write_twins(path: &Path) -> Result<()> {
    let bytes = fs::read(path)?;
    let mut brotli = Vec::new();
    // Quality 11 and a window of 4 MiB: the smallest that every browser reads.
    brotli::CompressorWriter::new(&mut brotli, 1 << 16, 11, 22).write_all(&bytes)?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&bytes)?;
    for (ending, smaller) in [("br", brotli), ("gz", gzip.finish()?)] {
        if smaller.len() < bytes.len() {
            fs::write(twin(path, ending), smaller)?;
        }
    }
    Ok(())
}

fn twin(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{ending}"));
    PathBuf::from(name)
}

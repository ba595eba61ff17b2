//! Names the wire: a hash of the sources of everything that is sent between the server and the program in a page. Both are compiled from
//! the same sources, so that they know whether they understand each other (src/ui/data/asked.rs).

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What is sent is made of the types of these.
const SOURCES: [&str; 2] = ["../domain/src", "src"];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut hash = Hash::new();
    // Others' types are sent as well, as their release writes them.
    println!("cargo::rerun-if-changed=../Cargo.lock");
    hash.add(&fs::read("../Cargo.lock")?);
    for folder in SOURCES {
        println!("cargo::rerun-if-changed={folder}");
        let mut files = files_in(Path::new(folder))?;
        files.sort();
        for file in files {
            hash.add(file.to_string_lossy().as_bytes());
            hash.add(&fs::read(&file)?);
        }
    }
    println!("cargo::rustc-env=KEYHOUSE_WIRE={:016x}", hash.0);
    Ok(())
}

fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_in(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(files)
}

/// FNV-1a: nobody has to be kept from finding two sources with the same one.
struct Hash(u64);

impl Hash {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Takes in a piece and how long it is, so that no two lists of pieces look alike.
    fn add(&mut self, piece: &[u8]) {
        for byte in piece.len().to_le_bytes().iter().chain(piece) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

//! The style: style/main.css with all that it imports, as one file.

use crate::{
    digest::Digest,
    place::{Mode, Place},
    step::{self, Made},
    tools,
};
use anyhow::Result;
use std::{ffi::OsString, fs};

/// Bundles it; for people it is minified too. Without style/main.css it is an empty file.
pub fn bundle(place: &Place) -> Result<Made> {
    let source = place.root.join("style");
    let main = source.join("main.css");
    let inputs = tools::versions(place, Digest::of_this_program()?.folder(&source)?)?;
    step::make(place, "style, bundled", place.work.join("style"), inputs, |folder| {
        let bundle = folder.join("keyhouse.css");
        if !main.exists() {
            fs::write(bundle, "")?;
            return Ok("there is no style/main.css yet".to_owned());
        }
        let mut outfile = OsString::from("--outfile=");
        outfile.push(&bundle);
        let mut esbuild = tools::esbuild(place);
        esbuild.arg(&main).arg(outfile);
        // Pictures named from the root are files of public/; those beside the style become part of it.
        esbuild.args(["--bundle", "--external:/*", "--loader:.svg=dataurl", "--log-level=warning"]);
        if place.mode == Mode::Release {
            esbuild.arg("--minify");
        }
        tools::run(&mut esbuild)?;
        Ok(format!("{} kB css", fs::metadata(&bundle)?.len() / 1000))
    })
}

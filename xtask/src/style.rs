//! The style: style/main.css with all that it imports, as one file.

use crate::{
    digest::Digest,
    files,
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
    let public = files::below(&place.root.join("public"))?;
    let inputs = tools::versions(place, Digest::of_this_program()?.folder(&source)?.bytes(format!("{public:?}")))?;
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
        esbuild.args(["--bundle", "--loader:.svg=dataurl", "--log-level=warning"]);
        // Pictures named from the root are files of public/ and stay there; those beside the style become part of it.
        for path in &public {
            esbuild.arg(format!("--external:/{}", files::name_in(&place.root.join("public"), path)?));
        }
        if place.mode == Mode::Release {
            esbuild.arg("--minify");
        }
        tools::run(&mut esbuild)?;
        Ok(format!("{} kB css", fs::metadata(&bundle)?.len() / 1000))
    })
}

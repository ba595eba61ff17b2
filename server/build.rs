//! Tells cargo to look at the site again before it embeds it into a release.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The folders are made when they are missing: a program that reads one from the disk has to know where it is, and cargo
    // would take a missing one for a change every time. Only a release embeds the site (src/assets.rs).
    for site in ["../target/site", "../target/site-dev"] {
        std::fs::create_dir_all(site).expect("the target folder can be written");
    }
    // Of what inherits from the release, `quick` is not optimized and reads it from the disk.
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("PROFILE", "release") && !is("OPT_LEVEL", "0") {
        println!("cargo::rerun-if-changed=../target/site");
    }
}

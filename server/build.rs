//! Tells cargo to look at the site again before it embeds it into a release.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Only a release embeds the site (src/assets.rs). The folder is made when it is missing, because cargo would take a
    // missing one for a change every time.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        std::fs::create_dir_all("../target/site").expect("the target folder can be written");
        println!("cargo::rerun-if-changed=../target/site");
    }
}

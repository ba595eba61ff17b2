//! How much a browser fetches of the finished site, and the budgets that it must not exceed: `xtask/budgets.json`, which is only ever
//! lowered. All bytes are those of the brotli files, of the program and its parts without style and pictures.

use crate::{containers::Parts, files, place::Place};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The part of the first page of each of these; the budgets have their names.
const ROUTES: [(&str, &str); 3] = [("home", "home_part"), ("licenses", "list_part"), ("wizard", "selling_part")];
/// Which files each part needs, as Leptos asks for it.
const PARTS: &str = "__wasm_split_manifest.json";
/// The program that every page with a program fetches.
const MAIN: &str = "keyhouse_bg.wasm";

/// By the name of its budget: bytes, or for `files` how many files the first page with the most of them fetches.
type Sizes = BTreeMap<String, u64>;

/// Fails when something is larger than its budget; what is smaller may be lowered.
pub fn check(place: &Place) -> Result<()> {
    let budgets = place.root.join("xtask").join("budgets.json");
    let budgets: Sizes = serde_json::from_slice(&fs::read(&budgets)?).context("xtask/budgets.json")?;
    let sizes = of_site(&place.site)?;
    print!("{}", table(&sizes, &budgets));
    let above = above(&sizes, &budgets);
    ensure!(above.is_empty(), "above what xtask/budgets.json allows, which is only ever lowered: {}", above.join(", "));
    Ok(())
}

/// Measures a finished site.
fn of_site(site: &Path) -> Result<Sizes> {
    let hash = fs::read_to_string(site.join("pkg.txt"))?;
    let folder = site.join("pkg").join(hash.trim());
    let parts: Parts = serde_json::from_slice(&fs::read(folder.join(PARTS))?).context(PARTS)?;
    let mut bytes = BTreeMap::new();
    for path in files::below(&folder)?.iter().filter(|path| files::ends_in(path, &["wasm"])) {
        let mut small = path.clone().into_os_string();
        small.push(".br");
        let about = fs::metadata(&small).or_else(|_| fs::metadata(path))?;
        bytes.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), about.len());
    }
    of_files(&parts, &bytes)
}

fn of_files(parts: &Parts, bytes: &BTreeMap<String, u64>) -> Result<Sizes> {
    let size = |file: &str| bytes.get(file).copied().with_context(|| format!("{file} is missing"));
    let main = size(MAIN)?;
    let mut part = BTreeMap::new();
    for (name, modules) in parts {
        let files: BTreeSet<_> = modules.iter().map(|module| format!("{module}.wasm")).collect();
        let sum = files.iter().map(|file| size(file)).sum::<Result<u64>>()?;
        part.insert(name.as_str(), (sum, files.len() as u64));
    }
    let mut sizes = Sizes::from([("main".to_owned(), main), ("whole".to_owned(), bytes.values().sum())]);
    sizes.insert("largest part".to_owned(), part.values().map(|(bytes, _)| *bytes).max().unwrap_or_default());
    sizes.insert("files".to_owned(), 1 + part.values().map(|(_, files)| *files).max().unwrap_or_default());
    for (route, begins) in ROUTES {
        let of = part.iter().find(|(name, _)| name.starts_with(begins)).with_context(|| format!("no {begins}"))?;
        sizes.insert(route.to_owned(), main + of.1.0);
    }
    Ok(sizes)
}

fn above(sizes: &Sizes, budgets: &Sizes) -> Vec<String> {
    let one = |(name, size): (&String, &u64)| match budgets.get(name) {
        Some(budget) if size <= budget => None,
        Some(budget) => Some(format!("{name} is {size} and not {budget}")),
        None => Some(format!("{name} has no budget")),
    };
    sizes.iter().filter_map(one).collect()
}

fn table(sizes: &Sizes, budgets: &Sizes) -> String {
    let row = |(name, size): (&String, &u64)| {
        let budget = budgets.get(name).map_or_else(|| "none".to_owned(), ToString::to_string);
        format!("  {name:<14} {size:>9}   budget {budget:>9}\n")
    };
    sizes.iter().map(row).collect()
}

/// The sizes as they are now, as budgets are written.
pub fn as_budgets(place: &Place) -> Result<String> {
    let sizes = of_site(&place.site)?.into_iter().map(|(name, size)| (name, Value::from(size)));
    Ok(serde_json::to_string_pretty(&Value::Object(sizes.collect()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(of: &[(&str, u64)]) -> Sizes {
        of.iter().map(|(name, size)| ((*name).to_owned(), *size)).collect()
    }

    #[test]
    fn a_first_page_is_the_program_and_the_files_of_its_part() -> Result<()> {
        let parts: Parts = serde_json::from_str(
            r#"{"home_part_1": ["pack_0", "pack_1"], "list_part_2": ["pack_1"], "selling_part_3": ["pack_1", "pack_2"]}"#,
        )?;
        let bytes = sizes(&[(MAIN, 1_000), ("pack_0.wasm", 100), ("pack_1.wasm", 20), ("pack_2.wasm", 3)]);
        let wanted = [
            ("main", 1_000),
            ("home", 1_120),
            ("licenses", 1_020),
            ("wizard", 1_023),
            ("largest part", 120),
            ("files", 3),
            ("whole", 1_123),
        ];
        assert_eq!(of_files(&parts, &bytes)?, sizes(&wanted));
        let missing = of_files(&parts, &sizes(&[(MAIN, 1_000)])).expect_err("no parts");
        assert_eq!(missing.to_string(), "pack_0.wasm is missing");
        Ok(())
    }

    #[test]
    fn what_is_above_its_budget_or_has_none_is_named() {
        let sizes_now = sizes(&[("main", 11), ("home", 10), ("new", 1)]);
        let budgets = sizes(&[("main", 10), ("home", 10)]);
        assert_eq!(above(&sizes_now, &budgets), ["main is 11 and not 10", "new has no budget"]);
        assert_eq!(above(&sizes(&[("home", 9)]), &budgets), Vec::<String>::new());
    }
}

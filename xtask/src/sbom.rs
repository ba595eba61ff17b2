//! The software bill of materials: which packages of others are in the program and in what the browser loads, in the
//! words of CycloneDX 1.5 (JSON), made from what `cargo metadata` says of Cargo.lock.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The halves of Keyhouse that are shipped. What only builds or tests them is not in them.
const SHIPPED: [&str; 2] = ["server", "frontend"];

/// Writes `release/keyhouse.cdx.json` below the target folder.
pub fn write(root: &Path, target: &Path) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--format-version", "1", "--locked", "--all-features"];
    let said = Command::new(cargo).args(arguments).current_dir(root).output().context("cargo metadata")?;
    anyhow::ensure!(said.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&said.stderr));
    let bill = bill_of(&serde_json::from_slice(&said.stdout)?)?;
    let folder = target.join("release");
    fs::create_dir_all(&folder)?;
    let file = folder.join("keyhouse.cdx.json");
    fs::write(&file, serde_json::to_string_pretty(&bill)?)?;
    Ok(file)
}

fn bill_of(metadata: &Value) -> Result<Value> {
    let packages = by_id(&metadata["packages"]);
    let nodes = by_id(&metadata["resolve"]["nodes"]);
    let shipped = reached(&packages, &nodes);
    let own = |id: &&str| packages[*id]["source"].is_null();
    let program = packages.values().find(|package| package["name"] == "server").context("no package `server`")?;
    let components: Vec<Value> = shipped.iter().filter(|id| !own(id)).map(|id| component(packages[id])).collect();
    let needs: Vec<Value> = shipped.iter().map(|id| json!({ "ref": id, "dependsOn": needed(nodes[id]) })).collect();
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": {
            "type": "application",
            "bom-ref": program["id"],
            "name": "keyhouse",
            "version": program["version"],
            "licenses": [{ "expression": program["license"] }],
        } },
        "components": components,
        "dependencies": needs,
    }))
}

fn by_id(list: &Value) -> BTreeMap<&str, &Value> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(|item| Some((item["id"].as_str()?, item))).collect()
}

/// What is shipped, and everything that it needs at run time.
fn reached<'a>(packages: &BTreeMap<&'a str, &'a Value>, nodes: &BTreeMap<&'a str, &'a Value>) -> BTreeSet<&'a str> {
    let halves = packages
        .iter()
        .filter(|(_, package)| package["source"].is_null() && SHIPPED.iter().any(|name| package["name"] == *name));
    let mut open: Vec<&str> = halves.map(|(id, _)| *id).collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(nodes.get(id).into_iter().flat_map(|node| needed(node)));
        }
    }
    reached
}

/// The packages that one needs at run time, not for building or testing it.
fn needed(node: &Value) -> Vec<&str> {
    let needs = node["deps"].as_array().into_iter().flatten();
    let at_run_time = needs.filter(|need| {
        let mut kinds = need["dep_kinds"].as_array().into_iter().flatten();
        kinds.any(|kind| kind["kind"].is_null())
    });
    at_run_time.filter_map(|need| need["pkg"].as_str()).collect()
}

fn component(package: &Value) -> Value {
    let (name, version) = (&package["name"], &package["version"]);
    let (name, version) = (name.as_str().unwrap_or_default(), version.as_str().unwrap_or_default());
    let mut component = json!({
        "type": "library",
        "bom-ref": package["id"],
        "name": name,
        "version": version,
        "purl": format!("pkg:cargo/{name}@{version}"),
    });
    if let Some(license) = package["license"].as_str() {
        // The old way of saying `or`, which is no expression of SPDX.
        component["licenses"] = json!([{ "expression": license.replace('/', " OR ") }]);
    }
    component
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_at_run_time_is_in_the_bill_and_nothing_else() {
        let package = |name: &str, source: Value| json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0", "source": source });
        let need = |name: &str, kind: Value| json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] });
        let (others, normal) = (json!("registry"), Value::Null);
        let metadata = json!({
            "packages": [
                package("server", Value::Null),
                package("frontend", Value::Null),
                package("serde", others.clone()),
                package("cc", others.clone()),
                package("insta", others),
            ],
            "resolve": { "nodes": [
                { "id": "server", "deps": [need("serde", normal), need("cc", json!("build")), need("insta", json!("dev"))] },
                { "id": "frontend", "deps": [] },
                { "id": "serde", "deps": [] },
            ] },
        });
        let bill = bill_of(&metadata).expect("a bill");
        assert_eq!(
            bill["components"],
            json!([{
                "type": "library",
                "bom-ref": "serde",
                "name": "serde",
                "version": "1.0.0",
                "purl": "pkg:cargo/serde@1.0.0",
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
            }])
        );
        assert_eq!(
            bill["dependencies"],
            json!([
                { "ref": "frontend", "dependsOn": [] },
                { "ref": "serde", "dependsOn": [] },
                { "ref": "server", "dependsOn": ["serde"] },
            ])
        );
        assert_eq!(bill["metadata"]["component"]["name"], "keyhouse");
    }
}

//! Few files instead of hundreds. The splitter makes a module for every set of parts that share code, most of them tiny: each would be a
//! request of its own, and compressed by itself. Here they are put together into a few containers, and the script that fetches them
//! instantiates each module from its slice.
//!
//! ```text
//! pack_0.wasm   u32 count, u32 length of each module, then the modules, one after the other; all numbers little-endian
//! ```
//!
//! Two containers become one as long as that costs less than the request it saves: what a part would fetch in vain is counted for each part
//! that fetches it, and more for the parts that are opened first.

use anyhow::{Context, Result, ensure};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// What a request costs, in bytes before compression.
const REQUEST: u64 = 50_000;
/// The parts that most visits begin with, and how much more they count.
const FIRST: &[&str] = &["home_part", "list_part"];
const FIRST_COUNTS: u64 = 12;

/// How the script of the splitter fetches a module, before and after its name.
const FETCH: (&str, &str) = ("fetch(new URL(\"./", ".wasm\", import.meta.url))");
/// How it makes an instance of what it fetched.
const INSTANTIATE: &str = "WebAssembly.instantiateStreaming(src, imports)";

/// Which modules each part needs, by their names.
pub type Parts = BTreeMap<String, Vec<String>>;

/// Modules that are fetched together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Container {
    modules: Vec<String>,
    bytes: u64,
    parts: BTreeSet<String>,
}

/// Puts the modules of a folder into containers, and has the script and the list of parts name these. Gives how many there are.
pub fn pack(folder: &Path, script: &Path, list: &Path) -> Result<usize> {
    let parts: Parts = serde_json::from_slice(&fs::read(list)?).context("the list of parts")?;
    let path = |name: &str| folder.join(name).with_extension("wasm");
    let size = |name: &String| Ok((name.clone(), fs::metadata(path(name))?.len()));
    let names: BTreeSet<_> = parts.values().flatten().cloned().collect();
    let sizes = names.iter().map(size).collect::<Result<BTreeMap<_, _>>>()?;
    let containers = group(&parts, &sizes);

    let mut places = BTreeMap::new();
    for (number, container) in containers.iter().enumerate() {
        let name = format!("pack_{number}");
        let modules = container.modules.iter().map(|module| Ok(fs::read(path(module))?)).collect::<Result<Vec<_>>>()?;
        fs::write(path(&name), bytes(&modules)?)?;
        for (at, module) in container.modules.iter().enumerate() {
            fs::remove_file(path(module))?;
            places.insert(module.clone(), (name.clone(), at));
        }
    }
    fs::write(script, loader(&fs::read_to_string(script)?, &places)?)?;
    let named = parts.into_iter().map(|(part, modules)| {
        let packs: BTreeSet<_> = modules.iter().map(|module| places[module].0.clone()).collect();
        (part, packs.into_iter().collect())
    });
    fs::write(list, serde_json::to_string_pretty(&named.collect::<Parts>())?)?;
    Ok(containers.len())
}

/// Begins with a container for each set of parts, and makes one of the two that bring the most, until none do.
fn group(parts: &Parts, sizes: &BTreeMap<String, u64>) -> Vec<Container> {
    let mut users = BTreeMap::<&String, BTreeSet<String>>::new();
    for (part, modules) in parts {
        for module in modules {
            users.entry(module).or_default().insert(part.clone());
        }
    }
    let mut by_users = BTreeMap::<BTreeSet<String>, Container>::new();
    for (module, of) in users {
        let container = by_users.entry(of.clone()).or_insert_with(|| Container { parts: of, ..Container::default() });
        container.modules.push(module.clone());
        container.bytes += sizes[module];
    }
    let mut containers: Vec<_> = by_users.into_values().collect();
    while let Some((one, other)) = best(&containers) {
        let taken = containers.swap_remove(other);
        let kept = &mut containers[one];
        kept.modules.extend(taken.modules);
        kept.bytes += taken.bytes;
        kept.parts.extend(taken.parts);
    }
    for container in &mut containers {
        container.modules.sort();
    }
    containers.sort_by(|a, b| a.modules.cmp(&b.modules));
    containers
}

/// The two that are best put together, the first before the second; none when it would cost more than it saves.
fn best(containers: &[Container]) -> Option<(usize, usize)> {
    let pairs = (0..containers.len()).flat_map(|one| (one + 1..containers.len()).map(move |other| (one, other)));
    let worth = |(one, other): (usize, usize)| (gain(&containers[one], &containers[other]), (one, other));
    let (gain, pair) = pairs.map(worth).max_by_key(|(gain, _)| *gain)?;
    (gain > 0).then_some(pair)
}

/// What one container instead of these two saves, in bytes: a request for each part that needs both, less what parts then fetch in vain.
fn gain(one: &Container, other: &Container) -> i64 {
    let counts = |parts: &mut dyn Iterator<Item = &String>| parts.map(|part| weight(part)).sum::<u64>();
    let saved = counts(&mut one.parts.intersection(&other.parts)) * REQUEST;
    let in_vain = counts(&mut other.parts.difference(&one.parts)) * one.bytes
        + counts(&mut one.parts.difference(&other.parts)) * other.bytes;
    i64::try_from(saved).unwrap_or(i64::MAX).saturating_sub(i64::try_from(in_vain).unwrap_or(i64::MAX))
}

fn weight(part: &str) -> u64 {
    if FIRST.iter().any(|first| part.starts_with(first)) { FIRST_COUNTS } else { 1 }
}

/// A container as a file.
fn bytes(modules: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut file = number(modules.len())?.to_vec();
    for module in modules {
        file.extend(number(module.len())?);
    }
    file.extend(modules.concat());
    Ok(file)
}

fn number(number: usize) -> Result<[u8; 4]> {
    Ok(u32::try_from(number).context("a container is too large")?.to_le_bytes())
}

/// The script of the splitter, with the modules out of their containers.
fn loader(script: &str, places: &BTreeMap<String, (String, usize)>) -> Result<String> {
    let (mut packed, mut rest, mut found) = (String::new(), script, BTreeSet::new());
    while let Some((before, after)) = rest.split_once(FETCH.0) {
        let (module, after) = after.split_once(FETCH.1).context("the splitter fetches in an unknown way")?;
        let (pack, at) = places.get(module).with_context(|| format!("no part needs {module}"))?;
        packed += &format!("{before}fromPack(new URL(\"./{pack}.wasm\", import.meta.url), {at})");
        found.insert(module);
        rest = after;
    }
    packed += rest;
    ensure!(found.len() == places.len(), "{} of {} modules are fetched", found.len(), places.len());
    ensure!(packed.matches(INSTANTIATE).count() == found.len(), "the splitter makes instances in an unknown way");
    Ok(packed.replace(INSTANTIATE, "src.then(module => WebAssembly.instantiate(module, imports))") + FROM_PACK)
}

/// Takes a module out of a container, which is fetched once; again when that failed, or when each of its modules was taken.
const FROM_PACK: &str = r#"
const packs = new Map();
function whole(url) {
    let pack = packs.get(url.href);
    if (pack === undefined) {
        pack = fetch(url).then(async answer => {
            if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
            const bytes = await answer.arrayBuffer();
            const view = new DataView(bytes);
            const count = view.getUint32(0, true);
            const ends = [4 + 4 * count];
            for (let at = 0; at < count; at++) ends.push(ends[at] + view.getUint32(4 + 4 * at, true));
            return { bytes, ends, left: new Set(ends.slice(1).keys()) };
        });
        packs.set(url.href, pack);
        pack.catch(() => packs.delete(url.href));
    }
    return pack;
}
async function fromPack(url, at) {
    const pack = await whole(url);
    pack.left.delete(at);
    if (pack.left.size === 0) packs.delete(url.href);
    return pack.bytes.slice(pack.ends[at], pack.ends[at + 1]);
}
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    fn parts(of: &[(&str, &[&str])]) -> Parts {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        of.iter().map(|(part, modules)| ((*part).to_owned(), owned(modules))).collect()
    }

    fn sizes(of: &[(&str, u64)]) -> BTreeMap<String, u64> {
        of.iter().map(|(module, bytes)| ((*module).to_owned(), *bytes)).collect()
    }

    fn grouped(of: &[(&str, &[&str])], bytes: &[(&str, u64)]) -> Vec<String> {
        group(&parts(of), &sizes(bytes)).iter().map(|container| container.modules.join(" ")).collect()
    }

    #[test]
    fn what_is_always_fetched_together_is_one_file_and_what_never_is_stays_apart() {
        let of: &[(&str, &[&str])] = &[("own", &["a", "b"]), ("money", &["c"])];
        assert_eq!(grouped(of, &[("a", 500_000), ("b", 1), ("c", 1)]), ["a b", "c"]);
    }

    #[test]
    fn a_little_that_is_fetched_in_vain_is_cheaper_than_a_request_and_much_is_not() {
        let of: &[(&str, &[&str])] = &[("own", &["a", "shared"]), ("money", &["b", "shared"])];
        let bytes = |shared, own| [("a", own), ("b", 500_000), ("shared", shared)];
        assert_eq!(grouped(of, &bytes(1_000, 500_000)), ["a", "b", "shared"]);
        assert_eq!(grouped(of, &bytes(1_000, 2_000)), ["a shared", "b"]);
        assert_eq!(grouped(of, &bytes(100_000, 100_000)), ["a", "b", "shared"]);
    }

    #[test]
    fn parts_that_are_opened_first_fetch_less_in_vain() {
        let bytes = [("a", 10_000), ("b", 10_000), ("shared", 500_000)];
        let of: &[(&str, &[&str])] = &[("money", &["b", "shared"]), ("own", &["a", "shared"])];
        assert_eq!(grouped(of, &bytes), ["a b shared"]);
        let of: &[(&str, &[&str])] = &[("home_part_1", &["b", "shared"]), ("own", &["a", "shared"])];
        assert_eq!(grouped(of, &bytes), ["a", "b shared"], "what others need is not fetched for the first page");
    }

    #[test]
    fn a_container_begins_with_how_many_there_are_and_how_long_each_is() -> Result<()> {
        let file = bytes(&[b"one".to_vec(), Vec::new(), b"three".to_vec()])?;
        assert_eq!(file, b"\x03\0\0\0\x03\0\0\0\0\0\0\0\x05\0\0\0onethree");
        Ok(())
    }

    #[test]
    fn the_script_and_the_list_name_the_containers_and_the_modules_are_gone() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let fetch =
            |name: &str| format!("() => {{ const src = {}{name}{}; return {INSTANTIATE}; }}\n", FETCH.0, FETCH.1);
        let (script, list) = (folder.path().join("loader.js"), folder.path().join("list.json"));
        fs::write(&script, fetch("chunk_1") + &fetch("split_own"))?;
        fs::write(&list, r#"{"own": ["chunk_1", "split_own"], "empty": []}"#)?;
        fs::write(folder.path().join("chunk_1.wasm"), "one")?;
        fs::write(folder.path().join("split_own.wasm"), "two")?;
        assert_eq!(pack(folder.path(), &script, &list)?, 1);
        let left: Vec<_> = files::below(folder.path())?;
        let left: Vec<_> = left.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        assert_eq!(left, ["list.json", "loader.js", "pack_0.wasm"]);
        let named: Parts = serde_json::from_slice(&fs::read(&list)?)?;
        assert_eq!(named, parts(&[("empty", &[]), ("own", &["pack_0"])]));
        let script = fs::read_to_string(&script)?;
        for at in [0, 1] {
            assert!(
                script.contains(&format!("fromPack(new URL(\"./pack_0.wasm\", import.meta.url), {at})")),
                "{script}"
            );
        }
        assert!(!script.contains(INSTANTIATE) && !script.contains("chunk_1"), "{script}");
        Ok(())
    }

    #[test]
    fn a_script_that_is_not_understood_is_no_site() {
        let places = BTreeMap::from([("chunk_1".to_owned(), ("pack_0".to_owned(), 0))]);
        let error = loader("import.source(\"./chunk_1.wasm\")", &places).expect_err("another way");
        assert_eq!(error.to_string(), "0 of 1 modules are fetched");
    }
}

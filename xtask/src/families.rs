//! What the program consists of: bytes of code by crate, and by family of generic code, which is one function for each type that it is used
//! with. Read off the WebAssembly before it is shrunk, as that still has its names.

use crate::{files, place::Place};
use anyhow::{Context, Result};
use rustc_demangle::demangle;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    fs,
};
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// How many rows each table has.
const ROWS: usize = 10;

/// How many functions there are of a name, and their bytes.
type Sums = BTreeMap<String, (u64, u64)>;

/// The tables, of the program and its parts together.
pub fn tables(place: &Place) -> Result<String> {
    let (mut crates, mut families) = (Sums::new(), Sums::new());
    let bound = place.work.join("bound");
    for path in files::below(&bound)?.iter().filter(|path| files::ends_in(path, &["wasm"])) {
        for (name, bytes) in functions(&fs::read(path)?)? {
            add(&mut crates, crate_of(&name), bytes);
            add(&mut families, family_of(&name), bytes);
        }
    }
    Ok(format!("{}\n{}", table("by crate", &crates), table("by family of generic code", &families)))
}

fn add(sums: &mut Sums, name: String, bytes: u64) {
    let sum = sums.entry(name).or_default();
    sum.0 += 1;
    sum.1 += bytes;
}

/// The functions of a module: their names, with what stands in brackets, and the bytes of their code.
fn functions(module: &[u8]) -> Result<Vec<(String, u64)>> {
    let (mut imported, mut bodies, mut names) = (0, Vec::new(), HashMap::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload.context("a module")? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.range().end - body.range().start),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(reader) = section.as_known() else { continue };
                for name in reader {
                    let Name::Function(map) = name? else { continue };
                    for naming in map {
                        let naming = naming?;
                        names.insert(naming.index, format!("{:#}", demangle(naming.name)));
                    }
                }
            }
            _ => {}
        }
    }
    let name = |at: u32| names.remove(&(imported + at)).unwrap_or_else(|| "(without a name)".to_owned());
    Ok((0_u32..).map(name).zip(bodies).collect())
}

/// The first crate that a name speaks of: of `<app::A as serde::Deserialize>::x` it is `app`.
fn crate_of(name: &str) -> String {
    let begin = name.trim_start_matches(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '(');
    let end = begin.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(begin.len());
    match &begin[..end] {
        "" => name.to_owned(),
        first => first.to_owned(),
    }
}

/// A name without the types that it was made for.
fn family_of(name: &str) -> String {
    let (mut family, mut depth) = (String::new(), 0_usize);
    let mut before = ' ';
    for letter in name.chars() {
        match letter {
            // Of `<A as B>::c` the trait says what it is, of `a::b::<C>` what stands before.
            '<' => depth += 1,
            '>' if before != '-' => depth = depth.saturating_sub(1),
            _ if depth == 0 => family.push(letter),
            _ => {}
        }
        before = letter;
    }
    if let Some(inside) = name.strip_prefix('<').filter(|_| family.starts_with("::")) {
        let of = inside.rsplit_once(" as ").map_or(inside, |(_, of)| of);
        let of = of.split(['<', '>']).next().unwrap_or_default();
        return format!("<_ as {of}>{family}");
    }
    family
}

fn table(title: &str, sums: &Sums) -> String {
    let mut rows: Vec<_> = sums.iter().collect();
    rows.sort_by_key(|(_, (_, bytes))| Reverse(*bytes));
    let all: u64 = sums.values().map(|(_, bytes)| bytes).sum();
    let row = |(name, (count, bytes)): &(&String, &(u64, u64))| {
        format!("  {:>8.1} kB {count:>6} functions  {name}\n", *bytes as f64 / 1000.0)
    };
    let rows: String = rows.iter().take(ROWS).map(row).collect();
    format!("{title}, {} kB in all before shrinking\n{rows}", all / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_belongs_to_the_crate_that_it_begins_with() {
        let crates =
            ["app::ui::form::Form", "<domain::Money as serde::Deserialize>::deserialize", "memcpy"].map(crate_of);
        assert_eq!(crates, ["app", "domain", "memcpy"]);
    }

    #[test]
    fn functions_that_differ_in_their_types_are_one_family() {
        let of = [
            "reactive_graph::owner::Owner::with::<app::A, fn(u8) -> u8>",
            "<app::A as serde::Deserialize<'de>>::deserialize::<serde_json::Read>",
            "core::fmt::write",
        ];
        let wanted =
            ["reactive_graph::owner::Owner::with::", "<_ as serde::Deserialize>::deserialize::", "core::fmt::write"];
        assert_eq!(of.map(family_of), wanted);
    }
}

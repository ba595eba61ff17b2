//! No field of any form that holds a secret is kept. Which fields there are is read from the sources: the arguments of all server
//! functions, and the fields of the forms that they take.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use app::Fault;

use super::to_keep;

/// The type of a field that nobody sees again.
const HIDDEN: &str = "Password";
/// Words in the name of a field that holds a secret, or might.
const SUSPECT: [&str; 17] = [
    "answer",
    "backup",
    "code",
    "codes",
    "confirmation",
    "credential",
    "current",
    "key",
    "keys",
    "otp",
    "passkey",
    "passphrase",
    "password",
    "pin",
    "recovery",
    "secret",
    "token",
];
/// Fields with such a word that are kept: they hold no secret, and the page needs them.
const NO_SECRETS: [&str; 2] = ["idempotency_key", "postal_code"];
/// All fields that are not kept.
const NEVER_KEPT: [&str; 6] = ["answer", "code", "current", "password", "password_confirmation", "token"];
/// Forms whose fields have names of their own, such as one box for each row of a list. No secret is typed into them.
const FREE: [&str; 3] = ["FilterForm", "ManyForm", "Ticks"];

/// A field as a source has it: an argument, or what a struct has.
struct Field {
    name: String,
    /// Its type, without the path and without `Option`.
    of: String,
    /// Its own fields stand beside it and not in it.
    flat: bool,
}

impl Field {
    fn new(name: &str, of: &str, flat: bool) -> Self {
        let of = of.trim().trim_end_matches(',');
        let of = of.strip_prefix("Option<").and_then(|of| of.strip_suffix('>')).unwrap_or(of);
        let of = of.rsplit("::").next().unwrap_or(of);
        Self { name: name.trim().to_owned(), of: of.to_owned(), flat }
    }
}

/// What the sources of the crates that the browser shares say.
#[derive(Default)]
struct Sources {
    /// The arguments of each server function.
    functions: BTreeMap<String, Vec<Field>>,
    /// The fields of each struct; of several with one name, those of all.
    structs: BTreeMap<String, Vec<Field>>,
}

impl Sources {
    fn read() -> Self {
        let mut sources = Self::default();
        for room in ["app", "domain"] {
            sources.look_through(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(room).join("src"));
        }
        sources
    }

    fn look_through(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("a file or a folder").path();
            if path.is_dir() {
                self.look_through(&path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                self.add(&fs::read_to_string(&path).expect("a source"));
            }
        }
    }

    fn add(&mut self, source: &str) {
        for function in source.split("\n#[server(endpoint = \"").skip(1) {
            let (endpoint, rest) = function.split_once('"').expect("an endpoint");
            let (_, rest) = rest.split_once("pub async fn ").expect("a function");
            let (_, rest) = rest.split_once('(').expect("its arguments");
            let (arguments, _) = rest.split_once("-> Result<").expect("its answer");
            self.functions.insert(endpoint.to_owned(), arguments_of(arguments));
        }
        for of in source.split("\npub struct ").skip(1) {
            let (head, rest) = of.split_once('\n').expect("more than one line");
            if let Some(name) = head.strip_suffix(" {") {
                let (body, _) = rest.split_once("\n}").expect("the end of the struct");
                self.structs.entry(name.to_owned()).or_default().extend(fields_of(body));
            }
        }
    }

    /// The names under which fields of all functions are posted, with their types.
    fn posted(&self) -> BTreeSet<(String, String)> {
        let mut posted = BTreeSet::new();
        for field in self.functions.values().flatten() {
            self.follow(field, "", &mut posted);
        }
        posted
    }

    fn follow(&self, field: &Field, within: &str, posted: &mut BTreeSet<(String, String)>) {
        let name = if within.is_empty() { field.name.clone() } else { format!("{within}[{}]", field.name) };
        match self.structs.get(&field.of).filter(|fields| !fields.is_empty()) {
            Some(fields) => {
                let within = if field.flat { within } else { name.as_str() };
                for own in fields {
                    self.follow(own, within, posted);
                }
            }
            None => {
                posted.insert((name, field.of.clone()));
            }
        }
    }
}

/// Each argument has an attribute of ours, which says how it is posted.
fn arguments_of(arguments: &str) -> Vec<Field> {
    let arguments = arguments.trim().trim_end_matches(')').trim();
    let one = |argument: &str| {
        let (how, argument) = argument.split_once(")]").expect("the end of the attribute");
        let (name, of) = argument.split_once(": ").expect("a name and a type");
        assert!(!of.contains(": "), "an argument without an attribute: {of}");
        Field::new(name, of, how == "flatten")
    };
    assert!(
        arguments.is_empty() || arguments.starts_with("#[server("),
        "an argument without an attribute: {arguments}"
    );
    arguments.split("#[server(").skip(1).map(one).collect()
}

/// The public fields, each in a line below its attributes.
fn fields_of(body: &str) -> Vec<Field> {
    let (mut fields, mut attributes) = (Vec::new(), String::new());
    for line in body.lines().map(str::trim) {
        if line.starts_with("#[") {
            attributes += line;
        } else if let Some((name, of)) = line.strip_prefix("pub ").and_then(|line| line.split_once(": ")) {
            let renamed = attributes.split("rename = \"").nth(1).and_then(|rest| rest.split('"').next());
            fields.push(Field::new(renamed.unwrap_or(name), of, attributes.contains("flatten")));
            attributes.clear();
        }
    }
    fields
}

fn is_kept(name: &str) -> bool {
    !to_keep(vec![(name.to_owned(), "typed".to_owned())], &Fault::NotFound).is_empty()
}

/// The words of a name, of the last part when it stands within another: `view[postal_code]` has two.
fn is_suspect(name: &str) -> bool {
    let own = name.rsplit('[').next().unwrap_or(name);
    own.split(|c: char| !c.is_alphanumeric()).any(|word| SUSPECT.contains(&word))
}

/// Secrets that are kept.
fn leaks(posted: &BTreeSet<(String, String)>) -> Vec<&str> {
    let is_secret = |name: &str, of: &str| of == HIDDEN || (is_suspect(name) && !NO_SECRETS.contains(&name));
    let leaks = posted.iter().filter(|(name, of)| is_secret(name, of) && is_kept(name));
    leaks.map(|(name, _)| name.as_str()).collect()
}

#[test]
fn security_3_no_secret_of_any_form_is_kept() {
    let posted = Sources::read().posted();
    assert_eq!(leaks(&posted), [""; 0]);
    let names: BTreeSet<_> = posted.iter().map(|(name, _)| name.as_str()).collect();
    let kept_all_the_same: Vec<_> = names.iter().copied().filter(|name| is_suspect(name) && is_kept(name)).collect();
    assert_eq!(kept_all_the_same, NO_SECRETS);
    let left_out: Vec<_> = names.iter().copied().filter(|name| !is_kept(name)).collect();
    assert_eq!(left_out, NEVER_KEPT, "and what is no secret is kept");
}

#[test]
fn security_3_the_fields_of_every_server_function_are_known() {
    let sources = Sources::read();
    let there = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned());
    let read = sources.functions.keys().map(|endpoint| format!("/api/{endpoint}"));
    assert_eq!(read.collect::<BTreeSet<_>>(), there.collect::<BTreeSet<_>>());
    let posted = sources.posted();
    let some = [("login", "String"), ("password_confirmation", HIDDEN), ("view[type]", "Type"), ("answer", "String")];
    for (name, of) in some {
        assert!(posted.contains(&(name.to_owned(), of.to_owned())), "{name}: {of}");
    }
    let unknown = posted.iter().map(|(_, of)| of.as_str()).filter(|of| of.ends_with("Form") || *of == "Ticks");
    assert_eq!(unknown.collect::<BTreeSet<_>>(), BTreeSet::from(FREE));
}

#[test]
fn security_3_a_form_with_a_new_secret_is_noticed() {
    let mut sources = Sources::default();
    sources.add(
        "
#[server(endpoint = \"doors/open\")]
pub async fn open(#[server(default)] pin: String, #[server(flatten)] form: doors::OpenForm) -> Result<(), Fault> {

pub struct OpenForm {
    /// What is typed.
    pub door: String,
    #[serde(default)]
    pub rhyme: Password,
    pub more: Option<More>,
}

pub struct More {
    #[serde(rename = \"recovery_code\")]
    pub second: String,
    pub token: Password,
}
",
    );
    assert_eq!(leaks(&sources.posted()), ["more[recovery_code]", "pin", "rhyme"]);
}

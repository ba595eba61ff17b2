//! What a stranger types is text wherever it goes: everything in the house is named like markup, like a formula and like the end of an
//! attribute, and everybody opens every page that they may, follows every link on it, and takes every table home.
//!
//! The doors themselves have their own tests: titles (`app/src/title.rs`), tables (`server/src/downloads/csv.rs`), names of files
//! (`server/src/downloads/name.rs`), mails (`service/src/mail/plain.rs`, `server/src/mail/postman/tests.rs`), PDF
//! (`server/src/pdf/tests.rs`), the log (`server/src/log.rs`), where a browser is sent (`app/src/ui/paths/local.rs`,
//! `server/src/returned/address.rs`). Here is seen whether all goes through them.

mod names;

use std::collections::{BTreeSet, VecDeque};

use domain::Role;

use super::{house::House, offered::pages_of, person::Person};
use crate::{
    browser::Answer,
    markup::{links_of, read, titles_of},
    test_app::TestApp,
};

/// Ends an element and an attribute, begins markup, splits a cell, and is a formula then.
const TYPED: &str = "</title><b>\"';=1+1";

/// Pages whose addresses say what somebody looks for, or where to go on.
const ASKED: [&str; 6] = [
    "/login?next=/%3C/title%3E%3Cb%3E%22%27;=1%2B1",
    "/licenses?q=%3C/title%3E%3Cb%3E%22%27;=1%2B1",
    "/customers?q=%3C/title%3E%3Cb%3E%22%27;=1%2B1",
    "/office/accounts?q=%3C/title%3E%3Cb%3E%22%27;=1%2B1",
    "/office/audit?who=%3C/title%3E%3Cb%3E%22%27;=1%2B1",
    "/%3C/title%3E%3Cb%3E%22%27;=1%2B1",
];

/// What was seen on the way of one person.
#[derive(Default)]
struct Seen {
    pages: usize,
    /// Pages that are called what somebody typed.
    titles: usize,
    tables: usize,
    /// Other files: keys, invoices, credit notes.
    files: usize,
    wrong: Vec<String>,
}

impl Seen {
    /// Looks at an answer, and says where it leads on.
    fn look(&mut self, address: &str, answer: &Answer) -> Vec<String> {
        let kind = answer.header("content-type").unwrap_or_default().to_owned();
        let wrong = match kind.as_str() {
            kind if kind.starts_with("text/html") => {
                self.pages += 1;
                self.titles += usize::from(titles_of(&answer.text).iter().any(|title| read(title).contains(TYPED)));
                in_page(&answer.text)
            }
            kind if kind.starts_with("text/csv") => {
                self.tables += 1;
                in_table(&answer.text)
            }
            _ if is_file(address) => {
                self.files += 1;
                in_file(answer)
            }
            _ => None,
        };
        self.wrong.extend(wrong.map(|what| format!("{address}: {what}")));
        let leads = if kind.starts_with("text/html") { links_of(&answer.text) } else { Vec::new() };
        leads.into_iter().chain(answer.location().map(ToOwned::to_owned)).collect()
    }
}

/// What is wrong with a page on which all that was typed should be text.
fn in_page(page: &str) -> Option<String> {
    let near = |at: usize| page[..at].chars().rev().take(80).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    if let Some(at) = page.find("<b>") {
        return Some(format!("markup that was typed, after {}", near(at)));
    }
    match titles_of(page).as_slice() {
        [title] if title.contains("&amp;lt;") => Some(format!("a title that is escaped twice: {title}")),
        [_] if page.matches("</title>").count() == page.matches("<title").count() => None,
        titles => Some(format!("other than one title: {titles:?}")),
    }
}

/// What is wrong with a file that is no table.
fn in_file(answer: &Answer) -> Option<String> {
    let (name, text) = (answer.header("content-disposition").unwrap_or_default(), &answer.text);
    let odd = |c: char| c.is_control() && !"\n\r".contains(c);
    match answer.header("content-type") {
        _ if !answer.status.is_success() => Some(answer.status.to_string()),
        _ if !name.starts_with("attachment;") || name.contains(TYPED) || name.matches('"').count() != 2 => {
            Some(name.to_owned())
        }
        Some("application/pdf") => (!text.starts_with("%PDF-")).then(|| "no PDF".to_owned()),
        _ => text.chars().any(odd).then(|| text.clone()),
    }
}

/// The first cell of a table that a spreadsheet takes for a formula, wherever it splits.
fn in_table(table: &str) -> Option<String> {
    let quoted = |separator: u8| {
        let rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .delimiter(separator)
            .flexible(true)
            .from_reader(table.as_bytes())
            .into_records();
        let cells = rows.flat_map(|row| row.expect("a row").iter().map(ToOwned::to_owned).collect::<Vec<_>>());
        cells.collect::<Vec<_>>()
    };
    let careless = table.split([';', '\t', '\n', '\r']).map(ToOwned::to_owned);
    let cells = [b',', b';', b'\t'].into_iter().flat_map(quoted).chain(careless);
    cells.into_iter().find(|cell| {
        let cell = cell.trim_matches(|c: char| c == '"' || c.is_whitespace() || c == '\u{feff}');
        cell.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
            && cell.parse::<f64>().is_err()
    })
}

/// The page, and with which questions: each answer to those of one kind looks alike.
fn kind_of(address: &str) -> String {
    if is_file(address) {
        return address.rsplit('/').next().unwrap_or_default().to_owned();
    }
    let (page, asked) = address.split_once('?').unwrap_or((address, ""));
    let names: BTreeSet<_> = asked.split('&').filter_map(|pair| pair.split('=').next()).collect();
    format!("{page}?{}", names.into_iter().collect::<Vec<_>>().join("&"))
}

/// Files of one name are alike, whatever they are of.
fn is_file(address: &str) -> bool {
    [".txt", ".pdf"].iter().any(|ending| address.ends_with(ending))
}

/// An address as a browser asks for it: what no address holds as it is, is written by its bytes.
fn asked(address: &str) -> String {
    let asked = address.chars().map(|c| match c {
        '"' | '<' | '>' | '\'' | '`' | '{' | '}' | '|' | '\\' | '^' => format!("%{:02X}", u32::from(c)),
        c if c.is_ascii_graphic() => c.to_string(),
        c => c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
    });
    asked.collect()
}

/// Opens what that person may, follows every link, and looks at all of it.
async fn walk(house: &House, person: Person) -> Seen {
    let (mut seen, mut browser) = (Seen::default(), house.browser(person));
    let known = pages_of(person).map(|row| house.address(row));
    let mut ahead: VecDeque<_> = known.chain(ASKED.map(ToOwned::to_owned)).collect();
    let mut been = BTreeSet::new();
    while let Some(address) = ahead.pop_front() {
        if address.starts_with("/events") || !address.starts_with('/') || !been.insert(kind_of(&address)) {
            continue;
        }
        let answer = browser.get(&asked(&address)).await;
        if answer.status.is_server_error() {
            seen.wrong.push(format!("{address}: {}", answer.status));
        }
        // An answer that only leads on is no page, whatever it has besides.
        match answer.location() {
            Some(onward) => ahead.push_back(onward.to_owned()),
            None => ahead.extend(seen.look(&address, &answer)),
        }
    }
    seen
}

#[tokio::test]
async fn x3_l14_whatever_was_typed_is_text_on_every_page_and_in_every_table_for_everybody() {
    let people: Vec<_> = Role::ALL.iter().copied().map(Person::With).chain([Person::Anon]).collect();
    let house = House::with(&people).await;
    names::everything(&house).await;
    for person in people {
        let seen = walk(&house, person).await;
        assert_eq!(seen.wrong, [""; 0], "{person:?}");
        let least = match person {
            Person::With(Role::Owner | Role::Admin) => (40, 8, 5, 2),
            Person::With(Role::AccountManager) => (40, 8, 5, 0),
            Person::With(Role::Customer) => (4, 1, 0, 0),
            Person::Anon => (5, 0, 0, 0),
            _ => (15, 1, 1, 0),
        };
        let found = (seen.pages, seen.titles, seen.tables, seen.files);
        let enough = found.0 >= least.0 && found.1 >= least.1 && found.2 >= least.2 && found.3 >= least.3;
        assert!(enough, "{person:?}: {found:?}");
    }
    let letters = house.app.world.letters().await;
    let named: Vec<_> =
        letters.iter().filter(|mail| mail.body.as_deref().is_some_and(|text| text.contains(TYPED))).collect();
    assert!(named.len() > 8, "{}", named.len());
    for mail in letters {
        assert!(!mail.subject.chars().any(char::is_control), "{}", mail.subject);
        let text = mail.body.unwrap_or_default();
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text}");
    }
}

#[tokio::test]
async fn a3_what_an_applicant_types_is_text_in_the_title_of_the_page_that_decides() {
    let app = TestApp::new().await;
    let smuggled = "</title><form method=post enctype=text/plain action=/api/contacts/add_to_own><button autofocus>Go";
    let fields = [
        ("idempotency_key", "01935f6e-7b1c-4000-8000-00000badcafe"),
        ("organisation", smuggled),
        ("first_name", "Ida"),
        ("last_name", "Ng"),
        ("email", "ida@initech.example"),
        ("phone", "+49 30 1234"),
        ("country", "Germany"),
        ("website", ""),
        ("message", ""),
    ];
    let answer = app.anon().call("applications/apply", &fields).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let mut owner = app.signed_in(crate::test_app::OWNER).await;
    let queue = owner.get("/office/applications").await.text;
    let page = links_of(&queue).into_iter().find(|link| link.starts_with("/office/applications/")).expect("its page");
    let text = owner.get(&page).await.text;
    assert_eq!(titles_of(&text).into_iter().map(read).collect::<Vec<_>>(), [format!("{smuggled} - Keyhouse")]);
    assert!(!text.contains("<form method=post"), "{text}");
}

#[tokio::test]
async fn x3_a_form_that_is_sent_back_shows_what_was_typed_as_text() {
    let app = TestApp::new().await;
    let mut browser = app.anon();
    let fields = [
        ("idempotency_key", "01935f6e-7b1c-4000-8000-00000badcafe"),
        ("organisation", TYPED),
        ("first_name", TYPED),
        ("last_name", TYPED),
        ("email", TYPED),
        ("phone", TYPED),
        ("country", TYPED),
        ("website", TYPED),
        ("message", TYPED),
    ];
    let answer = browser.submit("/apply", "applications/apply", &fields).await;
    let page = browser.follow(&answer).await;
    assert_eq!(in_page(&page.text), None);
    assert_eq!(page.text.matches(">&lt;/title&gt;&lt;b&gt;\"';=1+1</textarea>").count(), 1, "{}", page.text);
}

#[test]
fn a_page_that_takes_typed_text_for_markup_is_noticed_and_so_is_a_formula() {
    assert_eq!(in_page("<title>&lt;b&gt; - Keyhouse</title><p>&lt;b&gt;</p>"), None);
    for wrong in [
        "<title></title><b>\"';=1+1 - Keyhouse</title>",
        "<title>a</title><p></title></p>",
        "<title>&amp;lt;b</title>",
        "<title>a</title><p title=\"<b>\">",
        "<p>",
    ] {
        assert!(in_page(wrong).is_some(), "{wrong}");
    }
    assert_eq!(in_table("\"a\",\"-12.50\",\"'=1\"\r\n\"x;'=1\",\"1-2\"\r\n"), None);
    for wrong in ["a,=1", "\"a;=1\"", "\"a\n@b\"", "\"a\",\"x;\u{ff1d}1\""] {
        assert!(in_table(wrong).is_some(), "{wrong}");
    }
}

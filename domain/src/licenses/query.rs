//! The license list's view: search, filters, sort and page, all in the address (L14).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

use super::{LicenseKey, PaymentStatus, ResellerRow, State, Type};
use crate::{AccountId, ProductId, accounts::Unpaid, products::Kind, words::words};

words! {
    /// The filter `Customer paid`.
    PaidFilter {
        /// The customer has paid the reseller.
        Yes = "yes", "Customer has paid";
        /// Not yet.
        No = "no", "Customer has not paid";
    }
}

words! {
    /// In which order.
    Sort {
        /// The default.
        Newest = "newest", "Newest first";
        /// The other way round.
        Oldest = "oldest", "Oldest first";
        /// What ends first; only what ends at all.
        Ending = "ending", "Ending first";
    }
}

/// What the list shows, as it stands in the address; a word that means nothing is no filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LicensesQuery {
    /// Beginnings of words: key, customer, e-mail, notes, order number.
    pub q: String,
    /// L8: paid to the operator or not.
    pub payment: Option<PaymentStatus>,
    /// L8: paid by the customer or not.
    pub paid: Option<PaidFilter>,
    /// Permanent, trial, subscription.
    #[serde(rename = "type")]
    pub license_type: Option<Type>,
    /// Primary or additional.
    pub kind: Option<Kind>,
    /// Active, expired and so on.
    pub state: Option<State>,
    /// Of one product.
    pub product: Option<ProductId>,
    /// Of one customer.
    pub customer: Option<AccountId>,
    /// Created on that day or later.
    pub from: Option<NaiveDate>,
    /// Created on that day or earlier.
    pub to: Option<NaiveDate>,
    /// In which order; newest first when nothing is said.
    pub sort: Option<Sort>,
    /// Where the page starts: what the page before said was next.
    pub after: Option<String>,
}

impl LicensesQuery {
    /// Reads a view from an address or a form; what makes no sense is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let word = |name| get(name).filter(|word| !word.trim().is_empty());
        Self {
            q: get("q").map(|q| SearchText::shortened(&q)).unwrap_or_default(),
            payment: word("payment").and_then(|w| PaymentStatus::from_word(&w)),
            paid: word("paid").and_then(|w| PaidFilter::from_word(&w)),
            license_type: word("type").and_then(|w| Type::from_word(&w)),
            kind: word("kind").and_then(|w| Kind::from_word(&w)),
            state: word("state").and_then(|w| State::from_word(&w)),
            product: word("product").and_then(|w| w.parse().ok()),
            customer: word("customer").and_then(|w| w.parse().ok()),
            from: word("from").and_then(|w| w.parse().ok()),
            to: word("to").and_then(|w| w.parse().ok()),
            sort: word("sort").and_then(|w| Sort::from_word(&w)).filter(|sort| *sort != Sort::Newest),
            after: word("after"),
        }
    }

    /// The query part of the address, without the question mark; empty for the plain list.
    pub fn address(&self) -> String {
        crate::query::address(self)
    }

    /// Whether anything is filtered or searched.
    pub fn narrowed(&self) -> bool {
        let plain = Self { sort: self.sort, after: self.after.clone(), ..Self::default() };
        *self != plain
    }
}

/// A search as typed, made fit for the address and for the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchText {
    /// Words, lower case, each the beginning of a word that is looked for.
    pub words: Vec<String>,
    /// The same read as the beginning of a key, in its groups, where it can be one.
    pub key: Option<Vec<String>>,
}

impl SearchText {
    const MOST: usize = 200;
    const WORDS_MOST: usize = 8;

    /// The search as it may stand in an address: a key is cut to its first two groups, which find it
    /// just as well and give nothing away.
    pub fn shortened(typed: &str) -> String {
        let typed: String = typed.trim().chars().filter(|c| !c.is_control()).take(Self::MOST).collect();
        let cut = |text: &str| match LicenseKey::beginning(text).filter(|_| is_much_of_a_key(text)) {
            Some(key) => key[..11].to_owned(),
            None => text.to_owned(),
        };
        match cut(&typed) {
            same if same == typed => typed.split(' ').map(cut).collect::<Vec<_>>().join(" "),
            short => short,
        }
    }

    /// The words of a search; `None` when there is nothing to look for.
    pub fn of(typed: &str) -> Option<Self> {
        let typed = Self::shortened(typed);
        let words: Vec<_> = words_of(&typed).take(Self::WORDS_MOST).collect();
        // Without a digit a short text is rather a name than the beginning of a key.
        let may_be_key = |key: &String| is_grouped(&typed) && (key.len() > 6 || has_digit(&typed));
        let key = LicenseKey::beginning(&typed).filter(may_be_key).map(|key| words_of(&key).collect());
        (!words.is_empty()).then_some(Self { words, key })
    }
}

/// Whether a text of a key's symbols is enough of one to be kept secret, and rather that than words.
fn is_much_of_a_key(text: &str) -> bool {
    let long = if text.contains(is_dash) || text.contains(' ') { 11 } else { 15 };
    is_grouped(text) && has_digit(text) && text.chars().filter(char::is_ascii_alphanumeric).count() >= long
}

/// Whether a text is in one piece, or in pieces of five of which the last may be shorter.
fn is_grouped(text: &str) -> bool {
    let mut pieces = text.split(|c: char| is_dash(c) || c.is_whitespace()).map(|piece| piece.chars().count());
    match pieces.next_back() {
        Some(last) => {
            let before: Vec<_> = pieces.collect();
            before.is_empty() || (last <= 5 && before.iter().all(|length| *length == 5))
        }
        None => false,
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '_')
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// The words of a text as the search index knows them: letters and digits, without case and
/// accents. A letter and a number, as in `O-12`, are one word, and the number is one more.
pub fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words: Vec<_> = folded(text)
        .split_whitespace()
        .flat_map(|piece| {
            let piece = piece.trim_matches(|c: char| !c.is_alphanumeric());
            numbered(piece).unwrap_or_else(|| {
                piece.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(cut).collect()
            })
        })
        .collect();
    words.into_iter()
}

/// The longest word that an index has room for.
const WORD_MOST: usize = 64;

fn cut(word: &str) -> String {
    word.chars().take(WORD_MOST).collect()
}

/// `o-12` as the words `o12` and `12`.
fn numbered(piece: &str) -> Option<Vec<String>> {
    let (letter, number) = piece.split_once('-')?;
    let is_letter = letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic);
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    (is_letter && is_number).then(|| vec![cut(&format!("{letter}{number}")), cut(number)])
}

/// Without accents, and without what only case tells apart: `Müller`, `MULLER` and, written with a
/// combining mark, `müller` are `muller`; `Straße` is `strasse`. The marks of scripts that are
/// no accents stay.
fn folded(text: &str) -> String {
    let bare = text.nfd().filter(|c| canonical_combining_class(*c) == 0).nfc();
    bare.flat_map(char::to_lowercase).flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// How far what fits the filters is counted, so that a count costs no more than a few pages.
pub const COUNTED: i64 = 300;

/// One page of the reseller's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licenses {
    /// Up to 50.
    pub rows: Vec<ResellerRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<String>,
    /// How many fit the filters.
    pub matching: i64,
    /// Whether there may be more: with filters nobody counts beyond [`COUNTED`].
    pub at_least: bool,
    /// L7: unpaid of cap.
    pub unpaid: Unpaid,
    /// Products to filter by.
    pub products: Vec<(ProductId, String)>,
    /// The customer of the filter, by name.
    pub customer: Option<String>,
    /// The day in the reseller's time zone.
    pub today: NaiveDate,
    /// The account's version, for the live banner.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> LicensesQuery {
        let pairs: Vec<(String, String)> = serde_qs::from_str::<std::collections::BTreeMap<String, String>>(address)
            .expect("pairs")
            .into_iter()
            .collect();
        LicensesQuery::read(|name| pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()))
    }

    #[test]
    fn l14_a_view_reads_back_from_its_own_address() {
        let view = LicensesQuery {
            q: "north & co".to_owned(),
            payment: Some(PaymentStatus::Pending),
            paid: Some(PaidFilter::No),
            license_type: Some(Type::Permanent),
            kind: Some(Kind::Primary),
            state: Some(State::Active),
            from: "2026-11-01".parse().ok(),
            sort: Some(Sort::Ending),
            ..LicensesQuery::default()
        };
        assert_eq!(read(&view.address()), view);
        assert_eq!(LicensesQuery::default().address(), "");
    }

    #[test]
    fn l14_words_that_mean_nothing_are_no_filter() {
        assert_eq!(read("payment=maybe&product=7&from=yesterday&sort=newest"), LicensesQuery::default());
    }

    #[test]
    fn l14_a_whole_key_never_stands_in_an_address_and_is_still_found() {
        let key = LicenseKey::from_random([7; 22]);
        let view = read(&format!("q={}", key.grouped()));
        assert_eq!(view.q, key.grouped()[..11]);
        let found = SearchText::of(&key.grouped().replace('-', "")).expect("a search");
        assert_eq!(found.key, Some(vec!["77777".to_owned(), "77777".to_owned()]));
    }

    #[test]
    fn l14_words_that_have_only_symbols_of_keys_are_no_key() {
        for typed in
            ["Northwind Traders", "nord anna example", "PO 2026-118 Northwind", "northwind2026", "O-12 northwind"]
        {
            assert_eq!(SearchText::shortened(typed), typed);
            let words = words_of(typed).collect::<Vec<_>>();
            assert_eq!(SearchText::of(typed).map(|search| search.words), Some(words));
        }
    }

    #[test]
    fn l14_no_key_stands_in_an_address_however_it_is_typed() {
        let key = "7KQ2M-9XV4D-R3TC8-WZ5NB-HT3PC";
        let short = "7KQ2M-9XV4D";
        for (typed, address) in [
            (key.to_owned(), short.to_owned()),
            (key.to_lowercase(), short.to_owned()),
            (key.replace('-', ""), short.to_owned()),
            (key.replace('-', " "), short.to_owned()),
            (key.replace('-', "–"), short.to_owned()),
            (format!("müller {key}"), format!("müller {short}")),
            (format!("{} PO 7", key.replace('-', "")), format!("{short} PO 7")),
            (key[..20].to_owned(), short.to_owned()),
            (key[..13].to_owned(), short.to_owned()),
            (short.to_owned(), short.to_owned()),
        ] {
            assert_eq!(SearchText::shortened(&typed), address, "{typed}");
        }
    }

    #[test]
    fn l14_a_search_is_the_beginnings_of_words() {
        let search = |typed| SearchText::of(typed).map(|search| (search.words.join(" "), search.key));
        let words = |typed| search(typed).map(|(words, _)| words);
        assert_eq!(words(" Anna@Northwind.example "), Some("anna northwind example".to_owned()));
        assert_eq!(words("PO 2026-118"), Some("po 2026 118".to_owned()));
        assert_eq!(words("\"*' OR 1"), Some("or 1".to_owned()));
        assert_eq!(words("!?"), None);
        let key = Some(vec!["7kq2m".to_owned(), "9xv".to_owned()]);
        assert_eq!(search("7kq2m9xv"), Some(("7kq2m9xv".to_owned(), key)));
    }
    #[test]
    fn l14_words_have_no_case_and_no_accents() {
        let words = |text| words_of(text).collect::<Vec<_>>().join(" ");
        for (text, same) in [
            ("Müller mu\u{308}ller MÜLLER", "muller muller muller"),
            ("Straße STRASSE ẞ", "strasse strasse ss"),
            ("Ångström İstanbul ΟΔΌΣ οδός", "angstrom istanbul οδοσ οδοσ"),
            ("한국어 が हिन्दी", "한국어 か हिनदी"),
            ("\u{301} 👩‍💻 !?", ""),
            ("a\u{0}b c_d", "a b c d"),
        ] {
            assert_eq!(words(text), same);
        }
        assert_eq!(words(&"x".repeat(4_000)), "x".repeat(64));
    }

    #[test]
    fn l14_an_orders_number_is_one_word() {
        let words = |text| words_of(text).collect::<Vec<_>>().join(" ");
        for (text, same) in
            [("O-12", "o12 12"), ("(o-12), O12", "o12 12 o12"), ("PO-12 O-1a O- -12 O-1-2", "po 12 o 1a o 12 o 1 2")]
        {
            assert_eq!(words(text), same);
        }
    }

    #[test]
    fn l3_a_beginning_with_a_digit_may_be_a_key_with_look_alikes() {
        let key = |typed| SearchText::of(typed).and_then(|search| search.key).map(|key| key.join(" "));
        assert_eq!(key("7OQIM"), Some("70q1m".to_owned()));
        assert_eq!(key("oil"), None);
    }
}

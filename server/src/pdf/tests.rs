//! The files, read back by another program's eyes.

use chrono::NaiveDate;
use domain::{
    BasisPoints, Currency, Money,
    billing::{
        BankDetails, Charge, CreditLine, CreditNote, CreditNoteNumber, Invoice, InvoiceLine, InvoiceNumber, Letterhead,
        Party,
    },
};
use lopdf::Document;

fn letterhead() -> Letterhead {
    let text = |text: &str| Some(text.to_owned());
    Letterhead {
        from: Party {
            name: "Keyhouse Software GmbH".to_owned(),
            address: vec!["Am Alten Hafen 12".to_owned(), "28195 Bremen".to_owned(), "DE".to_owned()],
            tax_number: text("DE123456789"),
            email: text("billing@keyhouse.example"),
            person: None,
        },
        to: Party {
            name: "ACME Αθήνα Ελλάς Ltd".to_owned(),
            person: text("Żaneta Łukasińska"),
            address: vec!["ул. Ленина 5".to_owned(), "10115 Berlin".to_owned(), "DE".to_owned()],
            tax_number: text("EL094259216"),
            email: None,
        },
        customer: None,
        bank: Some(BankDetails {
            holder: "Keyhouse Software GmbH".to_owned(),
            iban: "DE89370400440532013000".to_owned(),
            bic: text("COBADEFFXXX"),
            bank: text("Commerzbank Bremen"),
        }),
        note: None,
        by_credit: None,
    }
}

fn line(text: &str, minor: i64, quantity: u32, points: u16) -> InvoiceLine {
    let rate = BasisPoints::new(points).expect("a rate");
    let charge = Charge::once(Money::new(minor, Currency::EUR), quantity, rate).expect("countable");
    InvoiceLine { text: text.to_owned(), charge }
}

fn issue(lines: Vec<InvoiceLine>) -> Invoice {
    let day = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    Invoice::issue(InvoiceNumber(42), Currency::EUR, lines, day, 14).expect("an invoice")
}

fn small() -> Invoice {
    issue(vec![
        line("Store Manager for PrestaShop, Primary license, ACME customers", 13_930, 10, 1_900),
        line("Automated Product Import, Additional license", 4_900, 2, 700),
        line("Cloud Backup, yearly", 99, 3, 1_900),
    ])
}

/// All text of a file, page by page, without its line ends; and to look at it, `KEYHOUSE_PDF=FOLDER` keeps it.
fn read(name: &str, bytes: &[u8]) -> Vec<String> {
    if let Ok(folder) = std::env::var("KEYHOUSE_PDF") {
        std::fs::write(format!("{folder}/{name}.pdf"), bytes).expect("written");
    }
    let document = Document::load_mem(bytes).expect("a PDF file");
    let pages = document.get_pages().into_keys();
    pages.map(|page| document.extract_text(&[page]).expect("text").replace('\n', " ")).collect()
}

fn file(name: &str, invoice: &Invoice, letterhead: &Letterhead) -> Vec<String> {
    read(name, &super::invoice(invoice, nothing(invoice), letterhead).expect("a file"))
}

/// Nothing was paid ahead.
fn nothing(invoice: &Invoice) -> Money {
    Money::zero(invoice.total().net().currency)
}

fn assert_holds(text: &str, all: &[&str]) {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    for said in all {
        assert!(bare(text).contains(&bare(said)), "{said:?} is missing in {text}");
    }
}

#[test]
fn b5_an_invoice_says_who_what_how_much_and_where_to_pay() {
    let pages = file("invoice", &small(), &letterhead());
    assert_eq!(pages.len(), 1);
    assert_holds(
        &pages[0],
        &[
            "Keyhouse Software GmbH",
            "Am Alten Hafen 12 · 28195 Bremen · DE · Tax number DE123456789 · billing@keyhouse.example",
            "ACME Αθήνα Ελλάς Ltd",
            "Żaneta Łukasińska",
            "ул. Ленина 5",
            "EL094259216",
            "Invoice INV-000042",
            "21 Nov 2026",
            "Description (amounts in EUR)",
            "Store Manager for PrestaShop, Primary license, ACME customers",
            "1,393.00",
            "Automated Product Import, Additional license",
            "Net amount",
            "1,493.97",
            "Tax 7 % on 98.00",
            "6.86",
            "Tax 19 % on 1,395.97",
            "265.23",
            "Total, EUR",
            "1,766.06",
            "Please pay EUR 1,766.06 by 5 Dec 2026.",
            "DE89 3704 0044 0532 0130 00",
            "COBADEFFXXX",
            &small().reference().to_string(),
            Invoice::ROUNDING,
            "INV-000042 · Page 1 of 1",
        ],
    );
}

#[test]
fn v6_an_invoice_asks_for_what_was_not_paid_ahead_and_for_nothing_where_all_was() {
    let paid = |name: &str, minor| {
        let ahead = Money::new(minor, Currency::EUR);
        read(name, &super::invoice(&small(), ahead, &letterhead()).expect("a file")).remove(0)
    };
    let part = paid("paid-in-part", 100_000);
    let asks =
        ["Total, EUR", "1,766.06", "Paid ahead", "-1,000.00", "To be paid, EUR", "766.06", "Please pay EUR 766.06 by"];
    assert_holds(&part, &asks);
    assert_holds(&part, &["DE89 3704 0044 0532 0130 00", &small().reference().to_string()]);
    let all = paid("paid-ahead", 176_606);
    assert_holds(&all, &["Total, EUR", "1,766.06", "Paid ahead", "-1,766.06", "To be paid, EUR", "0.00"]);
    for asked in ["Please pay", "DE89 3704", "To be paid by", &small().reference().to_string()] {
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        assert!(!bare(&all).contains(&bare(asked)), "{asked}: {all}");
    }
    assert!(!file("not-ahead", &small(), &letterhead())[0].contains("Paid ahead"), "nothing was paid ahead");
}

#[test]
fn v6_an_invoice_does_not_ask_for_what_is_credited_together_with_it() {
    let credited = |name: &str, ahead, minor| {
        let letterhead = Letterhead { by_credit: Some(Money::new(minor, Currency::EUR)), ..letterhead() };
        let bytes = super::invoice(&small(), Money::new(ahead, Currency::EUR), &letterhead).expect("a file");
        read(name, &bytes).remove(0)
    };
    let part = credited("credited-in-part", 0, 100_000);
    let asks = ["Settled by a credit note", "-1,000.00", "To be paid, EUR", "766.06", "Please pay EUR 766.06 by"];
    assert_holds(&part, &asks);
    let all = credited("credited", 100_000, 76_606);
    assert_holds(&all, &["Paid ahead", "-1,000.00", "Settled by a credit note", "-766.06", "To be paid, EUR", "0.00"]);
    assert!(!all.contains("Please pay") && !all.contains("DE89"), "{all}");
}

#[test]
fn b5_an_issued_invoice_is_the_same_file_each_time() {
    let made = || super::invoice(&small(), nothing(&small()), &letterhead()).expect("a file");
    assert_eq!(made(), made());
    let moved = Letterhead { note: Some("Reverse charge.".to_owned()), ..letterhead() };
    assert_ne!(super::invoice(&small(), nothing(&small()), &moved).expect("a file"), made());
}

#[test]
fn b5_many_lines_go_on_over_pages_with_what_they_come_to_so_far() {
    let lines = (1..=120).map(|at| line(&format!("Product {at:03}, Primary license"), 1_000 + at, 1, 1_900));
    let invoice = issue(lines.collect());
    let pages = file("long", &invoice, &letterhead());
    assert!((4..=6).contains(&pages.len()), "{} pages", pages.len());
    let all = pages.join(" ");
    for at in 1..=120i64 {
        let price = Money::new(1_000 + at, Currency::EUR).figures();
        assert_holds(&all, &[&format!("Product {at:03}, Primary license"), &price]);
    }
    for (at, page) in pages.iter().enumerate() {
        assert_holds(page, &[&format!("Page {} of {}", at + 1, pages.len())]);
        // The very last page may hold the sums alone.
        if at > 0 && page.contains("Product") {
            assert_holds(page, &["Invoice INV-000042", "Carried from the page before", "Unit price"]);
        }
    }
    let carried = |page: &str, words: &str| {
        let (_, after) = page.split_once(words).expect("a sum");
        after.split_whitespace().next().expect("figures").to_owned()
    };
    let (first, second) = (&pages[0], &pages[1]);
    let sum = carried(first, "Carried to the next page");
    assert_eq!(sum, carried(second, "Carried from the page before"));
    let shown = (1..=120).filter(|at| first.contains(&format!("Product {at:03}"))).map(|at| 1_000 + at).sum();
    assert_eq!(sum, Money::new(shown, Currency::EUR).figures());
    assert_holds(&all, &["Total, EUR", &invoice.total().gross().figures()]);
}

#[test]
fn b5_a_credit_note_gives_back_less_than_nothing_and_names_its_invoice() {
    let invoice = small();
    let day = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day");
    let one = CreditLine { line: 0, amount: invoice.lines()[0].charge.each()[0] };
    let import = CreditLine { line: 1, amount: invoice.lines()[1].charge.each()[0] };
    let note = CreditNote::of(&invoice, &[], CreditNoteNumber(7), day, vec![one, import]).expect("a credit note");
    let bytes = super::credit_note(&note, &invoice, &letterhead(), "Bought by mistake").expect("a file");
    let pages = read("credit-note", &bytes);
    assert_holds(
        &pages[0],
        &[
            "Credit note CN-000007",
            "INV-000042",
            "1 Dec 2026",
            "-139.30",
            "-26.47",
            "-49.00",
            "-3.43",
            "Credited, EUR",
            "-218.20",
            "Reason: Bought by mistake",
        ],
    );
    assert!(!pages[0].contains("Please pay"));
    let other = issue(vec![line("Another", 1, 1, 0)]);
    assert!(super::credit_note(&note, &other, &letterhead(), "Bought by mistake").is_err());
}

#[test]
fn b9_x3_the_reason_of_a_credit_note_is_text_over_as_many_lines_as_it_takes_and_no_longer_than_its_field() {
    let invoice = small();
    let day = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day");
    let lines = vec![CreditLine { line: 0, amount: invoice.lines()[0].charge.each()[0] }];
    let note = CreditNote::of(&invoice, &[], CreditNoteNumber(7), day, lines).expect("a credit note");
    let of_customer = Letterhead { customer: Some("Northwind".to_owned()), ..letterhead() };
    let written = |reason: &str| {
        let bytes = super::credit_note(&note, &invoice, &of_customer, reason).expect("a file");
        read("reason", &bytes).join(" ")
    };
    let first = "Bought by mistake. ".repeat(25);
    let all = written(&format!("{first}\n)Tj ET (\\<b>\u{202e}gpj.exe last{}", "x".repeat(10_000)));
    assert_holds(&all, &["Reason: Bought by mistake.", ")Tj ET (", "Credited, EUR", "For your customer", "Northwind"]);
    let bare: String = all.split_whitespace().collect();
    assert_eq!((bare.matches("Bought").count(), bare.matches('x').count() < 200), (25, true), "{all}");
}

#[test]
fn b5_what_costs_nothing_asks_for_nothing_and_the_most_fits() {
    let free = issue(vec![line("A gift", 0, 1, 1_900)]);
    assert!(!file("free", &free, &letterhead())[0].contains("Please pay"));
    let most = issue(vec![line("Everything there is", i64::MAX / 2, 1, 10_000)]);
    assert_holds(&file("most", &most, &letterhead())[0], &["46,116,860,184,273,879.03", "92,233,720,368,547,758.06"]);
    let yen = Charge::once(Money::new(15_000, Currency::JPY), 3, BasisPoints::new(1_000).expect("10 %"));
    let yen = InvoiceLine { text: "In yen".to_owned(), charge: yen.expect("countable") };
    let day = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let yen = Invoice::issue(InvoiceNumber(1), Currency::JPY, vec![yen], day, 14).expect("an invoice");
    assert_holds(&file("yen", &yen, &letterhead())[0], &["Please pay JPY 49,500", "Total, JPY"]);
}

#[test]
fn x3_whatever_somebody_typed_the_invoice_is_a_file_and_its_sums_stand() {
    // Longer than any field of an account takes.
    let long = "ACME & Söhne ".repeat(60);
    let word = "W".repeat(1_000);
    let hostile = [
        "",
        " ",
        "a\u{0}b\u{1b}[31m\u{7f}\u{85}c",
        "👩‍👩‍👧‍👦 Ltd 🏳️‍🌈",
        "\u{202e}gpj.exe \u{2067}\u{2066}\u{200f}\u{200e}",
        "חברת שלום בע״מ (2026)",
        "شركة المفاتيح ١٢٣ Ltd",
        "北京市海淀区 \u{10ffff}\u{e000}\u{feff}\u{fffe}",
        "e\u{301}\u{302}\u{303}\u{304}\u{305}",
        ")Tj ET Q (\\ << /JS (app.alert(1)) >>",
        "</title><b>\"';=1+1 & ]]>\u{2028}",
        &long,
        &word,
    ];
    for (at, typed) in hostile.into_iter().enumerate() {
        let party = Party {
            name: typed.to_owned(),
            person: Some(typed.to_owned()),
            address: vec![typed.to_owned(), "10115 Berlin".to_owned()],
            tax_number: Some(typed.to_owned()),
            email: Some(typed.to_owned()),
        };
        let bank = BankDetails { holder: typed.to_owned(), iban: typed.to_owned(), bic: None, bank: None };
        let letterhead = Letterhead {
            from: party.clone(),
            to: party,
            customer: Some(typed.to_owned()),
            bank: Some(bank),
            note: Some(typed.to_owned()),
            by_credit: None,
        };
        let invoice = issue(vec![line(typed, 13_930, 10, 1_900), line("Last line", 100, 1, 700)]);
        let all = file(&format!("hostile-{at}"), &invoice, &letterhead).join(" ");
        assert_holds(&all, &["Invoice INV-000042", "Last line", "Total, EUR", "1,658.74", "Please pay EUR 1,658.74"]);
        let replaced = typed.contains(['👩', '\u{0}', '北']);
        assert_eq!(all.contains("cannot be drawn here"), replaced, "{typed:.40}");
    }
}

#[test]
fn x3_whatever_somebody_typed_is_text_in_what_the_file_says_of_itself() {
    let typed = "</rdf:li><b>\"';=1+1 & ]]>)";
    let from = Party { name: typed.to_owned(), ..letterhead().from };
    let bytes = super::invoice(&small(), nothing(&small()), &Letterhead { from, ..letterhead() }).expect("a file");
    let all = String::from_utf8_lossy(&bytes);
    let (_, said) = all.split_once("<?xpacket begin").expect("what it says of itself");
    let (said, _) = said.split_once("<?xpacket end").expect("the end of it");
    assert!(said.contains("&lt;/rdf:li>&lt;b>") || said.contains("&lt;/rdf:li&gt;&lt;b&gt;"), "{said}");
    assert!(!said.contains("<b>") && !said.contains("]]>") && said.contains("&amp; "), "{said}");
    let document = Document::load_mem(&bytes).expect("a PDF file");
    let info =
        document.trailer.get(b"Info").and_then(|info| document.get_object(info.as_reference()?)).expect("its facts");
    let author = info.as_dict().and_then(|info| info.get(b"Author")).expect("its author");
    assert_eq!(lopdf::decode_text_string(author).expect("text"), typed);
}

#[test]
fn a_file_says_that_it_can_be_kept_and_read_out() {
    let bytes = super::invoice(&small(), nothing(&small()), &letterhead()).expect("a file");
    let holds = |words: &str| bytes.windows(words.len()).any(|part| part == words.as_bytes());
    assert!(holds("<pdfaid:part>2</pdfaid:part>") && holds("<pdfuaid:part>1</pdfuaid:part>"));
    assert!(holds("/StructTreeRoot") && holds("/MarkInfo"));
    assert!(bytes.len() < 80_000, "{} bytes", bytes.len());
}

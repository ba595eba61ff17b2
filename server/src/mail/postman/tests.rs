//! Letters as they leave the house.

use clap::Parser;

use super::*;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    flags: Flags,
}

fn postman(line: &str) -> Postman {
    let words = std::iter::once("keyhouse").chain(line.split_whitespace());
    let base = "http://127.0.0.1:3000".parse().expect("an address");
    Postman::from_settings(&Line::parse_from(words).flags, &base).expect("good settings")
}

fn letter(to: &str, subject: &str) -> Letter {
    let id = "01935f6e-7b1c-7000-8000-00000badcafe".parse().expect("an id");
    Letter { id, to: to.to_owned(), subject: subject.to_owned(), text: "Guten Tag, Jürgen.\n\nhttps://keys.example/activate/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef".to_owned(), reseller: None, reply_to: None }
}

const NOON: Timestamp = Timestamp::UNIX_EPOCH;

#[tokio::test]
async fn without_a_mail_server_a_letter_becomes_a_file_and_the_second_try_the_same_file() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let postman = postman(&format!("--data-dir {}", data.path().display()));
    let letter = letter("Anna Smith <anna@northwind.example>", "Your key");
    for _ in 0..2 {
        postman.deliver(&letter, NOON).await.expect("it is written");
    }
    let files: Vec<_> = fs::read_dir(data.path().join("mail")).expect("the folder").collect();
    assert_eq!(files.len(), 1);
    let path = data.path().join("mail/01935f6e-7b1c-7000-8000-00000badcafe.eml");
    let text = fs::read_to_string(path).expect("the file");
    insta::assert_snapshot!(text.replace("\r\n", "\n"), @r#"
    From: Keyhouse <keyhouse@localhost>
    To: "Anna Smith" <anna@northwind.example>
    Subject: Your key
    Date: Thu, 01 Jan 1970 00:00:00 +0000
    Message-ID: <01935f6e-7b1c-7000-8000-00000badcafe@localhost>
    Auto-Submitted: auto-generated
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: 8bit

    Guten Tag, Jürgen.

    https://keys.example/activate/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    "#);
}

#[test]
fn x3_a_line_break_adds_no_header_and_no_receiver() {
    let postman = postman("");
    let spoofed = letter("anna@northwind.example", "Hello\r\nBcc: all@northwind.example");
    let written = postman.write(&spoofed, NOON).expect("it can be written");
    let text = String::from_utf8(written.formatted()).expect("text");
    assert!(!text.lines().any(|line| line.to_lowercase().starts_with("bcc:")), "{text}");
    assert_eq!(written.envelope().to().len(), 1);
    for wrong in ["anna@northwind.example\r\nBcc: all@northwind.example", "anna", "a@b.example, c@d.example"] {
        assert!(postman.write(&letter(wrong, "Hello"), NOON).is_err(), "{wrong}");
    }
}

/// Some headers of a letter as they are written, without the folds of long ones.
fn headers(postman: &Postman, letter: &Letter, names: &[&str]) -> Vec<String> {
    let written = postman.write(letter, NOON).expect("it can be written");
    let text = String::from_utf8(written.formatted()).expect("text").replace("\r\n ", " ");
    let lines = text.lines().take_while(|line| !line.is_empty());
    lines
        .filter(|line| names.iter().any(|name| line.starts_with(&format!("{name}: "))))
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn x2_a_letter_to_a_customer_names_its_reseller_who_reads_what_is_answered() {
    let postman = postman("--mail-from Licenses<licenses@vendor.example>");
    let of = |reseller: Option<&str>, reply_to: Option<&str>| Letter {
        reseller: reseller.map(ToOwned::to_owned),
        reply_to: reply_to.map(ToOwned::to_owned),
        ..letter("anna@northwind.example", "Your license key")
    };
    let names = ["From", "Reply-To", "To"];
    assert_eq!(
        headers(&postman, &of(Some("ACME"), Some("sales@acme.example")), &names),
        [
            "From: \"ACME via Licenses\" <licenses@vendor.example>",
            "To: anna@northwind.example",
            "Reply-To: sales@acme.example"
        ]
    );
    assert_eq!(
        headers(&postman, &of(None, Some("no address")), &names),
        ["From: Licenses <licenses@vendor.example>", "To: anna@northwind.example"]
    );
}

/// The name of a sender as a mail program reads it, of the one header that there is, which holds our address and is encoded.
fn name_shown(header: &str) -> String {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let name = header.strip_prefix("From: ").and_then(|rest| rest.strip_suffix(" <keyhouse@localhost>"));
    let mut bytes = Vec::new();
    for word in name.unwrap_or_else(|| panic!("{header}")).split(' ') {
        let word = word.strip_prefix("=?utf-8?b?").and_then(|rest| rest.strip_suffix("?="));
        let word = word.unwrap_or_else(|| panic!("{header}"));
        let (mut held, mut bits) = (0_usize, 0_u32);
        for digit in word.trim_end_matches('=').chars() {
            held = held * 64 + DIGITS.find(digit).expect("a digit of base64");
            bits += 6;
            if bits >= 8 {
                bits -= 8;
                bytes.push(u8::try_from(held >> bits).expect("a byte"));
                held %= 1 << bits;
            }
        }
    }
    String::from_utf8(bytes).expect("text")
}

#[test]
fn x3_a_name_in_a_header_stays_a_name_whatever_was_typed() {
    let postman = postman("");
    let from = |name: &str| {
        let letter = Letter { reseller: Some(name.to_owned()), ..letter("anna@northwind.example", "Your license key") };
        headers(&postman, &letter, &["From", "Reply-To", "Bcc"]).join("\n")
    };
    assert_eq!(
        name_shown(&from("</title><b>\"';=1+1 <owner@bank.example>, \r\nBcc: b@c.example")),
        "</title><b>\"';=1+1 <owner@bank.example>,   Bcc: b@c.example via Keyhouse"
    );
    assert_eq!(name_shown(&from(&"Ä".repeat(61))), format!("{}… via Keyhouse", "Ä".repeat(59)));
    let looks_encoded = from("=?utf-8?q?Keyhouse?=");
    assert_eq!(name_shown(&looks_encoded), "=\u{2060}?utf-8?q?Keyhouse?= via Keyhouse");
    assert!(!looks_encoded.contains("=?utf-8?q?Keyhouse?="), "{looks_encoded}");
    assert!(looks_encoded.ends_with(" <keyhouse@localhost>"), "{looks_encoded}");
}

#[test]
fn x3_a_subject_is_one_line_of_text_whatever_was_typed() {
    let postman = postman("");
    let subject = |typed: &str| {
        let written = postman.write(&letter("anna@northwind.example", typed), NOON).expect("it can be written");
        let text = String::from_utf8(written.formatted()).expect("text");
        text.lines().filter(|line| line.starts_with("Subject:") || line.starts_with(' ')).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(subject("</title><b>\"';=1+1"), "Subject: </title><b>\"';=1+1");
    // Neither another header, nor a sequence for terminals, nor a turn of all that follows.
    assert_eq!(subject("A\r\nBcc: b\u{1b}[2J\u{202e}c"), "Subject: A  Bcc: b [2Jc");
    // It looks like letters that are encoded, and would be shown as other ones: so it is encoded itself, and read as it was typed.
    let looks_encoded = subject("Of =?utf-8?q?Keyhouse?= now");
    assert!(
        looks_encoded.starts_with("Subject: Of =?utf-8?b?") && looks_encoded.ends_with("?= now"),
        "{looks_encoded}"
    );
    assert!(!looks_encoded.contains("=?utf-8?q?"), "{looks_encoded}");
}

#[tokio::test]
async fn x2_a_mail_server_that_is_not_there_is_an_error_and_no_panic() {
    let postman = postman("--smtp-url smtp://127.0.0.1:1");
    let failed = postman.deliver(&letter("anna@northwind.example", "Hello"), NOON).await;
    assert!(matches!(failed, Err(Undelivered::Connection(_))), "{failed:?}");
}

#[test]
fn x2_only_an_answer_about_the_recipient_is_final() {
    for (code, words) in [
        (550, "5.1.1 no such person"),
        (550, "no such person here"),
        (550, "#5.1.0 Address rejected."),
        (551, "user not local"),
        (552, "5.2.2 mailbox full"),
        (553, "mailbox name not allowed"),
        (554, "5.2.1 mailbox disabled"),
        (556, "5.1.10 the domain takes no mail"),
    ] {
        assert!(refuses_recipient(code, words), "{code} {words}");
    }
    for (code, words) in [
        (554, "no SMTP service here"),
        (554, "5.7.1 Relay access denied"),
        (550, "Relaying denied"),
        (550, "5.7.1 your network is on our list"),
        (550, "Blocked, see our pages"),
        (553, "sorry, that domain is not in my list of allowed rcpthosts"),
        (553, "5.7.1 Sender address rejected: not owned by user"),
        (550, "5.1.8 the domain of the sender does not exist"),
        (530, "authentication required"),
        (535, "5.7.8 wrong password"),
        (552, "5.3.4 the message is too large"),
        (502, "not here"),
    ] {
        assert!(!refuses_recipient(code, words), "{code} {words}");
    }
}

#[tokio::test]
async fn x2_a_letter_that_cannot_be_written_whole_leaves_no_file_that_looks_like_one() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let postman = postman(&format!("--data-dir {}", data.path().display()));
    let letter = letter("anna@northwind.example", "Your key");
    // What stands in its place cannot be replaced, as on a disk that is full.
    let place = data.path().join(format!("mail/{}.eml", letter.id));
    fs::create_dir_all(place.join("in the way")).expect("a folder");
    let failed = postman.deliver(&letter, NOON).await.expect_err("it cannot be written");
    assert!(matches!(&failed, Undelivered::Folder(_)) && !failed.is_final(), "{failed:?}");
    let names: Vec<_> = fs::read_dir(data.path().join("mail")).expect("the folder").flatten().collect();
    assert_eq!(names.len(), 1, "no part of it is left: {names:?}");
    fs::remove_dir_all(&place).expect("there is room again");
    postman.deliver(&letter, NOON).await.expect("it is written");
    assert!(fs::read_to_string(&place).is_ok_and(|text| text.contains("Subject: Your key")));
}

#[test]
fn the_address_of_a_mail_server_is_read_and_a_wrong_one_is_refused_without_its_password() {
    for good in [
        "smtp://127.0.0.1:2525",
        "smtps://user:p%40ss@mail.example",
        "smtp://mail.example?tls=required",
        "smtp://mail.example/keys.example?tls=opportunistic",
    ] {
        assert!(MailServer::from_url(good).is_ok(), "{good}");
    }
    for wrong in ["mail.example", "http://user:secret@mail.example", "smtp://mail.example?tls=maybe", "smtp://"] {
        let refused = MailServer::from_url(wrong).err().unwrap_or_else(|| panic!("{wrong} is taken"));
        assert!(!refused.contains("secret"), "{refused}");
    }
}

#[test]
fn a_mail_server_elsewhere_needs_tls_unless_it_is_meant() {
    let base = "http://127.0.0.1:3000".parse().expect("an address");
    let refused = |line: &str| {
        let words = std::iter::once("keyhouse").chain(line.split_whitespace());
        Postman::from_settings(&Line::parse_from(words).flags, &base).map_err(|failure| failure.to_string()).err()
    };
    for safe in [
        "--smtp-url smtps://user:secret@mail.example",
        "--smtp-url smtp://mail.example?tls=required",
        "--smtp-url smtp://127.0.0.1:2525",
        "--smtp-url smtp://localhost",
        "--smtp-url smtp://mail.example --insecure-smtp",
    ] {
        assert_eq!(refused(safe), None, "{safe}");
    }
    for open in ["smtp://user:secret@mail.example", "smtp://mail.example?tls=opportunistic", "smtp://10.0.0.5:25"] {
        let words = refused(&format!("--smtp-url {open}")).expect("it is refused");
        assert!(
            words.contains("smtps://") && words.contains("--insecure-smtp") && !words.contains("secret"),
            "{words}"
        );
    }
}

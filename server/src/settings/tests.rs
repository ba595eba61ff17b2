//! Settings as operators write them.

use clap::Parser;

use super::*;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    flags: Flags,
}

fn flags(line: &str) -> Flags {
    let words = std::iter::once("keyhouse").chain(line.split_whitespace());
    Line::parse_from(words).flags
}

#[test]
fn the_database_lies_in_the_data_folder_unless_it_says_where() {
    for (line, url) in [
        ("", "sqlite:data/keyhouse.db"),
        ("--data-dir /srv", "sqlite:/srv/keyhouse.db"),
        ("--data-dir /srv --database-url sqlite:other.db", "sqlite:/srv/other.db"),
        ("--data-dir /srv --database-url sqlite://other.db", "sqlite:/srv/other.db"),
        ("--data-dir /srv --database-url sqlite:data/keyhouse.db", "sqlite:data/keyhouse.db"),
        ("--database-url sqlite:///abs/keyhouse.db", "sqlite:///abs/keyhouse.db"),
        ("--database-url sqlite::memory:", "sqlite::memory:"),
        ("--database-url postgres://localhost/keyhouse", "postgres://localhost/keyhouse"),
    ] {
        assert_eq!(flags(line).database_url(), url, "{line}");
    }
}

#[test]
fn the_base_address_is_where_we_listen_unless_it_is_given() {
    let listening = "127.0.0.1:4711".parse().expect("an address");
    let base =
        |line: &str| flags(line).base_url(listening).map(|url| url.to_string()).map_err(|error| error.to_string());
    assert_eq!(base(""), Ok("http://127.0.0.1:4711/".to_owned()));
    assert_eq!(base("--base-url https://keys.example"), Ok("https://keys.example/".to_owned()));
    for wrong in ["https://keys.example/portal", "ftp://keys.example", "https://keys.example/?a=b"] {
        assert!(base(&format!("--base-url {wrong}")).is_err(), "{wrong}");
    }
}

#[test]
fn a_database_elsewhere_needs_tls_that_proves_who_answers_unless_it_is_meant() {
    let refused = |line: &str| flags(line).check_way_to_database().map_err(|failure| failure.to_string()).err();
    for safe in [
        "",
        "--database-url postgres://localhost/keyhouse",
        "--database-url postgres://127.0.0.1:5432/keyhouse?sslmode=disable",
        "--database-url postgres://[::1]/keyhouse",
        "--database-url postgres:///keyhouse?host=/run/postgresql",
        "--database-url postgres://db.example/keyhouse?sslmode=verify-full",
        "--database-url postgres://db.example/keyhouse?sslmode=verify-full&sslrootcert=ca.pem",
        "--database-url postgres://db.example/keyhouse --insecure-database",
    ] {
        assert_eq!(refused(safe), None, "{safe}");
    }
    for open in [
        "--database-url postgres://db.example/keyhouse",
        "--database-url postgres://user:secret@db.example/keyhouse?sslmode=require",
        "--database-url postgres://10.0.0.5/keyhouse?sslmode=prefer",
        "--database-url postgres://db.example/keyhouse?sslmode=verify-ca&sslrootcert=ca.pem",
        "--database-url postgres:///keyhouse?host=db.example",
    ] {
        let words = refused(open).expect("it is refused");
        assert!(words.contains("sslmode=verify-full") && words.contains("--insecure-database"), "{words}");
        assert!(!words.contains("secret"), "{words}");
    }
}

#[test]
fn a_command_that_looks_makes_no_database() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let wrong = folder.path().join("wrong");
    let failure = flags(&format!("--data-dir {}", wrong.display())).must_be_there().expect_err("it is not there");
    assert!(failure.to_string().starts_with("there is no database at "), "{failure}");
    assert!(flags("--database-url postgres://localhost/keyhouse").must_be_there().is_ok());
}

#[test]
fn a_database_is_found_whatever_its_address_says_beside_the_file_and_however_its_name_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (spaced, percent) = (folder.path().join("a b"), folder.path().join("100%3F#"));
    for folder in [&spaced, &percent] {
        std::fs::create_dir(folder).expect("a folder");
        std::fs::write(folder.join("keyhouse.db"), "").expect("a file");
    }
    let there = format!("--database-url sqlite:{}/a%20b/keyhouse.db?mode=rw", folder.path().display());
    assert_eq!(flags(&there).database_file(), Some(spaced.join("keyhouse.db")));
    assert!(flags(&there).must_be_there().is_ok());
    let there = flags(&format!("--data-dir {}", percent.display()));
    assert!(there.database_url().ends_with("/100%253F%23/keyhouse.db"), "{}", there.database_url());
    assert_eq!(there.database_file(), Some(percent.join("keyhouse.db")));
    assert!(there.must_be_there().is_ok());
}

#[test]
fn o2_the_key_of_a_form_is_kept_for_longer_than_its_draft() {
    let read = |days: u32| {
        Line::try_parse_from(["keyhouse".to_owned(), format!("--keep-form-keys-days={days}")])
            .map(|line| line.flags.keep.keep_form_keys_days)
    };
    assert!(read(7).is_err(), "a draft is kept for 7 days after its last change");
    assert_eq!(read(8).expect("long enough"), 8);
}

#[test]
fn the_demo_is_for_this_machine_whatever_stands_in_front_of_it() {
    let from_elsewhere = |line: &str| flags(line).reached_from_elsewhere();
    for here in ["", "--addr [::1]:3000", "--base-url http://localhost:8080", "--base-url http://keys.localhost"] {
        assert_eq!(from_elsewhere(here), None, "{here}");
    }
    for elsewhere in ["--addr 0.0.0.0:80", "--trusted-proxy", "--base-url https://keys.company.example"] {
        assert!(from_elsewhere(elsewhere).is_some(), "{elsewhere}");
    }
}

#[test]
fn a_clock_from_a_file_is_refused_unless_it_is_meant() {
    assert!(flags("").clock().is_ok());
    assert!(flags("--clock-file now.txt").clock().is_err());
    assert!(flags("--clock-file now.txt --test-clock").clock().is_ok());
}

#[test]
fn a_file_that_kills_the_program_is_refused_unless_it_is_meant() {
    assert!(flags("").fail_point().is_ok_and(|watch| watch.is_none()));
    assert!(flags("--fail-file step.txt").fail_point().is_err());
    assert!(flags("--fail-file step.txt --test-clock").fail_point().is_ok_and(|watch| watch.is_some()));
}

#[test]
fn x2_a_mail_is_claimed_for_longer_than_its_delivery_may_take() {
    let base = "https://keys.example".parse().expect("an address");
    for (line, seconds) in [("", 60), ("--smtp-timeout 600", 600)] {
        let claim = flags(line).for_service(&base, false).mail_claim;
        assert_eq!(claim, chrono::Duration::seconds(seconds + 240), "{line}");
    }
}

#[test]
fn what_is_over_is_kept_for_as_long_as_the_operator_says() {
    let base = "https://keys.example".parse().expect("an address");
    let keep = |line: &str| flags(line).for_service(&base, false).keep;
    assert_eq!(keep(""), service::cleanup::Keep { sessions: 30, links: 30, form_keys: 30, mail_texts: 30, mails: 365 });
    assert_eq!(keep("--keep-sessions-days 7 --keep-mails-days 90").sessions, 7);
    assert_eq!(flags("--keep-mail-texts-days 2").keep.mail_files_age(), std::time::Duration::from_secs(2 * 86_400));
}

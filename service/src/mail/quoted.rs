//! What a mail server says of a letter may quote it: a filter names the link for which it refuses. That opens what the letter opens, so
//! it is neither logged nor kept for those who read why a mail did not arrive (A9).

use super::Letter;

/// Letters and digits in a row that are taken for a secret when they stand in the letter, also across dashes: the token of a link has
/// 64, a license key 25.
const SECRET: usize = 16;
const LEFT_OUT: &str = "[left out]";

/// What stands in the log in place of an address.
const SOMEBODY: &str = "[address]";

impl Letter {
    /// The same words without to whom it goes, and without whatever else looks like an address of e-mail: for the log, in which nobody is
    /// named.
    pub fn without_addresses(&self, said: &str) -> String {
        let (mut left, mut rest) = (String::with_capacity(said.len()), said);
        // Letter by letter as long as before, so that what is found in one is at the same place in the other.
        let to = self.to.to_ascii_lowercase();
        while let Some(at) = rest.to_ascii_lowercase().find(&to).filter(|_| !to.is_empty()) {
            left.push_str(&rest[..at]);
            left.push_str(SOMEBODY);
            rest = &rest[at + to.len()..];
        }
        left.push_str(rest);
        let word = |word: &str| if word.contains('@') { SOMEBODY.to_owned() } else { word.to_owned() };
        let (mut told, mut rest) = (String::with_capacity(left.len()), left.as_str());
        while let Some(at) = rest.find(is_around_an_address) {
            let (before, from) = rest.split_at(at);
            let (around, after) = from.split_at(from.chars().next().map_or(0, char::len_utf8));
            told.push_str(&word(before));
            told.push_str(around);
            rest = after;
        }
        told.push_str(&word(rest));
        told
    }

    /// The same words without what they quote of the links and keys of this letter. To whom it goes may be said.
    pub fn without_secrets(&self, said: &str) -> String {
        let known: Vec<_> = self.text.split_whitespace().map(bare).collect();
        let to = bare(&self.to);
        let is_secret = |quoted: &str| {
            let quoted = bare(quoted);
            quoted.len() >= SECRET && !to.contains(&quoted) && known.iter().any(|word| word.contains(&quoted))
        };
        let (mut left, mut rest) = (String::with_capacity(said.len()), said);
        while let Some(at) = rest.find(is_of_a_secret) {
            let (before, from) = rest.split_at(at);
            let (run, after) = from.split_at(from.find(|c: char| !is_of_a_secret(c)).unwrap_or(from.len()));
            left.push_str(before);
            left.push_str(if is_secret(run) { LEFT_OUT } else { run });
            rest = after;
        }
        left.push_str(rest);
        left
    }
}

/// What is not of an address, and stands before or behind it.
fn is_around_an_address(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "<>()[],;:\"".contains(c)
}

fn is_of_a_secret(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

/// As it is compared: what writes a key without its dashes, or in small letters, quotes it as well.
fn bare(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    fn letter() -> Letter {
        Letter {
            id: uuid::Uuid::from_u128(7).into(),
            to: "annamarialuisevonberg@northwind.example".to_owned(),
            subject: "Your license keys".to_owned(),
            text: format!(
                "Hello annamarialuisevonberg@northwind.example,\n\nhttps://keys.example/reset/{TOKEN}\n\nABCDE-FGHJK-MNPQR-STVWX-YZ012\n"
            ),
            reseller: None,
            reply_to: None,
        }
    }

    #[test]
    fn a9_what_a_mail_server_quotes_of_links_and_keys_is_left_out() {
        for (said, told) in [
            (
                format!("554 spam: <https://keys.example/reset/{TOKEN}>."),
                "554 spam: <https://keys.example/reset/[left out]>.",
            ),
            (format!("554 URL={}", TOKEN.to_uppercase()), "554 URL=[left out]"),
            (format!("554 {}... is listed", &TOKEN[..20]), "554 [left out]... is listed"),
            ("550 ABCDE-FGHJK-MNPQR-STVWX-YZ012 looks odd".to_owned(), "550 [left out] looks odd"),
            ("550 abcdefghjkmnpqrstvwxyz012".to_owned(), "550 [left out]"),
        ] {
            assert_eq!(letter().without_secrets(&said), told);
        }
    }

    #[test]
    fn x2_what_a_mail_server_says_of_a_recipient_is_logged_without_the_address() {
        for (said, told) in [
            (
                "550 5.1.1 <annamarialuisevonberg@northwind.example>: no such person",
                "550 5.1.1 <[address]>: no such person",
            ),
            ("550 AnnaMariaLuiseVonBerg@Northwind.example?", "550 [address]?"),
            ("550 annamarialuisevonberg@northwind.example", "550 [address]"),
            ("451 rcpt=bo@x.example, try \"postmaster@mx.example\" later", "451 [address], try \"[address]\" later"),
            ("450 von ü@\u{fc}ber.example.", "450 von [address]"),
            ("the mail server: permanent error (554): spam", "the mail server: permanent error (554): spam"),
            ("", ""),
        ] {
            assert_eq!(letter().without_addresses(said), told);
        }
        let quoted = Letter { to: "\"anna berg\"@northwind.example".to_owned(), ..letter() };
        assert_eq!(quoted.without_addresses("550 \"Anna Berg\"@northwind.example is gone"), "550 [address] is gone");
        let nobody = Letter { to: String::new(), ..letter() };
        assert_eq!(nobody.without_addresses("550 no"), "550 no");
    }

    #[test]
    fn x2_all_else_that_a_mail_server_says_is_told_as_it_is() {
        for said in [
            "",
            "550 5.1.1 <annamarialuisevonberg@northwind.example>: no such person",
            "451 greylisted; id 4f1c2b3a-0d0e-4c55-9a51-1c5d1a1f0a11 ü \u{1f511}",
            "554 keys.example is on a list",
        ] {
            assert_eq!(letter().without_secrets(said), said);
        }
    }
}

//! What a mail server says of a letter may quote it: a filter names the link for which it refuses. That opens what the letter opens, so
//! it is neither logged nor kept for those who read why a mail did not arrive (A9).

use super::Letter;

/// Letters and digits in a row that are taken for a secret when they stand in the letter, also across dashes: the token of a link has
/// 64, a license key 25.
const SECRET: usize = 16;
const LEFT_OUT: &str = "[left out]";

impl Letter {
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

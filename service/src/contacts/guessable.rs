//! Passwords that are easily guessed: well-known ones, keyboard runs, and what is known about the person. The word list is too
//! large for a phone, so this part of the check is the server's alone.

use domain::{FieldErrors, contacts::Password};
use store::{Tx, accounts::Account, contacts::Contact};

use crate::{Cx, Error, Service, hashing::Seat};

/// No more of a password is judged: what its first characters are worth is enough, and a long one costs time.
const JUDGED: usize = 64;
/// The product's own name.
const PRODUCT: &str = "Keyhouse";

/// What is known about a person, for [`guess_proof`]: names, address, organisation, and who invites them.
pub(crate) async fn known_about(tx: &mut Tx, contact: &Contact, account: &Account) -> Result<Vec<String>, Error> {
    let inviter = match account.reseller {
        Some(reseller) => store::accounts::by_id(tx, reseller).await?,
        None => store::accounts::operator(tx).await?,
    };
    let mut known = vec![
        contact.username.clone(),
        contact.email.clone(),
        contact.first_name.clone(),
        contact.last_name.clone(),
        account.name.clone(),
    ];
    known.extend(contact.phone.clone());
    known.extend(inviter.map(|inviter| inviter.name));
    Ok(known)
}

/// Refuses a password that is easily guessed by who knows these things about the person.
///
/// # Errors
/// A message at `password`, or [`Error::Busy`].
pub(crate) async fn guess_proof(service: &Service, password: &Password, known: Vec<String>) -> Result<(), Error> {
    let typed: String = password.reveal().chars().take(JUDGED).collect();
    let why = service.hasher.run(move |_| judge(&typed, &known)).await?;
    why.map_or(Ok(()), |message| Err(FieldErrors::at("password", message).into()))
}

/// The same of a password that somebody who is signed in has typed, as often as one person may. Gives leave for what is done with
/// passwords after that: it is kept until that is done.
///
/// # Errors
/// A message at `password`, [`Error::TooMany`], or [`Error::Busy`].
pub(crate) async fn guess_proof_by(cx: &Cx, password: &Password, known: Vec<String>) -> Result<Seat, Error> {
    cx.service.limits.judge_again(&cx.origin.address, cx.actor.contact)?;
    let seat = cx.service.hasher.seat(cx.actor.account)?;
    guess_proof(&cx.service, password, known).await?;
    Ok(seat)
}

/// The message, if it is easily guessed.
fn judge(typed: &str, known: &[String]) -> Option<String> {
    let words = words(known);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let guess = zxcvbn::zxcvbn(typed, &words);
    if guess.score() >= zxcvbn::Score::Three && !only_of(typed, &words) {
        return None;
    }
    let why =
        guess.feedback().and_then(zxcvbn::feedback::Feedback::warning).map(|w| format!(" {w}")).unwrap_or_default();
    Some(format!("This password is easily guessed.{why} Some unrelated words are a better one."))
}

/// All that is known, whole and word by word.
fn words(known: &[String]) -> Vec<String> {
    let mut words = vec![PRODUCT.to_lowercase()];
    for name in known.iter().map(|name| name.to_lowercase()) {
        words
            .extend(name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2).map(Into::into));
        words.push(name);
    }
    words
}

/// Whether nothing is left of a password but digits and a few signs when what is known is taken out.
fn only_of(typed: &str, words: &[&str]) -> bool {
    let mut left = typed.to_lowercase();
    let mut words: Vec<_> = words.iter().filter(|word| word.chars().count() > 2).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in words {
        left = left.replace(*word, " ");
    }
    left.chars().filter(|c| c.is_alphabetic()).count() < 4 && left != typed.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(typed: &str) -> bool {
        let known = ["buyer@acme.example", "Bea", "Buyer", "ACME Ltd", "Northwind Traders"].map(str::to_owned);
        judge(typed, &known).is_some()
    }

    #[test]
    fn x3_what_is_known_about_the_person_is_no_password() {
        for typed in [
            "keyhouse-keyhouse",
            "acme buyer 2026",
            "northwindtraders",
            "Bea.Buyer.1987",
            "password123",
            "Keyhouse2026!",
        ] {
            assert!(refused(typed), "{typed}");
        }
        for typed in ["orbit velvet thimble", "acme orbit velvet thimble", "k3#mPq9!zzRw"] {
            assert!(!refused(typed), "{typed}");
        }
    }

    #[test]
    fn x3_a_hostile_password_is_judged_by_its_beginning() {
        let long: String = "aB3$".chars().cycle().take(200).collect();
        assert_eq!(judge(&long.chars().take(JUDGED).collect::<String>(), &[]).is_some(), refused(&long[..JUDGED]));
    }
}

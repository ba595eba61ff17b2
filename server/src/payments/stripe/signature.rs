//! Whether it is Stripe who tells us something: each webhook is signed with a secret that only Stripe and we know
//! (<https://docs.stripe.com/webhooks#verify-manually>).
//!
//! The header reads `t=1700000000,v1=5257a8..,v1=..,v0=..`. Signed is the time as it stands there, a point, and the body byte
//! for byte. While a secret is rolled there is a signature for each; schemes other than `v1` are passed over.

use domain::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use sha2::Sha256;

use super::{Secret, Unheard};

const HEADER: &str = "stripe-signature";

/// How far the time of a signature may be from ours, in seconds; what is older may be sent again by somebody who overheard it.
const TOLERANCE: u64 = 300;

/// Proves that Stripe sent this body, and just now.
pub fn prove(headers: &HeaderMap, body: &[u8], secret: &Secret, now: Timestamp) -> Result<(), Unheard> {
    let mut given = headers.get_all(HEADER).iter();
    let (Some(header), None) = (given.next(), given.next()) else { return Err(Unheard::NoSignature) };
    let header = header.to_str().map_err(|_| Unheard::NoSignature)?;
    let parts: Vec<_> = header.split(',').filter_map(|part| part.trim().split_once('=')).collect();
    let mut times = parts.iter().filter(|(scheme, _)| *scheme == "t").map(|(_, time)| *time);
    let (Some(time), None) = (times.next(), times.next()) else { return Err(Unheard::NoSignature) };
    let signatures: Vec<_> =
        parts.iter().filter(|(scheme, _)| *scheme == "v1").filter_map(|(_, hex)| hex::decode(hex).ok()).collect();
    if signatures.is_empty() {
        return Err(Unheard::NoSignature);
    }
    let signed = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes())
        .expect("a key of any length is good")
        .chain_update(time)
        .chain_update(b".")
        .chain_update(body);
    // `verify_slice` takes as long whatever is wrong.
    if !signatures.iter().any(|signature| signed.clone().verify_slice(signature).is_ok()) {
        return Err(Unheard::Forged);
    }
    let sent = Some(time)
        .filter(|time| time.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|time| time.parse::<i64>().ok());
    match sent.map(|sent| sent.abs_diff(now.timestamp())) {
        Some(apart) if apart <= TOLERANCE => Ok(()),
        _ => Err(Unheard::Stale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reckoned outside: `printf '1700000000.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test_secret`.
    const SIGNED: &str = "248a374f50f943a28b0f6ab50faf9a7e7e29b710fa26df9fb1618b9bf8ea9c9a";
    const BODY: &[u8] = br#"{"id":"evt_1"}"#;

    fn proved(header: &str, body: &[u8], at: i64) -> Result<(), Unheard> {
        let headers = HeaderMap::from_iter([(HEADER.parse().expect("a name"), header.parse().expect("a value"))]);
        let secret = Secret::from("whsec_test_secret".to_owned());
        prove(&headers, body, &secret, Timestamp::from_timestamp(at, 0).expect("a time"))
    }

    #[test]
    fn b7_what_openssl_signs_is_proved_whatever_stands_beside_it() {
        let other = "0".repeat(64);
        for header in [
            format!("t=1700000000,v1={SIGNED}"),
            format!("t=1700000000, v1={SIGNED}"),
            format!("t=1700000000,v1={other},v1={SIGNED},v0={other}"),
            format!("v0=6ffbb59b,v9=new,odd,=,v1=no hex,v1={SIGNED},t=1700000000"),
            format!("t=1700000000,v1={}", SIGNED.to_uppercase()),
        ] {
            assert_eq!(proved(&header, BODY, 1_700_000_000), Ok(()), "{header}");
        }
    }

    #[test]
    fn b7_a_signature_is_good_for_five_minutes_and_not_longer() {
        let header = format!("t=1700000000,v1={SIGNED}");
        for (at, good) in [(1_700_000_300, true), (1_700_000_301, false), (1_699_999_700, true), (1_699_999_699, false)]
        {
            assert_eq!(proved(&header, BODY, at), if good { Ok(()) } else { Err(Unheard::Stale) }, "{at}");
        }
    }

    #[test]
    fn b7_nothing_else_is_proved() {
        let good = format!("t=1700000000,v1={SIGNED}");
        for (header, body) in [
            (format!("t=1700000001,v1={SIGNED}"), BODY),
            (format!("t=01700000000,v1={SIGNED}"), BODY),
            (format!("t=1700000000,v1={}", "0".repeat(64)), BODY),
            (format!("t=1700000000,v1={}", &SIGNED[..62]), BODY),
            (good.clone(), br#"{"id":"evt_2"}"#),
            (good.clone(), b""),
            (good.clone(), &BODY[..BODY.len() - 1]),
        ] {
            assert_eq!(proved(&header, body, 1_700_000_000), Err(Unheard::Forged), "{header}");
        }
        for header in [
            String::new(),
            "t=1700000000".to_owned(),
            format!("v1={SIGNED}"),
            format!("t=1700000000,v0={SIGNED}"),
            format!("t=1700000000,t=1700000000,v1={SIGNED}"),
            format!("t=1700000000,v1={}", &SIGNED[..63]),
            format!("t=1700000000{}", ",v1=no hex".repeat(500)),
        ] {
            assert_eq!(proved(&header, BODY, 1_700_000_000), Err(Unheard::NoSignature), "{header}");
        }
    }
}

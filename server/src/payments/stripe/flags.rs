//! The settings of Stripe: two keys that go together, and where Stripe is.

use std::fmt;

use clap::Args;
use url::{Host, Url};

use crate::Failure;

/// The settings as they were given.
#[derive(Args, Clone)]
pub struct StripeFlags {
    /// Stripe's secret key (sk_.. or, restricted to Checkout Sessions and Refunds, rk_..); without it, nobody pays by card
    #[arg(long, global = true, env = "KEYHOUSE_STRIPE_SECRET_KEY", hide_env_values = true)]
    pub stripe_secret_key: Option<Secret>,
    /// The signing secret (whsec_..) of the webhook that Stripe has for us, at BASE_URL/webhooks/stripe
    #[arg(long, global = true, env = "KEYHOUSE_STRIPE_WEBHOOK_SECRET", hide_env_values = true)]
    pub stripe_webhook_secret: Option<Secret>,
    /// For tests: another address than Stripe's; https, unless it is this machine
    #[arg(long, global = true, env = "KEYHOUSE_STRIPE_URL", default_value = "https://api.stripe.com")]
    pub stripe_url: Url,
}

/// A key that is shown to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What is needed to speak with Stripe.
pub(super) struct Keys {
    pub secret: Secret,
    pub webhook_secret: Secret,
    pub url: Url,
}

impl StripeFlags {
    /// Both keys, or none. What is wrong is never repeated, since it may be a key.
    pub(super) fn keys(&self) -> Result<Option<Keys>, Failure> {
        let url = self.url()?;
        let given = |secret: &Option<Secret>| secret.clone().filter(|secret| !secret.0.is_empty());
        let (secret, webhook_secret) = match (given(&self.stripe_secret_key), given(&self.stripe_webhook_secret)) {
            (None, None) => return Ok(None),
            (Some(secret), Some(webhook)) => (secret, webhook),
            (Some(_), None) => {
                return wrong(
                    "--stripe-secret-key needs --stripe-webhook-secret beside it: without, nobody would hear that somebody paid",
                );
            }
            (None, Some(_)) => return wrong("--stripe-webhook-secret needs --stripe-secret-key beside it"),
        };
        if secret.0.starts_with("pk_") {
            return wrong("--stripe-secret-key is the publishable key; the secret one begins with sk_ or rk_");
        }
        if !secret.looks_like(&["sk_", "rk_"]) {
            return wrong("--stripe-secret-key has to begin with sk_ or rk_, and has no spaces");
        }
        if !webhook_secret.looks_like(&["whsec_"]) {
            return wrong("--stripe-webhook-secret has to begin with whsec_, and has no spaces");
        }
        Ok(Some(Keys { secret, webhook_secret, url }))
    }

    /// The key goes there with every request, so it does not travel in the clear.
    fn url(&self) -> Result<Url, Failure> {
        let url = &self.stripe_url;
        let this_machine = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        let safe = url.scheme() == "https" || (url.scheme() == "http" && this_machine);
        let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !(safe && plain && url.username().is_empty() && url.password().is_none()) {
            return wrong("--stripe-url has to look like https://api.stripe.com; http is good for this machine only");
        }
        Ok(url.clone())
    }
}

impl Secret {
    /// The key itself, for those who send it or check with it.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    fn looks_like(&self, beginnings: &[&str]) -> bool {
        let named = |beginning: &&str| self.0.strip_prefix(beginning).is_some_and(|rest| !rest.is_empty());
        beginnings.iter().any(named) && self.0.bytes().all(|byte| byte.is_ascii_graphic())
    }
}

/// Files and shells like to add a line break.
impl From<String> for Secret {
    fn from(given: String) -> Self {
        Self(given.trim().to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

fn wrong<T>(sentence: &str) -> Result<T, Failure> {
    Err(Failure::Setting(sentence.to_owned()))
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        flags: StripeFlags,
    }

    const KEY: &str = "--stripe-secret-key";
    const HOOK: &str = "--stripe-webhook-secret";

    fn keys(words: &[&str]) -> Result<Option<String>, String> {
        let flags = Line::parse_from(std::iter::once(&"keyhouse").chain(words)).flags;
        flags.keys().map(|keys| keys.map(|keys| keys.url.to_string())).map_err(|failure| failure.to_string())
    }

    #[test]
    fn without_keys_nobody_pays_by_card_and_with_both_everybody_may() {
        assert_eq!(keys(&[]), Ok(None));
        assert_eq!(keys(&[KEY, "", HOOK, " "]), Ok(None));
        let stripe = Ok(Some("https://api.stripe.com/".to_owned()));
        assert_eq!(keys(&[KEY, "sk_test_51Abc", HOOK, "whsec_Abc"]), stripe);
        assert_eq!(keys(&[KEY, "rk_live_51Abc\n", HOOK, "whsec_Abc"]), stripe);
    }

    #[test]
    fn x3_a_key_that_cannot_be_right_stops_the_start_and_is_not_repeated() {
        for words in [
            &[KEY, "sk_test_hush"][..],
            &[HOOK, "whsec_hush"],
            &[KEY, "pk_test_hush", HOOK, "whsec_hush"],
            &[KEY, "hush", HOOK, "whsec_hush"],
            &[KEY, "sk_", HOOK, "whsec_hush"],
            &[KEY, "sk_test_hush hush", HOOK, "whsec_hush"],
            &[KEY, "sk_test_h\u{fc}sh", HOOK, "whsec_hush"],
            &[KEY, "sk_test_hush", HOOK, "sk_test_hush"],
        ] {
            let refused = keys(words).expect_err("refused");
            assert!(refused.starts_with("--stripe-") && !refused.contains("hush"), "{words:?}: {refused}");
        }
    }

    #[test]
    fn the_key_never_travels_in_the_clear_except_within_this_machine() {
        let at = |url: &str| keys(&[KEY, "sk_test_1", HOOK, "whsec_1", "--stripe-url", url]);
        for good in ["http://127.0.0.1:4242", "http://[::1]:4242", "http://localhost:4242", "https://stripe.example"] {
            assert!(at(good).is_ok_and(|keys| keys.is_some()), "{good}");
        }
        for wrong in [
            "http://api.stripe.com",
            "http://localhost.example",
            "ftp://127.0.0.1",
            "https://api.stripe.com/v1",
            "https://api.stripe.com/?a=b",
            "https://hush@api.stripe.com",
        ] {
            let refused = at(wrong).expect_err(wrong);
            assert!(!refused.contains("hush"), "{refused}");
        }
    }

    #[test]
    fn no_key_is_shown_by_debug_or_by_the_help() {
        let secret = Secret::from("sk_live_hush".to_owned());
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        let hidden = Line::command().get_arguments().filter(|flag| flag.is_hide_env_values_set()).count();
        assert_eq!(hidden, 2);
    }
}

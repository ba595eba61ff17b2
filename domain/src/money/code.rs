//! A currency is serialized as its three letters, and read with `Currency::from_code`. The derived implementation would put a second
//! table of all codes into the browser's program.

use serde::{Deserialize, Deserializer, Serializer, de::Error};

use super::Currency;

/// As its code.
pub fn serialize<S: Serializer>(currency: &Currency, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(currency.code())
}

/// The currency of a code.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Currency, D::Error> {
    let code = String::deserialize(deserializer)?;
    Currency::from_code(&code).ok_or_else(|| D::Error::custom("no currency has this code"))
}

#[cfg(test)]
mod tests {
    use crate::{Currency, Money};

    #[test]
    fn a_currency_travels_as_its_code() {
        let amount = Money::new(500, Currency::EUR);
        let json = serde_json::to_string(&amount).expect("JSON");
        assert_eq!(json, r#"{"minor":500,"currency":"EUR"}"#);
        assert_eq!(serde_json::from_str::<Money>(&json).expect("an amount"), amount);
        assert!(serde_json::from_str::<Money>(r#"{"minor":500,"currency":"EUX"}"#).is_err());
    }
}

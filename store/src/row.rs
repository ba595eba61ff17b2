//! Reading rows: text, numbers, ids, times, and the words of enums.

use std::str::FromStr;

use chrono::NaiveDate;
use domain::{BasisPoints, Currency, Money, Timestamp, billing::Taxed};
use sqlx::{Row, any::AnyRow};

use crate::Error;

/// What a column holds, in the types of the domain.
pub(crate) trait Read {
    fn text(&self, column: &'static str) -> Result<String, Error>;
    fn maybe_text(&self, column: &'static str) -> Result<Option<String>, Error>;
    fn int(&self, column: &'static str) -> Result<i64, Error>;
    fn maybe_int(&self, column: &'static str) -> Result<Option<i64>, Error>;

    fn small(&self, column: &'static str) -> Result<u32, Error> {
        let value = self.int(column)?;
        u32::try_from(value).map_err(|_| unreadable(column, value))
    }

    /// An id, a currency, a day: whatever reads from text.
    fn parsed<T: FromStr>(&self, column: &'static str) -> Result<T, Error> {
        let text = self.text(column)?;
        text.parse().map_err(|_| unreadable(column, text))
    }

    fn maybe_parsed<T: FromStr>(&self, column: &'static str) -> Result<Option<T>, Error> {
        let text = self.maybe_text(column)?;
        text.map(|text| text.parse().map_err(|_| unreadable(column, text))).transpose()
    }

    /// The case of an enum.
    fn word<T>(&self, column: &'static str, from: impl Fn(&str) -> Option<T>) -> Result<T, Error> {
        let text = self.text(column)?;
        from(&text).ok_or_else(|| unreadable(column, text))
    }

    fn maybe_word<T>(&self, column: &'static str, from: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Error> {
        let text = self.maybe_text(column)?;
        text.map(|text| from(&text).ok_or_else(|| unreadable(column, text))).transpose()
    }

    fn time(&self, column: &'static str) -> Result<Timestamp, Error> {
        let micros = self.int(column)?;
        Timestamp::from_timestamp_micros(micros).ok_or_else(|| unreadable(column, micros))
    }

    fn maybe_time(&self, column: &'static str) -> Result<Option<Timestamp>, Error> {
        let micros = self.maybe_int(column)?;
        let time = |micros| Timestamp::from_timestamp_micros(micros).ok_or_else(|| unreadable(column, micros));
        micros.map(time).transpose()
    }

    /// An amount and the currency it is in.
    fn money(&self, amount: &'static str, currency: &'static str) -> Result<Money, Error> {
        Ok(Money::new(self.int(amount)?, self.currency(currency)?))
    }

    /// A net amount and its tax.
    fn taxed(&self, net: &'static str, tax: &'static str, currency: &'static str) -> Result<Taxed, Error> {
        let (amount, tax) = (self.money(net, currency)?, self.money(tax, currency)?);
        Taxed::new(amount, tax).map_err(|_| unreadable(net, amount.minor))
    }

    /// Basis points.
    fn rate(&self, column: &'static str) -> Result<BasisPoints, Error> {
        let points = self.int(column)?;
        u16::try_from(points).ok().and_then(BasisPoints::new).ok_or_else(|| unreadable(column, points))
    }

    fn currency(&self, column: &'static str) -> Result<Currency, Error> {
        self.word(column, Currency::from_code)
    }
}

impl Read for AnyRow {
    fn text(&self, column: &'static str) -> Result<String, Error> {
        Ok(self.try_get(column)?)
    }

    fn maybe_text(&self, column: &'static str) -> Result<Option<String>, Error> {
        Ok(self.try_get(column)?)
    }

    fn int(&self, column: &'static str) -> Result<i64, Error> {
        Ok(self.try_get(column)?)
    }

    fn maybe_int(&self, column: &'static str) -> Result<Option<i64>, Error> {
        Ok(self.try_get(column)?)
    }
}

/// What a column holds that this code could not have stored.
pub(crate) fn unreadable(column: &'static str, value: impl ToString) -> Error {
    Error::Unreadable { column, value: value.to_string() }
}

/// A time as it is stored: microseconds since 1970.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.timestamp_micros()
}

/// A time that may be missing, as it is stored.
pub(crate) fn maybe_micros(at: Option<Timestamp>) -> Option<i64> {
    at.map(micros)
}

/// A day as it is stored.
pub(crate) fn maybe_day(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

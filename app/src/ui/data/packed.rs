//! How what the server says is written for the program in its pages: bytes without the names of the fields, which both sides know.
//!
//! A type that is written so has every field in its place: what is left out where it is empty, or flattened into what is around it, or
//! told apart by how it looks, is not found again. Where the assertions of debug builds are on, each thing is read back as it is
//! written, so that every test and journey finds such a type.

use serde::de::DeserializeOwned;

use crate::ui::Fault;

/// What stands before a value. No text begins like this, so that no page of a proxy and no portal of a hotel is taken for an answer.
pub const VALUE: u8 = 0xc0;
/// What stands before a fault.
pub const FAULT: u8 = 0xc1;

/// Writes anything.
///
/// # Errors
/// [`Fault::Broken`] when it cannot be written.
///
/// # Panics
/// In debug builds, when it would be read as something else.
#[cfg(feature = "ssr")]
pub fn pack<T: serde::Serialize + DeserializeOwned>(value: &T) -> Result<Vec<u8>, Fault> {
    let bytes = postcard::to_allocvec(value).map_err(|error| crate::ui::request::broken(&error))?;
    #[cfg(debug_assertions)]
    {
        let read = unpack::<T>(&bytes).ok();
        let again = read.and_then(|read| postcard::to_allocvec(&read).ok());
        assert!(again.as_ref() == Some(&bytes), "{} is not read as it is written", std::any::type_name::<T>());
    }
    Ok(bytes)
}

/// The same after the byte that says what it is.
///
/// # Errors
/// [`Fault::Broken`] when it cannot be written.
#[cfg(feature = "ssr")]
pub fn pack_after<T: serde::Serialize + DeserializeOwned>(mark: u8, value: &T) -> Result<Vec<u8>, Fault> {
    let mut bytes = pack(value)?;
    bytes.insert(0, mark);
    Ok(bytes)
}

/// Reads what the server wrote.
///
/// # Errors
/// [`Fault::Broken`] when it is not of this type.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Ok(value),
        _ => Err(unreadable()),
    }
}

/// What is said of an answer that cannot be read: something in front of the server gave it.
pub const fn unreadable() -> Fault {
    Fault::Broken { request: String::new() }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::{collections::BTreeMap, fmt::Debug};

    use domain::{
        AccountId, Actor, Currency, Moment, Money, Role, Roles, Timestamp,
        accounts::Kind,
        actor::Due,
        billing::{Letterhead, Party},
        licenses::LicensesQuery,
        orders::OrdersQuery,
    };
    use serde::Serialize;
    use uuid::Uuid;

    use super::*;

    fn arrives<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
        let bytes = pack(value).expect("bytes");
        assert_eq!(unpack::<T>(&bytes).as_ref(), Ok(value));
    }

    fn now() -> Timestamp {
        Timestamp::from_timestamp_micros(1_763_733_787_123_456).expect("a time")
    }

    #[test]
    fn what_is_none_in_the_middle_arrives() {
        let amount = Money::new(-341_250, Currency::EUR);
        arrives(&(1_u8, None::<Money>, Some(amount), None::<String>, "ä".to_owned()));
        arrives(&vec![(Some("a".to_owned()), None::<i64>), (None, Some(i64::MIN))]);
        arrives(&BTreeMap::from([("a".to_owned(), Some(now().date_naive())), (String::new(), None)]));
        let party =
            Party { name: "ACME".to_owned(), email: Some("office@acme.example".to_owned()), ..Party::default() };
        for by_credit in [None, Some(amount)] {
            arrives(&Letterhead {
                to: party.clone(),
                note: Some("Reverse charge".to_owned()),
                by_credit,
                ..Letterhead::default()
            });
        }
    }

    #[test]
    fn the_view_of_a_list_arrives_beside_its_rows() {
        let view = LicensesQuery { sort: None, after: Some("7".to_owned()), ..LicensesQuery::default() };
        arrives(&(view, "rows".to_owned()));
        arrives(&(OrdersQuery { state: None, after: Some(7) }, true));
    }

    #[test]
    fn who_is_signed_in_arrives() {
        let id = Uuid::from_u128(7);
        for due in [None, Some(Due::Debt)] {
            arrives(&Some(Actor {
                contact: id.into(),
                account: AccountId::from(id),
                side: Kind::Reseller,
                roles: Roles::of(&[Role::Buyer, Role::BillingAgent]),
                session: id.into(),
                name: "Anna".to_owned(),
                organisation: String::new(),
                due,
                confirmed_at: now(),
            }));
        }
    }

    #[test]
    fn a_time_is_a_number() {
        let moment =
            Moment { at: now(), date: "21 Nov 2025".to_owned(), exact: "21 Nov 2025, 14:03:07 UTC".to_owned() };
        arrives(&moment);
        let words = moment.date.len() + moment.exact.len();
        assert_eq!(
            pack(&moment).expect("bytes").len(),
            8 + 2 + words,
            "eight bytes, and a length before each of two texts"
        );
    }

    #[cfg(debug_assertions)]
    #[test]
    #[should_panic(expected = "is not read as it is written")]
    fn a_type_that_leaves_a_field_out_is_found() {
        #[derive(Serialize, serde::Deserialize)]
        struct Skips {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            first: Option<u8>,
            second: Option<u8>,
        }
        pack(&Skips { first: None, second: Some(1) }).ok();
    }

    #[test]
    fn what_is_longer_or_shorter_is_something_else() {
        assert_eq!(unpack::<u8>(&[7]), Ok(7));
        assert_eq!(unpack::<u8>(&[7, 0]), Err(unreadable()));
        assert_eq!(unpack::<u8>(&[]), Err(unreadable()));
        assert_eq!(unpack::<String>(b"<h1>Bad Gateway</h1>"), Err(unreadable()));
    }
}

//! Typed ids: a license id is not an account id, and the compiler knows it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(#[serde(with = "as_text")] Uuid);

        impl $name {
            /// The last eight digits, for people: the first ones are the time and much alike.
            pub fn short(&self) -> String {
                let text = self.0.simple().to_string();
                text[text.len() - 8..].to_owned()
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.parse().map(Self).map_err(|_| NotAnId)
            }
        }
    )+};
}

ids! {
    /// An organisation, or a person buying as one: operator, reseller or customer.
    AccountId,
    /// A person of an account.
    ContactId,
    /// One signed-in browser.
    SessionId,
    /// What is sold.
    ProductId,
    /// The row of a product that a reseller picks from.
    OptionId,
    /// The prices that a reseller gets.
    PriceListId,
    /// One act of buying.
    OrderId,
    /// One option and quantity of an order.
    OrderLineId,
    /// Money owed to the operator.
    ChargeId,
    /// Charges collected, and numbered.
    InvoiceId,
    /// What cancels an invoice, or a part of it.
    CreditNoteId,
    /// A payment that somebody began.
    PaymentId,
    /// Money that came in by bank transfer.
    ReceiptId,
    /// One key.
    LicenseId,
    /// What somebody has typed into a wizard and not sent yet.
    DraftId,
    /// An e-mail in the outbox.
    MailId,
    /// Somebody's wish to become a reseller.
    ApplicationId,
    /// One entry of the audit log.
    EventId,
    /// One request, as it is named in the logs and on an error page.
    RequestId,
}

/// An id travels as text, whatever it is written in. In a page it stands in links as well, so the second copy costs next to nothing
/// when the page is compressed.
mod as_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use uuid::Uuid;

    use super::NotAnId;

    pub(super) fn serialize<S: Serializer>(id: &Uuid, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(id)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uuid, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|_| D::Error::custom(NotAnId))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_the_trip_through_text_and_is_shown_short_by_its_end() {
        let text = "01935f6e-7b1c-7000-8000-00000badcafe";
        let id: LicenseId = text.parse().expect("an id");
        assert_eq!(id.to_string(), text);
        assert_eq!(id.short(), "0badcafe");
        assert_eq!("7".parse::<LicenseId>(), Err(NotAnId));
    }
}

//! How an answer stands in the page that the server wrote, so that the browser does not ask again: a sign that tells a value from a
//! fault, and what it is, packed.

use leptos::server::codee::{Decoder, Encoder};

use crate::ui::Fault;
use crate::ui::data::{
    Answer, Value,
    handed::bytes,
    packed::{unpack, unreadable},
};
#[cfg(feature = "ssr")]
use crate::ui::data::{handed::letters, packed::pack};

const VALUE: char = '+';
const FAULT: char = '-';

/// The codec of all resources.
pub struct InPage;

impl Encoder<Answer> for InPage {
    type Error = Fault;
    type Encoded = String;

    /// Only the server writes pages, and the browser's program is smaller without it.
    fn encode(answer: &Answer) -> Result<String, Fault> {
        #[cfg(feature = "ssr")]
        return {
            let (sign, bytes) = match answer {
                Ok(value) => (VALUE, value.pack()?),
                Err(fault) => (FAULT, pack(fault)?),
            };
            Ok(format!("{sign}{}", letters(&bytes)))
        };
        #[cfg(not(feature = "ssr"))]
        {
            let _ = answer;
            Err(unreadable())
        }
    }
}

impl Decoder<Answer> for InPage {
    type Error = Fault;
    type Encoded = str;

    /// A value is read where it is shown. What is neither a value nor a fault is asked for anew.
    fn decode(text: &str) -> Result<Answer, Fault> {
        match (text.strip_prefix(VALUE), text.strip_prefix(FAULT)) {
            (Some(value), _) => Ok(Ok(Value::packed(&bytes(value)?))),
            (_, Some(fault)) => unpack(&bytes(fault)?).map(Err),
            _ => Err(unreadable()),
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use domain::{FieldErrors, Refusal};

    use super::*;

    fn arrives(answer: &Answer) -> Answer {
        let text = InPage::encode(answer).expect("text");
        InPage::decode(&text).expect("an answer")
    }

    #[test]
    fn an_answer_arrives_in_the_browser_as_the_server_wrote_it() {
        let value = ("ä</script>".to_owned(), 7_u8);
        let arrived = arrives(&Ok(Value::of(value.clone())));
        assert_eq!(arrived.and_then(|arrived| arrived.read::<(String, u8)>()), Ok(value));
    }

    #[test]
    fn a_fault_arrives_as_well() {
        for fault in [
            Fault::NotFound,
            Refusal::UnpaidCap { cap: 10, left: 2, asked: 3 }.into(),
            Fault::Fields(FieldErrors::at("quantity", "Enter a number.")),
        ] {
            assert_eq!(arrives(&Err(fault.clone())).err(), Some(fault));
        }
    }

    #[test]
    fn what_was_not_written_whole_is_asked_for_anew() {
        for text in ["", "null", "-", "-{\"refused\":", "-AA", "+ä"] {
            assert!(InPage::decode(text).is_err(), "{text}");
        }
    }
}

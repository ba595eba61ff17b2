//! What we send: forms, as <https://docs.stripe.com/api/checkout/sessions/create> and
//! <https://docs.stripe.com/api/refunds/create> name their fields.

use domain::Money;
use service::card::{Asked, CardError, Line, RefundAsked};

use super::amount::to_stripe;

/// The field by which we know what is ours, also on a Stripe account that serves other shops.
pub const OURS: &str = "keyhouse_payment";

/// Stripe shows so many lines at most.
const LINES_MOST: usize = 100;

/// As much of a line's name as Stripe shows.
const NAME_MOST: usize = 250;

/// Fields in their order; sent again, they have to be the very same.
pub type Form = Vec<(String, String)>;

/// The page on which somebody pays.
pub fn session(asked: &Asked) -> Result<Form, CardError> {
    let (number, reference) = (asked.number.to_string(), asked.reference.to_string());
    let mut form = Form::new();
    let mut put = |name: &str, value: &str| form.push((name.to_owned(), value.to_owned()));
    put("mode", "payment");
    put("client_reference_id", &reference);
    put(&format!("metadata[{OURS}]"), &reference);
    // Goes on to the charge, so that a refund that somebody makes at Stripe finds its payment.
    put(&format!("payment_intent_data[metadata][{OURS}]"), &reference);
    put("payment_intent_data[description]", &number);
    // The payer pays in our currency: a price turned into another one would be another amount.
    put("adaptive_pricing[enabled]", "false");
    put("expires_at", &asked.expires.timestamp().to_string());
    put("success_url", &asked.success_url);
    put("cancel_url", &asked.cancel_url);
    let code = asked.amount.currency.code().to_lowercase();
    for (at, (name, units)) in lines(asked, &number)?.into_iter().enumerate() {
        let line = format!("line_items[{at}]");
        put(&format!("{line}[quantity]"), "1");
        put(&format!("{line}[price_data][currency]"), &code);
        put(&format!("{line}[price_data][unit_amount]"), &units.to_string());
        put(&format!("{line}[price_data][product_data][name]"), &name);
    }
    Ok(form)
}

/// Money that goes back.
pub fn refund(asked: &RefundAsked) -> Result<Form, CardError> {
    let amount = to_stripe(asked.amount)?.to_string();
    Ok(vec![
        ("payment_intent".to_owned(), asked.intent.clone()),
        ("amount".to_owned(), amount),
        (format!("metadata[{OURS}]"), asked.reference.to_string()),
    ])
}

/// With what is paid by, since only that tells a payment that failed from one that takes days.
pub fn with_intent() -> Form {
    vec![("expand[]".to_owned(), "payment_intent".to_owned())]
}

/// The lines as they are shown, or, when they cannot be shown one by one, the whole as one.
fn lines(asked: &Asked, number: &str) -> Result<Vec<(String, i64)>, CardError> {
    let whole = to_stripe(asked.amount)?;
    if Money::sum(asked.amount.currency, asked.lines.iter().map(|line| line.amount)) != Ok(asked.amount) {
        let wrong = format!("the lines of {number} do not sum to {}; this is a mistake of ours", asked.amount);
        return Err(CardError::Refused(wrong));
    }
    let each: Result<Vec<_>, _> =
        asked.lines.iter().map(|line| Ok::<_, CardError>((name(line)?, to_stripe(line.amount)?))).collect();
    match each {
        Ok(lines) if lines.len() <= LINES_MOST => Ok(lines),
        _ => Ok(vec![(number.to_owned(), whole)]),
    }
}

/// Stripe refuses a line without a name.
fn name(line: &Line) -> Result<String, CardError> {
    let name: String = line.name.trim().chars().take(NAME_MOST).collect();
    if name.is_empty() { Err(CardError::Amount("a line without a name".to_owned())) } else { Ok(name) }
}

#[cfg(test)]
mod tests {
    use domain::{Currency, Timestamp, billing::PaymentNumber};
    use uuid::Uuid;

    use super::*;

    fn asked(amounts: &[i64], currency: Currency) -> Asked {
        let line =
            |(at, minor): (usize, &i64)| Line { name: format!("License {at}"), amount: Money::new(*minor, currency) };
        Asked {
            number: PaymentNumber(311),
            reference: Uuid::from_u128(7),
            amount: Money::new(amounts.iter().sum(), currency),
            lines: amounts.iter().enumerate().map(line).collect(),
            expires: Timestamp::UNIX_EPOCH,
            success_url: "https://keys.example/payments/7?paid=yes&a=b".to_owned(),
            cancel_url: "https://keys.example/payments/7".to_owned(),
            key: Uuid::from_u128(8),
        }
    }

    /// Name and amount of each line that would be sent.
    fn shown(asked: &Asked) -> Vec<(String, i64)> {
        lines(asked, &asked.number.to_string()).expect("lines")
    }

    #[test]
    fn b7_a_session_says_what_is_paid_for_and_whose_payment_it_is() {
        let form = session(&asked(&[10_000, 6_577], Currency::EUR)).expect("a form");
        let form: Vec<_> = form.iter().map(|(name, value)| format!("{name}={value}")).collect();
        insta::assert_snapshot!(form.join("\n"), @r"
        mode=payment
        client_reference_id=00000000-0000-0000-0000-000000000007
        metadata[keyhouse_payment]=00000000-0000-0000-0000-000000000007
        payment_intent_data[metadata][keyhouse_payment]=00000000-0000-0000-0000-000000000007
        payment_intent_data[description]=PAY-000311
        adaptive_pricing[enabled]=false
        expires_at=0
        success_url=https://keys.example/payments/7?paid=yes&a=b
        cancel_url=https://keys.example/payments/7
        line_items[0][quantity]=1
        line_items[0][price_data][currency]=eur
        line_items[0][price_data][unit_amount]=10000
        line_items[0][price_data][product_data][name]=License 0
        line_items[1][quantity]=1
        line_items[1][price_data][currency]=eur
        line_items[1][price_data][unit_amount]=6577
        line_items[1][price_data][product_data][name]=License 1
        ");
    }

    #[test]
    fn b7_what_cannot_be_shown_line_by_line_is_one_line_and_the_sum_stays() {
        let whole = |units| vec![("PAY-000311".to_owned(), units)];
        assert_eq!(shown(&asked(&[100; 101], Currency::EUR)), whole(10_100));
        assert_eq!(shown(&asked(&[500, -200], Currency::EUR)), whole(300));
        assert_eq!(shown(&asked(&[5_124, 5_126], Currency::KWD)), whole(10_250));
        assert_eq!(shown(&asked(&[100; 100], Currency::EUR)).len(), 100);
        let mut unnamed = asked(&[100, 200], Currency::EUR);
        unnamed.lines[0].name = " ".to_owned();
        assert_eq!(shown(&unnamed), whole(300));
        unnamed.lines[0].name = "\u{1f511}".repeat(400);
        assert_eq!(shown(&unnamed)[0].0.chars().count(), NAME_MOST);
    }

    #[test]
    fn b7_lines_that_do_not_sum_to_the_amount_are_never_sent() {
        let mut wrong = asked(&[100, 200], Currency::EUR);
        wrong.lines.pop();
        assert!(matches!(session(&wrong), Err(CardError::Refused(_))));
        wrong.lines.push(Line { name: "License".to_owned(), amount: Money::new(200, Currency::USD) });
        assert!(matches!(session(&wrong), Err(CardError::Refused(_))));
        assert!(matches!(session(&asked(&[5_124], Currency::KWD)), Err(CardError::Amount(_))));
        assert!(matches!(session(&asked(&[], Currency::EUR)), Err(CardError::Amount(_))));
    }
}

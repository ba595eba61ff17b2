use domain::{
    BasisPoints, Currency,
    accounts::{AccountForm, CreditLimit, Unpaid},
    billing::{Credit, OptionBilling},
    customers::Picked,
    licenses::{CustomerFacts, Preview},
    orders::BilledTo,
    price_lists::{Because, Tier},
    products::{Kind, Offer},
};

use super::*;

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn wizard() -> Wizard {
    let id = || "01935f6e-7b1c-7000-8000-00000badcafe".parse().expect("an id");
    let moment = |date: &str| {
        Some(Moment { at: "2026-11-21T12:00:00Z".parse().ok()?, date: date.to_owned(), exact: date.to_owned() })
    };
    Wizard {
        draft: "01935f6e-7b1c-7000-8000-00000badcafe".parse().expect("an id"),
        form: NewLicensesForm::default(),
        offer: Offer {
            option: "01935f6e-7b1c-7000-8000-00000badcafe".parse().expect("an id"),
            product: "01935f6e-7b1c-7000-8000-00000badcafe".parse().expect("an id"),
            product_name: "Store Manager".to_owned(),
            name: "Primary license".to_owned(),
            kind: Kind::Primary,
            add_on: false,
            billing: Billing::OneTime,
            trial_days: Some(30),
            activations: 1,
            list_price: euros(19_900),
            tiers: vec![
                Tier { from: 1, unit: euros(13_930), because: Because::ListPrice },
                Tier { from: 10, unit: euros(9_950), because: Because::ListPrice },
            ],
        },
        user: None,
        facts: CustomerFacts::default(),
        own: Picked { id: id(), name: "Acme".to_owned(), email: String::new(), own: true },
        unpaid: Unpaid { count: 7, cap: 10 },
        today: "2026-11-21".parse().expect("a date"),
        preview: Preview {
            trial_until: moment("21 Dec 2026"),
            period_until: None,
            updates_until: moment("21 May 2027"),
        },
        billed_to: BilledTo {
            ordering: AccountForm { name: "Acme".to_owned(), ..AccountForm::blank("UTC", Currency::EUR) }
                .check()
                .expect("an account")
                .ordering,
            tax: BasisPoints::new(0).expect("none"),
            first_order: "2026-11-21".parse().expect("a date"),
            today: "2026-11-21".parse().expect("a date"),
        },
        billing: OptionBilling::default(),
        credit: Credit::of(CreditLimit::Amount(40_000), euros(0), euros(0)).expect("countable"),
        terms: None,
        resale: None,
        executed: None,
    }
}

fn reckon(quantity: &str, license_type: &str) -> Reckoning {
    let form = NewLicensesForm {
        quantity: quantity.to_owned(),
        license_type: license_type.to_owned(),
        ..NewLicensesForm::default()
    };
    Reckoning::of(&wizard(), &form)
}

#[test]
fn p1_the_total_is_the_price_of_the_tier_times_the_quantity() {
    let three = reckon("3", "permanent");
    assert_eq!(
        (three.total, three.refusal.clone(), three.sum_words()),
        (Some(euros(41_790)), None, "3 × € 139.30".to_owned())
    );
    assert_eq!(reckon("10", "permanent").unit, euros(9_950));
}

#[test]
fn c3_it_is_known_beforehand_that_an_order_will_be_held_and_what_is_missing() {
    assert_eq!(reckon("2", "permanent").held, None);
    let held = reckon("3", "permanent").held.expect("over the credit");
    assert_eq!((held.total, held.available, held.missing), (euros(41_790), euros(40_000), euros(1_790)));
}

#[test]
fn b5_the_tax_stands_in_a_line_of_its_own() {
    let billed_to = BilledTo { tax: BasisPoints::new(1_900).expect("19 %"), ..wizard().billed_to };
    let form = NewLicensesForm {
        quantity: "1".to_owned(),
        license_type: "permanent".to_owned(),
        ..NewLicensesForm::default()
    };
    let reckoning = Reckoning::of(&Wizard { billed_to, ..wizard() }, &form);
    let line = |name: &str, amount: &str| (name.to_owned(), amount.to_owned());
    assert_eq!(
        reckoning.lines("Primary"),
        [line("Primary", "€ 139.30"), line("Quantity", "× 1"), line("Tax, 19 %", "€ 26.47")]
    );
    assert_eq!(reckoning.total, Some(euros(16_577)));
}

#[test]
fn l7_the_refusal_is_known_before_anything_is_sent() {
    assert_eq!(reckon("4", "permanent").refusal, Some(Refusal::UnpaidCap { cap: 10, left: 3, asked: 4 }));
}

#[test]
fn l4_a_trial_costs_nothing() {
    let trial = reckon("1", "trial");
    assert_eq!((trial.total, trial.refusal), (Some(euros(0)), None));
    assert_eq!(type_words(&wizard(), Type::Trial, None), "30 days, free, until 21 Dec 2026");
    let one_day = Wizard { offer: Offer { trial_days: Some(1), ..wizard().offer }, ..wizard() };
    assert_eq!(type_words(&one_day, Type::Trial, None), "1 day, free, until 21 Dec 2026");
    // P3: the unit price that is shown is the one that is charged.
    let words = |quantity| type_words(&wizard(), Type::Permanent, quantity);
    assert_eq!(words(Some(9)), "€ 139.30 each, updates until 21 May 2027");
    assert_eq!(words(Some(1_000)), "€ 99.50 each, updates until 21 May 2027");
    assert_eq!(words(None), "€ 139.30 for one, by quantity, updates until 21 May 2027");
}

#[test]
fn x3_a_quantity_that_cannot_be_read_comes_to_nothing() {
    let unread = reckon("1e3", "permanent");
    assert_eq!((unread.quantity, unread.total, unread.sum_words()), (None, None, "€ 139.30".to_owned()));
}

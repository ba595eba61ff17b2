//! Payments that somebody begins, and what they are for (B6, B7).

use domain::{
    ChargeId, Currency, LicenseId, Money, Timestamp,
    billing::{Entry, EntryKind, InvoiceNumber, Method, PaymentNumber, PaymentState, Purpose, Waits},
    orders::Consent,
};
use store::{
    Tx,
    payments::{self, Payment},
};

use crate::world::{Customer, Reseller, World, at_once, days, minutes, noon, operator};

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// A payment as a new one is; not stored.
pub fn begun(world: &World, of: &Reseller, number: i64, method: Method, at: Timestamp) -> Payment {
    Payment {
        id: world.id(),
        number: PaymentNumber(number),
        account: of.account.id,
        purpose: Purpose::Licenses,
        method,
        state: PaymentState::Begun,
        asked: euros(19_900),
        received: euros(0),
        given_back: euros(0),
        session: None,
        intent: None,
        page_url: None,
        begun_by: of.person.id,
        begun_at: at,
        expires_at: (method == Method::Card).then(|| at + minutes(60)),
        ended_at: None,
        problem: None,
        failure: None,
    }
}

/// Acme with so many licenses at 199.00, and their charges.
async fn acme(world: &World, licenses: u32) -> (Reseller, Customer, Vec<(LicenseId, ChargeId)>) {
    let acme = world.reseller("acme").await;
    let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
    let option = world.option("Store Manager").await;
    let sold = world.sell(&acme, &northwind, &option, licenses, |_, _| {}).await;
    let mut tx = world.read().await;
    let mut charges = Vec::new();
    for named in sold {
        let of = store::charges::of_license(&mut tx, named.license.id).await.expect("its charges");
        charges.push((named.license.id, of[0].id));
    }
    (acme, northwind, charges)
}

/// Stores payments 1, 2 and so on, of these ways.
async fn store_all(tx: &mut Tx, payments: &[Payment]) {
    for payment in payments {
        payments::insert(tx, payment, None).await.expect("a payment");
    }
}

async fn now(tx: &mut Tx, payment: &Payment) -> Payment {
    payments::by_id(tx, payment.id).await.expect("an answer").expect("the payment")
}

on_both! {
    async fn b6_a_payment_is_read_as_it_was_begun_by_its_account_and_the_operator_alone(world: World) {
        let (acme, northwind, _) = acme(&world, 1).await;
        let globex = world.reseller("globex").await;
        let mut tx = world.write().await;
        assert_eq!(payments::next_number(&mut tx).await.expect("a number"), PaymentNumber(1));
        let consent = Consent {
            by: acme.person.id,
            at: noon(),
            address: "192.0.2.7".to_owned(),
            browser: String::new(),
            terms: "Pay.\nAll of it.".to_owned(),
        };
        let card = begun(&world, &acme, 1, Method::Card, noon());
        payments::insert(&mut tx, &card, Some(&consent)).await.expect("a payment");
        for scope in [&acme.scope, &operator()] {
            assert_eq!(payments::find(&mut tx, scope, card.number).await.expect("an answer").as_ref(), Some(&card));
        }
        for scope in [&globex.scope, &northwind.scope] {
            assert_eq!(payments::find(&mut tx, scope, card.number).await.expect("an answer"), None);
        }
        assert_eq!(payments::find(&mut tx, &operator(), PaymentNumber(2)).await.expect("an answer"), None);
        assert_eq!(payments::by_number(&mut tx, card.number).await.expect("an answer"), Some(card.clone()));
        assert_eq!(payments::next_number(&mut tx).await.expect("a number"), PaymentNumber(2));

        assert!(payments::opened(&mut tx, card.id, "cs_1", "https://pay.example/1").await.expect("an answer"));
        assert!(payments::opened(&mut tx, card.id, "cs_1", "https://pay.example/1").await.expect("an answer"));
        assert!(!payments::opened(&mut tx, card.id, "cs_2", "https://pay.example/2").await.expect("an answer"));
        payments::receive(&mut tx, card.id, card.asked, Some("pi_1")).await.expect("received");
        payments::receive(&mut tx, card.id, euros(100), None).await.expect("received");
        let paid = Payment {
            session: Some("cs_1".to_owned()),
            page_url: Some("https://pay.example/1".to_owned()),
            intent: Some("pi_1".to_owned()),
            received: euros(20_000),
            ..card.clone()
        };
        assert_eq!(payments::by_session(&mut tx, "cs_1").await.expect("an answer"), Some(paid.clone()));
        assert_eq!(payments::by_intent(&mut tx, "pi_1").await.expect("an answer"), Some(paid));
        assert_eq!(payments::by_session(&mut tx, "cs_2").await.expect("an answer"), None);
        assert_eq!(payments::by_intent(&mut tx, "pi_2").await.expect("an answer"), None);
    }

    async fn b6_a_charge_is_being_paid_by_one_payment_for_what_is_open_of_it(world: World) {
        let (acme, _, charges) = acme(&world, 1).await;
        let (first, second) = (begun(&world, &acme, 1, Method::BankTransfer, noon()), begun(&world, &acme, 2, Method::Card, noon()));
        let (_, charge) = charges[0];
        let mut tx = world.write().await;
        store_all(&mut tx, &[first.clone(), second.clone()]).await;
        for wrong in [euros(19_899), euros(19_901), Money::new(19_900, Currency::USD)] {
            assert!(!payments::hold_charge(&mut tx, first.id, charge, wrong).await.expect("an answer"), "{wrong}");
        }
        assert!(payments::hold_charge(&mut tx, first.id, charge, first.asked).await.expect("an answer"));
        assert!(!payments::hold_charge(&mut tx, second.id, charge, first.asked).await.expect("an answer"));
        payments::free(&mut tx, second.id).await.expect("nothing to free");
        assert!(!payments::hold_charge(&mut tx, second.id, charge, first.asked).await.expect("an answer"));
        payments::free(&mut tx, first.id).await.expect("freed");
        assert!(payments::hold_charge(&mut tx, second.id, charge, first.asked).await.expect("an answer"));
        let due = payments::of_payment(&mut tx, first.id).await.expect("what it was for");
        assert_eq!((due.len(), due[0].charge, due[0].paying), (1, charge, Some(second.id)));
    }

    async fn b6_of_sixteen_payments_at_once_one_has_the_charge(world: World) {
        let (acme, _, charges) = acme(&world, 1).await;
        let all: Vec<_> = (1..=16).map(|number| begun(&world, &acme, number, Method::BankTransfer, noon())).collect();
        let mut tx = world.write().await;
        store_all(&mut tx, &all).await;
        tx.commit().await.expect("a commit");
        let charge = charges[0].1;
        let held = at_once(16, |at| {
            let (store, payment) = (world.store.clone(), all[at].clone());
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let held = payments::hold_charge(&mut tx, payment.id, charge, payment.asked).await.expect("an answer");
                tx.commit().await.expect("a commit");
                held
            }
        });
        assert_eq!(held.await.into_iter().filter(|held| *held).count(), 1);
    }

    async fn b7_a_payment_ends_from_the_state_in_which_it_was_found(world: World) {
        let (acme, ..) = acme(&world, 1).await;
        let card = begun(&world, &acme, 1, Method::Card, noon());
        let mut tx = world.write().await;
        store_all(&mut tx, std::slice::from_ref(&card)).await;
        payments::opened(&mut tx, card.id, "cs_1", "https://pay.example/1").await.expect("opened");
        let later = noon() + minutes(5);
        assert!(payments::end(&mut tx, &card, PaymentState::Expired, Some("It was canceled."), later).await.expect("an answer"));
        assert!(!payments::end(&mut tx, &card, PaymentState::Failed, None, later).await.expect("an answer"), "it was found begun");
        let ended = now(&mut tx, &card).await;
        assert_eq!((ended.state, ended.failure.as_deref(), ended.ended_at), (PaymentState::Expired, Some("It was canceled."), Some(later)));
        assert_eq!(ended.page_url, None, "nobody is led there any more");
        assert!(payments::end(&mut tx, &ended, PaymentState::Received, None, later).await.expect("an answer"), "money may come late");
        let received = now(&mut tx, &card).await;
        assert_eq!((received.state, received.failure), (PaymentState::Received, None));
    }

    async fn b7_money_goes_back_from_a_sum_that_is_known_and_never_more_than_came(world: World) {
        let (acme, ..) = acme(&world, 1).await;
        let card = begun(&world, &acme, 1, Method::Card, noon());
        let mut tx = world.write().await;
        store_all(&mut tx, std::slice::from_ref(&card)).await;
        payments::receive(&mut tx, card.id, card.asked, Some("pi_1")).await.expect("received");
        assert!(payments::give_back(&mut tx, &card, euros(5_000)).await.expect("an answer"));
        assert!(!payments::give_back(&mut tx, &card, euros(5_000)).await.expect("an answer"), "another sum is known by now");
        let known = now(&mut tx, &card).await;
        assert_eq!(known.given_back, euros(5_000));
        tx.commit().await.expect("a commit");
        let mut tx = world.write().await;
        assert!(payments::give_back(&mut tx, &known, euros(14_901)).await.is_err(), "the table itself refuses it");
        drop(tx);
        let mut tx = world.write().await;
        assert!(payments::give_back(&mut tx, &known, euros(14_900)).await.expect("an answer"));
    }

    async fn b7_those_that_have_waited_longest_are_looked_at_first(world: World) {
        let (acme, ..) = acme(&world, 1).await;
        let mut all: Vec<_> = (1..=25).map(|number| begun(&world, &acme, number, Method::Card, noon() - minutes(number))).collect();
        all.push(begun(&world, &acme, 26, Method::BankTransfer, noon() - days(1)));
        all.push(Payment { state: PaymentState::Failed, ..begun(&world, &acme, 27, Method::Card, noon() - days(1)) });
        let mut tx = world.write().await;
        store_all(&mut tx, &all).await;
        let numbers = async |tx: &mut Tx, before: Timestamp| {
            let found = payments::to_look(tx, before).await.expect("payments");
            found.into_iter().map(|payment| payment.number.0).collect::<Vec<_>>()
        };
        assert_eq!(numbers(&mut tx, noon() - minutes(23)).await, [25, 24]);
        assert_eq!(numbers(&mut tx, noon()).await, (6..=25).rev().collect::<Vec<_>>(), "a few at a time");
        for payment in &all[5..25] {
            payments::looked(&mut tx, payment.id, noon()).await.expect("looked");
        }
        assert_eq!(numbers(&mut tx, noon()).await, [5, 4, 3, 2, 1], "a debit that takes days keeps nobody waiting");
    }

    async fn b7_what_somebody_has_to_look_at_is_solved_once(world: World) {
        let (acme, ..) = acme(&world, 1).await;
        let card = begun(&world, &acme, 1, Method::Card, noon());
        let mut tx = world.write().await;
        store_all(&mut tx, std::slice::from_ref(&card)).await;
        assert!(!payments::solve(&mut tx, card.id).await.expect("an answer"));
        payments::look_at(&mut tx, card.id, "€ 1.00 came in").await.expect("noted");
        assert_eq!(now(&mut tx, &card).await.problem.as_deref(), Some("€ 1.00 came in"));
        assert!(payments::solve(&mut tx, card.id).await.expect("an answer"));
        assert!(!payments::solve(&mut tx, card.id).await.expect("an answer"));
    }

    async fn b7_an_event_is_heard_once_and_forgotten_after_its_time(world: World) {
        let mut tx = world.write().await;
        for (event, at) in [("evt_1", noon()), ("evt_2", noon() + days(1))] {
            assert!(payments::heard(&mut tx, event, at).await.expect("an answer"));
            assert!(!payments::heard(&mut tx, event, at + days(1)).await.expect("an answer"));
        }
        assert_eq!(payments::forget_heard(&mut tx, noon()).await.expect("an answer"), 0);
        assert_eq!(payments::forget_heard(&mut tx, noon() + days(1)).await.expect("an answer"), 1);
        assert!(!payments::heard(&mut tx, "evt_2", noon()).await.expect("an answer"), "that is remembered");
        assert!(payments::heard(&mut tx, "evt_1", noon()).await.expect("an answer"));
    }

    async fn b7_payments_are_listed_newest_first_to_their_account_and_the_operator(world: World) {
        let (acme, northwind, _) = acme(&world, 1).await;
        let globex = world.reseller("globex").await;
        let all = [
            begun(&world, &acme, 1, Method::Card, noon()),
            Payment { state: PaymentState::Received, ..begun(&world, &acme, 2, Method::BankTransfer, noon()) },
            begun(&world, &globex, 3, Method::BankTransfer, noon()),
        ];
        let mut tx = world.write().await;
        store_all(&mut tx, &all).await;
        payments::look_at(&mut tx, all[1].id, "odd").await.expect("noted");
        let numbers = async |tx: &mut Tx, scope, waits, after, most| {
            let listed = payments::page(tx, scope, waits, after, most).await.expect("a page");
            listed.into_iter().map(|listed| (listed.payment.number.0, listed.organisation)).collect::<Vec<_>>()
        };
        let of = |number, name: &str| (number, name.to_owned());
        let office = operator();
        assert_eq!(numbers(&mut tx, &office, None, None, 9).await, [of(3, "globex"), of(2, "acme"), of(1, "acme")]);
        assert_eq!(numbers(&mut tx, &office, None, Some(3), 1).await, [of(2, "acme")]);
        assert_eq!(numbers(&mut tx, &office, Some(Waits::Begun), None, 9).await, [of(3, "globex"), of(1, "acme")]);
        assert_eq!(numbers(&mut tx, &office, Some(Waits::Problem), None, 9).await, [of(2, "acme")]);
        assert_eq!(numbers(&mut tx, &acme.scope, None, None, 9).await, [of(2, "acme"), of(1, "acme")]);
        assert_eq!(numbers(&mut tx, &northwind.scope, None, None, 9).await, []);
    }

    async fn b6_what_is_open_is_found_by_license_by_invoice_and_by_its_day_of_ones_own_account(world: World) {
        let acme = crate::invoices::acme(&world, 2).await;
        let globex = world.reseller("globex").await;
        let (stored, charges) = crate::invoices::issue(&world, &acme, "2026-11-21").await;
        let mut tx = world.write().await;
        let (own, others) = (acme.account.id, globex.account.id);
        let due = payments::of_invoice(&mut tx, own, InvoiceNumber(1)).await.expect("what is open");
        assert_eq!(due.iter().map(|due| due.charge).collect::<Vec<_>>(), charges);
        let day = stored.invoice.due_on();
        assert_eq!((due[0].open, due[0].amount, due[0].invoice), (euros(19_900), euros(19_900), Some((InvoiceNumber(1), day))));
        assert_eq!(due[0].customer, "Northwind");
        assert_eq!(payments::of_license(&mut tx, own, due[0].license).await.expect("what is open"), due[..1]);
        let with_licenses: Vec<_> = due.iter().map(|due| (due.charge, due.license)).collect();
        assert_eq!(payments::open_licenses(&mut tx, own).await.expect("what is open"), with_licenses);
        assert!(payments::open_licenses(&mut tx, others).await.expect("what is open").is_empty());
        assert_eq!(payments::overdue(&mut tx, own, day).await.expect("what is open"), [], "the due date is in time");
        let after = day.succ_opt().expect("a day");
        assert_eq!(payments::overdue(&mut tx, own, after).await.expect("what is open"), due);
        assert_eq!(payments::of_invoice(&mut tx, others, InvoiceNumber(1)).await.expect("what is open"), []);
        assert_eq!(payments::of_license(&mut tx, others, due[0].license).await.expect("what is open"), []);
        assert_eq!(payments::overdue(&mut tx, others, after).await.expect("what is open"), []);

        let card = begun(&world, &acme, 1, Method::Card, noon());
        store_all(&mut tx, std::slice::from_ref(&card)).await;
        assert_eq!(payments::by_card_for(&mut tx, due[0].license).await.expect("an answer"), None);
        let entry = Entry { kind: EntryKind::Payment, amount: card.asked };
        let seq = store::ledger::insert(&mut tx, own, entry, Some(card.id), None, noon()).await.expect("an entry");
        payments::receive(&mut tx, card.id, card.asked, Some("pi_1")).await.expect("received");
        assert!(store::ledger::settle(&mut tx, seq, due[0].charge, card.asked, noon()).await.expect("settled"));
        assert_eq!(payments::by_card_for(&mut tx, due[0].license).await.expect("an answer"), Some(card.number));
        assert_eq!(payments::by_card_for(&mut tx, due[1].license).await.expect("an answer"), None);
        assert_eq!(payments::of_license(&mut tx, own, due[0].license).await.expect("what is open"), []);
        assert_eq!(store::ledger::entry_of_payment(&mut tx, card.id).await.expect("an answer"), Some(seq));
    }
}

//! Paying the operator: begun, received in parts, twice or too much, canceled, taken back; on both databases.

use domain::{
    Currency, LicenseId, Money, Refusal, Role,
    audit::What,
    billing::{
        BillingSettingsForm, CancelForm, Dry, PayForm, PaymentNumber, PaymentPage, PaymentState, ReceiptForm,
        Reference, RefundForm, ToPayForm, TopUpForm, Whose,
    },
    licenses::{LicensesQuery, PaymentStatus},
    products::{Billing, Kind},
};
use service::{
    Cx, Error,
    billing::{self, payments, refunds},
    licenses, office,
    testing::{World, errors, is_not_found, on_both, refusal},
    verify::verify,
};

/// Acme owes 210.00 for three licenses; staff are there.
struct Till {
    world: World,
    owner: Cx,
    acme: Cx,
    licenses: Vec<LicenseId>,
    /// The mark of the terms under which is paid.
    terms: String,
}

async fn till(world: World) -> Till {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    world.limit(&acme, 50_000).await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    world.create(&acme, option, anna, 3, "permanent").await.expect("three licenses");
    let list = licenses::list(&acme, &LicensesQuery::default()).await.expect("a list");
    let licenses = list.rows.iter().map(|row| row.id).collect();
    let terms = world.terms_of_payments().await;
    Till { world, owner, acme, licenses, terms }
}

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

impl Till {
    fn form(&self, licenses: &[LicenseId], total: i64) -> PayForm {
        PayForm {
            license: ToPayForm::of_licenses(licenses).license,
            total: total.to_string(),
            method: "bank-transfer".to_owned(),
            accept: "on".to_owned(),
            terms: self.terms.clone(),
            ..PayForm::default()
        }
    }

    async fn begin(&self, licenses: &[LicenseId], total: i64) -> Result<PaymentNumber, Error> {
        payments::begin(&self.acme, self.world.key(), &self.form(licenses, total)).await
    }

    async fn page(&self, number: PaymentNumber) -> PaymentPage {
        payments::find(&self.acme, number).await.expect("the payment")
    }

    /// Finance records a transfer that says this.
    async fn record(&self, amount: &str, text: &str) -> Result<domain::ReceiptId, Error> {
        payments::record(&self.owner, self.world.key(), &receipt(amount, text)).await
    }

    /// How many licenses are paid, the unpaid slots taken, and what is owed.
    async fn standing(&self) -> (usize, i64, i64) {
        let list = licenses::list(&self.acme, &LicensesQuery::default()).await.expect("a list");
        let paid = list.rows.iter().filter(|row| row.payment == Some(PaymentStatus::Paid)).count();
        (paid, list.unpaid.count, self.world.billed(&self.acme).await.balance.minor)
    }

    async fn is_sound(&self) {
        assert_eq!(verify(&self.world.service).await.expect("recounted"), []);
    }
}

fn receipt(amount: &str, text: &str) -> ReceiptForm {
    ReceiptForm {
        received_on: "2026-11-20".to_owned(),
        amount: amount.to_owned(),
        currency: "EUR".to_owned(),
        text: text.to_owned(),
        bank_id: String::new(),
    }
}

fn transfer(number: PaymentNumber) -> String {
    format!("Thank you! {}", Reference::Payment(number))
}

on_both!(b6_ticked_licenses_are_paid_by_a_transfer_with_their_reference_and_free_their_slots, paid);
async fn paid(world: World) {
    let till = till(world).await;
    let two = &till.licenses[..2];
    let page = payments::checkout(&till.acme, &ToPayForm::of_licenses(two)).await.expect("the checkout");
    assert_eq!((page.total, page.frees, page.lines.len(), page.refusal), (euros(14_000), 2, 2, None));
    let number = till.begin(two, 14_000).await.expect("begun");
    let begun = till.page(number).await;
    assert_eq!((begun.row.state, begun.missing, begun.open), (PaymentState::Begun, euros(14_000), euros(14_000)));
    assert_eq!(till.standing().await, (0, 3, 21_000));
    till.record("140.00", &transfer(number)).await.expect("recorded");
    assert_eq!(till.page(number).await.row.state, PaymentState::Received);
    assert_eq!(till.standing().await, (2, 1, 7_000));
    let told = ("admin@acme.example".to_owned(), format!("Payment {number} has arrived"));
    assert_eq!(till.world.mails().await.last(), Some(&told));
    till.is_sound().await;
}

on_both!(b6_nothing_is_paid_twice_in_two_windows_and_a_canceled_payment_frees_it, two_windows);
async fn two_windows(world: World) {
    let till = till(world).await;
    let number = till.begin(&till.licenses[..2], 14_000).await.expect("begun");
    let again = refusal(till.begin(&till.licenses, 21_000).await);
    assert_eq!(again, Refusal::BeingPaid { count: 2, of: 3 });
    let key = till.world.key();
    for _ in 0..2 {
        payments::cancel(&till.acme, key, number).await.expect("canceled, or canceled before");
    }
    let over = refusal(payments::cancel(&till.acme, till.world.key(), number).await);
    assert_eq!(over.to_string(), "This payment is canceled or expired already.");
    till.begin(&till.licenses, 21_000).await.expect("begun anew");
    assert_eq!(till.standing().await, (0, 3, 21_000));
    till.is_sound().await;
}

on_both!(b7_finance_cancels_a_transfer_that_never_came_and_who_began_it_is_told_why, never_came);
async fn never_came(world: World) {
    let till = till(world).await;
    let number = till.begin(&till.licenses, 21_000).await.expect("begun");
    till.record("30.00", &transfer(number)).await.expect("a part");
    let why = |reason: &str| CancelForm { reason: reason.to_owned() };
    let mails = till.world.mails().await.len();
    let missing = errors(payments::cancel_any(&till.owner, till.world.key(), number, &why(" ")).await);
    assert!(missing.get("reason").is_some());
    assert_eq!((till.page(number).await.row.state, till.world.mails().await.len()), (PaymentState::Begun, mails));
    let key = till.world.key();
    for _ in 0..2 {
        payments::cancel_any(&till.owner, key, number, &why("No money came")).await.expect("canceled, or before");
    }
    let page = till.page(number).await;
    assert_eq!(page.failure.as_deref(), Some("The operator has canceled it: No money came"));
    assert_eq!((page.row.state, page.history.len()), (PaymentState::Expired, 2));
    let letter = till.world.letters().await.pop().expect("a mail");
    assert_eq!(
        (letter.recipient.as_str(), letter.subject),
        ("admin@acme.example", format!("Payment {number} was canceled"))
    );
    let text = letter.body.expect("a text");
    assert!(text.contains("\n\nNo money came\n\n€ 30.00 have arrived of it, and still count.\n\n"), "{text}");
    assert_eq!(till.world.mails().await.len(), mails + 1);
    let over = refusal(payments::cancel_any(&till.owner, till.world.key(), number, &why("Again")).await);
    assert_eq!(over.to_string(), "This payment is canceled or expired already.");
    // What came of it counts, what it was for is free, and the rest counts when it comes after all.
    assert_eq!(till.standing().await, (0, 3, 18_000));
    let second = till.begin(&till.licenses, 18_000).await.expect("begun anew");
    till.record("180.00", &transfer(number)).await.expect("it came after all");
    assert_eq!(till.page(number).await.row.state, PaymentState::Received);
    let page = till.page(second).await;
    assert_eq!((till.standing().await, page.open, page.due()), ((3, 0, 0), euros(0), euros(0)));
    payments::cancel_any(&till.owner, till.world.key(), second, &why("Paid already")).await.expect("canceled");
    till.is_sound().await;
}

#[tokio::test]
async fn a9_b7_payments_of_others_are_canceled_by_owner_and_finance_alone() {
    let till = till(World::new().await).await;
    let number = till.begin(&till.licenses, 21_000).await.expect("begun");
    let why = CancelForm { reason: "No money came".to_owned() };
    let globex = till.world.reseller("globex").await;
    for who in [&till.acme, &globex] {
        assert!(is_not_found(payments::cancel_any(who, till.world.key(), number, &why).await));
    }
    for role in Role::of(domain::accounts::Kind::Operator) {
        let mut who = till.owner.clone();
        who.actor.roles = domain::Roles::of(&[*role]);
        let done = payments::cancel_any(&who, till.world.key(), PaymentNumber(9), &why).await;
        assert!(is_not_found(done), "{role:?}: there is no such payment");
        let done = payments::cancel_any(&who, till.world.key(), number, &CancelForm::default()).await;
        let may = done.is_err_and(|error| matches!(error, Error::Fields(_)));
        assert_eq!(may, matches!(role, Role::Owner | Role::Finance), "{role:?}");
    }
    assert_eq!(till.page(number).await.row.state, PaymentState::Begun);
}

on_both!(b6_a_license_that_was_given_back_is_not_paid_for_and_what_was_paid_for_it_is_credit, given_back);
async fn given_back(world: World) {
    let till = till(world).await;
    let give_back = async |at: usize| {
        let form = RefundForm { reason: "Bought by mistake".to_owned() };
        refunds::refund(&till.acme, till.world.key(), till.licenses[at], &form).await.expect("given back");
    };
    give_back(0).await;
    let refused = Refusal::NotToBePaid { count: 1, of: 3 };
    let shown = payments::checkout(&till.acme, &ToPayForm::of_licenses(&till.licenses)).await.expect("the checkout");
    assert_eq!(shown.refusal, Some(refused.clone()));
    assert_eq!(refusal(till.begin(&till.licenses, 14_000).await), refused);
    // Given back while somebody pays for it: the page says so, and what comes in all the same stays as credit.
    let number = till.begin(&till.licenses[1..], 14_000).await.expect("begun");
    give_back(1).await;
    let page = till.page(number).await;
    assert_eq!((page.missing, page.open, page.due()), (euros(14_000), euros(7_000), euros(7_000)));
    till.record("140.00", &transfer(number)).await.expect("recorded");
    assert_eq!(till.page(number).await.row.state, PaymentState::Received);
    assert_eq!(till.standing().await, (1, 0, -7_000));
    till.is_sound().await;
}

on_both!(b6_b7_who_pays_what_is_still_open_has_paid_and_who_pays_less_has_not, what_is_open);
async fn what_is_open(world: World) {
    let till = till(world).await;
    let give_back = async |at: usize| {
        let form = RefundForm { reason: "Bought by mistake".to_owned() };
        refunds::refund(&till.acme, till.world.key(), till.licenses[at], &form).await.expect("given back");
    };
    let number = till.begin(&till.licenses, 21_000).await.expect("begun");
    give_back(0).await;
    till.record("100.00", &transfer(number)).await.expect("a part");
    let page = till.page(number).await;
    assert_eq!((page.row.state, page.due()), (PaymentState::Begun, euros(4_000)));
    till.record("40.00", &transfer(number)).await.expect("the rest");
    let page = till.page(number).await;
    assert_eq!((page.row.state, page.row.received), (PaymentState::Received, euros(14_000)));
    assert_eq!(till.standing().await, (2, 0, 0));
    let letter = till.world.letters().await.pop().expect("a mail");
    assert_eq!(letter.subject, format!("Payment {number} has arrived"));

    till.is_sound().await;
}

on_both!(b6_b7_of_a_canceled_payment_a_part_that_comes_late_is_credit_and_no_payment, part_that_comes_late);
async fn part_that_comes_late(world: World) {
    let till = till(world).await;
    let canceled = till.begin(&till.licenses, 21_000).await.expect("begun");
    let why = CancelForm { reason: "No money came".to_owned() };
    payments::cancel_any(&till.owner, till.world.key(), canceled, &why).await.expect("canceled");
    let second = till.begin(&till.licenses, 21_000).await.expect("begun anew");
    till.record("210.00", &transfer(second)).await.expect("paid");
    till.record("10.00", &transfer(canceled)).await.expect("it came after all");
    let page = till.page(canceled).await;
    assert_eq!((page.row.state, page.row.received, page.open), (PaymentState::Expired, euros(1_000), euros(0)));
    assert_eq!(till.standing().await, (3, 0, -1_000));
    till.is_sound().await;
}

on_both!(b6_of_two_windows_that_show_the_same_the_second_is_told_what_became_of_it, two_checkouts);
async fn two_checkouts(world: World) {
    let till = till(world).await;
    till.world.invoice(&till.acme, &till.licenses).await;
    let of_invoice = PayForm { license: String::new(), invoice: "INV-000001".to_owned(), ..till.form(&[], 21_000) };
    // A double tap is one payment.
    let key = till.world.key();
    let mut numbers = Vec::new();
    for _ in 0..2 {
        numbers.push(payments::begin(&till.acme, key, &of_invoice).await.expect("begun, or before"));
    }
    assert_eq!(numbers, [PaymentNumber(1); 2]);
    let begin = async |form: &PayForm| payments::begin(&till.acme, till.world.key(), form).await;
    assert_eq!(refusal(begin(&of_invoice).await), Refusal::InvoiceBeingPaid);
    let licenses = till.form(&till.licenses, 21_000);
    assert_eq!(refusal(begin(&licenses).await), Refusal::BeingPaid { count: 3, of: 3 });
    till.record("210.00", &transfer(numbers[0])).await.expect("recorded");
    assert_eq!(refusal(begin(&of_invoice).await), Refusal::NothingIsOpen);
    assert_eq!(refusal(begin(&licenses).await), Refusal::NotToBePaid { count: 3, of: 3 });
    let globex = till.world.reseller("globex").await;
    let theirs = payments::begin(&globex, till.world.key(), &of_invoice).await;
    assert_eq!(refusal(theirs), Refusal::NothingIsOpen, "of another's invoice nothing is told");
    till.is_sound().await;
}

on_both!(b6_what_is_being_paid_of_an_invoice_is_said_and_left_out, left_out);
async fn left_out(world: World) {
    let till = till(world).await;
    till.world.invoice(&till.acme, &till.licenses).await;
    till.begin(&till.licenses[..1], 7_000).await.expect("begun");
    let asked = ToPayForm { invoice: "INV-000001".to_owned(), ..ToPayForm::default() };
    let page = payments::checkout(&till.acme, &asked).await.expect("the checkout");
    assert_eq!((page.total, page.elsewhere, page.refusal), (euros(14_000), euros(7_000), None));
    let details: Vec<_> = page.lines.iter().map(|line| line.detail.as_str()).collect();
    assert_eq!(details, ["due on 5 Dec 2026"]);
}

on_both!(b6_sixty_four_windows_at_once_begin_one_payment, sixty_four);
async fn sixty_four(world: World) {
    let till = till(world).await;
    let mut windows = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (acme, key, form) = (till.acme.clone(), till.world.key(), till.form(&till.licenses, 21_000));
        windows.spawn(async move { payments::begin(&acme, key, &form).await });
    }
    let (mut begun, mut refused) = (Vec::new(), 0);
    while let Some(window) = windows.join_next().await {
        match window.expect("a window") {
            Ok(number) => begun.push(number),
            Err(Error::Refused(Refusal::BeingPaid { count: 3, of: 3 })) => refused += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!((begun, refused), (vec![PaymentNumber(1)], 63));
    till.is_sound().await;
}

on_both!(b7_partial_double_and_over_payments_settle_what_is_open_and_stay_as_credit, odd_sums);
async fn odd_sums(world: World) {
    let till = till(world).await;
    let number = till.begin(&till.licenses[2..], 7_000).await.expect("begun");
    till.record("30.00", &transfer(number)).await.expect("a part");
    let page = till.page(number).await;
    assert_eq!((page.row.state, page.missing), (PaymentState::Begun, euros(4_000)));
    assert_eq!(till.standing().await, (0, 3, 18_000));
    till.record("40.00", &transfer(number)).await.expect("the rest");
    assert_eq!(till.page(number).await.row.state, PaymentState::Received);
    assert_eq!(till.standing().await, (1, 2, 14_000));
    // The same transfer a second time: it settles the oldest, and what is left is paid ahead.
    till.record("150.00", &transfer(number)).await.expect("too much");
    assert_eq!(till.standing().await, (3, 0, -1_000));
    till.is_sound().await;
}

on_both!(b7_a_receipt_that_was_recorded_by_mistake_is_taken_back_by_its_opposite, mistake);
async fn mistake(world: World) {
    let till = till(world).await;
    let number = till.begin(&till.licenses, 21_000).await.expect("begun");
    let id = till.record("250.00", &transfer(number)).await.expect("recorded");
    assert_eq!(till.standing().await, (3, 0, -4_000));
    let key = till.world.key();
    for _ in 0..2 {
        payments::take_back(&till.owner, key, id).await.expect("taken back, or before");
    }
    assert_eq!(till.standing().await, (0, 3, 21_000));
    assert_eq!(till.page(number).await.row.state, PaymentState::Failed);
    let told = ("admin@acme.example".to_owned(), format!("Payment {number} did not work"));
    assert_eq!(till.world.mails().await.last(), Some(&told));
    let text = till.world.letters().await.pop().and_then(|letter| letter.body).expect("a text");
    assert!(text.contains("did not work, and nothing is paid by it:") && !text.contains("still count"), "{text}");
    assert_eq!(till.page(number).await.history.first().map(|entry| entry.what), Some(What::PaymentFailed));
    let twice = refusal(payments::take_back(&till.owner, till.world.key(), id).await);
    assert_eq!(twice, Refusal::ReceiptIs { state: "taken back".to_owned() });
    // The money of the right transfer finds the licenses, also by the old reference.
    till.record("210.00", &transfer(number)).await.expect("recorded");
    assert_eq!(till.standing().await, (3, 0, 0));
    till.is_sound().await;
}

on_both!(b7_who_is_told_that_a_receipt_was_taken_back_is_told_what_still_counts, still_counts);
async fn still_counts(world: World) {
    let till = till(world).await;
    let number = till.begin(&till.licenses[..1], 7_000).await.expect("begun");
    till.record("40.00", &transfer(number)).await.expect("a part");
    let mistake = till.record("30.00", &transfer(number)).await.expect("the rest");
    payments::take_back(&till.owner, till.world.key(), mistake).await.expect("taken back");
    assert_eq!(till.page(number).await.row.state, PaymentState::Failed);
    let text = till.world.letters().await.pop().and_then(|letter| letter.body).expect("a text");
    let why = "The operator had recorded money by mistake, and has taken it back.";
    let said = format!("did not work:\n\n{why}\n\n€ 40.00 have arrived of it, and still count.\n\nYou can pay");
    assert!(text.contains(&said), "{text}");
    till.is_sound().await;
}

on_both!(b7_what_other_money_can_settle_does_not_stay_open_when_a_receipt_is_taken_back, other_money);
async fn other_money(world: World) {
    let till = till(world).await;
    let first = till.record("210.00", "no reference").await.expect("recorded");
    assert_eq!(till.standing().await, (0, 3, 21_000));
    let account = Whose { account: till.acme.actor.account.to_string(), ..Whose::default() };
    payments::assign(&till.owner, till.world.key(), first, &account).await.expect("assigned");
    assert_eq!(till.standing().await, (3, 0, 0));
    let newest = billing::ledger(&till.acme, None).await.expect("the ledger").entries.remove(0);
    assert_eq!(newest.note.as_deref(), Some("Bank transfer of 20 Nov 2026"));
    till.world.receive(&till.acme, 14_000).await;
    assert_eq!(till.standing().await, (3, 0, -14_000));
    payments::take_back(&till.owner, till.world.key(), first).await.expect("taken back");
    assert_eq!(till.standing().await, (2, 1, 7_000));
    till.is_sound().await;
}

on_both!(b7_a_receipt_without_a_reference_waits_and_is_assigned_once, waits);
async fn waits(world: World) {
    let till = till(world).await;
    let id = till.record("70.00", "RF00 nonsense").await.expect("recorded");
    let queue = payments::receipts(&till.owner, &domain::billing::ReceiptsQuery::default()).await.expect("receipts");
    assert_eq!((queue.unassigned, queue.rows.len(), queue.rows[0].account.clone()), (1, 1, None));
    assert_eq!(queue.rows[0].received_on, "20 Nov 2026");
    let assign = |reference: &str| {
        let form = Whose { reference: reference.to_owned(), account: String::new() };
        let (owner, key) = (till.owner.clone(), till.world.key());
        async move { payments::assign(&owner, key, id, &form).await }
    };
    for wrong in ["", "INV-999999", "PAY-000099", "RF18 I000 0042", "rubbish"] {
        assert!(errors(assign(wrong).await).get("reference").is_some(), "{wrong}");
    }
    let number = till.begin(&till.licenses[..1], 7_000).await.expect("begun");
    assign(&number.to_string().to_lowercase()).await.expect("assigned");
    assert_eq!(till.standing().await, (1, 2, 14_000));
    let twice = refusal(assign(&number.to_string()).await);
    assert_eq!(twice, Refusal::ReceiptIs { state: "assigned or taken back".to_owned() });
    assert_eq!(till.standing().await, (1, 2, 14_000));
    till.is_sound().await;
}

on_both!(b7_the_office_counts_what_finance_waits_for_and_has_to_look_at, queue);
async fn queue(world: World) {
    let till = till(world).await;
    let queue = async || {
        let waiting = office::home(&till.owner).await.expect("the office").payments.expect("payments");
        [waiting.receipts, waiting.transfers, waiting.problems]
    };
    assert_eq!(queue().await, [0; 3]);
    let number = till.begin(&till.licenses, 21_000).await.expect("begun");
    let five = TopUpForm { amount: "5".to_owned() };
    let canceled = payments::top_up(&till.acme, till.world.key(), &five, "bank-transfer").await.expect("begun");
    assert_eq!(queue().await, [0, 2, 0]);
    payments::cancel(&till.acme, till.world.key(), canceled).await.expect("canceled");
    let nobodys = till.record("12.00", "hello").await.expect("recorded");
    till.record("100.00", &transfer(number)).await.expect("a part");
    assert_eq!(queue().await, [1, 1, 0]);
    payments::take_back(&till.owner, till.world.key(), nobodys).await.expect("taken back");
    till.record("110.00", &transfer(number)).await.expect("the rest");
    assert_eq!(queue().await, [0; 3]);
    // Who sees no payments is told of none.
    let catalog = till.world.colleague(&till.owner, "cato@keyhouse.example", &[Role::Catalog]).await;
    assert_eq!(office::home(&catalog).await.expect("the office").payments, None);
}

on_both!(b7_the_banks_table_is_recorded_once_and_what_is_known_is_passed_over, table);
async fn table(world: World) {
    let till = till(world).await;
    let number = till.begin(&till.licenses, 21_000).await.expect("begun");
    let reference = Reference::Payment(number);
    let table = format!(
        "Received on;Amount;Currency;Text;Bank id\n\
         2026-11-19;210.00;EUR;{reference};A1\n2026-11-19;9.99;EUR;hello;A2\n2026-11-20;210.00;EUR;{reference};A1"
    );
    let draft = payments::upload(&till.owner, table.as_bytes()).await.expect("a table");
    let dry = payments::dry_run(&till.owner, draft).await.expect("the dry run");
    assert_eq!((dry.counts, dry.made), ([2, 1, 1, 0], None));
    assert_eq!(dry.lines[0].becomes, Dry::Of { account: "acme".to_owned(), what: number.to_string() });
    assert_eq!(till.standing().await, (0, 3, 21_000));
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    for _ in 0..2 {
        assert_eq!(payments::import(&till.owner, key).await.expect("recorded"), 2);
    }
    assert_eq!(payments::dry_run(&till.owner, draft).await.expect("done").made, Some(2));
    assert_eq!(till.standing().await, (3, 0, 0));
    let again = payments::upload(&till.owner, table.as_bytes()).await.expect("a table");
    // Two lines are the same transfer, one has a bank id that is known.
    assert_eq!(payments::dry_run(&till.owner, again).await.expect("the dry run").counts, [0, 0, 3, 0]);
    till.is_sound().await;
}

#[tokio::test]
async fn b7_a_table_with_a_wrong_line_records_nothing() {
    let till = till(World::new().await).await;
    let table = "Received on,Amount,Currency\n2026-11-19,70.00,EUR\n2027-01-01,-5,XXX";
    let draft = payments::upload(&till.owner, table.as_bytes()).await.expect("a table");
    let dry = payments::dry_run(&till.owner, draft).await.expect("the dry run");
    assert_eq!((dry.counts, dry.lines[0].line), ([1, 1, 0, 1], 3));
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    assert!(errors(payments::import(&till.owner, key).await).get("table").is_some());
    let queue = payments::receipts(&till.owner, &domain::billing::ReceiptsQuery::default()).await.expect("receipts");
    assert_eq!(queue.rows, []);
    till.is_sound().await;
}

#[tokio::test]
async fn b6_terms_a_method_and_the_amount_that_was_shown_are_needed() {
    let till = till(World::new().await).await;
    let nothing = PayForm { accept: String::new(), method: "card".to_owned(), ..till.form(&till.licenses, 21_000) };
    let wrong = errors(payments::begin(&till.acme, till.world.key(), &nothing).await);
    assert_eq!(wrong.get("accept"), Some("Accept the terms of use to go on."));
    assert_eq!(wrong.get("method"), Some("Choose how to pay."));
    for seen in [20_999, 21_001, -21_000, 0] {
        let changed = refusal(till.begin(&till.licenses, seen).await);
        assert_eq!(changed, Refusal::ToPayChanged { seen: euros(seen), now: euros(21_000) });
    }
    assert_eq!(refusal(till.begin(&[], 0).await), Refusal::NothingToPay);
    till.is_sound().await;
}

#[tokio::test]
async fn b6_terms_that_changed_since_they_were_read_are_not_accepted_unread() {
    let till = till(World::new().await).await;
    let page = billing::settings(&till.owner).await.expect("settings");
    let becomes = BillingSettingsForm { terms: "Paid within a week.".to_owned(), ..page.form };
    billing::save_settings(&till.owner, till.world.key(), page.edition, &becomes).await.expect("saved");

    assert_eq!(refusal(till.begin(&till.licenses, 21_000).await), Refusal::TermsOfPaymentChanged);
    let asked = ToPayForm::of_licenses(&till.licenses);
    let shown = payments::checkout(&till.acme, &asked).await.expect("the checkout");
    assert_eq!(shown.terms, "Paid within a week.");
    let read = PayForm { terms: shown.mark, ..till.form(&till.licenses, 21_000) };
    payments::begin(&till.acme, till.world.key(), &read).await.expect("begun");
    till.is_sound().await;
}

#[tokio::test]
async fn b6_somebody_elses_and_paid_licenses_cannot_be_paid() {
    let till = till(World::new().await).await;
    let globex = till.world.reseller("globex").await;
    let theirs = payments::begin(&globex, till.world.key(), &till.form(&till.licenses, 21_000)).await;
    assert!(is_not_found(theirs));
    let number = till.begin(&till.licenses[..1], 7_000).await.expect("begun");
    assert!(is_not_found(payments::find(&globex, number).await));
    assert!(is_not_found(payments::cancel(&globex, till.world.key(), number).await));
    assert!(is_not_found(payments::open_page(&globex, number).await));
    assert!(is_not_found(payments::record(&till.acme, till.world.key(), &receipt("1", "")).await));
    till.record("70.00", &transfer(number)).await.expect("recorded");
    let paid = refusal(till.begin(&till.licenses, 21_000).await);
    assert_eq!(paid, Refusal::NotToBePaid { count: 1, of: 3 });
    till.is_sound().await;
}

#[tokio::test]
async fn c6_a_top_up_raises_what_can_be_ordered_and_is_not_offered_without_a_limit() {
    let till = till(World::new().await).await;
    let top_up = |amount: &str| {
        let form = TopUpForm { amount: amount.to_owned() };
        let (acme, key) = (till.acme.clone(), till.world.key());
        async move { payments::top_up(&acme, key, &form, "bank-transfer").await }
    };
    for wrong in ["", "0", "-5", "1.005", "99999999999999999999", "x"] {
        assert!(errors(top_up(wrong).await).get("amount").is_some(), "{wrong}");
    }
    let number = top_up("300").await.expect("begun");
    till.record("300.00", &transfer(number)).await.expect("recorded");
    assert_eq!(till.standing().await, (3, 0, -9_000));
    let text = till.world.letters().await.pop().and_then(|letter| letter.body).expect("a text");
    assert!(text.contains("raises your available credit.") && !text.contains("What you paid for"), "{text}");
    let globex = till.world.reseller("globex").await;
    let form = TopUpForm { amount: "5".to_owned() };
    let unlimited = payments::top_up(&globex, till.world.key(), &form, "bank-transfer").await;
    assert_eq!(refusal(unlimited), Refusal::TopUpUnlimited);
    till.is_sound().await;
}

#[tokio::test]
async fn b7_money_in_another_currency_settles_nothing() {
    let till = till(World::new().await).await;
    let number = till.begin(&till.licenses, 21_000).await.expect("begun");
    let dollars = ReceiptForm { currency: "USD".to_owned(), ..receipt("210.00", &transfer(number)) };
    let id = payments::record(&till.owner, till.world.key(), &dollars).await.expect("recorded");
    assert_eq!(till.standing().await, (0, 3, 21_000));
    let form = Whose { reference: number.to_string(), account: String::new() };
    let wrong = errors(payments::assign(&till.owner, till.world.key(), id, &form).await);
    assert_eq!(wrong.get("reference"), Some("acme is charged in EUR, and this is $ 210.00."));
    till.is_sound().await;
}

#[tokio::test]
async fn b6_the_consent_is_kept_with_the_payment() {
    let till = till(World::new().await).await;
    let number = till.begin(&till.licenses, 21_000).await.expect("begun");
    let page = till.page(number).await;
    assert_eq!((page.begun_by.as_str(), page.bank, page.lines.len()), ("Ada acme", None, 3));
    assert_eq!(page.reference, Reference::Payment(number).to_string());
    assert_eq!(page.history.len(), 1);
}

//! Applying as a reseller, and what becomes of it (A3).

use chrono::Duration;
use domain::{
    AccountId, ApplicationId, Currency, FormKey, Refusal, Role, Roles,
    accounts::{AccountsQuery, BillingDay, CreditForm, CreditLimit, PartialInvoicing},
    applications::{Applications, ApplicationsQuery, Apply, ApproveForm, RejectForm, State},
    contacts::State as ContactState,
    price_lists::PriceListForm,
};
use service::{
    Cx, Error, accounts, applications, audit, price_lists,
    testing::{PASSWORD, World, twice},
    verify::verify,
};

fn ida() -> Apply {
    Apply {
        organisation: "Initech".to_owned(),
        first_name: "Ida".to_owned(),
        last_name: "Ng".to_owned(),
        email: "ida@initech.example".to_owned(),
        phone: "+49 30 1234".to_owned(),
        country: "Germany".to_owned(),
        message: "We sell shops.".to_owned(),
        ..Apply::default()
    }
}

async fn apply(world: &World, key: FormKey, form: &Apply) -> Result<(), Error> {
    applications::apply(&world.service, &world.origin(), key, form).await
}

async fn queue(cx: &Cx, state: Option<State>) -> Applications {
    let view = ApplicationsQuery { state, after: None };
    applications::list(cx, &view).await.expect("the queue")
}

/// Ida's application, and the owner who looks at it.
async fn applied(world: &World) -> (Cx, ApplicationId) {
    let owner = world.owner().await;
    apply(world, world.key(), &ida()).await.expect("applied");
    let id = queue(&owner, None).await.rows[0].id;
    (owner, id)
}

fn later(username: &str) -> ApproveForm {
    ApproveForm {
        username: username.to_owned(),
        price_list: ApproveForm::LATER.to_owned(),
        ..ApproveForm::suggested("ida@initech.example")
    }
}

fn owes(limit: &str) -> CreditForm {
    CreditForm { credit_limit: limit.to_owned(), credit_unlimited: String::new() }
}

/// The same person with another role.
fn with(cx: &Cx, role: Role) -> Cx {
    let mut cx = cx.clone();
    cx.actor.roles = Roles::of(&[role]);
    cx
}

/// The fields that an approval was refused at, and the messages.
fn wrong(approved: Result<AccountId, Error>) -> Vec<(String, String)> {
    match approved {
        Err(Error::Fields(errors)) => errors.iter().map(|e| (e.field.clone(), e.message.clone())).collect(),
        other => panic!("expected messages at fields, got {other:?}"),
    }
}

fn at(field: &str, message: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), message.to_owned())]
}

fn no() -> RejectForm {
    RejectForm { reason: "We have enough resellers in Germany.".to_owned() }
}

fn mail(to: &str, subject: &str) -> (String, String) {
    (to.to_owned(), subject.to_owned())
}

#[tokio::test]
async fn a3_an_application_is_stored_and_the_applicant_and_those_who_decide_are_mailed() {
    let world = World::new().await;
    let (owner, id) = applied(&world).await;
    let page = applications::find(&owner, id).await.expect("the application");
    let person = page.row.person.expect("who applied");
    assert_eq!(
        (page.row.state, person.name.as_str(), person.email.as_str()),
        (State::Applied, "Ida Ng", "ida@initech.example")
    );
    let received = mail("ida@initech.example", "We have received your application");
    assert_eq!(world.mails().await, [received, mail("owner@keyhouse.example", "An application is waiting")]);
    let letters = world.letters().await;
    let texts: Vec<_> = letters.iter().filter_map(|letter| letter.body.as_deref()).collect();
    assert!(texts[1].contains(&format!("/office/applications/{id}")), "{}", texts[1]);
    for text in texts {
        assert!(!text.contains("Initech") && !text.contains("Ida"), "nothing that was typed is mailed: {text}");
    }
    assert_eq!(world.written_down(id).await, ["application.received"]);
}

#[tokio::test]
async fn o2_the_same_form_sent_twice_is_one_application_and_one_mail_to_each() {
    let world = World::new().await;
    let owner = world.owner().await;
    let key = world.key();
    for _ in 0..2 {
        apply(&world, key, &ida()).await.expect("applied");
    }
    assert_eq!(queue(&owner, None).await.rows.len(), 1);
    assert_eq!(world.mails().await.len(), 2);
}

#[tokio::test]
async fn a3_an_application_that_is_corrected_and_sent_again_arrives_as_well() {
    let world = World::new().await;
    let owner = world.owner().await;
    let key = world.key();
    let wrong = Apply { email: "idda@initech.example".to_owned(), ..ida() };
    for form in [&wrong, &ida(), &ida()] {
        apply(&world, key, form).await.expect("applied");
    }
    let mut mailed: Vec<_> = world.mails().await.into_iter().map(|(to, _)| to).collect();
    mailed.retain(|to| to != "owner@keyhouse.example");
    assert_eq!(mailed, [wrong.email, ida().email]);
    assert_eq!(queue(&owner, None).await.rows.len(), 2);
}

#[tokio::test]
async fn x3_an_application_with_a_wrong_field_is_stored_nowhere_and_mails_nobody() {
    let world = World::new().await;
    let owner = world.owner().await;
    let wrong = Apply { email: "ida".to_owned(), country: String::new(), ..ida() };
    let refused = apply(&world, world.key(), &wrong).await;
    assert!(
        matches!(refused, Err(Error::Fields(errors)) if errors.get("email").is_some() && errors.get("country").is_some())
    );
    assert_eq!(queue(&owner, None).await.rows, []);
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn a3_who_exists_applies_like_everybody_and_too_many_from_one_address_have_to_wait() {
    let world = World::new().await;
    let owner = world.owner().await;
    world.reseller("acme").await;
    let known = Apply { email: "admin@acme.example".to_owned(), ..ida() };
    for at in 0..9 {
        let form = Apply { email: format!("{at}@initech.example"), ..ida() };
        apply(&world, world.key(), &form).await.expect("applied");
    }
    apply(&world, world.key(), &known).await.expect("the same answer");
    assert!(matches!(apply(&world, world.key(), &ida()).await, Err(Error::TooMany { .. })));
    assert_eq!(queue(&owner, None).await.rows.len(), 10);
}

#[tokio::test]
async fn a3_an_approved_applicant_activates_and_is_the_admin_of_a_reseller() {
    let world = World::new().await;
    world.reseller("acme").await;
    let (owner, id) = applied(&world).await;
    let lists = applications::find(&owner, id).await.expect("the application").price_lists;
    assert_eq!(lists[0].1, "Prices of acme (EUR)");
    let form = ApproveForm {
        price_list: lists[0].0.clone(),
        unpaid_cap: "25".to_owned(),
        ..ApproveForm::suggested("ida@initech.example")
    };
    let key = world.key();
    let account = applications::approve(&owner, key, id, &form, &owes("0")).await.expect("approved");
    assert_eq!(
        applications::approve(&owner, key, id, &form, &owes("0")).await.expect("the same"),
        account,
        "sent twice, done once"
    );

    let mut tx = world.service.store.read().await.expect("a transaction");
    let stored = store::accounts::by_id(&mut tx, account).await.expect("an answer").expect("the account");
    assert_eq!((stored.name.as_str(), stored.unpaid.cap), ("Initech", 25));
    assert!(stored.ordering_since.is_some() && stored.reselling_since.is_some() && stored.price_list.is_some());
    let person = store::contacts::first_of(&mut tx, account).await.expect("an answer").expect("its person");
    assert_eq!((person.state(), person.roles.words().as_str()), (ContactState::PendingActivation, "admin"));
    drop(tx);

    let mails = world.mails().await;
    assert_eq!(mails.last(), Some(&mail("ida@initech.example", "Activate your sign-in")));
    assert_eq!(mails.len(), 3);
    let text = world.letters().await.pop().and_then(|letter| letter.body).expect("the mail");
    let token = text.split("/activate/").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link");
    let form = domain::contacts::Activation { token: token.into(), new: twice(PASSWORD) };
    service::contacts::activate(&world.service, &world.origin(), &form).await.expect("active");

    assert_eq!(world.written_down(id).await, ["application.received", "application.approved"]);
    let page = applications::find(&owner, id).await.expect("the application");
    assert_eq!((page.row.state, page.account), (State::Approved, Some(account)));
    assert_eq!(queue(&owner, None).await.rows, []);
    assert_eq!(queue(&owner, Some(State::Approved)).await.rows.len(), 1);
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}

#[tokio::test]
async fn a3_what_the_applicant_wrote_and_what_was_decided_is_the_account_and_it_is_found_by_its_name() {
    let world = World::new().await;
    world.reseller("acme").await;
    let owner = world.owner().await;
    let form = Apply { website: "www.initech.example".to_owned(), country: "germany".to_owned(), ..ida() };
    apply(&world, world.key(), &form).await.expect("applied");
    let id = queue(&owner, None).await.rows[0].id;
    let page = applications::find(&owner, id).await.expect("the application");
    assert_eq!((page.country.as_str(), page.currency, page.may_set_limit), ("DE", Currency::EUR, true));
    let form = ApproveForm {
        price_list: page.price_lists[0].0.clone(),
        country: page.country,
        prorate: "on".to_owned(),
        billing_day: "15".to_owned(),
        partial_invoicing: "billing-day".to_owned(),
        ..ApproveForm::suggested("ida@initech.example")
    };
    let account = applications::approve(&owner, world.key(), id, &form, &owes("5,000.50")).await.expect("approved");

    let page = accounts::find(&owner, account).await.expect("the account");
    let shown = &page.form;
    let person = [&shown.name, &shown.first_name, &shown.last_name, &shown.email, &shown.phone, &shown.website];
    let wrote = ["Initech", "Ida", "Ng", "ida@initech.example", "+49 30 1234", "www.initech.example"];
    assert_eq!(person, wrote);
    assert_eq!((page.country.as_deref(), page.limit), (Some("Germany"), CreditLimit::Amount(500_050)));
    let details = shown.check().expect("details").ordering;
    assert!(details.ordering && details.reselling && details.prorate);
    assert_eq!(details.billing_day, BillingDay::Fixed(15));
    assert_eq!(details.partial_invoicing, PartialInvoicing::BillingDay);
    let search = AccountsQuery { q: "initech".to_owned(), ..AccountsQuery::default() };
    let found = accounts::list(&owner, &search).await.expect("the list");
    assert_eq!(found.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [account]);
    let log = audit::list(&owner, &domain::audit::AuditQuery::default()).await.expect("the log");
    let entry = log.rows.iter().find(|row| row.what == domain::audit::What::ApplicationApproved).expect("an entry");
    let words: Vec<_> = entry.changes.iter().map(|change| (change.name.as_str(), change.after.as_deref())).collect();
    for said in [("credit limit", "€ 5,000.50"), ("billing day", "Day 15 of month"), ("prorate billing", "yes")] {
        assert!(words.contains(&(said.0, Some(said.1))), "{said:?}: {words:?}");
    }
}

#[tokio::test]
async fn c2_a_limit_is_chosen_by_who_sets_limits_and_nought_for_all_others() {
    let world = World::new().await;
    let (owner, id) = applied(&world).await;
    let manager = with(&owner, Role::AccountManager);
    assert!(!applications::find(&manager, id).await.expect("the application").may_set_limit);
    let form = later("ida@initech.example");
    let made_up = applications::approve(&manager, world.key(), id, &form, &owes("5000")).await;
    assert_eq!(wrong(made_up), at("credit_limit", "Only those who may set credit limits can enter one."));
    let mails = world.mails().await.len();
    let empty = applications::approve(&owner, world.key(), id, &form, &CreditForm::default()).await;
    assert_eq!(wrong(empty), at("credit_limit", "Enter an amount, 0 for none, or tick Unlimited."));
    assert_eq!((world.mails().await.len(), queue(&owner, None).await.rows.len()), (mails, 1), "it still waits");

    let none = CreditForm::default();
    let account = applications::approve(&manager, world.key(), id, &form, &none).await.expect("approved");
    let page = accounts::find(&owner, account).await.expect("the account");
    assert_eq!(page.limit, CreditLimit::Amount(0));

    apply(&world, world.key(), &Apply { email: "bo@initech.example".to_owned(), ..ida() }).await.expect("applied");
    let id = queue(&owner, None).await.rows[0].id;
    let unlimited = CreditForm { credit_unlimited: "on".to_owned(), ..none };
    let form = ApproveForm { email: "bo@initech.example".to_owned(), ..later("bo@initech.example") };
    let account = applications::approve(&owner, world.key(), id, &form, &unlimited).await.expect("approved");
    assert_eq!(accounts::find(&owner, account).await.expect("the account").limit, CreditLimit::Unlimited);
}

#[tokio::test]
async fn x3_a_limit_is_read_in_the_currency_of_the_price_list_and_all_wrong_fields_are_told_at_once() {
    let world = World::new().await;
    let (owner, id) = applied(&world).await;
    let yen = PriceListForm {
        name: "Japan".to_owned(),
        currency: "JPY".to_owned(),
        starts: "2026-01-01".to_owned(),
        active: "on".to_owned(),
        percent_off: "10".to_owned(),
        ..PriceListForm::default()
    };
    let list = price_lists::add(&owner, world.key(), &yen).await.expect("a price list");
    let form = ApproveForm { price_list: list.to_string(), ..ApproveForm::suggested("ida@initech.example") };
    let cents = applications::approve(&owner, world.key(), id, &form, &owes("5000.50")).await;
    assert_eq!(wrong(cents), at("credit_limit", "JPY has no decimals."));
    let all = ApproveForm {
        price_list: world.key().to_string(),
        country: "XX".to_owned(),
        billing_day: "0".to_owned(),
        ..form.clone()
    };
    let refused = wrong(applications::approve(&owner, world.key(), id, &all, &owes("-1")).await);
    assert_eq!(
        refused.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(),
        ["billing_day", "price_list", "credit_limit"]
    );
    let all = ApproveForm { billing_day: "1".to_owned(), ..all };
    let refused = wrong(applications::approve(&owner, world.key(), id, &all, &owes("-1")).await);
    let fields: Vec<_> = refused.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["price_list", "credit_limit", "country"]);

    let account = applications::approve(&owner, world.key(), id, &form, &owes("5000")).await.expect("approved");
    let page = accounts::find(&owner, account).await.expect("the account");
    assert_eq!((page.currency, page.limit), (Currency::JPY, CreditLimit::Amount(5_000)));
}

#[tokio::test]
async fn a3_a10_an_address_that_is_a_username_already_is_refused_at_the_field_under_any_name() {
    let world = World::new().await;
    let (owner, id) = applied(&world).await;
    let acme = world.reseller("acme").await;
    world.customer(&acme, "ida@initech.example").await;
    let mails = world.mails().await.len();
    let refused = applications::approve(&owner, world.key(), id, &later("IDA@initech.example"), &owes("0")).await;
    assert!(
        matches!(refused, Err(Error::Fields(errors)) if errors.get("username").is_some_and(|why| why.contains("another")))
    );
    assert_eq!(world.mails().await.len(), mails, "no mail went out");
    assert_eq!(queue(&owner, None).await.rows.len(), 1, "it still waits");
    let refused = applications::approve(&owner, world.key(), id, &later("ida.ng"), &owes("0")).await;
    assert!(
        matches!(refused, Err(Error::Fields(errors)) if errors.get("email").is_some_and(|why| why.contains("another address"))),
        "whoever signs in by that address would be another one"
    );
    assert_eq!(queue(&owner, None).await.rows.len(), 1, "it still waits");

    // The applicant was asked, and has another address.
    let other = ApproveForm { email: "ida.ng@initech.example".to_owned(), ..later("ida.ng") };
    let mut long_ago = owner.clone();
    long_ago.actor.confirmed_at = owner.now() - Duration::minutes(15);
    let unconfirmed = applications::approve(&long_ago, world.key(), id, &other, &owes("0")).await;
    assert!(matches!(unconfirmed, Err(Error::Unconfirmed)), "whoever reads the mail is the account's admin");
    let account = applications::approve(&owner, world.key(), id, &other, &owes("0")).await.expect("approved");
    let invited = mail("ida.ng@initech.example", "Activate your sign-in");
    assert_eq!(world.mails().await.last(), Some(&invited));
    assert_eq!(accounts::find(&owner, account).await.expect("the account").form.email, "ida.ng@initech.example");
    let log = audit::list(&owner, &domain::audit::AuditQuery::default()).await.expect("the log");
    let entry = log.rows.iter().find(|row| row.what == domain::audit::What::ApplicationApproved).expect("an entry");
    let changed = entry.changes.iter().find(|change| change.name == "e-mail address").expect("the address");
    assert_eq!(changed.after.as_deref(), Some("ida.ng@initech.example"));
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}

#[tokio::test]
async fn a3_who_is_rejected_is_told_why_and_forgotten_but_that_it_was_rejected_stays() {
    let world = World::new().await;
    let (owner, id) = applied(&world).await;
    let missing = applications::reject(&owner, world.key(), id, &RejectForm::default()).await;
    assert!(matches!(missing, Err(Error::Fields(errors)) if errors.get("reason").is_some()));
    let key = world.key();
    for _ in 0..2 {
        applications::reject(&owner, key, id, &no()).await.expect("rejected");
    }
    let letters = world.letters().await;
    assert_eq!(letters.len(), 3);
    assert!(letters[2].body.as_deref().is_some_and(|text| text.contains("enough resellers in Germany")));
    while let Some(letter) = service::mail::due(&world.service).await.expect("the outbox") {
        service::mail::sent(&world.service, letter.id).await.expect("sent");
    }
    let told: Vec<_> = world.letters().await.into_iter().map(|letter| letter.recipient).collect();
    assert_eq!(told, ["", "owner@keyhouse.example", ""], "to whom our mails went is forgotten");
    let page = applications::find(&owner, id).await.expect("the record");
    assert_eq!((page.row.state, page.row.person), (State::Rejected, None));
    assert_eq!(world.written_down(id).await, ["application.received", "application.rejected"]);
    let log = audit::list(&owner, &domain::audit::AuditQuery::default()).await.expect("the log");
    let received = log.rows.iter().find(|row| row.what == domain::audit::What::Applied).expect("an entry");
    assert_eq!((received.who.as_str(), received.address.as_str()), ("an applicant", ""));
    for word in ["Ida", "Initech", "ida@"] {
        assert!(!format!("{:?}", log.rows).contains(word), "{word} stands in the audit log");
    }
}

#[tokio::test]
async fn a3_only_those_who_decide_see_the_queue() {
    let world = World::new().await;
    let (_, id) = applied(&world).await;
    let acme = world.reseller("acme").await;
    assert!(matches!(applications::list(&acme, &ApplicationsQuery::default()).await, Err(Error::NotFound)));
    assert!(matches!(applications::find(&acme, id).await, Err(Error::NotFound)));
    assert!(matches!(
        applications::approve(&acme, world.key(), id, &later("ida.ng"), &owes("0")).await,
        Err(Error::NotFound)
    ));
    assert!(matches!(applications::reject(&acme, world.key(), id, &no()).await, Err(Error::NotFound)));
}

async fn two_at_once(world: World) {
    let (owner, id) = applied(&world).await;
    let mails = world.mails().await.len();
    let tries: Vec<_> = (0..10)
        .map(|at| {
            let (cx, key) = (owner.clone(), world.key());
            tokio::spawn(async move {
                match at % 2 {
                    0 => {
                        applications::approve(&cx, key, id, &later("ida@initech.example"), &owes("0")).await.map(|_| ())
                    }
                    _ => applications::reject(&cx, key, id, &no()).await,
                }
            })
        })
        .collect();
    let mut won = 0;
    for one in tries {
        match one.await.expect("no panic") {
            Ok(()) => won += 1,
            Err(Error::Refused(Refusal::ApplicationDecided { by, .. })) => assert_eq!(by, "Back office Owner"),
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(world.mails().await.len(), mails + 1, "the applicant is told once");
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a3_of_ten_who_decide_at_once_one_wins_and_the_others_are_told_on_sqlite() {
    two_at_once(World::new().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a3_of_ten_who_decide_at_once_one_wins_and_the_others_are_told_on_postgres() {
    two_at_once(World::postgres().await).await;
}

service::on_both!(
    a3_those_who_decide_are_told_of_the_first_application_at_once_and_then_every_ten_minutes,
    told_sparingly
);

async fn told_sparingly(world: World) {
    let owner = world.owner().await;
    let told = async || {
        let mails = world.mails().await;
        mails.iter().filter(|(_, subject)| subject == "An application is waiting").count()
    };
    for (minutes, wanted) in [(0, 1), (9, 1), (1, 2), (9, 2), (1, 3)] {
        world.pass(Duration::minutes(minutes));
        apply(&world, world.key(), &ida()).await.expect("applied");
        assert_eq!(told().await, wanted);
    }
    world.colleague(&owner, "sam@keyhouse.example", &[Role::AccountManager]).await;
    apply(&world, world.key(), &ida()).await.expect("applied");
    assert_eq!(told().await, 4, "whoever was told of none yet");
    assert_eq!(world.mails().await.last(), Some(&mail("sam@keyhouse.example", "An application is waiting")));
}

service::on_both!(a3_from_many_networks_together_no_more_than_500_applications_wait, no_more_wait);

async fn no_more_wait(world: World) {
    let owner = world.owner().await;
    let (key, now) = (world.key(), world.service.clock.now());
    apply(&world, key, &ida()).await.expect("applied");
    let wrote = ida().check().expect("nothing is wrong");
    let mut tx = world.service.store.write().await.expect("a transaction");
    for _ in 1..500 {
        let id = world.service.random.id(now);
        assert!(store::applications::insert(&mut tx, id, world.key(), &wrote, now).await.expect("stored"));
    }
    tx.commit().await.expect("a commit");
    let (mails, other) = (world.mails().await, Apply { email: "bo@initech.example".to_owned(), ..ida() });
    let refused = apply(&world, world.key(), &other).await;
    assert!(matches!(refused, Err(Error::TooMany { seconds: 3_600 })), "{refused:?}");
    assert_eq!(world.mails().await, mails, "nobody is mailed");
    apply(&world, key, &ida()).await.expect("what was sent before is answered as before");
    let id = queue(&owner, None).await.rows[0].id;
    applications::reject(&owner, world.key(), id, &no()).await.expect("rejected");
    apply(&world, world.key(), &other).await.expect("one less waits");
}

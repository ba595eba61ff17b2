//! How the operator bills: settings, terms of an account, credit reminders, suspension by debt, and what is overdue; on both databases.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chrono::Duration;
use domain::{
    Currency, Money, Refusal, Role, Roles,
    accounts::{AccountForm, AccountsQuery, BillingAddressForm, CreditForm, Part, SuspensionForm},
    actor::Due,
    billing::{AccountTermsForm, Available, BillingSettingsForm, EntryKind},
    contacts::SignIn,
    editions::Changed,
    licenses::LicensesQuery,
    products::{Billing, Kind},
};
use service::{
    Cx, Error, Service, accounts, billing, office,
    random::Random,
    sessions,
    testing::{PASSWORD, World, errors, is_not_found, refusal},
    verify::verify,
};
use store::testing::Database;

macro_rules! on_both {
    ($name:ident, $story:ident) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $story(shop(Database::sqlite().await).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $story(shop(Database::postgres().await).await).await;
            }
        }
    };
}

/// Acme with one product at 70.00 and one customer, the owner, and a hand beside the store.
struct Shop {
    world: World,
    url: String,
    owner: Cx,
    acme: Cx,
    option: domain::OptionId,
    anna: domain::AccountId,
}

async fn shop(database: Database) -> Shop {
    let url = database.url.clone();
    let world = World::of(database).await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    Shop { world, url, owner, acme, option, anna }
}

/// Reminders at these percentages, and suspension over the limit by so many percent.
fn terms(reminders: [&str; 2], suspend_over: &str) -> AccountTermsForm {
    AccountTermsForm {
        tax: "0".to_owned(),
        invoice_per: "reseller".to_owned(),
        reminder_1: reminders[0].to_owned(),
        reminder_2: reminders[1].to_owned(),
        suspend_over: suspend_over.to_owned(),
        ..AccountTermsForm::default()
    }
}

fn amount(limit: &str) -> CreditForm {
    CreditForm { credit_limit: limit.to_owned(), credit_unlimited: String::new() }
}

/// The same person with another role.
fn with(cx: &Cx, role: Role) -> Cx {
    let mut cx = cx.clone();
    cx.actor.roles = Roles::of(&[role]);
    cx
}

impl Shop {
    async fn edition(&self) -> i64 {
        accounts::find(&self.owner, self.acme.actor.account).await.expect("its page").edition
    }

    async fn set_terms(&self, form: &AccountTermsForm) {
        let (id, edition) = (self.acme.actor.account, self.edition().await);
        accounts::set_terms(&self.owner, self.world.key(), id, edition, form).await.expect("set");
    }

    async fn set_limit(&self, limit: &str) {
        let (id, edition) = (self.acme.actor.account, self.edition().await);
        accounts::set_credit_limit(&self.owner, self.world.key(), id, edition, &amount(limit)).await.expect("set");
    }

    async fn order(&self, quantity: u32) {
        self.world.create(&self.acme, self.option, self.anna, quantity, "permanent").await.expect("placed");
    }

    /// What the mails since the first are about.
    async fn mails(&self) -> Vec<(String, String)> {
        self.world.mails().await.into_iter().skip(1).collect()
    }

    async fn is_sound(&self) {
        assert_eq!(verify(&self.world.service).await.expect("recounted"), []);
    }

    /// An invoice of acme that was due on a day, with 70.00 open.
    async fn invoice(&self, number: i64, due_on: &str) {
        let insert = format!(
            "insert into invoices (id, number, account_id, currency, issued_on, due_on, net, tax, open, letterhead, created_at)
             values ('i{number}', {number}, '{}', 'EUR', '2026-10-01', '{due_on}', 7000, 0, 7000, '{{}}', 0)",
            self.acme.actor.account
        );
        store::testing::tamper(&self.url, &[&insert]).await;
    }

    async fn run(&self) -> usize {
        billing::remind::run(&self.world.service).await.expect("done")
    }

    /// The accounts that may be suspended, as the office's home counts and its list names them.
    async fn overdue(&self) -> (Option<i64>, Vec<String>) {
        let query = AccountsQuery { show: Some(Part::Overdue), ..AccountsQuery::default() };
        let list = accounts::list(&self.owner, &query).await.expect("a list");
        let count = office::home(&self.owner).await.expect("the office").overdue;
        (count, list.rows.into_iter().map(|row| row.name).collect())
    }
}

fn to_acme(about: &str) -> (String, String) {
    ("admin@acme.example".to_owned(), about.to_owned())
}

on_both!(c7_a_reminder_goes_out_with_the_order_that_reaches_it_and_again_after_the_credit_rose, reminders);
async fn reminders(shop: Shop) {
    shop.set_limit("280").await;
    shop.set_terms(&terms(["50", "25"], "")).await;
    shop.order(1).await;
    assert_eq!(shop.mails().await, []);
    shop.order(1).await;
    let half = to_acme("50 % of your credit limit or less is left");
    assert_eq!(shop.mails().await, std::slice::from_ref(&half));
    let text = shop.world.letters().await.pop().and_then(|mail| mail.body).expect("a text");
    assert!(text.contains("€ 140.00 are available") && text.contains("/billing/top-up"), "{text}");
    shop.is_sound().await;
    // A payment lifts the credit above it, so it waits for the next crossing.
    shop.world.receive(&shop.acme, 1_000).await;
    shop.order(1).await;
    assert_eq!(shop.mails().await, [half.clone(), half.clone()], "150.00, then 80.00 of 280.00 are left");
    shop.order(1).await;
    let quarter = to_acme("25 % of your credit limit or less is left");
    assert_eq!(shop.mails().await, [half.clone(), half.clone(), quarter.clone()]);
    shop.is_sound().await;
    // A larger limit lets both wait; a smaller one crosses both at once, the larger first.
    shop.set_limit("10000").await;
    let page = accounts::billing(&shop.owner, shop.acme.actor.account, None).await.expect("the page");
    assert!(page.reminders.iter().all(|(_, sent)| sent.is_none()), "{:?}", page.reminders);
    shop.set_limit("271").await;
    assert_eq!(shop.mails().await[3..], [half, quarter]);
    shop.is_sound().await;
}

on_both!(c7_only_those_who_may_pay_are_reminded_and_a_refused_order_reminds_nobody, who);
async fn who(shop: Shop) {
    shop.world.colleague(&shop.acme, "bill@acme.example", &[Role::BillingAgent]).await;
    shop.world.colleague(&shop.acme, "bo@acme.example", &[Role::Buyer]).await;
    shop.set_limit("100").await;
    shop.set_terms(&terms(["50", ""], "")).await;
    let eleven = shop.world.create(&shop.acme, shop.option, shop.anna, 11, "permanent").await;
    assert_eq!(refusal(eleven), Refusal::UnpaidCap { cap: 10, left: 10, asked: 11 });
    assert_eq!(shop.mails().await, []);
    shop.order(1).await;
    let mut to: Vec<_> = shop.mails().await.into_iter().map(|(to, _)| to).collect();
    to.sort();
    assert_eq!(to, ["admin@acme.example", "bill@acme.example"]);
    shop.is_sound().await;
}

on_both!(c8_who_owes_more_than_the_limit_and_a_percentage_is_suspended_once_for_each_time, debt);
async fn debt(shop: Shop) {
    let id = shop.acme.actor.account;
    shop.order(2).await;
    let form = SignIn { login: "admin@acme.example".to_owned(), password: PASSWORD.into(), next: String::new() };
    let open = sessions::sign_in(&shop.world.service, &shop.world.origin(), &form).await.expect("signed in");
    shop.set_terms(&terms(["", ""], "10")).await;
    shop.set_limit("128").await;
    assert_eq!(shop.run().await, 0, "140.00 are more than the limit, but not by a tenth of it");
    shop.set_limit("127").await;
    let mut ended = shop.world.service.live.endings();
    assert_eq!((shop.run().await, shop.run().await), (1, 0));
    assert!(ended.try_recv().is_ok(), "its open pages hear of it");
    let resolved = sessions::resolve(&shop.world.service, open.token.reveal(), &shop.world.origin()).await;
    assert_eq!(resolved.expect("an answer"), None, "an open session is refused");
    let (_, reason) = accounts::find(&shop.owner, id).await.expect("its page").head.suspended.expect("suspended");
    let words = "More is owed than the credit limit allows: € 140.00, with a limit of € 127.00.";
    assert_eq!(reason, words);
    assert_eq!(shop.mails().await, [to_acme("Your account is suspended")]);
    assert!(shop.world.written_down(id).await.ends_with(&["account.suspended"]));
    // Let in again, it stays in until it has come to owe so much anew.
    let why = SuspensionForm { reason: "They pay on Monday".to_owned() };
    accounts::reactivate(&shop.owner, shop.world.key(), id, &why).await.expect("reactivated");
    assert_eq!(shop.run().await, 0);
    assert_eq!(accounts::find(&shop.owner, id).await.expect("its page").head.suspended, None);
    shop.set_limit("200").await;
    assert_eq!(shop.run().await, 0);
    shop.set_limit("1").await;
    assert_eq!(shop.run().await, 1);
    shop.is_sound().await;
}

on_both!(v12_who_is_suspended_by_debt_signs_in_to_pay_and_is_let_in_again_by_paying, pays);
async fn pays(shop: Shop) {
    let id = shop.acme.actor.account;
    shop.order(2).await;
    shop.set_terms(&terms(["", ""], "10")).await;
    shop.set_limit("127").await;
    assert_eq!(shop.run().await, 1);
    let mail = shop.world.letters().await.pop().and_then(|mail| mail.body).expect("a text");
    for said in [
        "Please pay € 13.00 or more.",
        "sign in to pay, to top up and to see your invoices",
        "INV-000001, due on 5 Dec 2026: € 140.00, reference RF",
    ] {
        assert!(mail.contains(said), "{said}: {mail}");
    }
    let form = SignIn { login: "admin@acme.example".to_owned(), password: PASSWORD.into(), next: String::new() };
    let signed_in = async || sessions::sign_in(&shop.world.service, &shop.world.origin(), &form).await;
    let debtor = signed_in().await.expect("signed in");
    assert_eq!(debtor.actor.due, Some(Due::Debt));
    let found = sessions::resolve(&shop.world.service, debtor.token.reveal(), &shop.world.origin()).await;
    assert_eq!(found.expect("an answer").map(|actor| actor.due), Some(Some(Due::Debt)), "and goes on like this");
    let cx = Cx::new(shop.world.service.clone(), debtor.actor, shop.world.origin());
    assert_eq!(billing::home(&cx).await.expect("what is owed").invoices.len(), 1);
    let orders = service::licenses::list(&cx, &LicensesQuery::default()).await;
    assert!(matches!(orders, Err(Error::Due(Due::Debt))), "{orders:?}");
    // Part of it is not enough, and staff may close the door as well.
    shop.world.receive(&shop.acme, 1_299).await;
    assert_eq!((shop.run().await, suspended(&shop).await), (0, true));
    let why = SuspensionForm { reason: "Fraud".to_owned() };
    accounts::suspend(&shop.owner, shop.world.key(), id, &why).await.expect("suspended by hand as well");
    assert!(matches!(refusal(signed_in().await), Refusal::Suspended { .. }));
    shop.world.receive(&shop.acme, 12_701).await;
    assert_eq!((shop.run().await, suspended(&shop).await), (0, true), "what staff have suspended stays so");
    accounts::reactivate(&shop.owner, shop.world.key(), id, &why).await.expect("reactivated");
    // Anew: what is paid within the limit opens everything at once, without the clock.
    shop.set_limit("200").await;
    shop.order(2).await;
    shop.set_limit("127").await;
    assert_eq!(shop.run().await, 1);
    shop.world.receive(&shop.acme, 1_300).await;
    assert!(!suspended(&shop).await);
    let (to, subject) = shop.world.mails().await.pop().expect("a mail");
    assert_eq!((to.as_str(), subject.as_str()), ("admin@acme.example", "Your account is active again"));
    assert!(shop.world.written_down(id).await.ends_with(&["account.suspended", "account.reactivated"]));
    assert_eq!(signed_in().await.expect("signed in").actor.due, None);
    // A raised limit does it with the next look of the clock.
    shop.set_limit("1").await;
    assert_eq!(shop.run().await, 1);
    shop.set_limit("127").await;
    assert_eq!((shop.run().await, suspended(&shop).await), (1, false));
    shop.is_sound().await;
}

async fn suspended(shop: &Shop) -> bool {
    accounts::find(&shop.owner, shop.acme.actor.account).await.expect("its page").head.suspended.is_some()
}

on_both!(c8_an_account_of_which_nothing_has_changed_is_looked_at_by_reading, by_reading);
async fn by_reading(shop: Shop) {
    shop.order(2).await;
    shop.set_terms(&terms(["", ""], "10")).await;
    shop.set_limit("127").await;
    let begun = Arc::new(AtomicUsize::new(0));
    let counted = begun.clone();
    let watch: store::Watch = Arc::new(move |step: store::Step| {
        if step.begun_in.ends_with("billing/suspend.rs") && step.number == 1 {
            counted.fetch_add(1, Ordering::Relaxed);
        }
    });
    let Service { store, clock, settings, .. } = &*shop.world.service;
    let watched = Service::new(store.clone().watched(watch), clock.clone(), Random::seeded(11), settings.clone());
    let run = async || {
        let done = billing::remind::run(&watched).await.expect("done");
        (done, begun.load(Ordering::Relaxed))
    };
    assert_eq!((run().await, run().await, run().await), ((1, 1), (0, 1), (0, 1)));
    // That the debt has come down is noted once, and so is that it has grown again.
    shop.set_limit("200").await;
    // V12: the account is let in again then.
    assert_eq!((run().await, run().await), ((1, 3), (0, 3)));
    shop.set_limit("1").await;
    assert_eq!((run().await, run().await), ((1, 4), (0, 4)), "it is suspended anew");
    shop.is_sound().await;
}

on_both!(b8_each_reminder_goes_out_once_and_then_the_account_may_be_suspended, late);
async fn late(shop: Shop) {
    // Noon of 21 November in Berlin; reminders after 7, 14 and 30 days.
    shop.invoice(1, "2026-11-14").await;
    shop.invoice(2, "2026-11-15").await;
    let both = futures_join(&shop).await;
    assert_eq!(both, 1, "two who look at once remind once");
    assert_eq!(shop.mails().await, [to_acme("Invoice INV-000001 is overdue")]);
    let text = shop.world.letters().await.pop().and_then(|mail| mail.body).expect("a text");
    assert!(text.contains("was due on") && text.contains("€ 70.00") && !text.contains("last reminder"), "{text}");
    shop.world.pass(Duration::days(1));
    assert_eq!(shop.run().await, 1);
    // After a long silence only the last that is due goes out.
    shop.world.pass(Duration::days(60));
    assert_eq!(shop.run().await, 3, "a reminder of each, and the account may be suspended");
    assert_eq!(shop.mails().await.len(), 4);
    let text = shop.world.letters().await.pop().and_then(|mail| mail.body).expect("a text");
    assert!(text.contains("This is the last reminder."), "{text}");
    assert_eq!(shop.overdue().await, (Some(1), vec!["acme".to_owned()]));
    assert_eq!(shop.run().await, 0);
    // What is paid is overdue no more, at once; nothing is kept of it after the next look.
    store::testing::tamper(&shop.url, &["update invoices set open = 0"]).await;
    assert_eq!(shop.overdue().await, (Some(0), vec![]));
    assert_eq!((shop.run().await, shop.run().await), (1, 0));
}

/// How much two do who look at the same time.
async fn futures_join(shop: &Shop) -> usize {
    let service = shop.world.service.clone();
    let other = tokio::spawn(async move { billing::remind::run(&service).await.expect("done") });
    shop.run().await + other.await.expect("an end")
}

on_both!(b8_without_reminders_an_account_may_be_suspended_from_the_day_after_and_not_twice, unreminded);
async fn unreminded(shop: Shop) {
    let form = billing::settings(&shop.owner).await.expect("settings").form;
    let none = BillingSettingsForm { reminders: String::new(), ..form };
    billing::save_settings(&shop.owner, shop.world.key(), 1, &none).await.expect("saved");
    shop.invoice(1, "2026-11-21").await;
    assert_eq!((shop.run().await, shop.overdue().await.0), (0, Some(0)));
    shop.world.pass(Duration::hours(14));
    assert_eq!((shop.run().await, shop.overdue().await.0), (1, Some(1)), "past midnight in Berlin");
    assert_eq!(shop.mails().await, []);
    let why = SuspensionForm { reason: "Overdue".to_owned() };
    accounts::suspend(&shop.owner, shop.world.key(), shop.acme.actor.account, &why).await.expect("suspended");
    assert_eq!(shop.overdue().await, (Some(0), vec![]));
}

on_both!(b7_of_two_who_change_the_settings_the_second_is_told, settings);
async fn settings(shop: Shop) {
    let page = billing::settings(&shop.owner).await.expect("settings");
    assert_eq!((page.edition, page.form.reminders.as_str(), page.form.floor.as_str()), (1, "7 14 30", "90"));
    let bank = BillingSettingsForm {
        bank_holder: "Keyhouse".to_owned(),
        bank_iban: "DE89370400440532013000".to_owned(),
        ..page.form.clone()
    };
    let key = shop.world.key();
    for _ in 0..2 {
        billing::save_settings(&shop.owner, key, 1, &bank).await.expect("saved, or saved before");
    }
    let late = BillingSettingsForm { floor: "80".to_owned(), ..page.form };
    let Refusal::ChangedMeanwhile { changed, edition } =
        refusal(billing::save_settings(&shop.owner, shop.world.key(), 1, &late).await)
    else {
        panic!("told")
    };
    let told: Vec<_> = changed.into_iter().map(|meanwhile| meanwhile.changed).collect();
    let iban = Changed::new("IBAN", "", "DE89 3704 0044 0532 0130 00");
    assert_eq!((told, edition), (vec![Changed::new("account holder", "", "Keyhouse"), iban], 2));
    billing::save_settings(&shop.owner, shop.world.key(), 2, &late).await.expect("saved");
    let now = billing::settings(&shop.owner).await.expect("settings");
    assert_eq!((now.form, now.edition), (late, 3));
    let wrong = BillingSettingsForm { bank_iban: "DE00".to_owned(), ..bank };
    let at = errors(billing::save_settings(&shop.owner, shop.world.key(), 3, &wrong).await);
    assert!(at.get("bank_iban").is_some());
    for role in [Role::AccountManager, Role::Support, Role::Catalog] {
        assert!(is_not_found(billing::settings(&with(&shop.owner, role)).await), "{role:?}");
    }
    let mut old = with(&shop.owner, Role::Finance);
    old.actor.confirmed_at -= Duration::hours(1);
    let unconfirmed = billing::save_settings(&old, shop.world.key(), 3, &BillingSettingsForm::default()).await;
    assert!(matches!(unconfirmed, Err(Error::Unconfirmed)));
    assert_eq!(shop.world.written_down(shop.owner.actor.account).await, ["billing.settings_set"; 2]);
    assert_eq!(shop.mails().await, []);
}

on_both!(c1_the_page_of_an_account_shows_the_credit_with_its_parts_and_the_ledger_that_its_table_has, page);
async fn page(shop: Shop) {
    let id = shop.acme.actor.account;
    shop.set_limit("500").await;
    shop.order(1).await;
    shop.set_terms(&AccountTermsForm { tax: "19".to_owned(), ..terms(["", ""], "") }).await;
    shop.world.receive(&shop.acme, 3_000).await;
    let page = accounts::billing(&shop.owner, id, None).await.expect("the page");
    let euros = |minor| Money::new(minor, Currency::EUR);
    assert_eq!(page.credit.balance(), euros(7_000 - 3_000));
    assert_eq!(page.credit.available(), Available::Amount(euros(50_000 - 4_000)));
    let read: Vec<_> = page.entries.iter().map(|entry| (entry.entry.kind, entry.entry.owed())).collect();
    assert_eq!(read, [(EntryKind::Payment, Ok(euros(-3_000))), (EntryKind::Charge, Ok(euros(7_000)))]);
    let table = accounts::ledger(&shop.owner, id, None).await.expect("the table");
    let cells: Vec<_> = table.rows.iter().map(|row| [row[2].as_str(), &row[3], &row[5], &row[6], &row[7]]).collect();
    assert_eq!(cells, [["Payment", "", "", "30.00", "EUR"], ["Charge", "O-1", "70.00", "", "EUR"]]);
    // From below the first one.
    let after = page.entries[0].number.to_string();
    let rest = accounts::billing(&shop.owner, id, Some(&after)).await.expect("the page");
    assert_eq!((rest.entries.len(), rest.next), (1, None));
    let support = accounts::billing(&with(&shop.owner, Role::Support), id, None).await.expect("to read");
    assert_eq!(support.form, None);
    assert!(is_not_found(accounts::billing(&with(&shop.owner, Role::Catalog), id, None).await));
    assert!(is_not_found(accounts::billing(&shop.acme, id, None).await));
    assert!(is_not_found(accounts::ledger(&shop.acme, id, None).await));
    assert!(
        is_not_found(accounts::billing(&shop.owner, shop.anna, None).await),
        "a customer owes the operator nothing"
    );
    shop.is_sound().await;
}

on_both!(a8_a_billing_agent_changes_where_invoices_go_and_nothing_that_is_the_operators, own);
async fn own(shop: Shop) {
    let agent = shop.world.colleague(&shop.acme, "bill@acme.example", &[Role::BillingAgent]).await;
    let buyer = shop.world.colleague(&shop.acme, "bo@acme.example", &[Role::Buyer]).await;
    assert!(is_not_found(accounts::own_billing(&buyer).await));
    let page = accounts::own_billing(&agent).await.expect("the page");
    let form = BillingAddressForm { city: "Hamburg".to_owned(), country: "DE".to_owned(), ..page.form };
    let nowhere = BillingAddressForm { country: "XX".to_owned(), ..form.clone() };
    let wrong = errors(accounts::save_own_billing(&agent, shop.world.key(), page.edition, &nowhere).await);
    assert!(wrong.get("country").is_some());
    // What the operator changes elsewhere in the account is no matter of this form.
    shop.set_limit("500").await;
    accounts::save_own_billing(&agent, shop.world.key(), page.edition, &form).await.expect("saved");
    let kept = accounts::find(&shop.owner, shop.acme.actor.account).await.expect("its page");
    assert_eq!((kept.form.city.as_str(), kept.form.payment_days.as_str()), ("Hamburg", "14"));
    // What it changes of the same is told, without the name of whoever of its people did.
    let moved = AccountForm { city: "Bonn".to_owned(), ..kept.form };
    accounts::edit(&shop.owner, shop.world.key(), shop.acme.actor.account, kept.edition, &moved).await.expect("moved");
    let late = BillingAddressForm { city: "Kiel".to_owned(), ..form };
    let told = refusal(accounts::save_own_billing(&agent, shop.world.key(), kept.edition, &late).await);
    let Refusal::ChangedMeanwhile { changed, edition } = told else { panic!("told: {told}") };
    let read: Vec<_> = changed.iter().map(|meanwhile| (meanwhile.who.as_str(), meanwhile.changed.clone())).collect();
    assert_eq!(read, [("The operator", Changed::new("city", "Hamburg", "Bonn"))]);
    accounts::save_own_billing(&agent, shop.world.key(), edition, &late).await.expect("saved");
    assert_eq!(accounts::own_billing(&agent).await.expect("the page").form.city, "Kiel");
    assert_eq!(shop.mails().await, []);
}

//! The outbox.

use domain::{
    ContactId, MailId, Scope, Timestamp,
    accounts::Kind,
    mail::{Lane, Purpose, State},
};
use store::{
    accounts::Account,
    contacts::Contact,
    mail::{
        self, Answers, Mail, Outgoing, Retried,
        alerts::{self, Alert},
        people::{self, Latest, Of},
    },
};

use crate::world::{Reseller, World, at_once, minutes, noon, operator};

async fn put(world: &World, subject: &str, now: Timestamp) -> MailId {
    let id = world.id();
    let mut tx = world.write().await;
    mail::insert(&mut tx, id, "anna@northwind.example", subject, "Dear Anna,\n…", None, now).await.expect("stored");
    tx.commit().await.expect("a commit");
    id
}

/// The whole outbox, newest first.
async fn outbox(world: &World) -> Vec<Mail> {
    mail::page(&mut world.read().await, &operator(), None, None, 100).await.expect("a page")
}

async fn take(world: &World, now: Timestamp) -> Option<MailId> {
    let mut tx = world.write().await;
    let taken = mail::take_due(&mut tx, now, now + minutes(5)).await.expect("an answer");
    tx.commit().await.expect("a commit");
    taken.map(|taken| taken.mail.id)
}

on_both! {
    async fn x2_a_mail_waits_is_taken_and_is_sent_and_then_its_text_is_gone(world: World) {
        let id = put(&world, "Your licenses", noon()).await;
        let mut wanted = Mail {
            seq: outbox(&world).await[0].seq,
            id,
            recipient: "anna@northwind.example".to_owned(),
            subject: "Your licenses".to_owned(),
            body: Some("Dear Anna,\n…".to_owned()),
            created_at: noon(),
            sent_at: None,
            attempts: 0,
            error: None,
            due_at: noon(),
            failed_at: None,
            replaced_at: None,
        };
        assert!(outbox(&world).await == [wanted.clone()]);
        assert_eq!(wanted.state(), State::Waiting);
        let mut tx = world.write().await;
        let taken = mail::take_due(&mut tx, noon(), noon() + minutes(5)).await.expect("an answer");
        wanted.attempts = 1;
        wanted.due_at = noon() + minutes(5);
        assert!(taken == Some(Outgoing { mail: wanted.clone(), text: "Dear Anna,\n…".to_owned() }));
        assert_eq!(mail::attempts(&mut tx, id).await.expect("a count"), 1);
        mail::sent(&mut tx, id, noon() + minutes(1), false).await.expect("sent");
        tx.commit().await.expect("a commit");
        wanted = Mail { sent_at: Some(noon() + minutes(1)), body: None, ..wanted };
        assert!(outbox(&world).await == [wanted.clone()]);
        assert_eq!(wanted.state(), State::Sent);
        assert_eq!(take(&world, noon() + minutes(60)).await, None, "what is sent is not due again");
    }

    async fn x2_the_text_stays_where_mails_are_files(world: World) {
        let id = put(&world, "Your licenses", noon()).await;
        let mut tx = world.write().await;
        mail::sent(&mut tx, id, noon(), true).await.expect("sent");
        tx.commit().await.expect("a commit");
        assert_eq!(outbox(&world).await[0].body.as_deref(), Some("Dear Anna,\n…"));
    }

    async fn a9_links_and_keys_are_the_senders_alone_and_go_when_the_mail_is_sent(world: World) {
        let id: MailId = world.id();
        let (shown, whole) = ("Choose it here: [link left out]", "Choose it here: https://keys.example/reset/0123");
        let mut tx = world.write().await;
        let to = "anna@northwind.example";
        mail::insert(&mut tx, id, to, "Choose a new password", shown, Some(whole), noon()).await.expect("stored");
        let taken = mail::take_due(&mut tx, noon(), noon() + minutes(5)).await.expect("an answer").expect("a mail");
        assert_eq!((taken.mail.body.as_deref(), taken.text.as_str()), (Some(shown), whole));
        // It cannot be sent at first: whoever sends it later still has all of it, and the page never does.
        mail::failed(&mut tx, id, "451 greylisted", noon() + minutes(1)).await.expect("noted");
        tx.commit().await.expect("a commit");
        assert_eq!(outbox(&world).await[0].body.as_deref(), Some(shown));
        let mut tx = world.write().await;
        let again = mail::take_due(&mut tx, noon() + minutes(1), noon() + minutes(5)).await.expect("an answer");
        assert_eq!(again.expect("a mail").text, whole);
        mail::sent(&mut tx, id, noon() + minutes(1), true).await.expect("sent");
        assert!(store::testing::whole_texts(&mut tx).await.is_empty());
        tx.commit().await.expect("a commit");
        assert_eq!(outbox(&world).await[0].body.as_deref(), Some(shown));
    }

    async fn x2_a_mail_that_failed_is_tried_again_when_it_is_due(world: World) {
        let id = put(&world, "Your licenses", noon()).await;
        assert_eq!(take(&world, noon()).await, Some(id));
        let mut tx = world.write().await;
        mail::failed(&mut tx, id, "connection refused", noon() + minutes(10)).await.expect("noted");
        tx.commit().await.expect("a commit");
        let failed = outbox(&world).await.remove(0);
        assert_eq!((failed.state(), failed.error.as_deref()), (State::Retrying, Some("connection refused")));
        assert_eq!(take(&world, noon() + minutes(9)).await, None);
        assert_eq!(take(&world, noon() + minutes(10)).await, Some(id));
        let mut tx = world.write().await;
        assert_eq!(mail::attempts(&mut tx, id).await.expect("a count"), 2);
        mail::sent(&mut tx, id, noon() + minutes(10), true).await.expect("sent");
        tx.commit().await.expect("a commit");
        assert_eq!(outbox(&world).await[0].state(), State::Sent, "an error that is over is forgotten");
    }

    async fn x2_a_mail_whose_sender_died_is_due_again(world: World) {
        let id = put(&world, "Your licenses", noon()).await;
        assert_eq!(take(&world, noon()).await, Some(id));
        assert_eq!(take(&world, noon() + minutes(4)).await, None);
        assert_eq!(take(&world, noon() + minutes(5)).await, Some(id));
    }

    async fn x2_mails_go_in_the_order_in_which_they_are_due(world: World) {
        let later = put(&world, "Second", noon() + minutes(1)).await;
        let first = put(&world, "First", noon()).await;
        let same = put(&world, "Third", noon() + minutes(1)).await;
        let future = put(&world, "Not yet", noon() + minutes(3)).await;
        let now = noon() + minutes(2);
        let taken = [take(&world, now).await, take(&world, now).await, take(&world, now).await, take(&world, now).await];
        assert_eq!(taken, [Some(first), Some(later), Some(same), None]);
        assert_eq!(take(&world, noon() + minutes(3)).await, Some(future));
    }

    async fn x2_ten_senders_at_once_take_ten_mails_and_none_of_them_twice(world: World) {
        let mut put_in = Vec::new();
        for at in 0..10 {
            put_in.push(put(&world, &format!("Mail {at}"), noon()).await);
        }
        let mut taken = at_once(10, |_| {
            let store = world.store.clone();
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let mail = mail::take_due(&mut tx, noon(), noon() + minutes(5)).await.expect("an answer");
                tx.commit().await.expect("a commit");
                mail.map(|taken| taken.mail.id)
            }
        })
        .await;
        taken.sort_unstable();
        assert_eq!(taken, put_in.into_iter().map(Some).collect::<Vec<_>>());
    }

    async fn x2_only_the_operator_sees_the_outbox_page_by_page(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let mut all = Vec::new();
        for at in 0..5 {
            all.insert(0, put(&world, &format!("Mail {at}"), noon()).await);
        }
        let mut tx = world.read().await;
        for scope in [acme.scope, northwind.scope] {
            assert!(mail::page(&mut tx, &scope, None, None, 50).await.expect("a page").is_empty());
        }
        let first = mail::page(&mut tx, &operator(), None, None, 3).await.expect("a page");
        let second = mail::page(&mut tx, &operator(), None, Some(first[2].seq), 3).await.expect("a page");
        let third = mail::page(&mut tx, &operator(), None, Some(second[1].seq), 3).await.expect("a page");
        let seen: Vec<_> = first.iter().chain(&second).map(|mail| mail.id).collect();
        assert_eq!((seen, third.len()), (all, 0));
    }

    async fn x2_a_mail_that_its_server_refused_for_good_waits_for_somebody_to_try_it_again(world: World) {
        let id = put(&world, "Your licenses", noon()).await;
        assert_eq!(take(&world, noon()).await, Some(id));
        let mut tx = world.write().await;
        mail::given_up(&mut tx, id, "550 no such person", noon()).await.expect("noted");
        tx.commit().await.expect("a commit");
        let failed = outbox(&world).await.remove(0);
        assert_eq!((failed.state(), failed.error.as_deref()), (State::Failed, Some("550 no such person")));
        assert!(failed.body.is_some(), "its text is kept");
        assert_eq!(take(&world, noon() + minutes(600)).await, None);
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        assert_eq!(mail::retry(&mut tx, &acme.scope, id, noon()).await.expect("an answer"), None);
        assert_eq!(mail::retry(&mut tx, &operator(), world.id(), noon()).await.expect("an answer"), None);
        assert_eq!(mail::retry(&mut tx, &operator(), id, noon()).await.expect("an answer"), Some(Retried::Due));
        tx.commit().await.expect("a commit");
        assert_eq!(outbox(&world).await[0].state(), State::Retrying);
        assert_eq!(take(&world, noon()).await, Some(id));
        let mut tx = world.write().await;
        mail::sent(&mut tx, id, noon(), true).await.expect("sent");
        assert_eq!(mail::retry(&mut tx, &operator(), id, noon()).await.expect("an answer"), Some(Retried::Sent));
    }

    async fn x2_the_outbox_is_filtered_by_state_and_what_is_in_trouble_is_counted_so_far(world: World) {
        let mut ids = Vec::new();
        for at in 0..5 {
            ids.push(put(&world, &format!("Mail {at}"), noon()).await);
        }
        let mut tx = world.write().await;
        mail::sent(&mut tx, ids[1], noon(), true).await.expect("sent");
        mail::failed(&mut tx, ids[2], "refused", noon()).await.expect("noted");
        mail::given_up(&mut tx, ids[3], "refused for good", noon()).await.expect("noted");
        tx.commit().await.expect("a commit");
        let mut tx = world.read().await;
        for (state, wanted) in [
            (State::Waiting, vec![ids[4], ids[0]]),
            (State::Retrying, vec![ids[2]]),
            (State::Failed, vec![ids[3]]),
            (State::Sent, vec![ids[1]]),
        ] {
            let page = mail::page(&mut tx, &operator(), Some(state), None, 50).await.expect("a page");
            assert_eq!(page.iter().map(|mail| mail.id).collect::<Vec<_>>(), wanted, "{state:?}");
        }
        assert_eq!(mail::failed_count(&mut tx, &operator(), 100).await.expect("a count"), 2);
        assert_eq!(mail::failed_count(&mut tx, &operator(), 1).await.expect("a count"), 1);
    }

    async fn a3_the_mails_about_an_application_forget_to_whom_they_went(world: World) {
        let application: domain::ApplicationId = world.id();
        let went = put(&world, "We have received your application", noon()).await;
        let waits = put(&world, "Your application", noon()).await;
        let other = put(&world, "Your licenses", noon()).await;
        let mut tx = world.write().await;
        for id in [went, waits] {
            mail::about(&mut tx, id, application).await.expect("noted");
        }
        mail::sent(&mut tx, went, noon(), true).await.expect("sent");
        mail::forget(&mut tx, application).await.expect("forgotten");
        tx.commit().await.expect("a commit");
        let seen = |mails: Vec<Mail>| mails.into_iter().map(|mail| (mail.id, mail.recipient, mail.body.is_some())).collect::<Vec<_>>();
        let anna = || "anna@northwind.example".to_owned();
        assert_eq!(seen(outbox(&world).await), [(other, anna(), true), (waits, anna(), true), (went, String::new(), false)]);
        let mut tx = world.write().await;
        mail::sent(&mut tx, waits, noon(), true).await.expect("sent");
        tx.commit().await.expect("a commit");
        assert_eq!(seen(outbox(&world).await)[1], (waits, String::new(), false));
    }

    async fn x2_what_a_person_waits_for_is_taken_before_what_was_written_by_the_hundred(world: World) {
        let many = put(&world, "One of many", noon()).await;
        let asked = put(&world, "Choose a new password", noon() + minutes(1)).await;
        let other = put(&world, "One more of many", noon()).await;
        let mut tx = world.write().await;
        for id in [many, other] {
            mail::set_lane(&mut tx, id, Lane::Bulk).await.expect("set");
        }
        tx.commit().await.expect("a commit");
        let due = async |lane, now| mail::any_due(&mut world.read().await, lane, now).await.expect("an answer");
        assert_eq!((due(Lane::First, noon()).await, due(Lane::Bulk, noon()).await), (false, true));
        let now = noon() + minutes(1);
        assert_eq!((due(Lane::First, now).await, due(Lane::Bulk, now).await), (true, true));
        let taken = [take(&world, now).await, take(&world, now).await, take(&world, now).await, take(&world, now).await];
        assert_eq!(taken, [Some(asked), Some(many), Some(other), None]);
        assert_eq!((due(Lane::First, now).await, due(Lane::Bulk, now).await), (false, false));
    }

    async fn x2_the_age_of_the_oldest_mail_is_that_of_one_that_is_still_to_be_sent(world: World) {
        let oldest = async || mail::oldest_unsent(&mut world.read().await, &operator()).await.expect("an answer");
        assert_eq!(oldest().await, None);
        let [sent, failed, _] = [
            put(&world, "Sent", noon()).await,
            put(&world, "Failed", noon() + minutes(1)).await,
            put(&world, "Waits", noon() + minutes(2)).await,
        ];
        assert_eq!(oldest().await, Some(noon()));
        let mut tx = world.write().await;
        mail::sent(&mut tx, sent, noon() + minutes(3), false).await.expect("sent");
        mail::given_up(&mut tx, failed, "550", noon() + minutes(3)).await.expect("given up");
        tx.commit().await.expect("a commit");
        assert_eq!(oldest().await, Some(noon() + minutes(2)));
        let acme = world.reseller("acme").await;
        assert_eq!(mail::oldest_unsent(&mut world.read().await, &acme.scope).await.expect("an answer"), None);
    }

    async fn d13_what_became_of_the_mails_to_a_customer_is_told_to_its_reseller_and_the_operator_alone(world: World) {
        let [acme, globex] = [world.reseller("acme").await, world.reseller("globex").await];
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let anna = northwind.person.id;
        let [first, details] = [put(&world, "Activate", noon()).await, put(&world, "Your keys", noon()).await];
        let mut tx = world.write().await;
        people::address(&mut tx, first, anna, Purpose::Activation, Lane::First, noon()).await.expect("addressed");
        people::address(&mut tx, details, anna, Purpose::Details, Lane::Bulk, noon()).await.expect("addressed");
        mail::given_up(&mut tx, first, "the mail server: 550 no", noon() + minutes(1)).await.expect("given up");
        people::answered(&mut tx, first, Some("550 no such person")).await.expect("kept");
        mail::sent(&mut tx, details, noon() + minutes(2), false).await.expect("sent");
        tx.commit().await.expect("a commit");

        let latest = async |scope: &Scope| people::latest(&mut world.read().await, scope, anna).await.expect("an answer");
        let told = |purpose, state, at, answer: Option<&str>| Latest {
            purpose,
            to: "anna@northwind.example".to_owned(),
            now: Some("anna@northwind.example".to_owned()),
            state,
            at,
            answer: answer.map(str::to_owned),
        };
        let activation = told(Purpose::Activation, State::Failed, noon() + minutes(1), Some("550 no such person"));
        let wanted = [told(Purpose::Details, State::Sent, noon() + minutes(2), None), activation];
        assert_eq!(latest(&acme.scope).await, wanted);
        assert_eq!(latest(&operator()).await, wanted);
        assert_eq!(latest(&globex.scope).await, []);
        assert_eq!(latest(&northwind.scope).await, []);

        let undelivered = async |scope: &Scope| {
            people::undelivered(&mut world.read().await, scope, 10).await.expect("an answer")
        };
        let named = undelivered(&acme.scope).await;
        assert_eq!(named.len(), 1);
        assert_eq!((named[0].contact, named[0].account, named[0].purpose), (anna, northwind.account.id, Purpose::Activation));
        assert_eq!((undelivered(&globex.scope).await, undelivered(&northwind.scope).await), (vec![], vec![]));
        let accounts = [northwind.account.id, acme.account.id];
        let to = people::undelivered_to(&mut world.read().await, &accounts).await.expect("an answer");
        assert_eq!(to.into_iter().collect::<Vec<_>>(), [northwind.account.id]);
        let within = people::undelivered_in(&mut world.read().await, northwind.account.id).await.expect("an answer");
        assert_eq!(within.into_iter().collect::<Vec<_>>(), [anna]);

        // A new link takes the place of the one that did not arrive; nobody has to see to that any more.
        let again = put(&world, "Activate", noon() + minutes(5)).await;
        let mut tx = world.write().await;
        people::address(&mut tx, again, anna, Purpose::Activation, Lane::First, noon() + minutes(5)).await.expect("addressed");
        tx.commit().await.expect("a commit");
        assert_eq!(undelivered(&acme.scope).await, []);
        assert_eq!(latest(&acme.scope).await[0], told(Purpose::Activation, State::Waiting, noon() + minutes(5), None));
    }

    async fn x2_what_is_no_longer_needed_is_never_due_and_waits_nowhere(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let anna = northwind.person.id;
        let [waits, put_off, bounced, sent] = [
            put(&world, "Waits", noon()).await,
            put(&world, "Put off", noon()).await,
            put(&world, "Bounced", noon()).await,
            put(&world, "Sent", noon()).await,
        ];
        let mut tx = world.write().await;
        for id in [waits, put_off, bounced, sent] {
            // Each of another order, so that none replaces another one.
            people::address_details(&mut tx, id, anna, Of::Order(world.id()), Lane::First, noon()).await.expect("addressed");
        }
        mail::failed(&mut tx, put_off, "451 busy", noon()).await.expect("noted");
        mail::given_up(&mut tx, bounced, "550 no such person", noon()).await.expect("noted");
        mail::sent(&mut tx, sent, noon(), false).await.expect("sent");
        people::replace(&mut tx, anna, None, noon() + minutes(1)).await.expect("no longer needed");
        tx.commit().await.expect("a commit");

        let later = noon() + minutes(600);
        assert_eq!(take(&world, later).await, None);
        let mut tx = world.read().await;
        assert!(!mail::any_due(&mut tx, Lane::First, later).await.expect("an answer"));
        assert_eq!(mail::oldest_unsent(&mut tx, &operator()).await.expect("an answer"), None);
        assert_eq!(mail::failed_count(&mut tx, &operator(), 10).await.expect("a count"), 0);
        for (state, wanted) in [
            (State::Waiting, vec![]),
            (State::Retrying, vec![]),
            (State::Failed, vec![]),
            (State::Sent, vec![sent]),
            (State::Replaced, vec![bounced, put_off, waits]),
        ] {
            let page = mail::page(&mut tx, &operator(), Some(state), None, 50).await.expect("a page");
            assert_eq!(page.iter().map(|mail| mail.id).collect::<Vec<_>>(), wanted, "{state:?}");
            assert!(page.iter().all(|mail| mail.state() == state), "{state:?}");
        }
        drop(tx);

        // One that was being sent just then is not tried again either, and if it arrived, it was sent.
        let mut tx = world.write().await;
        mail::failed(&mut tx, waits, "451 busy", later).await.expect("noted");
        assert_eq!(mail::retry(&mut tx, &operator(), waits, later).await.expect("an answer"), Some(Retried::Replaced));
        mail::sent(&mut tx, put_off, later, false).await.expect("sent");
        tx.commit().await.expect("a commit");
        assert_eq!(take(&world, later + minutes(1)).await, None);
        let state = async |id| outbox(&world).await.iter().find(|mail| mail.id == id).map(Mail::state);
        assert_eq!((state(waits).await, state(put_off).await), (Some(State::Replaced), Some(State::Sent)));
    }

    async fn l15_a_mail_about_licenses_of_several_orders_is_sent_whatever_is_sent_after_it(world: World) {
        let acme = world.reseller("acme").await;
        let anna = world.customer(&acme, "Northwind", "anna@northwind.example").await.person.id;
        let (order, license) = (world.id(), world.id());
        let [several, whole, one, again] = [
            put(&world, "Several", noon()).await,
            put(&world, "An order", noon()).await,
            put(&world, "One of it", noon()).await,
            put(&world, "The order again", noon()).await,
        ];
        let mut tx = world.write().await;
        for (id, of) in
            [(several, Of::Several), (whole, Of::Order(order)), (one, Of::License(license, order)), (again, Of::Order(order))]
        {
            people::address_details(&mut tx, id, anna, of, Lane::First, noon()).await.expect("addressed");
        }
        tx.commit().await.expect("a commit");
        let taken = [take(&world, noon()).await, take(&world, noon()).await, take(&world, noon()).await];
        assert_eq!(taken, [Some(several), Some(again), None], "the last one has all that the two before it had");
        let mut tx = world.read().await;
        let last = people::of_license(&mut tx, &acme.scope, order, license).await.expect("an answer").expect("a mail");
        assert_eq!((last.state, last.to.as_str()), (State::Waiting, "anna@northwind.example"));
    }

    async fn d13_the_last_mail_about_a_license_is_its_own_or_that_of_its_order(world: World) {
        let [acme, globex] = [world.reseller("acme").await, world.reseller("globex").await];
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let sold = world.sell(&acme, &northwind, &option, 2, |_, _| {}).await;
        let (order, [one, other]) = (sold[0].order, [sold[0].license.id, sold[1].license.id]);
        let [whole, its_own] = [put(&world, "The order", noon()).await, put(&world, "One of it", noon()).await];
        let anna = northwind.person.id;
        let mut tx = world.write().await;
        people::address_details(&mut tx, whole, anna, Of::Order(order), Lane::First, noon()).await.expect("addressed");
        people::address_details(&mut tx, its_own, anna, Of::License(one, order), Lane::First, noon()).await.expect("addressed");
        mail::given_up(&mut tx, whole, "550", noon()).await.expect("noted");
        mail::sent(&mut tx, its_own, noon(), false).await.expect("sent");
        tx.commit().await.expect("a commit");
        let mut tx = world.read().await;
        let mut told = Vec::new();
        for (scope, license) in [(&acme.scope, one), (&acme.scope, other), (&operator(), other), (&globex.scope, one)] {
            let last = people::of_license(&mut tx, scope, order, license).await.expect("an answer");
            told.push(last.map(|mail| mail.state));
        }
        assert_eq!(told, [Some(State::Sent), Some(State::Failed), Some(State::Failed), None]);
    }

    async fn x2_who_answers_is_said_by_the_person_of_a_mail_and_never_by_its_address(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let contoso = world.customer(&globex, "Contoso", "carl@contoso.example").await;
        let answers = async |contact: Option<ContactId>| {
            let id = put(&world, "Your licenses", noon()).await;
            let mut tx = world.write().await;
            if let Some(contact) = contact {
                people::to(&mut tx, id, contact).await.expect("said");
            }
            let answers = mail::answered_by(&mut tx, id).await.expect("an answer");
            tx.commit().await.expect("a commit");
            answers
        };
        let of = |reseller: &Reseller| Answers {
            reseller: Some(reseller.account.name.clone()),
            email: Some(reseller.person.email.clone()),
        };
        assert_eq!(answers(Some(northwind.person.id)).await, Some(of(&acme)));
        assert_eq!(answers(None).await, None, "the address alone, which a customer of acme has, says nothing");
        assert_eq!(answers(Some(acme.person.id)).await, None, "there is no operator yet");
        let operator = Account::new(world.id(), Kind::Operator, "Vendor", noon());
        let mut tx = world.write().await;
        store::accounts::insert(&mut tx, &operator).await.expect("the operator");
        tx.commit().await.expect("a commit");
        assert_eq!(answers(Some(acme.person.id)).await, Some(Answers { reseller: None, email: None }));
        let mut people_of = Vec::new();
        let mut tx = world.write().await;
        for (of, username) in [(&northwind, "anna of northwind"), (&contoso, "anna of contoso")] {
            let anna = Contact::new(world.id(), &of.account, "anna@shared.example", ["Anna", "Berg"], noon());
            let anna = Contact { username: username.to_owned(), ..anna };
            assert!(store::contacts::insert(&mut tx, &anna).await.expect("a contact"));
            people_of.push(anna.id);
        }
        tx.commit().await.expect("a commit");
        assert_eq!(answers(Some(people_of[0])).await, Some(of(&acme)), "two have that address");
        assert_eq!(answers(Some(people_of[1])).await, Some(of(&globex)));
    }

    async fn x2_the_bounce_of_a_mail_without_a_purpose_is_reported_to_nobody(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let (anna, id) = (northwind.person.id, put(&world, "Your password has been changed", noon()).await);
        let mut tx = world.write().await;
        people::to(&mut tx, id, anna).await.expect("said");
        mail::given_up(&mut tx, id, "550 no such person", noon()).await.expect("noted");
        tx.commit().await.expect("a commit");
        let mut tx = world.read().await;
        assert_eq!(people::latest(&mut tx, &acme.scope, anna).await.expect("an answer"), []);
        assert_eq!(people::undelivered(&mut tx, &acme.scope, 10).await.expect("an answer"), []);
        let to = people::undelivered_to(&mut tx, &[northwind.account.id]).await.expect("an answer");
        assert!(to.is_empty());
        let within = people::undelivered_in(&mut tx, northwind.account.id).await.expect("an answer");
        assert!(within.is_empty());
    }

    async fn x2_of_many_at_once_one_claims_the_mail_to_staff_until_it_is_time_for_the_next(world: World) {
        let [owner, other]: [ContactId; 2] = [world.id(), world.id()];
        let claim = |person: ContactId, alert: Alert, now: Timestamp| {
            let store = world.store.clone();
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let claimed = alerts::claim(&mut tx, person, alert, now, now - minutes(10)).await.expect("an answer");
                tx.commit().await.expect("a commit");
                claimed
            }
        };
        let of_eight = async |now: Timestamp| {
            let claimed = at_once(8, |_| claim(owner, Alert::Order, now)).await;
            claimed.into_iter().filter(|claimed| *claimed).count()
        };
        assert_eq!(of_eight(noon()).await, 1);
        assert_eq!(of_eight(noon() + minutes(9)).await, 0);
        assert!(claim(owner, Alert::Application, noon()).await, "of another kind");
        assert!(claim(other, Alert::Order, noon()).await, "to somebody else");
        assert_eq!(of_eight(noon() + minutes(10)).await, 1);
        assert_eq!(of_eight(noon() + minutes(11)).await, 0);
    }

    async fn x2_whoever_claims_a_mail_to_staff_and_does_not_commit_leaves_it_to_the_next(world: World) {
        let owner: ContactId = world.id();
        let (first, second) = (noon(), noon() + minutes(10));
        for (at, commits, wanted) in [
            (first, false, true),
            (first, true, true),
            (first, false, false),
            (second, false, true),
            (second, true, true),
            (second, false, false),
        ] {
            let mut tx = world.write().await;
            let claimed = alerts::claim(&mut tx, owner, Alert::Order, at, at - minutes(10)).await;
            assert_eq!(claimed.expect("an answer"), wanted, "{at} {commits}");
            if commits {
                tx.commit().await.expect("a commit");
            }
        }
    }
}

//! What is over is taken out, oldest first and a batch at a time, and nothing else.

use domain::{Timestamp, contacts::LinkKind};
use store::{
    cleanup::{self, BATCH, Old},
    idempotency, links,
    mail::{self, Retried},
    sessions,
};

use crate::world::{World, days, minutes, noon, operator};

async fn remove(world: &World, old: Old, before: Timestamp) -> u64 {
    let mut tx = world.write().await;
    let removed = cleanup::remove(&mut tx, old, before).await.expect("removed");
    tx.commit().await.expect("a commit");
    removed
}

on_both! {
    async fn sessions_that_ended_are_taken_out_and_open_ones_stay(world: World) {
        let ada = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        for (token, expires_at) in [("over", noon()), ("open", noon() + days(1))] {
            let session = sessions::Session {
                id: world.id(),
                contact: ada,
                address: "192.0.2.7".to_owned(),
                browser: "Firefox".to_owned(),
                created_at: noon() - days(1),
                used_at: noon() - days(1),
                expires_at,
                second_factor_due_at: None,
                confirmed_at: noon() - days(1),
            };
            sessions::insert(&mut tx, &session, token).await.expect("a session");
        }
        tx.commit().await.expect("a commit");
        assert_eq!(remove(&world, Old::Sessions, noon()).await, 0, "it has just ended");
        assert_eq!(remove(&world, Old::Sessions, noon() + minutes(1)).await, 1);
        let mut tx = world.read().await;
        let open = sessions::of_contact(&mut tx, ada, noon()).await.expect("the sessions");
        assert_eq!(open.len(), 1);
    }

    async fn links_are_taken_out_long_after_they_expired(world: World) {
        let ada = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        links::insert(&mut tx, LinkKind::Activation, "old", ada, noon(), noon() + days(3)).await.expect("a link");
        links::insert(&mut tx, LinkKind::Reset, "new", ada, noon(), noon() + days(9)).await.expect("a link");
        tx.commit().await.expect("a commit");
        assert_eq!(remove(&world, Old::Links, noon() + days(4)).await, 1);
        let mut tx = world.read().await;
        assert!(links::find(&mut tx, LinkKind::Activation, "old").await.expect("an answer").is_none());
        assert!(links::find(&mut tx, LinkKind::Reset, "new").await.expect("an answer").is_some());
    }

    async fn i4_keys_of_forms_are_taken_out_batch_by_batch_oldest_first(world: World) {
        let ada = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        for at in 0..i64::try_from(BATCH).expect("a number") + 5 {
            let then = noon() + minutes(at);
            let key = uuid::Uuid::from_u128(at.unsigned_abs().into()).into();
            idempotency::claim(&mut tx, ada, key, "license.edited", "", then).await.expect("claimed");
        }
        tx.commit().await.expect("a commit");
        let before = noon() + minutes(i64::try_from(BATCH).expect("a number") + 3);
        assert_eq!(remove(&world, Old::FormKeys, before).await, BATCH);
        assert_eq!(remove(&world, Old::FormKeys, before).await, 3);
        assert_eq!(remove(&world, Old::FormKeys, before).await, 0);
        let last = uuid::Uuid::from_u128(u128::from(BATCH) + 4).into();
        let kept = idempotency::outcome(&mut world.read().await, ada, last).await.expect("an answer");
        assert_eq!(kept, Some(String::new()));
    }

    async fn x2_texts_of_mails_that_were_sent_or_failed_go_first_and_the_mails_later_and_what_waits_stays(world: World) {
        let mut tx = world.write().await;
        let mut put_in = Vec::new();
        for subject in ["Sent", "Failed", "Waits"] {
            let id = world.id();
            mail::insert(&mut tx, id, "anna@northwind.example", subject, "Dear Anna", None, noon()).await.expect("stored");
            put_in.push(id);
        }
        mail::sent(&mut tx, put_in[0], noon(), true).await.expect("sent");
        mail::given_up(&mut tx, put_in[1], "550", noon()).await.expect("given up");
        tx.commit().await.expect("a commit");
        let texts = async || {
            let mails = mail::page(&mut world.read().await, &operator(), None, None, 10).await.expect("a page");
            mails.into_iter().map(|mail| (mail.subject, mail.body.is_some())).collect::<Vec<_>>()
        };
        let row = |subject: &str, text| (subject.to_owned(), text);
        assert_eq!(remove(&world, Old::MailTexts, noon() + days(1)).await, 2);
        assert_eq!(remove(&world, Old::MailTexts, noon() + days(1)).await, 0);
        assert_eq!(texts().await, [row("Waits", true), row("Failed", false), row("Sent", false)]);
        let mut tx = world.write().await;
        let gone = mail::retry(&mut tx, &operator(), put_in[1], noon()).await.expect("an answer");
        assert_eq!(gone, Some(Retried::TextGone), "an empty mail is not sent");
        drop(tx);
        assert_eq!(remove(&world, Old::Mails, noon() + days(1)).await, 2);
        assert_eq!(texts().await, [row("Waits", true)]);
    }

    async fn a9_links_and_keys_of_mails_that_failed_go_and_what_is_tried_again_meanwhile_keeps_them(world: World) {
        let mut tx = world.write().await;
        let mut put_in = Vec::new();
        for subject in ["Failed", "Failed later", "Retried", "Waits"] {
            let id = world.id();
            let (to, whole) = ("anna@northwind.example", Some("https://keys.example/reset/0123"));
            mail::insert(&mut tx, id, to, subject, "[link left out]", whole, noon()).await.expect("stored");
            put_in.push(id);
        }
        for (at, hours) in [(0, 0), (1, 24), (2, 0)] {
            let then = noon() + minutes(60 * hours);
            mail::given_up(&mut tx, put_in[at], "550", then).await.expect("given up");
        }
        let again = mail::retry(&mut tx, &operator(), put_in[2], noon()).await.expect("an answer");
        assert_eq!(again, Some(Retried::Due));
        tx.commit().await.expect("a commit");
        assert_eq!(remove(&world, Old::MailSecrets, noon() + minutes(1)).await, 1);
        assert_eq!(remove(&world, Old::MailSecrets, noon() + minutes(1)).await, 0);
        let mut tx = world.write().await;
        let left = store::testing::whole_texts(&mut tx).await;
        assert_eq!(put_in.iter().map(|id| left.contains_key(id)).collect::<Vec<_>>(), [false, true, true, true]);
        let gone = mail::retry(&mut tx, &operator(), put_in[0], noon() + days(1)).await.expect("an answer");
        assert_eq!(gone, Some(Retried::TextGone), "nobody is sent a mail without its link");
        let whole = mail::retry(&mut tx, &operator(), put_in[1], noon() + days(1)).await.expect("an answer");
        assert_eq!(whole, Some(Retried::Due));
    }
}

//! Authenticator apps, and who asks for them.

use domain::contacts::Asker;
use store::{
    contacts::{self, Contact},
    second_factors::{self, App, Asked},
};

use crate::world::{World, minutes, noon};

on_both! {
    async fn each_side_asks_for_a_second_factor_and_takes_back_its_own(world: World) {
        let (acme, globex) = (world.reseller("acme").await.account.id, world.reseller("globex").await.account.id);
        let mut tx = world.write().await;
        let later = noon() + minutes(1);
        for (by, since, changed) in [
            (Asker::Operator, None, false),
            (Asker::Operator, Some(noon()), true),
            (Asker::Operator, Some(later), false),
            (Asker::Account, Some(later), true),
        ] {
            assert_eq!(second_factors::require(&mut tx, acme, by, since).await.expect("an answer"), changed);
        }
        let both = Asked { by_operator: Some(noon()), by_account: Some(later) };
        assert_eq!(second_factors::asked(&mut tx, acme).await.expect("an answer"), both);
        assert!(second_factors::require(&mut tx, acme, Asker::Operator, None).await.expect("an answer"));
        assert_eq!(second_factors::required(&mut tx, acme).await.expect("an answer"), Some(later));
        assert_eq!(second_factors::required(&mut tx, globex).await.expect("an answer"), None);
    }

    async fn those_without_one_are_counted_as_far_as_asked(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        for (name, since) in [("bo", Some(noon())), ("cy", Some(noon())), ("di", None)] {
            let contact = world.contact(&acme.account, &format!("{name}@acme.example"));
            let contact = Contact { storefront_since: since, ..contact };
            assert!(contacts::insert(&mut tx, &contact).await.expect("an answer"));
            if name == "cy" {
                second_factors::begin(&mut tx, contact.id, "secret", "one two", noon()).await.expect("begun");
                second_factors::confirm(&mut tx, contact.id, &["hash".to_owned()], noon()).await.expect("confirmed");
            }
        }
        let id = acme.account.id;
        assert_eq!(second_factors::without(&mut tx, id, 9).await.expect("a count"), 2, "the admin and bo");
        assert_eq!(second_factors::without(&mut tx, id, 1).await.expect("a count"), 1);
    }

    async fn secrets_that_are_not_sealed_are_found_and_the_mark_of_the_key_is_kept_once(world: World) {
        let acme = world.reseller("acme").await;
        let (sealed, open) = (acme.person.id, world.reseller("globex").await.person.id);
        let mut tx = world.write().await;
        second_factors::begin(&mut tx, sealed, "sealed1:00", "sealed1:01", noon()).await.expect("begun");
        second_factors::begin(&mut tx, open, "secret", "one two", noon()).await.expect("begun");
        let found = second_factors::apps_without(&mut tx, "sealed1:").await.expect("apps");
        let [(contact, app)] = <[_; 1]>::try_from(found).ok().expect("one");
        assert_eq!((contact, app.secret.as_str(), app.recovery.as_deref()), (open, "secret", Some("one two")));
        let app = App { secret: "sealed1:02".to_owned(), recovery: None, ..app };
        second_factors::reseal(&mut tx, open, &app).await.expect("sealed");
        assert!(second_factors::app(&mut tx, open).await.expect("an answer") == Some(app));
        assert!(second_factors::apps_without(&mut tx, "sealed1:").await.expect("apps").is_empty());

        assert_eq!(second_factors::sealing_mark(&mut tx).await.expect("an answer"), None);
        for (mark, kept) in [("one", true), ("one", true), ("another", false)] {
            assert_eq!(second_factors::keep_sealing_mark(&mut tx, mark).await.expect("an answer"), kept, "{mark}");
        }
        assert_eq!(second_factors::sealing_mark(&mut tx).await.expect("an answer").as_deref(), Some("one"));
    }

    async fn a_code_works_once_and_also_after_a_clock_was_ahead(world: World) {
        let contact = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        second_factors::begin(&mut tx, contact, "secret", "one two", noon()).await.expect("begun");
        let ahead = 1_000_000;
        for (step, right) in [
            (100, true),
            (100, false),
            (99, false),
            (101, true),
            (ahead, true),
            (ahead - 1, false),
            (102, true),
            (102, false),
            (101, false),
            (103, true),
        ] {
            assert_eq!(second_factors::use_step(&mut tx, contact, step).await.expect("an answer"), right, "{step}");
        }
    }

    async fn an_app_that_was_not_confirmed_is_swept(world: World) {
        let acme = world.reseller("acme").await;
        let (begun, counts) = (acme.person.id, world.reseller("globex").await.person.id);
        let mut tx = world.write().await;
        for contact in [begun, counts] {
            second_factors::begin(&mut tx, contact, "secret", "one two", noon()).await.expect("begun");
        }
        second_factors::confirm(&mut tx, counts, &["hash".to_owned()], noon()).await.expect("confirmed");
        assert_eq!(second_factors::sweep(&mut tx, noon()).await.expect("swept"), 0);
        assert_eq!(second_factors::sweep(&mut tx, noon() + minutes(1)).await.expect("swept"), 1);
        assert!(second_factors::app(&mut tx, begun).await.expect("an answer").is_none());
        assert!(second_factors::app(&mut tx, counts).await.expect("an answer").is_some());
    }

    async fn a_second_factor_is_taken_away_once(world: World) {
        let contact = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        second_factors::begin(&mut tx, contact, "secret", "one two", noon()).await.expect("begun");
        assert!(!second_factors::remove(&mut tx, contact).await.expect("an answer"), "it never counted");
        second_factors::begin(&mut tx, contact, "secret", "one two", noon()).await.expect("begun");
        second_factors::confirm(&mut tx, contact, &["hash".to_owned()], noon()).await.expect("confirmed");
        assert!(second_factors::remove(&mut tx, contact).await.expect("an answer"));
        assert!(!second_factors::remove(&mut tx, contact).await.expect("an answer"));
        assert!(second_factors::app(&mut tx, contact).await.expect("an answer").is_none());
        assert_eq!(second_factors::recovery_left(&mut tx, contact).await.expect("a count"), 0);
    }
}

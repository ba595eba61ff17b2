//! Signed-in browsers.

use std::slice;

use domain::{Role, Timestamp, accounts::Kind, actor::Due, contacts::Asker};
use store::{
    contacts::{self, Contact},
    second_factors,
    sessions::{self, Session, Visitor},
};

use crate::world::{Reseller, World, minutes, noon};

fn session(world: &World, of: &Reseller, used_at: Timestamp) -> Session {
    Session {
        id: world.id(),
        contact: of.person.id,
        address: "192.0.2.7".to_owned(),
        browser: "Firefox on Linux".to_owned(),
        created_at: noon(),
        used_at,
        expires_at: used_at + minutes(720),
        second_factor_due_at: None,
        confirmed_at: noon(),
    }
}

fn visitor(session: &Session, of: &Reseller) -> Visitor {
    Visitor {
        session: session.id,
        created_at: session.created_at,
        used_at: session.used_at,
        contact: of.person.id,
        name: "Anna Nord".to_owned(),
        due: None,
        confirmed_at: session.confirmed_at,
        account: of.account.id,
        kind: Kind::Reseller,
        roles: of.person.roles.clone(),
        organisation: "acme".to_owned(),
    }
}

on_both! {
    async fn a_token_tells_who_comes_until_the_session_is_over(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        let browser = session(&world, &acme, noon());
        sessions::insert(&mut tx, &browser, "hash").await.expect("stored");
        let wanted = visitor(&browser, &acme);
        let almost = browser.expires_at - chrono::Duration::microseconds(1);
        assert_eq!(sessions::visitor(&mut tx, "hash", almost).await.expect("an answer"), Some(wanted.clone()));
        assert_eq!(sessions::visitor(&mut tx, "hash", browser.expires_at).await.expect("an answer"), None);
        assert_eq!(sessions::visitor(&mut tx, "other", noon()).await.expect("an answer"), None);
        let given = Contact { password_given_at: Some(noon()), ..acme.person.clone() };
        contacts::save(&mut tx, &given).await.expect("saved");
        let due = Visitor { due: Some(Due::Password), ..wanted };
        assert_eq!(sessions::visitor(&mut tx, "hash", noon()).await.expect("an answer"), Some(due));
        let away = Contact { deactivated_at: Some(noon()), ..acme.person.clone() };
        contacts::change(&mut tx, &away, Role::Buyer).await.expect("changed");
        assert_eq!(sessions::visitor(&mut tx, "hash", noon()).await.expect("an answer"), None, "inactive");
    }

    async fn a_session_that_is_used_lives_on_and_notes_from_where(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        let browser = session(&world, &acme, noon());
        sessions::insert(&mut tx, &browser, "hash").await.expect("stored");
        let now = noon() + minutes(700);
        sessions::used(&mut tx, browser.id, "198.51.100.9", now, now + minutes(720)).await.expect("noted");
        let used = Session { address: "198.51.100.9".to_owned(), used_at: now, expires_at: now + minutes(720), ..browser };
        let later = now + minutes(700);
        assert_eq!(sessions::of_contact(&mut tx, acme.person.id, later).await.expect("sessions"), slice::from_ref(&used));
        assert_eq!(sessions::visitor(&mut tx, "hash", later).await.expect("an answer"), Some(visitor(&used, &acme)));
    }

    async fn tries_to_prove_it_once_more_are_counted_until_one_is_right_or_the_session_is_over(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        let browser = session(&world, &acme, noon());
        sessions::insert(&mut tx, &browser, "hash").await.expect("stored");
        for count in 1..=2 {
            assert_eq!(sessions::try_again(&mut tx, browser.id, 2).await.expect("an answer"), Some(count));
        }
        assert_eq!(sessions::try_again(&mut tx, browser.id, 2).await.expect("an answer"), None, "no try is left");
        sessions::confirmed(&mut tx, browser.id, noon() + minutes(1)).await.expect("confirmed");
        assert_eq!(sessions::try_again(&mut tx, browser.id, 2).await.expect("an answer"), Some(1));
        for _ in 0..2 {
            sessions::take_try_back(&mut tx, browser.id).await.expect("taken back");
        }
        assert_eq!(sessions::try_again(&mut tx, browser.id, 2).await.expect("an answer"), Some(1), "not below nothing");
        assert!(sessions::held_open(&mut tx, browser.id).await.expect("an answer"));
        sessions::end(&mut tx, acme.person.id, browser.id, noon()).await.expect("an answer");
        assert!(!sessions::held_open(&mut tx, browser.id).await.expect("an answer"));
        assert!(!sessions::held_open(&mut tx, world.id()).await.expect("an answer"), "nobody's");
        assert_eq!(sessions::try_again(&mut tx, browser.id, 2).await.expect("an answer"), None, "it is over");
        assert_eq!(sessions::try_again(&mut tx, world.id(), 2).await.expect("an answer"), None, "nobody's");
    }

    async fn a_rotated_token_is_worth_nothing(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        let browser = session(&world, &acme, noon());
        sessions::insert(&mut tx, &browser, "before").await.expect("stored");
        sessions::rotate(&mut tx, browser.id, "after").await.expect("rotated");
        assert_eq!(sessions::visitor(&mut tx, "before", noon()).await.expect("an answer"), None);
        let who = sessions::visitor(&mut tx, "after", noon()).await.expect("an answer");
        assert_eq!(who, Some(visitor(&browser, &acme)));
    }

    async fn the_list_shows_open_sessions_last_used_first_and_only_ones_own(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let mut tx = world.write().await;
        let (old, new) = (session(&world, &acme, noon()), session(&world, &acme, noon() + minutes(5)));
        let (over, theirs) = (session(&world, &acme, noon() - minutes(721)), session(&world, &globex, noon()));
        for (browser, hash) in [(&old, "1"), (&new, "2"), (&over, "3"), (&theirs, "4")] {
            sessions::insert(&mut tx, browser, hash).await.expect("stored");
        }
        let open = sessions::of_contact(&mut tx, acme.person.id, noon()).await.expect("sessions");
        assert_eq!(open, [new, old]);
    }

    async fn ending_a_session_ends_that_one_of_that_person(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let mut tx = world.write().await;
        let (one, two) = (session(&world, &acme, noon()), session(&world, &acme, noon() + minutes(1)));
        sessions::insert(&mut tx, &one, "1").await.expect("stored");
        sessions::insert(&mut tx, &two, "2").await.expect("stored");
        let now = noon() + minutes(2);
        assert!(!sessions::end(&mut tx, globex.person.id, one.id, now).await.expect("an answer"), "not theirs");
        assert!(!sessions::is_open(&mut tx, globex.person.id, one.id, now).await.expect("an answer"), "not theirs");
        assert!(!sessions::is_open(&mut tx, acme.person.id, one.id, one.expires_at).await.expect("an answer"), "too late");
        assert!(sessions::is_open(&mut tx, acme.person.id, one.id, now).await.expect("an answer"));
        assert!(sessions::end(&mut tx, acme.person.id, one.id, now).await.expect("an answer"));
        assert!(!sessions::end(&mut tx, acme.person.id, one.id, now).await.expect("an answer"), "over already");
        assert!(!sessions::is_open(&mut tx, acme.person.id, one.id, now).await.expect("an answer"), "over");
        assert!(sessions::is_open(&mut tx, acme.person.id, two.id, now).await.expect("an answer"));
        assert_eq!(sessions::of_contact(&mut tx, acme.person.id, now).await.expect("sessions"), [two]);
        assert_eq!(sessions::visitor(&mut tx, "1", now).await.expect("an answer"), None);
    }

    async fn a7_all_sessions_of_a_person_end_but_the_one_that_is_kept(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let mut tx = world.write().await;
        let three = [0, 1, 2].map(|at| session(&world, &acme, noon() + minutes(at)));
        for (browser, hash) in three.iter().zip(["1", "2", "3"]) {
            sessions::insert(&mut tx, browser, hash).await.expect("stored");
        }
        let theirs = session(&world, &globex, noon());
        sessions::insert(&mut tx, &theirs, "4").await.expect("stored");
        let keep = Some(three[1].id);
        assert_eq!(sessions::end_others(&mut tx, acme.person.id, keep, noon()).await.expect("ended"), 2);
        assert_eq!(sessions::end_others(&mut tx, acme.person.id, keep, noon()).await.expect("an answer"), 0, "over already");
        let open = sessions::of_contact(&mut tx, acme.person.id, noon()).await.expect("sessions");
        assert_eq!(open, [three[1].clone()]);
        assert_eq!(sessions::end_others(&mut tx, acme.person.id, None, noon()).await.expect("ended"), 1);
        assert_eq!(sessions::of_contact(&mut tx, acme.person.id, noon()).await.expect("sessions"), []);
        assert_eq!(sessions::of_contact(&mut tx, globex.person.id, noon()).await.expect("sessions"), [theirs]);
    }

    async fn a1_all_sessions_of_an_account_end_and_those_of_no_other(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let mut tx = world.write().await;
        let (ours, theirs) = (session(&world, &acme, noon()), session(&world, &globex, noon()));
        sessions::insert(&mut tx, &ours, "1").await.expect("stored");
        sessions::insert(&mut tx, &theirs, "2").await.expect("stored");
        sessions::end_all_of(&mut tx, acme.account.id, noon()).await.expect("ended");
        assert_eq!(sessions::of_contact(&mut tx, acme.person.id, noon()).await.expect("sessions"), []);
        assert_eq!(sessions::of_contact(&mut tx, globex.person.id, noon()).await.expect("sessions"), [theirs]);
    }

    async fn whoever_asks_an_account_for_a_second_factor_its_visitors_owe_one(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        sessions::insert(&mut tx, &session(&world, &acme, noon()), "hash").await.expect("stored");
        for by in [Asker::Operator, Asker::Account] {
            for (since, due) in [(Some(noon()), Some(Due::SecondFactor)), (None, None)] {
                second_factors::require(&mut tx, acme.account.id, by, since).await.expect("an answer");
                let visitor = sessions::visitor(&mut tx, "hash", noon()).await.expect("an answer");
                assert_eq!(visitor.map(|visitor| visitor.due), Some(due), "{by:?}");
            }
        }
    }
}

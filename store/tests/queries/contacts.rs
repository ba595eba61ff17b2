//! Contacts: who can sign in, and by which name.

use domain::{
    Role, Roles,
    contacts::{LOCKS_AT, State},
};
use store::contacts::{self, Clash, Contact, Lookup, Saved, Taken};

use crate::world::{World, at_once, days, minutes, noon};

on_both! {
    async fn a_contact_is_found_as_it_was_stored(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        let bare = world.contact(&acme.account, "bare@acme.example");
        let full = Contact {
            username: "José.Ñandú".to_owned(),
            phone: Some("+49 30 1234".to_owned()),
            job_title: Some("Verkäufer".to_owned()),
            roles: Roles::of(&[Role::Buyer, Role::BillingAgent]),
            password_hash: Some("$argon2id$...".to_owned()),
            password_given_at: Some(noon()),
            activated_at: Some(noon()),
            created_at: noon() - days(1),
            ..world.contact(&acme.account, "jose@acme.example")
        };
        for contact in [&bare, &full] {
            assert!(contacts::insert(&mut tx, contact).await.expect("an answer"));
            let found = contacts::by_id(&mut tx, contact.id).await.expect("an answer").expect("the contact");
            assert!(found == *contact);
        }
        assert!(contacts::by_id(&mut tx, world.id()).await.expect("an answer").is_none());
        assert_eq!((bare.state(), full.state()), (State::PendingActivation, State::Active));
        assert_eq!(full.name(), "Anna Nord");
    }

    async fn a10_many_are_stored_as_each_alone_and_none_under_a_taken_name(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        let bare = world.contact(&acme.account, "bare@acme.example");
        let full = Contact {
            username: "full".to_owned(),
            phone: Some("+49 30 1234".to_owned()),
            password_hash: Some("$argon2id$...".to_owned()),
            password_given_at: Some(noon()),
            activated_at: Some(noon()),
            ..world.contact(&acme.account, "full@acme.example")
        };
        let reader = Contact { storefront_since: None, ..world.contact(&acme.account, "bare@acme.example") };
        assert!(contacts::insert_all(&mut tx, &[bare.clone(), full.clone(), reader.clone()]).await.expect("an answer"));
        for contact in [&bare, &full, &reader] {
            let found = contacts::by_id(&mut tx, contact.id).await.expect("an answer").expect("the contact");
            assert!(found == *contact);
        }
        assert!(contacts::insert_all(&mut tx, &[]).await.expect("nothing to store"));

        for (username, email) in [("FULL", "x@y.example"), ("bare@acme.example", "x@y.example"), ("x", "full")] {
            let taken = Contact { username: username.to_owned(), ..world.contact(&acme.account, email) };
            let free = world.contact(&acme.account, &format!("not-{username}-{email}"));
            let both = [free, taken.clone()];
            assert!(!contacts::insert_all(&mut tx, &both).await.expect("an answer"), "{username} {email}");
            assert!(contacts::by_id(&mut tx, taken.id).await.expect("an answer").is_none());
        }
    }

    async fn a4_who_is_no_storefront_user_takes_no_username_and_cannot_sign_in(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        let reader = world.contact(&acme.account, "anna@acme.example");
        let reader = Contact { storefront_since: None, activated_at: Some(noon()), ..reader };
        assert!(contacts::insert(&mut tx, &reader).await.expect("an answer"));
        assert!(contacts::by_id(&mut tx, reader.id).await.expect("an answer").expect("the contact") == reader);
        assert!(contacts::by_login(&mut tx, "anna@acme.example").await.expect("an answer").is_none());
        let user = world.contact(&acme.account, "anna@acme.example");
        assert!(contacts::insert(&mut tx, &user).await.expect("an answer"));
        assert!(contacts::by_login(&mut tx, "anna@acme.example").await.expect("an answer").expect("the user") == user);
    }

    async fn saving_changes_one_contact_and_takes_times_back(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        let changed = Contact {
            password_hash: Some("another".to_owned()),
            password_given_at: Some(noon()),
            wrong_passwords: 3,
            activated_at: Some(noon()),
            locked_at: Some(noon() + minutes(2)),
            first_signed_in_at: Some(noon() + minutes(3)),
            ..world.contact(&acme.account, "bo@acme.example")
        };
        let new = world.contact(&acme.account, "bo@acme.example");
        let new = Contact { id: changed.id, ..new };
        assert!(contacts::insert(&mut tx, &new).await.expect("an answer"));
        for saved in [&changed, &new] {
            contacts::save(&mut tx, saved).await.expect("saved");
            assert!(contacts::by_id(&mut tx, saved.id).await.expect("an answer").expect("it") == *saved);
        }
        let admin = contacts::by_id(&mut tx, acme.person.id).await.expect("an answer").expect("the admin");
        assert!(admin == acme.person, "nobody else is changed");
    }

    async fn a10_a_username_is_one_persons_whatever_its_case(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let mut tx = world.write().await;
        let first = Contact { username: "Jürgen".to_owned(), ..world.contact(&acme.account, "a@b.example") };
        let second = Contact { username: "JÜRGEN".to_owned(), ..world.contact(&globex.account, "c@d.example") };
        assert!(contacts::insert(&mut tx, &first).await.expect("an answer"));
        assert!(!contacts::insert(&mut tx, &second).await.expect("refused, and no error"));
        for (name, taken) in [("jürgen", true), (" jÜrgen ", true), ("jurgen", false), ("a@b.example", true)] {
            let clash = contacts::clash(&mut tx, None, name, "z@z.example").await.expect("an answer");
            assert_eq!(clash, Clash { username: taken, email: false }, "{name}");
        }
        let own = contacts::clash(&mut tx, Some(first.id), "JÜRGEN", "a@b.example").await.expect("an answer");
        assert_eq!(own, Clash::default());
        assert!(contacts::by_id(&mut tx, second.id).await.expect("an answer").is_none());
    }

    async fn a10_of_ten_who_want_one_username_at_once_one_gets_it(world: World) {
        let acme = world.reseller("acme").await;
        let names = ["Anna", "anna", "ANNA", "aNNa", "annA", "AnnA", "aNna", "anNa", "ANna", "anNA"];
        let wanting: Vec<_> = names
            .iter()
            .map(|name| Contact { username: (*name).to_owned(), ..world.contact(&acme.account, "anna@acme.example") })
            .collect();
        let got = at_once(names.len(), |at| {
            let (store, contact) = (world.store.clone(), wanting[at].clone());
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let got = contacts::insert(&mut tx, &contact).await.expect("an answer");
                tx.commit().await.expect("a commit");
                got
            }
        });
        assert_eq!(got.await.into_iter().filter(|got| *got).count(), 1);
    }

    async fn a6_one_signs_in_by_username_or_by_an_address_that_is_only_theirs(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        let anna = Contact { username: "anna".to_owned(), ..world.contact(&acme.account, "Team@Acme.example") };
        let bo = Contact { username: "bo".to_owned(), ..world.contact(&acme.account, "bo@acme.example") };
        let named_so = Contact { username: "bo@acme.example".to_owned(), ..world.contact(&acme.account, "x@acme.example") };
        for contact in [&anna, &bo] {
            assert!(contacts::insert(&mut tx, contact).await.expect("an answer"));
        }
        for (login, who) in [(" ANNA ", &anna), ("team@acme.EXAMPLE", &anna), ("bo@acme.example", &bo)] {
            let found = contacts::by_login(&mut tx, login).await.expect("an answer");
            assert!(found.as_ref() == Some(who), "{login}");
        }
        assert!(contacts::by_login(&mut tx, "nobody").await.expect("an answer").is_none());
        assert!(contacts::by_login(&mut tx, "").await.expect("an answer").is_none());
        assert!(!contacts::insert(&mut tx, &named_so).await.expect("an answer"), "it is another one's address");
        let found = contacts::by_login(&mut tx, "bo@acme.example").await.expect("an answer");
        assert!(found.as_ref() == Some(&bo), "nobody takes the sign-in of another one");
        let twin = Contact { username: "cy".to_owned(), ..world.contact(&acme.account, "team@acme.example") };
        assert!(contacts::insert(&mut tx, &twin).await.expect("an answer"));
        let found = contacts::by_login(&mut tx, "team@acme.example").await.expect("an answer");
        assert!(found.is_none(), "an address that two have is nobody's");
        let both = contacts::all_by_login(&mut tx, "TEAM@acme.example", 3, Lookup::SignIn).await.expect("an answer");
        assert!(both == [anna.clone(), twin.clone()], "who came first comes first");
        contacts::save(&mut tx, &Contact { first_signed_in_at: Some(noon()), ..twin.clone() }).await.expect("saved");
        let first = contacts::all_by_login(&mut tx, "team@acme.example", 1, Lookup::SignIn).await.expect("an answer");
        assert_eq!(first.iter().map(|one| one.id).collect::<Vec<_>>(), [twin.id], "before who has never signed in");
    }

    async fn a10_no_username_is_another_ones_address_and_no_address_another_ones_username(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let mut tx = world.write().await;
        let vera = Contact { username: "vera".to_owned(), ..world.contact(&acme.account, "vera@x.example") };
        let wim = world.contact(&acme.account, "wim@x.example");
        for contact in [&vera, &wim] {
            assert!(contacts::insert(&mut tx, contact).await.expect("an answer"));
        }
        let named = |username: &str, email: &str| Contact {
            username: username.to_owned(),
            ..world.contact(&globex.account, email)
        };
        for (clashing, clash) in [
            (named("VERA@x.example", "other@x.example"), Clash { username: true, email: false }),
            (named("other", "WIM@x.example"), Clash { username: false, email: true }),
            (named("wim@x.example", "wim@x.example"), Clash { username: true, email: false }),
            (named("vera", "wim@x.example"), Clash { username: true, email: true }),
        ] {
            assert!(!contacts::insert(&mut tx, &clashing).await.expect("refused, and no error"), "{}", clashing.username);
            let found = contacts::clash(&mut tx, None, &clashing.username, &clashing.email).await.expect("an answer");
            assert_eq!(found, clash, "{}", clashing.username);
        }
        let guest = named("guest", "guest@x.example");
        assert!(contacts::insert(&mut tx, &guest).await.expect("an answer"));
        for (username, email) in [("vera@x.example", "guest@x.example"), ("guest", "wim@x.example")] {
            let renamed = Contact { username: username.to_owned(), email: email.to_owned(), ..guest.clone() };
            assert_eq!(contacts::change(&mut tx, &renamed, Role::Admin).await.expect("an answer"), Saved::Taken);
        }
        // A second one may have the address of somebody whose username is another word.
        assert!(contacts::insert(&mut tx, &named("vera-too", "vera@x.example")).await.expect("an answer"));
        // Who does not sign in has no name that could be taken.
        let reader = Contact { storefront_since: None, ..named("reader", "wim@x.example") };
        assert!(contacts::insert(&mut tx, &reader).await.expect("an answer"));
        let user = Contact { storefront_since: Some(noon()), ..reader };
        assert_eq!(contacts::change(&mut tx, &user, Role::Admin).await.expect("an answer"), Saved::Taken);
    }

    async fn a10_of_a_username_and_an_address_that_are_wanted_at_once_one_is_given(world: World) {
        let acme = world.reseller("acme").await;
        let guest = Contact { username: "guest".to_owned(), ..world.contact(&acme.account, "guest@x.example") };
        let mut tx = world.write().await;
        assert!(contacts::insert(&mut tx, &guest).await.expect("an answer"));
        tx.commit().await.expect("a commit");
        for round in 0..5 {
            let name = format!("name{round}@x.example");
            let mine = Contact { username: name.clone(), ..world.contact(&acme.account, &format!("a{round}@x.example")) };
            let theirs = Contact { username: format!("b{round}"), ..world.contact(&acme.account, &name) };
            let got = at_once(2, |at| {
                let (store, contact) = (world.store.clone(), [&mine, &theirs][at].clone());
                async move {
                    let mut tx = store.write().await.expect("a transaction");
                    let got = contacts::insert(&mut tx, &contact).await.expect("an answer");
                    tx.commit().await.expect("a commit");
                    got
                }
            });
            assert_eq!(got.await.into_iter().filter(|got| *got).count(), 1, "{name}");
        }
    }

    async fn a6_the_last_wrong_password_locks_and_the_time_stays_that_of_it(world: World) {
        let person = world.reseller("acme").await.person;
        let mut tx = world.write().await;
        for wrong in 1..=6 {
            let now = noon() + minutes(wrong);
            let count = contacts::count_wrong_password(&mut tx, person.id, 4, now).await.expect("a count");
            assert_eq!(count, (wrong <= 4).then_some(wrong), "whoever is locked is not counted");
            let locked_at = (wrong >= 4).then(|| noon() + minutes(4));
            let wanted = Contact { wrong_passwords: wrong.min(4), locked_at, ..person.clone() };
            assert!(contacts::by_id(&mut tx, person.id).await.expect("an answer") == Some(wanted), "{wrong}");
        }
    }

    async fn a6_wrong_passwords_at_once_are_all_counted(world: World) {
        let person = world.reseller("acme").await.person.id;
        let mut counts = at_once(10, |_| {
            let store = world.store.clone();
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let count = contacts::count_wrong_password(&mut tx, person, LOCKS_AT, noon()).await.expect("a count");
                tx.commit().await.expect("a commit");
                count
            }
        })
        .await;
        counts.sort_unstable();
        assert_eq!(counts, (1..=10).map(Some).collect::<Vec<_>>());
        let mut tx = world.write().await;
        let nobody = contacts::count_wrong_password(&mut tx, world.id(), LOCKS_AT, noon()).await.expect("an answer");
        assert_eq!(nobody, None);
    }

    async fn a6_somebody_is_warned_once_in_a_while_however_many_try_at_once(world: World) {
        let person = world.reseller("acme").await.person.id;
        // The last one comes back from a clock that was ahead.
        for (now, times) in [(noon(), 1), (noon() + minutes(60), 0), (noon() + days(1), 1), (noon(), 1)] {
            let warned = at_once(5, |_| {
                let store = world.store.clone();
                async move {
                    let mut tx = store.write().await.expect("a transaction");
                    let warned = contacts::warn(&mut tx, person, now - days(1), now).await.expect("an answer");
                    tx.commit().await.expect("a commit");
                    warned
                }
            });
            assert_eq!(warned.await.into_iter().filter(|warned| *warned).count(), times, "{now}");
        }
    }

    async fn a7_who_comes_in_by_a_former_password_changes_nothing_and_opens_no_lock(world: World) {
        let person = world.reseller("acme").await.person;
        let mut tx = world.write().await;
        let read = Contact { password_hash: Some("old".to_owned()), wrong_passwords: 3, ..person };
        contacts::save(&mut tx, &read).await.expect("saved");
        let came = Contact { wrong_passwords: 0, first_signed_in_at: Some(noon() + minutes(1)), ..read.clone() };
        for at in [1, 2] {
            assert!(contacts::come_in(&mut tx, &read, noon() + minutes(at)).await.expect("an answer"));
            let stored = contacts::by_id(&mut tx, read.id).await.expect("an answer");
            assert!(stored.as_ref() == Some(&came), "the first time stays");
        }
        let renewed = Contact { password_hash: Some("new".to_owned()), wrong_passwords: 2, ..came.clone() };
        let locked = Contact { locked_at: Some(noon()), wrong_passwords: 100, ..came };
        for meanwhile in [renewed, locked] {
            contacts::save(&mut tx, &meanwhile).await.expect("saved");
            assert!(!contacts::come_in(&mut tx, &read, noon() + minutes(3)).await.expect("an answer"));
            assert!(contacts::by_id(&mut tx, read.id).await.expect("an answer") == Some(meanwhile));
        }
    }

    async fn a7_of_many_at_once_who_write_what_they_read_of_a_person_each_reads_what_the_one_before_wrote(world: World) {
        let person = world.reseller("acme").await.person.id;
        at_once(8, |_| {
            let store = world.store.clone();
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let read = contacts::held(&mut tx, person).await.expect("an answer").expect("the person");
                let more = Contact { wrong_passwords: read.wrong_passwords + 1, ..read };
                contacts::save(&mut tx, &more).await.expect("saved");
                tx.commit().await.expect("a commit");
            }
        })
        .await;
        let stored = contacts::by_id(&mut world.read().await, person).await.expect("an answer").expect("the person");
        assert_eq!(stored.wrong_passwords, 8);
    }

    async fn a6_of_those_with_one_address_who_may_come_in_is_meant_before_who_may_not(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        let named = |name: &str| Contact { username: name.to_owned(), ..world.contact(&acme.account, "team@acme.example") };
        for name in ["anna", "bo", "cy"] {
            assert!(contacts::insert(&mut tx, &named(name)).await.expect("an answer"), "{name} is pending");
        }
        let active = Contact { activated_at: Some(noon()), ..named("di") };
        assert!(contacts::insert(&mut tx, &active).await.expect("an answer"));
        let meant = contacts::all_by_login(&mut tx, "team@acme.example", 3, Lookup::SignIn).await.expect("an answer");
        let names: Vec<_> = meant.iter().map(|one| one.username.as_str()).collect();
        assert_eq!(names, ["di", "anna", "bo"]);
    }

    async fn a10_nobody_loses_their_place_to_the_many_whom_another_house_gave_their_address(world: World) {
        let (acme, globex) = (world.reseller("acme").await, world.reseller("globex").await);
        let mut tx = world.write().await;
        let named = |account, name: &str| Contact {
            username: name.to_owned(),
            activated_at: Some(noon()),
            first_signed_in_at: Some(noon()),
            ..world.contact(account, "vera@x.example")
        };
        for number in 0..11 {
            let one = named(&globex.account, &format!("globex-{number:02}"));
            assert!(contacts::insert(&mut tx, &one).await.expect("an answer"));
            contacts::save(&mut tx, &one).await.expect("it has signed in before");
        }
        let late = noon() + minutes(5);
        let vera = Contact { created_at: late, activated_at: None, ..named(&acme.account, "vera-acme") };
        assert!(contacts::insert(&mut tx, &vera).await.expect("an answer"));
        let mailed = contacts::all_by_login(&mut tx, "vera@x.example", 10, Lookup::Mail).await.expect("an answer");
        let names: Vec<_> = mailed.iter().map(|one| one.username.as_str()).take(3).collect();
        assert_eq!((names, mailed.len()), (vec!["globex-00", "vera-acme", "globex-01"], 10));

        let active = Contact { activated_at: Some(late), first_signed_in_at: None, ..vera };
        contacts::save(&mut tx, &active).await.expect("she has chosen a password");
        let meant = contacts::all_by_login(&mut tx, "vera@x.example", 3, Lookup::SignIn).await.expect("an answer");
        let names: Vec<_> = meant.iter().map(|one| one.username.as_str()).collect();
        assert_eq!(names, ["globex-00", "vera-acme", "globex-01"]);
    }

    async fn the_first_person_of_an_account_is_the_one_who_came_first(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let mut tx = world.write().await;
        assert!(contacts::insert(&mut tx, &world.contact(&acme.account, "later@acme.example")).await.expect("an answer"));
        let first = contacts::first_of(&mut tx, acme.account.id).await.expect("an answer");
        assert!(first == Some(acme.person));
        let first = contacts::first_of(&mut tx, globex.account.id).await.expect("an answer");
        assert!(first == Some(globex.person));
        assert!(contacts::first_of(&mut tx, world.id()).await.expect("an answer").is_none());
    }

    async fn a2_an_account_can_sign_in_when_one_of_it_is_active(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let mut tx = world.write().await;
        let pending = northwind.person;
        let at = Some(noon());
        let states = [
            (pending.clone(), false),
            (Contact { activated_at: at, ..pending.clone() }, true),
            (Contact { activated_at: at, locked_at: at, ..pending.clone() }, false),
            (Contact { activated_at: at, deactivated_at: at, ..pending.clone() }, false),
        ];
        for (contact, active) in states {
            contacts::save(&mut tx, &contact).await.expect("saved");
            let edition = contacts::by_id(&mut tx, contact.id).await.expect("an answer").expect("it").edition;
            let contact = Contact { edition, ..contact };
            assert_eq!(contacts::change(&mut tx, &contact, Role::Admin).await.expect("an answer"), Saved::Done);
            let any = contacts::any_active(&mut tx, northwind.account.id).await.expect("an answer");
            assert_eq!(any, active, "{:?}", contact.state());
        }
        assert!(contacts::any_active(&mut tx, acme.account.id).await.expect("an answer"));
    }

    async fn a10_of_many_usernames_those_are_told_that_somebody_has(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        world.customer(&acme, "Northwind", "Anna@Northwind.example").await;
        let mut names: Vec<_> = (0..1_200).map(|at| format!("free{at}@northwind.example")).collect();
        names.push("anna@northwind.example".to_owned());
        names.insert(0, "admin@acme.example".to_owned());
        let mut tx = world.read().await;
        let taken = contacts::taken(&mut tx, &names).await.expect("an answer");
        let both: std::collections::HashSet<_> =
            ["admin@acme.example", "anna@northwind.example"].map(str::to_owned).into();
        assert_eq!(taken, Taken { usernames: both.clone(), addresses: both.clone() });
        assert_eq!(contacts::taken(&mut tx, &[]).await.expect("an answer"), Taken::default());
        let own = contacts::own_names(&mut tx, acme.account.id, &names).await.expect("an answer");
        assert_eq!(own, both, "the own people, and those of the own customers");
        let theirs = contacts::own_names(&mut tx, globex.account.id, &names).await.expect("an answer");
        assert!(theirs.is_empty());
    }
}

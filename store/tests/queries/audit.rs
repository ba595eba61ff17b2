//! The audit log.

use domain::{accounts::Kind, audit::What};
use store::audit::{self, Event, Page};

use crate::world::{World, at_once, days, minutes, noon, operator, scope};

/// Writes entries with these subjects, each in a transaction of its own.
async fn written(world: &World, subjects: &[&str]) -> Vec<Event> {
    let mut events = Vec::new();
    for subject in subjects {
        let mut tx = world.write().await;
        let event = world.event(What::SignedIn, (*subject).to_owned());
        audit::append(&mut tx, &event).await.expect("an entry");
        tx.commit().await.expect("a commit");
        events.push(event);
    }
    events
}

/// What nobody of the house can do: takes the triggers away and does it.
async fn tamper(world: &World, sql: &str) {
    for drop in [
        "drop trigger if exists audit_keeps_rows on audit",
        "drop trigger if exists audit_keeps_rows",
        "drop trigger if exists audit_loses_no_rows",
    ] {
        // Each database understands its own words only.
        world.break_by(drop.to_owned()).await.ok();
    }
    assert_ne!(world.break_by(sql.to_owned()).await.expect(sql), 0, "{sql}");
}

async fn broken(world: &World) -> Vec<String> {
    audit::broken(&world.store).await.expect("the chain is followed")
}

on_both! {
    async fn x1_the_history_of_one_thing_is_newest_first(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        let bare = world.event(What::LicenseCreated, "license 1".to_owned());
        let full = Event {
            account: Some(acme.account.id),
            contact: Some(acme.person.id),
            detail: Some(r#"{"from":"a","to":"b"}"#.to_owned()),
            at: noon() + chrono::Duration::microseconds(1),
            ..world.event(What::LicenseEdited, "license 1".to_owned())
        };
        let other = world.event(What::LicenseCreated, "license 2".to_owned());
        for event in [&bare, &full, &other] {
            audit::append(&mut tx, event).await.expect("an entry");
        }
        let history = audit::of_subject(&mut tx, "license 1", 10).await.expect("a history");
        assert_eq!(history, [full.clone(), bare]);
        assert_eq!(audit::of_subject(&mut tx, "license 1", 1).await.expect("a history"), [full]);
        assert_eq!(audit::of_subject(&mut tx, "license 3", 10).await.expect("a history"), []);
    }

    async fn l15_it_says_when_something_was_last_done_with_each_of_many(world: World) {
        let mut tx = world.write().await;
        let first = world.event(What::LicenseSent, "license 1".to_owned());
        let again = Event { at: noon() + minutes(9), ..world.event(What::LicenseSent, "license 1".to_owned()) };
        let edited = world.event(What::LicenseEdited, "license 2".to_owned());
        for event in [&again, &first, &edited] {
            audit::append(&mut tx, event).await.expect("an entry");
        }
        let mut subjects: Vec<_> = (0..1_200).map(|at| format!("license {at}")).collect();
        let last = audit::last_with(&mut tx, What::LicenseSent, &subjects).await.expect("an answer");
        assert_eq!(last.into_iter().collect::<Vec<_>>(), [("license 1".to_owned(), again.at)]);
        subjects.remove(1);
        let last = audit::last_with(&mut tx, What::LicenseSent, &subjects).await.expect("an answer");
        assert!(last.is_empty() && audit::last_with(&mut tx, What::LicenseSent, &[]).await.expect("one").is_empty());
    }

    async fn x1_every_word_of_the_audit_log_reads_back(world: World) {
        let mut tx = world.write().await;
        for what in What::ALL {
            let event = world.event(*what, what.word().to_owned());
            audit::append(&mut tx, &event).await.expect("an entry");
            assert_eq!(audit::of_subject(&mut tx, what.word(), 10).await.expect("a history"), [event]);
        }
    }

    async fn x1_nobody_changes_or_deletes_an_entry(world: World) {
        let mut tx = world.write().await;
        let event = world.event(What::SignedIn, "contact 1".to_owned());
        audit::append(&mut tx, &event).await.expect("an entry");
        tx.commit().await.expect("a commit");
        for forbidden in ["update audit set who = 'nobody'", "delete from audit", "delete from audit where seq < 0 or 1 = 1"] {
            let error = world.break_by(forbidden.to_owned()).await.expect_err(forbidden);
            assert!(error.to_string().contains("the audit log is append-only"), "{error}");
        }
        assert_eq!(audit::of_subject(&mut world.read().await, "contact 1", 10).await.expect("a history"), [event]);
    }

    async fn x1_entries_form_one_chain_and_a_transaction_that_is_dropped_adds_none(world: World) {
        assert_eq!(broken(&world).await, [""; 0]);
        written(&world, &["a", "b"]).await;
        let mut tx = world.write().await;
        audit::append(&mut tx, &world.event(What::SignedIn, "dropped".to_owned())).await.expect("an entry");
        drop(tx);
        let mut tx = world.write().await;
        for at in 0..250 {
            audit::append(&mut tx, &world.event(What::LicenseCreated, format!("license {at}"))).await.expect("an entry");
        }
        tx.commit().await.expect("a commit");
        assert_eq!(broken(&world).await, [""; 0]);
        assert_eq!(audit::head(&mut world.read().await).await.expect("a head").place, 252);
    }

    async fn x1_many_at_once_add_to_one_chain(world: World) {
        let world = std::sync::Arc::new(world);
        at_once(20, |at| {
            let world = world.clone();
            async move { written(&world, &[&format!("{at} a"), &format!("{at} b"), &format!("{at} c")]).await }
        })
        .await;
        assert_eq!(broken(&world).await, [""; 0]);
        assert_eq!(audit::head(&mut world.read().await).await.expect("a head").place, 60);
    }

    async fn x1_a_changed_entry_is_named_whatever_was_changed(world: World) {
        let [_, b, c, _] = <[Event; 4]>::try_from(written(&world, &["a", "b", "c", "d"]).await).expect("four");
        let changes = [
            ("who = 'nobody'", "who = 'Anna Nord'"),
            ("at = at + 1", "at = at - 1"),
            ("what = 'nonsense'", "what = 'session.created'"),
            ("detail = '{}'", "detail = null"),
            ("who = who || ' '", "who = 'Anna Nord'"),
            ("subject_id = 'a'", "subject_id = 'c'"),
            ("hash = 'ab'", ""),
        ];
        for (change, back) in changes {
            tamper(&world, &format!("update audit set {change} where place = 3")).await;
            assert_eq!(broken(&world).await[0], format!("entry 3, {}, or {} before it was changed", c.id, b.id), "{change}");
            if !back.is_empty() {
                tamper(&world, &format!("update audit set {back} where place = 3")).await;
                assert_eq!(broken(&world).await, [""; 0], "{back}");
            }
        }
    }

    async fn x1_a_removed_entry_is_named_by_its_place_also_the_last_one(world: World) {
        let events = written(&world, &["a", "b", "c", "d", "e", "f"]).await;
        tamper(&world, "delete from audit where subject_id = 'b'").await;
        assert_eq!(broken(&world).await, [format!("entry 2 was removed, before {}", events[2].id)]);
        tamper(&world, "delete from audit where subject_id in ('c', 'f')").await;
        assert_eq!(
            broken(&world).await,
            [
                format!("entries 2 to 3 were removed, before {}", events[3].id),
                "the chain ends with entry 5, but its head says 6".to_owned(),
            ]
        );
    }

    async fn x1_an_inserted_entry_is_named(world: World) {
        let events = written(&world, &["a", "b"]).await;
        let forge = |id: &str, place: &str| {
            format!(
                "insert into audit (id, at, what, who, subject_id, address, request_id, place, hash)
                 values ('{id}', 1, 'session.created', 'nobody', 'c', '', '', {place}, 'ab')"
            )
        };
        tamper(&world, &forge("beside", "null")).await;
        assert_eq!(broken(&world).await, ["beside was inserted: it has no place in the chain"]);
        tamper(&world, "delete from audit where id = 'beside'").await;
        tamper(&world, &forge("behind", "3")).await;
        assert_eq!(
            broken(&world).await,
            [
                format!("entry 3, behind, or {} before it was changed", events[1].id),
                "the chain ends with entry 3, but its head says 2".to_owned(),
            ]
        );
        tamper(&world, "update audit set place = 0 where id = 'behind'").await;
        assert_eq!(broken(&world).await, ["behind was inserted: entry 0 is there already"]);
    }

    async fn x1_entries_that_are_older_than_the_chain_are_let_be_and_counted(world: World) {
        written(&world, &["a", "b", "c"]).await;
        tamper(&world, "update audit set place = null, hash = null").await;
        tamper(&world, "update audit_head set place = 0, hash = '', older = 3, older_until = 3").await;
        written(&world, &["d"]).await;
        assert_eq!(broken(&world).await, [""; 0]);
        tamper(&world, "delete from audit where subject_id = 'b'").await;
        assert_eq!(broken(&world).await, ["3 entries were older than the chain, 2 are there"]);
    }

    async fn x1_the_log_is_listed_newest_first_by_each_filter_and_page_by_page(world: World) {
        let acme = world.reseller("acme").await;
        let mut all = Vec::new();
        let mut tx = world.write().await;
        for at in 0..6 {
            let event = Event {
                at: noon() + days(at / 2),
                account: (at % 2 == 0).then_some(acme.account.id),
                contact: (at < 3).then_some(acme.person.id),
                ..world.event(if at == 4 { What::Locked } else { What::SignedIn }, format!("subject {}", at % 3))
            };
            audit::append(&mut tx, &event).await.expect("an entry");
            all.push(event);
        }
        tx.commit().await.expect("a commit");
        let world = &world;
        let found = |page: Page| async move {
            let page = Page { most: if page.most == 0 { 50 } else { page.most }, ..page };
            audit::page(&mut world.read().await, &operator(), &page).await.expect("a page")
        };
        let ids = |which: &[usize]| which.iter().map(|at| all[*at].id).collect::<Vec<_>>();
        let seen = |found: Vec<audit::Listed>| found.into_iter().map(|listed| listed.event.id).collect::<Vec<_>>();
        let plain = Page::default;
        let everything = found(plain()).await;
        assert_eq!(everything[1].account.as_deref(), Some("acme"));
        assert_eq!(everything[0].account, None);
        assert_eq!(seen(everything), ids(&[5, 4, 3, 2, 1, 0]));
        assert_eq!(seen(found(Page { account: Some(acme.account.id), ..plain() }).await), ids(&[4, 2, 0]));
        assert_eq!(seen(found(Page { contact: Some(acme.person.id), ..plain() }).await), ids(&[2, 1, 0]));
        assert_eq!(seen(found(Page { what: Some(What::Locked), ..plain() }).await), ids(&[4]));
        assert_eq!(seen(found(Page { subject: Some("subject 1".to_owned()), ..plain() }).await), ids(&[4, 1]));
        let from = Some(noon() + minutes(1));
        assert_eq!(seen(found(Page { from, before: Some(noon() + days(2)), ..plain() }).await), ids(&[3, 2]));
        let both = Page { account: Some(acme.account.id), what: Some(What::SignedIn), from, ..plain() };
        assert_eq!(seen(found(both).await), ids(&[2]));
        let first = found(Page { most: 4, ..plain() }).await;
        let after = first.last().map(|last| (last.event.at, last.seq));
        assert_eq!(seen(first), ids(&[5, 4, 3, 2]));
        assert_eq!(seen(found(Page { after, ..plain() }).await), ids(&[1, 0]));
        let none = audit::page(&mut world.read().await, &acme.scope, &Page { most: 50, ..plain() }).await;
        assert_eq!(none.expect("a page"), []);
    }

    async fn x1_an_account_sees_its_own_part_and_who_of_it_was_its_own(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let mut tx = world.write().await;
        let mut events = Vec::new();
        for (account, contact) in [(&acme, Some(&acme)), (&acme, Some(&globex)), (&globex, Some(&globex)), (&acme, None)] {
            let event = Event {
                account: Some(account.account.id),
                contact: contact.map(|of| of.person.id),
                ..world.event(What::SignedIn, "a".to_owned())
            };
            audit::append(&mut tx, &event).await.expect("an entry");
            events.push(event.id);
        }
        tx.commit().await.expect("a commit");
        let mut tx = world.read().await;
        let own = audit::own(&mut tx, &acme.scope, None, 50).await.expect("a history");
        let seen: Vec<_> = own.iter().map(|own| (own.event.id, own.by_own)).collect();
        assert_eq!(seen, [(events[3], false), (events[1], false), (events[0], true)]);
        let after = Some((own[1].event.at, own[1].seq));
        assert_eq!(audit::own(&mut tx, &acme.scope, after, 50).await.expect("a history"), own[2..]);
        let operators = audit::own(&mut tx, &scope(Kind::Operator, acme.account.id), None, 50).await;
        assert_eq!(operators.expect("a history"), []);
    }
}

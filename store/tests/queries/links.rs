//! Activation links.

use store::links::{self, Link};

use crate::world::{World, at_once, days, minutes, noon};

on_both! {
    async fn a5_a_new_link_voids_those_before_it_but_not_a_used_one_or_anybody_elses(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let globex = world.reseller("globex").await.person.id;
        let mut tx = world.write().await;
        let (now, end) = (noon(), noon() + days(3));
        links::insert(&mut tx, "used", acme, now, end).await.expect("a link");
        assert!(links::use_up(&mut tx, "used", now + minutes(1)).await.expect("an answer"));
        links::insert(&mut tx, "first", acme, now, end).await.expect("a link");
        links::insert(&mut tx, "theirs", globex, now, end).await.expect("a link");
        links::insert(&mut tx, "second", acme, now + minutes(2), end + minutes(2)).await.expect("a link");
        let link = Link { contact: acme, expires_at: end, used_at: None, voided_at: None };
        for (hash, wanted) in [
            ("used", Some(Link { used_at: Some(now + minutes(1)), ..link.clone() })),
            ("first", Some(Link { voided_at: Some(now + minutes(2)), ..link.clone() })),
            ("second", Some(Link { expires_at: end + minutes(2), ..link.clone() })),
            ("theirs", Some(Link { contact: globex, ..link })),
            ("unknown", None),
        ] {
            assert_eq!(links::find(&mut tx, hash).await.expect("an answer"), wanted, "{hash}");
        }
        assert!(!links::use_up(&mut tx, "first", now + minutes(3)).await.expect("an answer"));
        assert!(!links::use_up(&mut tx, "used", now + minutes(3)).await.expect("an answer"));
        assert!(!links::use_up(&mut tx, "unknown", now + minutes(3)).await.expect("an answer"));
    }

    async fn a5_a_link_works_until_its_end_and_not_at_it(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        let end = noon() + days(3);
        links::insert(&mut tx, "late", acme, noon(), end).await.expect("a link");
        assert!(!links::use_up(&mut tx, "late", end).await.expect("an answer"));
        assert!(links::use_up(&mut tx, "late", end - chrono::Duration::microseconds(1)).await.expect("an answer"));
    }

    async fn a5_of_ten_who_use_a_link_at_once_one_does(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        links::insert(&mut tx, "token", acme, noon(), noon() + days(3)).await.expect("a link");
        tx.commit().await.expect("a commit");
        let used = at_once(10, |_| {
            let store = world.store.clone();
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let used = links::use_up(&mut tx, "token", noon()).await.expect("an answer");
                tx.commit().await.expect("a commit");
                used
            }
        });
        assert_eq!(used.await.into_iter().filter(|used| *used).count(), 1);
    }
}

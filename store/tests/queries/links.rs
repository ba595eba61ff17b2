//! Activation links.

use domain::contacts::LinkKind::{Activation, Reset};
use store::links::{self, Link};

use crate::world::{World, at_once, days, minutes, noon};

on_both! {
    async fn a5_a_new_link_voids_those_before_it_but_not_a_used_one_or_anybody_elses(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let globex = world.reseller("globex").await.person.id;
        let mut tx = world.write().await;
        let (now, end) = (noon(), noon() + days(3));
        links::insert(&mut tx, Activation, "used", acme, now, end).await.expect("a link");
        assert!(links::use_up(&mut tx, Activation, "used", now + minutes(1)).await.expect("an answer"));
        links::insert(&mut tx, Activation, "first", acme, now, end).await.expect("a link");
        links::insert(&mut tx, Activation, "theirs", globex, now, end).await.expect("a link");
        links::insert(&mut tx, Activation, "second", acme, now + minutes(2), end + minutes(2)).await.expect("a link");
        let link = Link { contact: acme, expires_at: end, used_at: None, voided_at: None };
        for (hash, wanted) in [
            ("used", Some(Link { used_at: Some(now + minutes(1)), ..link.clone() })),
            ("first", Some(Link { voided_at: Some(now + minutes(2)), ..link.clone() })),
            ("second", Some(Link { expires_at: end + minutes(2), ..link.clone() })),
            ("theirs", Some(Link { contact: globex, ..link })),
            ("unknown", None),
        ] {
            assert_eq!(links::find(&mut tx, Activation, hash).await.expect("an answer"), wanted, "{hash}");
        }
        assert!(!links::use_up(&mut tx, Activation, "first", now + minutes(3)).await.expect("an answer"));
        assert!(!links::use_up(&mut tx, Activation, "used", now + minutes(3)).await.expect("an answer"));
        assert!(!links::use_up(&mut tx, Activation, "unknown", now + minutes(3)).await.expect("an answer"));
    }

    async fn a7_a_link_of_one_kind_voids_none_of_the_other_and_does_not_do_its_work(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        let (now, end) = (noon(), noon() + days(3));
        links::insert(&mut tx, Activation, "activation", acme, now, end).await.expect("a link");
        links::insert(&mut tx, Reset, "reset", acme, now, end).await.expect("a link");
        let open = Some(Link { contact: acme, expires_at: end, used_at: None, voided_at: None });
        assert_eq!(links::find(&mut tx, Activation, "activation").await.expect("an answer"), open);
        assert_eq!(links::find(&mut tx, Reset, "activation").await.expect("an answer"), None);
        assert!(!links::use_up(&mut tx, Activation, "reset", now).await.expect("an answer"));
        assert!(links::use_up(&mut tx, Reset, "reset", now).await.expect("an answer"));
        links::void_all(&mut tx, acme, now + minutes(1)).await.expect("voided");
        assert!(!links::use_up(&mut tx, Activation, "activation", now + minutes(2)).await.expect("an answer"));
        let used = links::find(&mut tx, Reset, "reset").await.expect("an answer").expect("a link");
        assert_eq!((used.used_at, used.voided_at), (Some(now), None), "what was used stays used");
    }

    async fn a5_a_link_works_until_its_end_and_not_at_it(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        let end = noon() + days(3);
        links::insert(&mut tx, Activation, "late", acme, noon(), end).await.expect("a link");
        assert!(!links::use_up(&mut tx, Activation, "late", end).await.expect("an answer"));
        assert!(links::use_up(&mut tx, Activation, "late", end - chrono::Duration::microseconds(1)).await.expect("an answer"));
    }

    async fn a5_of_ten_who_use_a_link_at_once_one_does(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        links::insert(&mut tx, Activation, "token", acme, noon(), noon() + days(3)).await.expect("a link");
        tx.commit().await.expect("a commit");
        let used = at_once(10, |_| {
            let store = world.store.clone();
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let used = links::use_up(&mut tx, Activation, "token", noon()).await.expect("an answer");
                tx.commit().await.expect("a commit");
                used
            }
        });
        assert_eq!(used.await.into_iter().filter(|used| *used).count(), 1);
    }
}

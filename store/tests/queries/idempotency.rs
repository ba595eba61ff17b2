//! The keys of forms that did their deed.

use domain::FormKey;
use store::idempotency::{self, Claim};

use crate::world::{World, at_once, noon};

fn form(text: &str) -> FormKey {
    FormKey::parse(text).expect("a form key")
}

const KEY: &str = "7f0e4b52-3a58-4c1b-9d5c-0d7a3f6b2c11";

on_both! {
    async fn o2_the_same_form_again_gets_what_was_settled_and_another_is_refused(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let globex = world.reseller("globex").await.person.id;
        let key = form(KEY);
        let mut tx = world.write().await;
        assert_eq!(idempotency::outcome(&mut tx, acme, key).await.expect("an answer"), None);
        let first = idempotency::claim(&mut tx, acme, key, "license.created", "3 of x", noon()).await;
        assert_eq!(first.expect("an answer"), Claim::First);
        assert_eq!(idempotency::outcome(&mut tx, acme, key).await.expect("an answer"), Some(String::new()));
        idempotency::settle(&mut tx, acme, key, "order 7").await.expect("settled");
        assert_eq!(idempotency::outcome(&mut tx, acme, key).await.expect("an answer"), Some("order 7".to_owned()));
        assert_eq!(idempotency::outcome(&mut tx, globex, key).await.expect("an answer"), None);
        for (contact, deed, fingerprint, claim) in [
            (acme, "license.created", "3 of x", Claim::Again("order 7".to_owned())),
            (acme, "license.created", "4 of x", Claim::Other),
            (acme, "license.sent", "3 of x", Claim::Other),
            (globex, "license.created", "3 of x", Claim::First),
        ] {
            let claimed = idempotency::claim(&mut tx, contact, key, deed, fingerprint, noon()).await;
            assert_eq!(claimed.expect("an answer"), claim, "{deed} {fingerprint}");
        }
    }

    async fn o2_a_deed_that_failed_leaves_its_key_free(world: World) {
        let acme = world.reseller("acme").await.person.id;
        for _ in 0..2 {
            let mut tx = world.write().await;
            let claimed = idempotency::claim(&mut tx, acme, form(KEY), "license.created", "", noon()).await;
            assert_eq!(claimed.expect("an answer"), Claim::First);
            drop(tx);
        }
    }

    async fn o2_of_twenty_same_forms_at_once_one_does_the_deed_and_all_get_its_outcome(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let claims = at_once(20, |at| {
            let store = world.store.clone();
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let claim = idempotency::claim(&mut tx, acme, form(KEY), "license.created", "", noon()).await;
                let claim = claim.expect("an answer");
                if claim == Claim::First {
                    idempotency::settle(&mut tx, acme, form(KEY), &format!("order {at}")).await.expect("settled");
                }
                tx.commit().await.expect("a commit");
                (at, claim)
            }
        });
        let claims = claims.await;
        let first: Vec<_> = claims.iter().filter(|(_, claim)| *claim == Claim::First).map(|(at, _)| *at).collect();
        assert_eq!(first.len(), 1);
        let outcome = Claim::Again(format!("order {}", first[0]));
        assert_eq!(claims.iter().filter(|(_, claim)| *claim == outcome).count(), 19);
    }
}

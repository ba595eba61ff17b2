//! Two who change one thing at once: one of them makes the next edition.

use store::editions::{self, Of};

use crate::world::{World, at_once};

on_both! {
    async fn of_twenty_who_change_one_edition_one_makes_the_next(world: World) {
        let id = world.reseller("acme").await.account.id;
        let raised = at_once(20, |_| {
            let store = world.store.clone();
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let raised = editions::raise(&mut tx, Of::Account(id), 1).await.expect("an answer");
                tx.commit().await.expect("a commit");
                raised
            }
        });
        assert_eq!(raised.await.into_iter().filter(|raised| *raised).count(), 1);
    }

    async fn each_thing_has_editions_of_its_own(world: World) {
        let acme = world.reseller("acme").await;
        let option = world.option("Store Manager").await;
        let mut tx = world.write().await;
        let all = [
            (Of::Account(acme.account.id), 1),
            (Of::Contact(acme.person.id), 0),
            (Of::Product(option.product.id), 1),
            (Of::Option(option.id), 1),
        ];
        for (of, first) in all {
            assert_eq!(editions::last(&mut tx, of).await.expect("an answer"), Some(first));
            assert!(!editions::raise(&mut tx, of, first + 1).await.expect("an answer"));
            assert!(editions::raise(&mut tx, of, first).await.expect("an answer"));
            assert!(!editions::raise(&mut tx, of, first).await.expect("an answer"));
            assert_eq!(editions::last(&mut tx, of).await.expect("an answer"), Some(first + 1));
        }
        let nothing = Of::PriceList(world.id());
        assert_eq!(editions::last(&mut tx, nothing).await.expect("an answer"), None);
        assert!(!editions::raise(&mut tx, nothing, 1).await.expect("an answer"));
    }
}

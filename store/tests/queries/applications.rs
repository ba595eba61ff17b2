//! Applications.

use domain::{
    ApplicationId, FormKey, Timestamp,
    accounts::Kind,
    applications::{NewApplication, State},
};
use store::applications;
use uuid::Uuid;

use crate::world::{World, at_once, noon, operator};

fn ida() -> NewApplication {
    NewApplication {
        organisation: "Initech".to_owned(),
        first_name: "Ida".to_owned(),
        last_name: "Ng".to_owned(),
        email: "ida@initech.example".to_owned(),
        phone: "+49 30 1234".to_owned(),
        country: "Germany".to_owned(),
        website: None,
        message: Some("We sell shops.".to_owned()),
    }
}

async fn applied(world: &World, at: Timestamp) -> ApplicationId {
    let (id, key) = (world.id(), FormKey::from(world.id::<Uuid>()));
    let mut tx = world.write().await;
    assert!(applications::insert(&mut tx, id, key, &ida(), at).await.expect("stored"));
    tx.commit().await.expect("a commit");
    id
}

async fn ids(world: &World, state: State, after: Option<i64>, most: i64) -> Vec<(ApplicationId, i64)> {
    let mut tx = world.read().await;
    let page = applications::page(&mut tx, &operator(), state, after, most).await.expect("a page");
    page.into_iter().map(|found| (found.id, found.seq)).collect()
}

on_both! {
    async fn o2_the_same_form_is_one_application(world: World) {
        let key = FormKey::from(world.id::<Uuid>());
        let mut tx = world.write().await;
        let first: ApplicationId = world.id();
        assert!(applications::insert(&mut tx, first, key, &ida(), noon()).await.expect("stored"));
        assert!(!applications::insert(&mut tx, world.id(), key, &ida(), noon()).await.expect("an answer"));
        tx.commit().await.expect("a commit");
        let found = applications::find(&mut world.read().await, &operator(), first).await.expect("an answer");
        let found = found.expect("the application");
        assert_eq!((found.state, found.wrote, found.account, found.decided_at), (State::Applied, Some(ida()), None, None));
        assert_eq!(ids(&world, State::Applied, None, 50).await.len(), 1);
    }

    async fn a3_what_waits_is_listed_oldest_first_and_only_to_the_operator(world: World) {
        let acme = world.reseller("acme").await;
        let all = [applied(&world, noon()).await, applied(&world, noon()).await, applied(&world, noon()).await];
        let first = ids(&world, State::Applied, None, 2).await;
        let second = ids(&world, State::Applied, Some(first[1].1), 2).await;
        assert_eq!(first.iter().chain(&second).map(|(id, _)| *id).collect::<Vec<_>>(), all);
        let mut tx = world.read().await;
        assert_eq!(applications::page(&mut tx, &acme.scope, State::Applied, None, 50).await.expect("a page"), []);
        assert_eq!(applications::find(&mut tx, &acme.scope, all[0]).await.expect("an answer"), None);
        assert_eq!(applications::waiting_count(&mut tx, &acme.scope, 50).await.expect("a count"), 0);
        assert_eq!(applications::waiting_count(&mut tx, &operator(), 50).await.expect("a count"), 3);
        assert_eq!(applications::waiting_count(&mut tx, &operator(), 2).await.expect("a count"), 2);
        assert!(applications::more_wait_than(&mut tx, 2).await.expect("an answer"));
        assert!(!applications::more_wait_than(&mut tx, 3).await.expect("an answer"));
    }

    async fn a3_a_rejected_application_stays_and_says_nothing_of_its_applicant(world: World) {
        let acme = world.reseller("acme").await;
        let id = applied(&world, noon()).await;
        let mut tx = world.write().await;
        assert!(applications::reject(&mut tx, id, acme.person.id, noon()).await.expect("rejected"));
        assert!(!applications::approve(&mut tx, id, acme.account.id, acme.person.id, noon()).await.expect("an answer"));
        tx.commit().await.expect("a commit");
        let found = applications::find(&mut world.read().await, &operator(), id).await.expect("an answer");
        let found = found.expect("the record");
        assert_eq!((found.state, found.wrote, found.decided_by.as_deref()), (State::Rejected, None, Some("Anna Nord")));
        let mut connection = world.beside().await;
        let left: i64 = sqlx::query_scalar(
            "select count(*) from applications where coalesce(organisation, first_name, last_name, email, phone, country, \
             website, message) is not null",
        )
        .fetch_one(&mut connection)
        .await
        .expect("a count");
        assert_eq!(left, 0);
    }

    async fn a3_ten_who_decide_at_once_decide_once(world: World) {
        let acme = world.reseller("acme").await;
        let id = applied(&world, noon()).await;
        let account = world.account(Kind::Reseller, None, "Initech");
        let mut tx = world.write().await;
        store::accounts::insert(&mut tx, &account).await.expect("an account");
        tx.commit().await.expect("a commit");
        let decided = at_once(10, |at| {
            let (store, by, account) = (world.store.clone(), acme.person.id, account.id);
            async move {
                let mut tx = store.write().await.expect("a transaction");
                applications::hold(&mut tx, id).await.expect("held");
                let decided = match at % 2 {
                    0 => applications::approve(&mut tx, id, account, by, noon()).await,
                    _ => applications::reject(&mut tx, id, by, noon()).await,
                };
                tx.commit().await.expect("a commit");
                decided.expect("an answer")
            }
        })
        .await;
        assert_eq!(decided.into_iter().filter(|decided| *decided).count(), 1);
    }
}

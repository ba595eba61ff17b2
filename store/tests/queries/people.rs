//! People as others see and change them: in scope, in pages, without overwriting, and never without an admin.

use domain::{Role, Roles};
use store::contacts::{self, Contact, Saved};

use crate::world::{Reseller, World, at_once, minutes, noon, operator};

/// One more active admin.
async fn admin(world: &World, of: &Reseller, email: &str) -> Contact {
    let contact = Contact { activated_at: Some(noon()), ..world.contact(&of.account, email) };
    let mut tx = world.write().await;
    assert!(contacts::insert(&mut tx, &contact).await.expect("an answer"));
    tx.commit().await.expect("a commit");
    contact
}

fn buyer(contact: &Contact) -> Contact {
    Contact { roles: Roles::of(&[Role::Buyer]), ..contact.clone() }
}

on_both! {
    async fn a11_a_person_is_found_by_the_own_account_and_by_the_operator(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let mut tx = world.read().await;
        for (scope, finds) in [(acme.scope, true), (operator(), true), (globex.scope, false), (northwind.scope, false)] {
            let found = contacts::find(&mut tx, &scope, acme.person.id).await.expect("an answer");
            assert!(found == finds.then(|| acme.person.clone()));
            let listed = contacts::page(&mut tx, &scope, acme.account.id, None, 9).await.expect("an answer");
            assert_eq!(listed.len(), usize::from(finds));
        }
        assert!(contacts::find(&mut tx, &northwind.scope, northwind.person.id).await.expect("an answer").is_none());
    }

    async fn the_people_of_an_account_come_in_pages_by_key(world: World) {
        let acme = world.reseller("acme").await;
        let mut all = vec![acme.person.clone()];
        for name in ["b", "c", "d"] {
            all.push(admin(&world, &acme, &format!("{name}@acme.example")).await);
        }
        let mut tx = world.read().await;
        let first = contacts::page(&mut tx, &acme.scope, acme.account.id, None, 3).await.expect("a page");
        let rest = contacts::page(&mut tx, &acme.scope, acme.account.id, Some(first[2].id), 3).await.expect("a page");
        assert!([first, rest].concat() == all);
    }

    async fn a4_of_two_who_change_one_person_the_second_overwrites_nothing(world: World) {
        let acme = world.reseller("acme").await;
        let bo = admin(&world, &acme, "bo@acme.example").await;
        let mut tx = world.write().await;
        let first = Contact {
            username: "Bo@New.example".to_owned(),
            email: "Bo@New.example".to_owned(),
            first_name: "Bo".to_owned(),
            last_name: "Lind".to_owned(),
            phone: Some("1".to_owned()),
            job_title: Some("Head".to_owned()),
            roles: Roles::of(&[Role::Buyer, Role::LicenseManager]),
            deactivated_at: Some(noon()),
            ..bo.clone()
        };
        assert_eq!(contacts::change(&mut tx, &first, Role::Admin).await.expect("an answer"), Saved::Done);
        let second = Contact { first_name: "Bob".to_owned(), ..bo.clone() };
        assert_eq!(contacts::change(&mut tx, &second, Role::Admin).await.expect("an answer"), Saved::Stale);
        let stored = contacts::by_id(&mut tx, bo.id).await.expect("an answer");
        assert!(stored == Some(Contact { edition: 1, ..first }));
    }

    async fn a10_an_address_by_which_somebody_signs_in_is_taken(world: World) {
        let acme = world.reseller("acme").await;
        let bo = admin(&world, &acme, "bo@acme.example").await;
        let mut tx = world.write().await;
        let taken = Contact { username: "ADMIN@acme.example".to_owned(), ..bo.clone() };
        assert_eq!(contacts::change(&mut tx, &taken, Role::Admin).await.expect("an answer"), Saved::Taken);
        let quiet = Contact { storefront_since: None, ..taken };
        assert_eq!(contacts::change(&mut tx, &quiet, Role::Admin).await.expect("an answer"), Saved::Done);
        assert!(contacts::by_login(&mut tx, "bo@acme.example").await.expect("an answer").is_none());
    }

    async fn a6_the_last_active_admin_stays_and_those_who_cannot_sign_in_do_not_count(world: World) {
        let acme = world.reseller("acme").await;
        let bo = admin(&world, &acme, "bo@acme.example").await;
        let mut tx = world.write().await;
        let locked = Contact { locked_at: Some(noon()), ..bo.clone() };
        contacts::save(&mut tx, &locked).await.expect("saved");
        let last = acme.person;
        for gone in [
            buyer(&last),
            Contact { deactivated_at: Some(noon() + minutes(1)), ..last.clone() },
            Contact { storefront_since: None, ..last.clone() },
        ] {
            assert_eq!(contacts::change(&mut tx, &gone, Role::Admin).await.expect("an answer"), Saved::LastChief);
        }
        assert!(contacts::by_id(&mut tx, last.id).await.expect("an answer") == Some(last.clone()));
        contacts::save(&mut tx, &bo).await.expect("unlocked");
        assert_eq!(contacts::change(&mut tx, &buyer(&last), Role::Admin).await.expect("an answer"), Saved::Done);
        assert_eq!(contacts::change(&mut tx, &buyer(&bo), Role::Admin).await.expect("an answer"), Saved::LastChief);
        let back = Contact { edition: 1, ..last };
        assert_eq!(contacts::change(&mut tx, &back, Role::Admin).await.expect("an answer"), Saved::Done);
        assert_eq!(contacts::change(&mut tx, &buyer(&bo), Role::Admin).await.expect("an answer"), Saved::Done);
    }

    async fn a6_of_two_admins_who_demote_each_other_at_once_one_stays(world: World) {
        let acme = world.reseller("acme").await;
        let bo = admin(&world, &acme, "bo@acme.example").await;
        let demoted = [buyer(&acme.person), buyer(&bo)];
        let mut saved = at_once(2, |at| {
            let (store, contact) = (world.store.clone(), demoted[at].clone());
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let saved = contacts::change(&mut tx, &contact, Role::Admin).await.expect("an answer");
                tx.commit().await.expect("a commit");
                saved
            }
        })
        .await;
        saved.sort_by_key(|saved| *saved != Saved::Done);
        assert_eq!(saved, [Saved::Done, Saved::LastChief]);
    }
}

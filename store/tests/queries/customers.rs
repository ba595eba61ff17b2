//! The customers of a reseller.

use domain::{contacts::State, licenses::SearchText};
use store::{
    contacts::{self, Contact},
    customers::{self, Customer as Row},
};

use crate::world::{Customer, World, noon, operator};

/// A customer as the list shows it.
fn row(customer: &Customer) -> Row {
    Row {
        seq: customer.seq,
        id: customer.account.id,
        name: customer.account.name.clone(),
        person: customer.person.name(),
        email: customer.person.email.clone(),
        state: customer.person.state(),
        licenses: customer.account.licenses,
        created_at: customer.account.created_at,
    }
}

on_both! {
    async fn a11_a_reseller_finds_its_own_customers_and_nobody_elses(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let mut tx = world.read().await;
        let id = northwind.account.id;
        assert_eq!(customers::find(&mut tx, &acme.scope, id).await.expect("an answer"), Some(row(&northwind)));
        for scope in [globex.scope, northwind.scope, operator()] {
            assert_eq!(customers::find(&mut tx, &scope, id).await.expect("an answer"), None);
            assert_eq!(customers::page(&mut tx, &scope, None, None, 50).await.expect("a page"), []);
            let search = SearchText::of("northwind");
            assert_eq!(customers::page(&mut tx, &scope, search.as_ref(), None, 50).await.expect("a page"), []);
        }
        let own = customers::find(&mut tx, &acme.scope, acme.account.id).await.expect("an answer");
        assert_eq!(own, None, "the own account is no customer");
    }

    async fn a_customers_row_shows_its_first_person_and_its_counters(world: World) {
        let acme = world.reseller("acme").await;
        let mut northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let mut tx = world.write().await;
        northwind.person.activated_at = Some(noon());
        contacts::save(&mut tx, &northwind.person).await.expect("saved");
        let second = Contact { first_name: "Bo".to_owned(), ..world.contact(&northwind.account, "bo@northwind.example") };
        assert!(contacts::insert(&mut tx, &second).await.expect("an answer"));
        store::accounts::count_licenses(&mut tx, northwind.account.id, 7).await.expect("counted");
        let shown = Row { state: State::Active, licenses: 7, ..row(&northwind) };
        let found = customers::find(&mut tx, &acme.scope, northwind.account.id).await.expect("an answer");
        assert_eq!(found, Some(shown.clone()));
        assert_eq!(customers::page(&mut tx, &acme.scope, None, None, 50).await.expect("a page"), [shown]);
    }

    async fn paging_gives_each_customer_once_newest_first_while_others_are_added(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let mut all = Vec::new();
        for at in 0..25 {
            all.push(world.customer(&acme, &format!("Customer {at}"), &format!("c{at}@acme.example")).await.seq);
            world.customer(&globex, &format!("Customer {at}"), &format!("c{at}@globex.example")).await;
        }
        all.reverse();
        for search in [None, SearchText::of("cust")] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let mut tx = world.read().await;
                let page = customers::page(&mut tx, &acme.scope, search.as_ref(), after, 10).await.expect("a page");
                drop(tx);
                let Some(last) = page.last() else { break };
                after = Some(last.seq);
                seen.extend(page.iter().map(|row| row.seq));
                let email = format!("new{}{}@acme.example", search.is_some(), seen.len());
                world.customer(&acme, "Newcomer", &email).await;
            }
            seen.retain(|seq| all.contains(seq));
            assert_eq!(seen, all);
        }
    }

    async fn a_customer_is_found_by_name_person_address_and_username(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Müller & Söhne GmbH", "info@mueller-soehne.example").await;
        let other = world.customer(&acme, "Globetrotter", "bo@globetrotter.example").await;
        let mut tx = world.read().await;
        let both = vec![row(&other), row(&northwind)];
        let one = vec![row(&northwind)];
        for (typed, found) in [
            ("müller", &one),
            ("mul", &one),
            ("MULLER gm", &one),
            ("sohne", &one),
            ("mueller", &one),
            ("info@mueller-soehne.example", &one),
            ("Anna Nord", &both),
            ("nord anna example", &both),
            ("ller", &vec![]),
            ("anna zzz", &vec![]),
            ("r", &vec![]),
            (&acme.account.id.to_string(), &vec![]),
        ] {
            let search = SearchText::of(typed).expect("words");
            let page = customers::page(&mut tx, &acme.scope, Some(&search), None, 50).await.expect("a page");
            assert_eq!(page, *found, "{typed}");
        }
    }

    async fn a_customer_that_is_indexed_again_is_found_by_its_new_words_only(world: World) {
        let acme = world.reseller("acme").await;
        let mut northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let mut tx = world.write().await;
        northwind.account.name = "Südwind".to_owned();
        northwind.person.email = "anna@suedwind.example".to_owned();
        northwind.person.username = "anna".to_owned();
        let Customer { seq, account, person, .. } = &northwind;
        customers::index(&mut tx, *seq, acme.account.id, account, person).await.expect("words");
        for (typed, found) in [("northwind", 0), ("suedwind", 1), ("sudwind", 1)] {
            let search = SearchText::of(typed);
            let page = customers::page(&mut tx, &acme.scope, search.as_ref(), None, 50).await.expect("a page");
            assert_eq!(page.len(), found, "{typed}");
        }
    }
}

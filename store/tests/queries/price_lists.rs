//! Price lists and their entries.

use std::{collections::HashMap, slice};

use domain::{
    BasisPoints, Currency, Money,
    price_lists::{Entry, PriceList, Rule},
};
use store::{
    accounts,
    editions::{self, Of},
    price_lists::{self, Edited},
};

use crate::world::{World, at_once, noon};

fn list(world: &World) -> PriceList {
    PriceList {
        id: world.id(),
        name: "Partner 2026".to_owned(),
        currency: Currency::EUR,
        starts: "2026-01-01".parse().expect("a day"),
        ends: Some("2026-12-31".parse().expect("a day")),
        active: true,
        percent_off: BasisPoints::new(3_000),
    }
}

on_both! {
    async fn p1_a_price_list_is_found_as_it_was_stored_until_it_is_switched_off(world: World) {
        let full = list(&world);
        let bare = PriceList { id: world.id(), ends: None, percent_off: None, currency: Currency::JPY, ..full.clone() };
        let mut tx = world.write().await;
        for list in [&full, &bare] {
            price_lists::insert(&mut tx, list, "For partners").await.expect("a price list");
            assert_eq!(price_lists::find(&mut tx, list.id).await.expect("an answer"), Some(list.clone()));
        }
        assert_eq!(price_lists::find(&mut tx, world.id()).await.expect("an answer"), None);
        tx.commit().await.expect("a commit");
        world.break_by(format!("update price_lists set deactivated_at = 1 where id = '{}'", full.id)).await.expect("off");
        let found = price_lists::find(&mut world.read().await, full.id).await.expect("an answer");
        assert_eq!(found, Some(PriceList { active: false, ..full }));
    }

    async fn p1_entries_come_by_option_and_only_those_of_the_list(world: World) {
        let (one, two) = (world.option("Store Manager").await, world.option("Cloud Backup").await);
        let (partner, other) = (list(&world), list(&world));
        let half = BasisPoints::new(5_000).expect("a percentage");
        let fixed = Entry { from: 1, rule: Rule::Fixed(Money::new(15_000, Currency::EUR)) };
        let more = Entry { from: 10, rule: Rule::PercentOff(half) };
        let free = Entry { from: 1, rule: Rule::Fixed(Money::zero(Currency::EUR)) };
        let mut tx = world.write().await;
        price_lists::insert(&mut tx, &partner, "").await.expect("a price list");
        price_lists::insert(&mut tx, &other, "").await.expect("a price list");
        assert_eq!(price_lists::entries(&mut tx, &partner).await.expect("entries"), HashMap::new());
        for (list, option, entry) in [(&partner, &one, fixed), (&partner, &one, more), (&partner, &two, free), (&other, &two, more)] {
            price_lists::insert_entry(&mut tx, list.id, option.id, &entry).await.expect("an entry");
        }
        let wanted = HashMap::from([(one.id, vec![fixed, more]), (two.id, vec![free])]);
        let mut entries = price_lists::entries(&mut tx, &partner).await.expect("entries");
        entries.values_mut().for_each(|entries| entries.sort_by_key(|entry| entry.from));
        assert_eq!(entries, wanted);
    }

    async fn p2_a_price_list_is_assigned_and_taken_away(world: World) {
        let acme = world.reseller("acme").await;
        let partner = list(&world);
        let mut tx = world.write().await;
        price_lists::insert(&mut tx, &partner, "").await.expect("a price list");
        for assigned in [Some(partner.id), None] {
            price_lists::assign(&mut tx, acme.account.id, assigned).await.expect("assigned");
            let account = accounts::by_id(&mut tx, acme.account.id).await.expect("an answer").expect("acme");
            assert_eq!(account.price_list, assigned);
        }
    }

    async fn price_lists_page_by_key_newest_first_and_count_their_accounts(world: World) {
        let (acme, globex) = (world.reseller("acme").await, world.reseller("globex").await);
        let lists = [list(&world), list(&world), list(&world)];
        let mut tx = world.write().await;
        for list in &lists {
            price_lists::insert(&mut tx, list, "For partners").await.expect("a price list");
        }
        for reseller in [&acme, &globex] {
            price_lists::assign(&mut tx, reseller.account.id, Some(lists[0].id)).await.expect("assigned");
        }
        let page = price_lists::page(&mut tx, None, 2).await.expect("a page");
        assert_eq!(page.iter().map(|edited| edited.list.id).collect::<Vec<_>>(), [lists[2].id, lists[1].id]);
        let next = price_lists::page(&mut tx, Some(lists[1].id), 2).await.expect("a page");
        let first = Edited { list: lists[0].clone(), description: "For partners".to_owned(), edition: 1, accounts: 2 };
        assert_eq!(next, slice::from_ref(&first));
        assert_eq!(price_lists::edited(&mut tx, lists[0].id).await.expect("an answer"), Some(first));
        assert_eq!(price_lists::edited(&mut tx, world.id()).await.expect("an answer"), None);
        let assigned = price_lists::assigned(&mut tx, lists[0].id, None, 1).await.expect("accounts");
        assert_eq!(assigned.iter().map(|(_, account)| account.name.as_str()).collect::<Vec<_>>(), ["globex"]);
        let more = price_lists::assigned(&mut tx, lists[0].id, Some(assigned[0].0), 9).await.expect("accounts");
        assert_eq!(more.iter().map(|(_, account)| account.name.as_str()).collect::<Vec<_>>(), ["acme"]);
    }

    async fn a_price_list_is_saved_from_its_last_edition_only_and_keeps_its_currency_once_used(world: World) {
        let option = world.option("Store Manager").await;
        let before = list(&world);
        let mut tx = world.write().await;
        price_lists::insert(&mut tx, &before, "").await.expect("a price list");
        let off = PriceList { name: "Partners".to_owned(), ends: None, active: false, percent_off: None, currency: Currency::USD, ..before };
        assert!(price_lists::save(&mut tx, &off, "Gone", Some(noon()), 1).await.expect("saved"));
        assert!(!price_lists::save(&mut tx, &off, "", None, 1).await.expect("an answer"));
        let edited = price_lists::edited(&mut tx, off.id).await.expect("an answer").expect("a price list");
        assert_eq!((edited.list, edited.description.as_str(), edited.edition), (off.clone(), "Gone", 2));
        assert_eq!(price_lists::deactivated_at(&mut tx, off.id).await.expect("an answer"), Some(noon()));
        assert!(!editions::raise(&mut tx, Of::PriceList(off.id), 1).await.expect("an answer"));
        assert!(editions::raise(&mut tx, Of::PriceList(off.id), 2).await.expect("an answer"));
        let free = Entry { from: 1, rule: Rule::Fixed(Money::zero(Currency::USD)) };
        price_lists::insert_entry(&mut tx, off.id, option.id, &free).await.expect("an entry");
        let euros = PriceList { currency: Currency::EUR, ..off.clone() };
        assert!(!price_lists::save(&mut tx, &euros, "", None, 3).await.expect("an answer"));
        assert!(price_lists::save(&mut tx, &off, "", None, 3).await.expect("saved"));
    }

    async fn p1_an_entry_takes_the_place_of_another_and_is_removed(world: World) {
        let option = world.option("Store Manager").await;
        let partner = list(&world);
        let entry = |from, cents| Entry { from, rule: Rule::Fixed(Money::new(cents, Currency::EUR)) };
        let mut tx = world.write().await;
        price_lists::insert(&mut tx, &partner, "").await.expect("a price list");
        price_lists::insert_entry(&mut tx, partner.id, option.id, &entry(1, 900)).await.expect("an entry");
        price_lists::insert_entry(&mut tx, partner.id, option.id, &entry(5, 800)).await.expect("an entry");
        price_lists::replace_entry(&mut tx, partner.id, option.id, 5, &entry(10, 700)).await.expect("replaced");
        price_lists::remove_entry(&mut tx, partner.id, option.id, 1).await.expect("removed");
        let entries = price_lists::entries(&mut tx, &partner).await.expect("entries");
        assert_eq!(entries, HashMap::from([(option.id, vec![entry(10, 700)])]));
    }

    async fn p1_of_many_who_save_one_edition_at_once_one_is_heard(world: World) {
        let partner = list(&world);
        let mut tx = world.write().await;
        price_lists::insert(&mut tx, &partner, "").await.expect("a price list");
        tx.commit().await.expect("a commit");
        let saved = at_once(8, |nth| {
            let (store, mine) = (world.store.clone(), PriceList { name: format!("Name {nth}"), ..partner.clone() });
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let saved = price_lists::save(&mut tx, &mine, "", None, 1).await.expect("an answer");
                tx.commit().await.expect("a commit");
                saved.then_some(mine.name)
            }
        });
        let heard: Vec<_> = saved.await.into_iter().flatten().collect();
        let stored = price_lists::edited(&mut world.read().await, partner.id).await.expect("an answer").expect("a list");
        assert_eq!((heard, stored.edition), (vec![stored.list.name], 2));
    }
}

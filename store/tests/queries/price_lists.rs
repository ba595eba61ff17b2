//! Price lists and their entries.

use std::collections::HashMap;

use domain::{
    BasisPoints, Currency, Money,
    price_lists::{Entry, PriceList, Rule},
};
use store::{accounts, price_lists};

use crate::world::World;

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

    async fn p2_active_lists_are_offered_for_assignment_by_name_as_far_as_they_hold_what_is_typed(world: World) {
        let named = |name: &str| PriceList { id: world.id(), name: name.to_owned(), ..list(&world) };
        let (partner, everybody, odd) = (named("Partner 2026"), named("everybody"), named("50% of_f"));
        let mut tx = world.write().await;
        for list in [&partner, &everybody, &odd, &named("Partner 2025")] {
            price_lists::insert(&mut tx, list, "").await.expect("a price list");
        }
        tx.commit().await.expect("a commit");
        world.break_by("update price_lists set deactivated_at = 1 where name = 'Partner 2025'".to_owned()).await.expect("off");
        let mut tx = world.read().await;
        for (typed, most, names) in [
            ("", 9, vec!["50% of_f", "everybody", "Partner 2026"]),
            ("", 2, vec!["50% of_f", "everybody"]),
            (" pARTner", 9, vec!["Partner 2026"]),
            ("%", 9, vec!["50% of_f"]),
            ("_", 9, vec!["50% of_f"]),
            ("nothing", 9, vec![]),
        ] {
            let found = price_lists::options_to_assign(&mut tx, typed, most).await.expect("lists");
            assert_eq!(found.iter().map(|list| list.name.as_str()).collect::<Vec<_>>(), names, "{typed}");
        }
    }
}

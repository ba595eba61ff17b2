//! Wrong passwords in a row, by name and network (A6).

use store::{
    installation_keys,
    sign_in_tries::{self, Counter},
};

use crate::world::{World, at_once, minutes, noon};

fn counter(slot: i64, tag: &str) -> Counter {
    Counter { slot, tag: tag.to_owned(), contact: None }
}

on_both! {
    async fn a6_tries_are_numbered_until_one_has_to_wait(world: World) {
        let mut tx = world.write().await;
        let anna = counter(1, "anna");
        for number in 1..=3 {
            assert_eq!(sign_in_tries::claim(&mut tx, &anna, noon()).await.expect("a number"), Some(number));
        }
        sign_in_tries::wrong(&mut tx, &anna, noon() + minutes(15), noon()).await.expect("counted");
        sign_in_tries::wrong(&mut tx, &anna, noon(), noon()).await.expect("a wait is not made shorter");
        let until = Some(noon() + minutes(15));
        assert_eq!(sign_in_tries::waits(&mut tx, &anna, noon() + minutes(14)).await.expect("an answer"), until);
        assert_eq!(sign_in_tries::claim(&mut tx, &anna, noon() + minutes(14)).await.expect("an answer"), None);
        assert_eq!(sign_in_tries::waits(&mut tx, &anna, noon() + minutes(15)).await.expect("an answer"), None);
        assert_eq!(sign_in_tries::claim(&mut tx, &anna, noon() + minutes(15)).await.expect("a number"), Some(4));
        let bo = counter(2, "bo");
        assert_eq!(sign_in_tries::claim(&mut tx, &bo, noon()).await.expect("a number"), Some(1), "each on its own");
    }

    async fn a6_a_wait_that_began_while_a_clock_was_ahead_counts_for_nothing(world: World) {
        let mut tx = world.write().await;
        let anna = counter(1, "anna");
        for (number, hours, waits) in [(1, 24, true), (2, 26, false)] {
            let until = noon() + minutes(hours * 60);
            let now = if number == 1 { noon() } else { noon() + minutes(24 * 60) };
            assert_eq!(sign_in_tries::claim(&mut tx, &anna, now).await.expect("a number"), Some(number));
            sign_in_tries::wrong(&mut tx, &anna, now + (until - noon()), now).await.expect("counted");
            let waited = sign_in_tries::waits(&mut tx, &anna, now).await.expect("an answer");
            assert_eq!(waited.is_some(), waits, "{hours} hours");
            let again = sign_in_tries::claim(&mut tx, &anna, now).await.expect("an answer");
            assert_eq!(again, (!waits).then_some(number + 1), "{hours} hours");
        }
    }

    async fn a6_of_many_at_once_each_has_a_number_of_its_own(world: World) {
        let mut numbers = at_once(10, |_| {
            let store = world.store.clone();
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let number = sign_in_tries::claim(&mut tx, &counter(1, "anna"), noon()).await.expect("a number");
                if number >= Some(4) {
                    let until = noon() + minutes(15);
                    sign_in_tries::wrong(&mut tx, &counter(1, "anna"), until, noon()).await.expect("counted");
                }
                tx.commit().await.expect("a commit");
                number
            }
        })
        .await;
        numbers.sort_unstable();
        assert_eq!(numbers, [None, None, None, None, None, None, Some(1), Some(2), Some(3), Some(4)]);
    }

    async fn a6_what_was_not_wrong_is_taken_back_and_whoever_comes_in_begins_anew(world: World) {
        let mut tx = world.write().await;
        let anna = counter(1, "anna");
        for number in [1, 2] {
            assert_eq!(sign_in_tries::claim(&mut tx, &anna, noon()).await.expect("a number"), Some(number));
        }
        sign_in_tries::wrong(&mut tx, &anna, noon() + minutes(15), noon()).await.expect("counted");
        sign_in_tries::release(&mut tx, &anna).await.expect("taken back");
        assert_eq!(sign_in_tries::claim(&mut tx, &anna, noon()).await.expect("a number"), Some(2));
        sign_in_tries::forget(&mut tx, &anna).await.expect("forgotten");
        assert_eq!(sign_in_tries::claim(&mut tx, &anna, noon()).await.expect("a number"), Some(1));
        let person = world.id();
        let known = Counter { contact: Some(person), ..counter(2, "bo") };
        sign_in_tries::claim(&mut tx, &known, noon()).await.expect("a number");
        sign_in_tries::forget_contact(&mut tx, person).await.expect("forgotten");
        assert_eq!(sign_in_tries::claim(&mut tx, &known, noon()).await.expect("a number"), Some(1));
        assert_eq!(sign_in_tries::claim(&mut tx, &anna, noon()).await.expect("a number"), Some(2), "nobody else");
    }

    async fn a6_a_slot_is_taken_over_and_old_ones_are_swept(world: World) {
        let mut tx = world.write().await;
        let (anna, bo) = (counter(1, "anna"), counter(1, "bo"));
        for number in [1, 2] {
            assert_eq!(sign_in_tries::claim(&mut tx, &anna, noon()).await.expect("a number"), Some(number));
        }
        sign_in_tries::wrong(&mut tx, &anna, noon() + minutes(15), noon()).await.expect("counted");
        assert_eq!(sign_in_tries::claim(&mut tx, &bo, noon()).await.expect("a number"), Some(1));
        sign_in_tries::release(&mut tx, &anna).await.expect("nothing of it is there");
        assert_eq!(sign_in_tries::claim(&mut tx, &bo, noon()).await.expect("a number"), Some(2));
        assert_eq!(sign_in_tries::sweep(&mut tx, noon()).await.expect("swept"), 0);
        assert_eq!(sign_in_tries::sweep(&mut tx, noon() + minutes(1)).await.expect("swept"), 1);
        assert_eq!(sign_in_tries::claim(&mut tx, &bo, noon()).await.expect("a number"), Some(1));
    }

    async fn r8_old_tries_are_swept_a_batch_at_a_time(world: World) {
        let mut tx = world.write().await;
        for slot in 0..250 {
            let number = sign_in_tries::claim(&mut tx, &counter(slot, "anna"), noon()).await.expect("a number");
            assert_eq!(number, Some(1));
        }
        for swept in [200, 50, 0] {
            assert_eq!(sign_in_tries::sweep(&mut tx, noon() + minutes(1)).await.expect("swept"), swept);
        }
    }

    async fn a_key_of_the_installation_is_the_one_that_was_kept_first(world: World) {
        let mut tx = world.write().await;
        assert_eq!(installation_keys::find(&mut tx, "sign_in").await.expect("an answer"), None);
        for made in ["first", "second"] {
            let kept = installation_keys::keep(&mut tx, "sign_in", made, noon()).await.expect("a key");
            assert_eq!(kept, "first");
        }
        let other = installation_keys::keep(&mut tx, "other", "second", noon()).await.expect("a key");
        assert_eq!(other, "second");
    }
}

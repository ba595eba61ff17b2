//! Drafts: what was typed and not sent.

use store::{
    Tx,
    drafts::{self, Draft, Kind},
};

use crate::world::{World, days, minutes, noon};

const FORM: &str = "contacts/forgot";
const APPLICATION: &str = "applications/apply";
const KINDS: [Kind; 4] = [Kind::License, Kind::Customer, Kind::Import, Kind::Returned];

fn draft(world: &World, kind: Kind) -> Draft {
    Draft {
        id: world.id(),
        contact: None,
        kind,
        fields: r#"{"notes":"</textarea> 'x' 👩"}"#.to_owned(),
        parent: None,
        updated_at: noon(),
    }
}

on_both! {
    async fn o2_a_draft_is_its_owners_and_of_its_kind(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let globex = world.reseller("globex").await.person.id;
        let mut tx = world.write().await;
        let license = Draft { contact: Some(acme), ..draft(&world, Kind::License) };
        let customer = Draft { contact: Some(acme), parent: Some(license.id), ..draft(&world, Kind::Customer) };
        let import = Draft { contact: Some(acme), ..draft(&world, Kind::Import) };
        for draft in [&license, &customer, &import] {
            drafts::insert(&mut tx, draft).await.expect("stored");
            for kind in KINDS {
                let found = drafts::find(&mut tx, Some(acme), kind, draft.id).await.expect("an answer");
                assert_eq!(found.as_ref(), Some(draft).filter(|draft| draft.kind == kind));
            }
            assert_eq!(drafts::find(&mut tx, Some(globex), draft.kind, draft.id).await.expect("an answer"), None);
            assert_eq!(drafts::find(&mut tx, None, draft.kind, draft.id).await.expect("an answer"), None);
        }
        assert_eq!(drafts::find(&mut tx, Some(acme), Kind::License, world.id()).await.expect("an answer"), None);
    }

    async fn x3_what_was_typed_before_signing_in_is_found_by_who_knows_its_id(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        let returned = draft(&world, Kind::Returned);
        drafts::insert_of_nobody(&mut tx, &returned, FORM, None, noon()).await.expect("stored");
        for contact in [None, Some(acme)] {
            let found = drafts::find(&mut tx, contact, Kind::Returned, returned.id).await.expect("an answer");
            assert_eq!(found, Some(returned.clone()));
        }
    }

    async fn saving_keeps_what_is_typed_now_of_one_draft(world: World) {
        let mut tx = world.write().await;
        let other = draft(&world, Kind::Returned);
        let mut typing = draft(&world, Kind::Returned);
        for draft in [&other, &typing] {
            drafts::insert_of_nobody(&mut tx, draft, FORM, None, noon()).await.expect("stored");
        }
        typing.fields = "{}".to_owned();
        typing.updated_at = noon() + minutes(5);
        drafts::save(&mut tx, &typing).await.expect("saved");
        for draft in [typing, other] {
            let found = drafts::find(&mut tx, None, Kind::Returned, draft.id).await.expect("an answer");
            assert_eq!(found, Some(draft));
        }
    }

    async fn o2_drafts_that_nobody_touched_for_a_week_are_swept(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        let (week, hour) = (noon() - days(7), noon() - minutes(60));
        let mine = |at| Draft { contact: Some(acme), updated_at: at, ..draft(&world, Kind::License) };
        let (old, young) = (mine(week - minutes(1)), mine(week));
        drafts::insert(&mut tx, &old).await.expect("stored");
        drafts::insert(&mut tx, &young).await.expect("stored");
        let of_nobody = |at| Draft { updated_at: at, ..draft(&world, Kind::Returned) };
        let (late, fresh) = (of_nobody(hour - minutes(1)), of_nobody(hour));
        for draft in [&late, &fresh] {
            drafts::insert_of_nobody(&mut tx, draft, FORM, None, week).await.expect("stored");
        }
        assert_eq!(drafts::sweep(&mut tx, week, hour).await.expect("swept"), 2);
        assert_eq!(drafts::sweep(&mut tx, week, hour).await.expect("swept"), 0);
        for (swept, kept) in [(old, young), (late, fresh)] {
            assert_eq!(drafts::find(&mut tx, Some(acme), swept.kind, swept.id).await.expect("an answer"), None);
            assert_eq!(drafts::find(&mut tx, Some(acme), kept.kind, kept.id).await.expect("an answer"), Some(kept));
        }
    }

    async fn r8_old_drafts_are_swept_a_batch_at_a_time(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        for at in 0..250 {
            // A person has no more than 200 of a kind.
            let kind = if at % 2 == 0 { Kind::License } else { Kind::Customer };
            let draft = Draft { contact: Some(acme), ..draft(&world, kind) };
            drafts::insert(&mut tx, &draft).await.expect("stored");
        }
        for swept in [200, 50, 0] {
            let (old, hour) = (noon() + minutes(1), noon() + minutes(60));
            assert_eq!(drafts::sweep(&mut tx, old, hour).await.expect("swept"), swept);
        }
    }

    async fn x3_of_nobody_few_of_each_form_small_and_young_ones_are_kept_and_one_for_each_browser(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let mut tx = world.write().await;
        let mine = Draft { contact: Some(acme), updated_at: noon() - days(1), ..draft(&world, Kind::Returned) };
        drafts::insert(&mut tx, &mine).await.expect("stored");
        let of_nobody = |at, bytes| Draft { updated_at: at, fields: "x".repeat(bytes), ..draft(&world, Kind::Returned) };
        let old = noon() - minutes(60);

        for form in [FORM, APPLICATION] {
            let huge = of_nobody(noon(), drafts::max_bytes_of_nobody(form) + 1);
            let refused = drafts::insert_of_nobody(&mut tx, &huge, form, None, old).await;
            assert!(matches!(refused, Err(store::Error::TooLarge)), "{form}: {refused:?}");
        }

        let mut sent = Vec::new();
        for second in 0..300 {
            let draft = of_nobody(noon() + minutes(second), drafts::max_bytes_of_nobody(FORM));
            drafts::insert_of_nobody(&mut tx, &draft, FORM, None, old).await.expect("stored");
            sent.push(draft.id);
        }
        let kept = async |tx: &mut Tx, id| drafts::find(tx, None, Kind::Returned, id).await.expect("an answer").is_some();
        let mut left = Vec::new();
        for id in &sent {
            if kept(&mut tx, *id).await {
                left.push(*id);
            }
        }
        assert_eq!(left, sent[236..], "the youngest 64");

        // Of another form as many are kept, and they push out none of these.
        for second in 0..70 {
            let draft = of_nobody(noon() + minutes(second), drafts::max_bytes_of_nobody(APPLICATION));
            drafts::insert_of_nobody(&mut tx, &draft, APPLICATION, None, old).await.expect("stored");
        }
        for id in &left {
            assert!(kept(&mut tx, *id).await, "what somebody else has typed into another form");
        }

        // The same browser again, and an hour later another one.
        let (last, again) = (sent[299], of_nobody(noon() + minutes(300), 10));
        drafts::insert_of_nobody(&mut tx, &again, FORM, Some(last), old).await.expect("stored");
        assert!(!kept(&mut tx, last).await && kept(&mut tx, again.id).await && kept(&mut tx, sent[236]).await);
        let later = of_nobody(noon() + minutes(400), 10);
        drafts::insert_of_nobody(&mut tx, &later, FORM, Some(mine.id), noon() + minutes(340)).await.expect("stored");
        assert!(kept(&mut tx, later.id).await && !kept(&mut tx, again.id).await && !kept(&mut tx, sent[298]).await);
        let found = drafts::find(&mut tx, Some(acme), Kind::Returned, mine.id).await.expect("an answer");
        assert_eq!(found, Some(mine), "a person's draft is none of theirs");
    }

    async fn o2_the_oldest_drafts_of_a_person_go_when_there_are_too_many_or_too_much_of_them(world: World) {
        let acme = world.reseller("acme").await.person.id;
        let globex = world.reseller("globex").await.person.id;
        let mut tx = world.write().await;
        let of = |contact, kind, minute, bytes| Draft {
            contact: Some(contact),
            updated_at: noon() + minutes(minute),
            fields: "x".repeat(bytes),
            ..draft(&world, kind)
        };
        let kept = async |tx: &mut Tx, draft: &Draft| {
            drafts::find(tx, draft.contact, draft.kind, draft.id).await.expect("an answer").is_some()
        };
        let basket = of(acme, Kind::Basket, 0, 100_000);
        let other = of(globex, Kind::License, 0, 100);
        let (first, second) = (of(acme, Kind::License, 1, 10), of(acme, Kind::License, 2, 10));
        for draft in [&basket, &other, &first, &second] {
            drafts::insert(&mut tx, draft).await.expect("stored");
        }
        for number in 0..199 {
            drafts::insert(&mut tx, &of(acme, Kind::License, 3 + number, 10)).await.expect("stored");
        }
        assert!(!kept(&mut tx, &first).await && kept(&mut tx, &second).await, "200 of a kind");

        // What is touched again is young, and what grows pushes the old ones out.
        let table = of(acme, Kind::Import, 300, Kind::Import.max_bytes());
        drafts::insert(&mut tx, &table).await.expect("stored");
        assert!(kept(&mut tx, &second).await);
        let touched = Draft { updated_at: noon() + minutes(301), fields: "y".repeat(50_000), ..second.clone() };
        drafts::save(&mut tx, &touched).await.expect("saved");
        let another = of(acme, Kind::Import, 302, Kind::Import.max_bytes());
        drafts::insert(&mut tx, &another).await.expect("stored");
        assert!(kept(&mut tx, &table).await);
        let third = of(acme, Kind::Import, 303, Kind::Import.max_bytes());
        drafts::insert(&mut tx, &third).await.expect("stored");
        assert!(kept(&mut tx, &touched).await && kept(&mut tx, &another).await && !kept(&mut tx, &table).await);
        assert!(kept(&mut tx, &basket).await, "no basket goes because of other drafts");
        assert!(kept(&mut tx, &other).await, "nor what another person has typed");

        let huge = of(acme, Kind::License, 303, Kind::License.max_bytes() + 1);
        assert!(matches!(drafts::insert(&mut tx, &huge).await, Err(store::Error::TooLarge)));
        let grown = Draft { fields: huge.fields, ..touched };
        assert!(matches!(drafts::save(&mut tx, &grown).await, Err(store::Error::TooLarge)));
    }
}

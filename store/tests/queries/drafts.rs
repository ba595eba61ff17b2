//! Drafts: what was typed and not sent.

use store::drafts::{self, Draft, Kind};

use crate::world::{World, days, minutes, noon};

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
        drafts::insert(&mut tx, &returned).await.expect("stored");
        for contact in [None, Some(acme)] {
            let found = drafts::find(&mut tx, contact, Kind::Returned, returned.id).await.expect("an answer");
            assert_eq!(found, Some(returned.clone()));
        }
    }

    async fn saving_keeps_what_is_typed_now_of_one_draft(world: World) {
        let mut tx = world.write().await;
        let other = draft(&world, Kind::Returned);
        let mut typing = draft(&world, Kind::Returned);
        drafts::insert(&mut tx, &other).await.expect("stored");
        drafts::insert(&mut tx, &typing).await.expect("stored");
        typing.fields = "{}".to_owned();
        typing.updated_at = noon() + minutes(5);
        drafts::save(&mut tx, &typing).await.expect("saved");
        for draft in [typing, other] {
            let found = drafts::find(&mut tx, None, Kind::Returned, draft.id).await.expect("an answer");
            assert_eq!(found, Some(draft));
        }
    }

    async fn o2_drafts_that_nobody_touched_for_a_week_are_swept(world: World) {
        let mut tx = world.write().await;
        let week = noon() - days(7);
        let old = Draft { updated_at: week - minutes(1), ..draft(&world, Kind::License) };
        let young = Draft { updated_at: week, ..draft(&world, Kind::License) };
        drafts::insert(&mut tx, &old).await.expect("stored");
        drafts::insert(&mut tx, &young).await.expect("stored");
        assert_eq!(drafts::sweep(&mut tx, week).await.expect("swept"), 1);
        assert_eq!(drafts::sweep(&mut tx, week).await.expect("swept"), 0);
        assert_eq!(drafts::find(&mut tx, None, Kind::License, old.id).await.expect("an answer"), None);
        assert_eq!(drafts::find(&mut tx, None, Kind::License, young.id).await.expect("an answer"), Some(young));
    }
}

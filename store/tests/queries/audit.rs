//! The audit log.

use domain::audit::What;
use store::audit::{self, Event};

use crate::world::{World, noon};

on_both! {
    async fn x1_the_history_of_one_thing_is_newest_first(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        let bare = world.event(What::LicenseCreated, "license 1".to_owned());
        let full = Event {
            account: Some(acme.account.id),
            contact: Some(acme.person.id),
            detail: Some(r#"{"from":"a","to":"b"}"#.to_owned()),
            at: noon() + chrono::Duration::microseconds(1),
            ..world.event(What::LicenseEdited, "license 1".to_owned())
        };
        let other = world.event(What::LicenseCreated, "license 2".to_owned());
        for event in [&bare, &full, &other] {
            audit::append(&mut tx, event).await.expect("an entry");
        }
        let history = audit::of_subject(&mut tx, "license 1", 10).await.expect("a history");
        assert_eq!(history, [full.clone(), bare]);
        assert_eq!(audit::of_subject(&mut tx, "license 1", 1).await.expect("a history"), [full]);
        assert_eq!(audit::of_subject(&mut tx, "license 3", 10).await.expect("a history"), []);
    }

    async fn x1_every_word_of_the_audit_log_reads_back(world: World) {
        let mut tx = world.write().await;
        for what in What::ALL {
            let event = world.event(*what, what.word().to_owned());
            audit::append(&mut tx, &event).await.expect("an entry");
            assert_eq!(audit::of_subject(&mut tx, what.word(), 10).await.expect("a history"), [event]);
        }
    }

    async fn x1_nobody_changes_or_deletes_an_entry(world: World) {
        let mut tx = world.write().await;
        let event = world.event(What::SignedIn, "contact 1".to_owned());
        audit::append(&mut tx, &event).await.expect("an entry");
        tx.commit().await.expect("a commit");
        for forbidden in ["update audit set who = 'nobody'", "delete from audit", "delete from audit where seq < 0 or 1 = 1"] {
            let error = world.break_by(forbidden.to_owned()).await.expect_err(forbidden);
            assert!(error.to_string().contains("the audit log is append-only"), "{error}");
        }
        assert_eq!(audit::of_subject(&mut world.read().await, "contact 1", 10).await.expect("a history"), [event]);
    }
}

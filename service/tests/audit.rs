//! The audit log and the outbox, as staff and admins read them (X1, X2).

use domain::{
    Refusal,
    audit::{AuditQuery, What},
    contacts::SignIn,
    licenses::EditForm,
    mail::{MailQuery, State},
    products::{Billing, Kind},
    ticks::{Tally, Ticks},
};
use service::{
    Cx, Error,
    audit::{self, Export},
    licenses, mail, orders, sessions,
    testing::World,
};

/// ACME has sold a license and changed its notes; the owner looks on.
async fn story(world: &World) -> (Cx, Cx, domain::LicenseId) {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let order = world.create(&acme, option.id, anna, 1, "permanent").await.expect("created");
    let license = orders::executed(&acme, order).await.expect("the order").licenses[0].row.id;
    let form = EditForm { reseller_notes: "PO 7".to_owned(), ..EditForm::default() };
    world.pass(chrono::Duration::days(1));
    licenses::edit(&acme, world.key(), license, &form).await.expect("changed");
    (owner, acme, license)
}

async fn log(cx: &Cx, view: AuditQuery) -> Vec<What> {
    audit::list(cx, &view).await.expect("the log").rows.into_iter().map(|row| row.what).collect()
}

#[tokio::test]
async fn x1_the_operator_reads_who_did_what_and_filters_it() {
    let world = World::new().await;
    let (owner, acme, license) = story(&world).await;
    let whole = audit::list(&owner, &AuditQuery::default()).await.expect("the log");
    let newest = &whole.rows[0];
    assert_eq!(
        (newest.what, newest.who.as_str(), newest.address.as_str()),
        (What::LicenseEdited, "Ada acme", "192.0.2.7")
    );
    assert_eq!(newest.account.as_ref().map(|(_, name)| name.as_str()), Some("acme"));
    let change = &newest.changes[0];
    assert_eq!((change.name.as_str(), &change.before, change.after.as_deref()), ("reseller notes", &None, None));
    let plain = AuditQuery::default;
    assert_eq!(
        log(&owner, AuditQuery { subject: license.to_string(), ..plain() }).await,
        [What::LicenseEdited, What::LicenseCreated]
    );
    assert_eq!(log(&owner, AuditQuery { what: Some(What::OwnerMade), ..plain() }).await, [What::OwnerMade]);
    let by_acme = log(&owner, AuditQuery { who: "Admin@acme.example".to_owned(), ..plain() }).await;
    assert_eq!(by_acme, log(&owner, AuditQuery { contact: Some(acme.actor.contact), ..plain() }).await);
    assert_eq!(by_acme.len(), 6);
    assert_eq!(log(&owner, AuditQuery { who: "nobody@nowhere.example".to_owned(), ..plain() }).await, []);
    let day = |text: &str| text.parse().ok();
    assert_eq!(log(&owner, AuditQuery { from: day("2026-11-22"), ..plain() }).await, [What::LicenseEdited]);
    assert_eq!(log(&owner, AuditQuery { to: day("2026-11-21"), ..plain() }).await.len(), whole.rows.len() - 1);
    assert_eq!(
        log(&owner, AuditQuery { account: Some(acme.actor.account), what: Some(What::CustomerCreated), ..plain() })
            .await
            .len(),
        1
    );
    assert!(matches!(audit::list(&acme, &plain()).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn x1_an_export_is_the_whole_filter_and_no_more() {
    let world = World::new().await;
    let (owner, acme, _) = story(&world).await;
    let view = AuditQuery { account: Some(acme.actor.account), after: Some("0-0".to_owned()), ..AuditQuery::default() };
    let mut export = Export::begin(&owner, &view).await.expect("begun");
    let lines = export.next().await.expect("lines");
    assert_eq!(lines.len(), 5, "{lines:?}");
    assert_eq!(lines[0][6], "reseller notes");
    assert_eq!(export.next().await.expect("no more"), [] as [audit::Exported; 0]);
    assert!(matches!(Export::begin(&acme, &view).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn x1_l1_the_log_says_which_text_of_a_license_was_changed_and_not_what_it_says() {
    let world = World::new().await;
    let (owner, acme, license) = story(&world).await;
    let form = EditForm {
        reseller_notes: "PO 8".to_owned(),
        customer_details: "Shop in Hamburg".to_owned(),
        customer_paid: "on".to_owned(),
        customer_paid_date: "2026-11-20".to_owned(),
    };
    licenses::edit(&acme, world.key(), license, &form).await.expect("changed");
    let whole = audit::list(&owner, &AuditQuery::default()).await.expect("the log");
    let said = |row: usize| -> Vec<_> {
        let changes = whole.rows[row].changes.iter();
        changes.map(|change| (change.name.as_str(), change.before.as_deref(), change.after.as_deref())).collect()
    };
    assert_eq!(said(0), [("reseller notes", None, None), ("customer details", None, None)]);
    assert_eq!(said(1), [("customer paid", None, Some("2026-11-20"))], "what is no text is told with what it was");
    let mut export = Export::begin(&owner, &AuditQuery::default()).await.expect("begun");
    let lines = export.next().await.expect("lines");
    assert_eq!(lines[0][6], "reseller notes; customer details");
    let told = |text: &str| lines.iter().flatten().any(|cell| cell.contains(text));
    assert!(!told("PO 7") && !told("PO 8") && !told("Hamburg"), "{lines:?}");
    let own = audit::own(&acme, None).await.expect("the history");
    assert_eq!(own.rows[0].detail.as_deref(), Some("reseller notes, customer details"));
}

#[tokio::test]
async fn x1_an_account_sees_its_own_part_without_names_and_addresses_of_others() {
    let world = World::new().await;
    let (owner, acme, license) = story(&world).await;
    let globex = world.reseller("globex").await;
    let mut tx = world.service.store.write().await.expect("a transaction");
    let entry = |by: &Cx, account, contact| store::audit::Event {
        id: world.service.random.uuid().into(),
        at: world.service.clock.now(),
        what: What::Locked,
        account: Some(account),
        contact,
        who: if contact.is_some() { by.actor.name.clone() } else { String::new() },
        subject: license.to_string(),
        detail: None,
        address: "203.0.113.9".to_owned(),
        request: String::new(),
    };
    for event in [
        entry(&owner, acme.actor.account, Some(owner.actor.contact)),
        entry(&globex, acme.actor.account, None),
        entry(&globex, globex.actor.account, Some(globex.actor.contact)),
    ] {
        store::audit::append(&mut tx, &event).await.expect("noted");
    }
    tx.commit().await.expect("a commit");
    let own = audit::own(&acme, None).await.expect("the history");
    let seen: Vec<_> = own.rows.iter().map(|row| (row.who.as_str(), row.address.as_deref())).collect();
    assert_eq!(
        seen[..3],
        [("Nobody signed in", Some("203.0.113.9")), ("Operator", None), ("Ada acme", Some("192.0.2.7"))]
    );
    assert_eq!((own.rows[2].what, own.rows[2].detail.as_deref()), (What::LicenseEdited, Some("reseller notes")));
    assert_eq!(own.rows.len(), 7);
    assert!(matches!(audit::own(&owner, None).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn x1_wrong_passwords_leave_the_address_they_came_from_in_the_history() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    for _ in 0..4 {
        let form = SignIn { login: "admin@acme.example".to_owned(), password: "wrong".into(), next: String::new() };
        sessions::sign_in(&world.service, &world.origin(), &form).await.expect_err("wrong");
    }
    let own = audit::own(&acme, None).await.expect("the history");
    assert_eq!((own.rows[0].what, own.rows[0].address.as_deref()), (What::Throttled, Some("192.0.2.7")));
}

#[tokio::test]
async fn x2_a_mail_that_failed_is_sent_again_at_once_by_whoever_may_and_once() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    world.customer(&acme, "anna@northwind.example").await;
    let letter = mail::due(&world.service).await.expect("the outbox").expect("a mail");
    mail::given_up(&world.service, letter.id, "550 no such person").await.expect("noted");
    let failed = MailQuery { state: Some(State::Failed), after: None };
    let row = mail::outbox(&owner, &failed).await.expect("the outbox").rows.remove(0);
    assert_eq!((row.error.as_deref(), row.next_try), (Some("550 no such person"), None));
    assert!(
        row.text.is_some_and(|text| text.contains("activate it:\n\n[link left out]\n") && !text.contains("/activate/"))
    );
    assert!(mail::due(&world.service).await.expect("the outbox").is_none());

    assert!(matches!(mail::retry(&acme, world.key(), &Ticks::only(letter.id)).await, Err(Error::NotFound)));
    let key = world.key();
    for _ in 0..2 {
        let done = mail::retry(&owner, key, &Ticks::only(letter.id)).await.expect("due again");
        assert_eq!(done, Tally { done: 1, of: 1 });
    }
    assert_eq!(world.written_down(letter.id).await, ["mail.retried"]);
    let again = mail::due(&world.service).await.expect("the outbox").expect("the same mail");
    assert_eq!(again.id, letter.id);
    mail::sent(&world.service, letter.id).await.expect("sent");
    let late = mail::retry(&owner, world.key(), &Ticks::only(letter.id)).await;
    assert!(matches!(late, Err(Error::Refused(Refusal::MailSent))));
}

#[tokio::test]
async fn x2_all_that_are_ticked_are_sent_again_once_and_what_was_sent_meanwhile_is_left() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    for at in 0..4 {
        world.customer(&acme, &format!("c{at}@northwind.example")).await;
        let letter = mail::due(&world.service).await.expect("the outbox").expect("a mail");
        mail::given_up(&world.service, letter.id, "550 no such person").await.expect("noted");
    }
    let ids: Vec<_> = world.letters().await.iter().map(|letter| letter.id).collect();
    mail::retry(&owner, world.key(), &Ticks::only(ids[0])).await.expect("due again");
    mail::sent(&world.service, ids[0]).await.expect("sent");
    let ticked = Ticks(ids[..3].iter().map(|id| (Ticks::name("mail", id), "on".to_owned())).collect());

    assert!(matches!(mail::retry(&acme, world.key(), &ticked).await, Err(Error::NotFound)));
    let none = mail::retry(&owner, world.key(), &Ticks::default()).await;
    let Err(Error::Fields(errors)) = none else { panic!("a message: {none:?}") };
    assert_eq!(errors.get("all"), Some("Tick at least one mail."));
    assert!(mail::due(&world.service).await.expect("the outbox").is_none(), "nothing is due yet");

    let (key, before) = (world.key(), world.letters().await.len());
    for _ in 0..2 {
        let done = mail::retry(&owner, key, &ticked).await.expect("due again");
        assert_eq!(done, Tally { done: 2, of: 3 });
    }
    for (id, times) in [(ids[0], 1), (ids[1], 1), (ids[2], 1), (ids[3], 0)] {
        assert_eq!(world.written_down(id).await, vec!["mail.retried"; times]);
    }
    let mut due = Vec::new();
    while let Some(letter) = mail::due(&world.service).await.expect("the outbox") {
        due.push(letter.id);
    }
    assert_eq!(due, ids[1..3]);
    assert_eq!(world.letters().await.len(), before, "no other mail went out");
}

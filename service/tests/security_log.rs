//! What stands in the security log, and what does not.

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use chrono::Duration;
use domain::{Role, actor::Due, audit::AuditQuery, mail::MailQuery};
use service::{
    Cx, Error, audit, contacts, licenses, mail,
    testing::{World, is_not_found},
};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

/// Hears the events of the security log, each as one line.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

/// The fields of one event.
#[derive(Default)]
struct Line(String);

impl Heard {
    /// What was heard since the last time.
    fn lines(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("nobody panics"))
    }
}

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "security"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        self.0.lock().expect("nobody panics").push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() != "message" {
            let between = if self.0.is_empty() { "" } else { " " };
            self.0 += &format!("{between}{}={value:?}", field.name());
        }
    }
}

/// The line that names that person and their network.
fn line(event: &str, of: &Cx, reason: &str) -> String {
    format!("event={event} network=192.0.2.7 who=contact:{} reason={reason}", of.actor.contact)
}

#[tokio::test]
async fn security_8_who_of_the_staff_reads_mails_stands_in_the_log_and_no_word_of_the_mails() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    world.customer(&acme, "anna@northwind.example").await;
    let heard = Heard::default();
    let _listens = tracing::subscriber::set_default(heard.clone());
    let shown = mail::outbox(&owner, &MailQuery::default()).await.expect("the outbox");
    assert!(shown.rows.iter().any(|row| row.text.is_some()));
    assert_eq!(heard.lines(), [line("mail.read", &owner, "outbox")]);
    let beyond = MailQuery { after: Some(0), ..MailQuery::default() };
    assert_eq!(mail::outbox(&owner, &beyond).await.expect("the outbox").rows, []);
    assert_eq!(heard.lines(), [""; 0], "there was nothing to read");
}

#[tokio::test]
async fn security_8_a_refused_right_stands_in_the_log_once_a_minute_and_what_is_due_does_not() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let buyer = world.colleague(&acme, "bo@acme.example", &[Role::Buyer]).await;
    let heard = Heard::default();
    let _listens = tracing::subscriber::set_default(heard.clone());
    for _ in 0..3 {
        assert!(is_not_found(mail::outbox(&buyer, &MailQuery::default()).await));
        assert!(is_not_found(audit::list(&buyer, &AuditQuery::default()).await));
        assert!(is_not_found(contacts::find(&buyer, acme.actor.contact).await));
    }
    let refused = ["SeeMail", "SeeAudit", "ManageTeam"].map(|right| line("right.refused", &buyer, right));
    assert_eq!(heard.lines(), refused);
    world.pass(Duration::minutes(1));
    assert!(is_not_found(mail::outbox(&buyer, &MailQuery::default()).await));
    assert_eq!(heard.lines(), [line("right.refused", &buyer, "SeeMail")]);

    // Neither what has to be done first nor what is another account's is a question of rights.
    let mut new = owner.clone();
    new.actor.due = Some(Due::Password);
    assert!(matches!(mail::outbox(&new, &MailQuery::default()).await, Err(Error::Due(Due::Password))));
    let none = world.service.random.id(world.service.clock.now());
    assert!(is_not_found(licenses::find(&acme, none).await));
    assert_eq!(heard.lines(), [""; 0]);
}

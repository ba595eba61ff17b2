//! What stands in the security log, and what does not.

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use chrono::Duration;
use domain::{
    Role,
    actor::Due,
    audit::AuditQuery,
    contacts::{CodeForm, Confirmation, Forgot, PasswordChange, PersonForm, SignIn, TakeFactor},
    mail::MailQuery,
};
use service::{
    Cx, Error, audit, contacts, export, licenses, mail, security_log, sessions,
    testing::{PASSWORD, World, is_not_found, twice},
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

const ADMIN: &str = "admin@acme.example";

async fn sign_in(world: &World, login: &str, password: &str) -> Result<Cx, Error> {
    let form = SignIn { login: login.to_owned(), password: password.into(), next: String::new() };
    let signed_in = sessions::sign_in(&world.service, &world.origin(), &form).await?;
    Ok(Cx::new(world.service.clone(), signed_in.actor, world.origin()))
}

fn code(code: &str) -> CodeForm {
    CodeForm { code: code.into() }
}

/// Sets an app up; gives its secret.
async fn with_app(world: &World, cx: &Cx) -> String {
    contacts::begin_app(cx, world.key()).await.expect("begun");
    let app = contacts::new_app(cx).await.expect("an app");
    let shown = contacts::code_at(&app.secret, cx.now());
    contacts::confirm_app(cx, world.key(), &code(&shown)).await.expect("confirmed");
    app.secret
}

/// The line that names a name, by its hash.
fn named(event: &str, name: &str, reason: &str) -> String {
    format!("event={event} network=192.0.2.7 who=name:{} reason={reason}", security_log::name_hash(name))
}

#[tokio::test]
async fn security_8_what_goes_wrong_at_the_sign_in_stands_in_the_log_and_no_name_in_the_clear() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let bo = world.colleague(&acme, "bo@acme.example", &[Role::Buyer]).await;
    let heard = Heard::default();
    let _listens = tracing::subscriber::set_default(heard.clone());
    for _ in 0..4 {
        assert!(sign_in(&world, ADMIN, "wrong").await.is_err());
    }
    assert_eq!(heard.lines(), vec![line("sign_in.failed", &acme, "password"); 4]);
    assert!(sign_in(&world, ADMIN, PASSWORD).await.is_err(), "the network waits");
    assert_eq!(heard.lines(), [named("sign_in.throttled", ADMIN, "wait")]);
    assert!(sign_in(&world, "nobody@acme.example", "wrong").await.is_err());
    assert_eq!(heard.lines(), [named("sign_in.failed", "nobody@acme.example", "password")]);

    world.lock("bo@acme.example").await;
    let mut lines = heard.lines();
    lines.retain(|line| !line.starts_with("event=sign_in.failed "));
    let last = line("sign_in.locked", &bo, "wrong in a row").replace("192.0.2.7", "198.51.0.99");
    assert_eq!(lines, [last], "once, at the hundredth");
}

#[tokio::test]
async fn security_8_re_authentications_and_wrong_current_passwords_stand_in_the_log() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let cx = sign_in(&world, ADMIN, PASSWORD).await.expect("signed in");
    let heard = Heard::default();
    let _listens = tracing::subscriber::set_default(heard.clone());
    let confirm = async |password: &str| {
        let form = Confirmation { password: password.into(), ..Confirmation::default() };
        sessions::confirm(&cx, &form).await
    };
    confirm("wrong").await.expect_err("wrong");
    assert_eq!(heard.lines(), [line("step_up.failed", &acme, "wrong")]);
    confirm(PASSWORD).await.expect("right");
    assert_eq!(heard.lines(), [line("step_up.passed", &acme, "right")]);

    let change = PasswordChange { current: "wrong".into(), new: twice("another velvet orbit") };
    contacts::change_password(&cx, world.key(), &change).await.expect_err("wrong");
    assert_eq!(heard.lines(), [line("password_change.failed", &acme, "password")]);

    for _ in 0..4 {
        confirm("wrong").await.expect_err("wrong");
    }
    let mut lines = vec![line("step_up.failed", &acme, "wrong"); 4];
    lines.push(line("session.cut_off", &acme, "wrong in a row"));
    assert_eq!(heard.lines(), lines);
}

#[tokio::test]
async fn security_8_what_becomes_of_a_second_factor_stands_in_the_log_whoever_takes_it_away() {
    let world = World::new().await;
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let bo = world.colleague(&acme, "bo@acme.example", &[Role::Buyer]).await;
    let id = bo.actor.contact;
    let heard = Heard::default();
    let _listens = tracing::subscriber::set_default(heard.clone());
    let cx = sign_in(&world, ADMIN, PASSWORD).await.expect("signed in");
    let secret = with_app(&world, &cx).await;
    assert_eq!(heard.lines(), [line("second_factor.changed", &acme, "on")]);
    let half = sign_in(&world, ADMIN, PASSWORD).await.expect("half way");
    sessions::prove(&half, &code("000000")).await.expect_err("wrong");
    assert_eq!(heard.lines(), [line("second_factor.failed", &acme, "wrong")]);
    world.pass(Duration::minutes(2));
    let shown = contacts::code_at(&secret, cx.now());
    contacts::remove_app(&cx, world.key(), &code(&shown)).await.expect("switched off");
    assert_eq!(heard.lines(), [line("second_factor.changed", &acme, "off")]);

    let taken_away = [line("second_factor.changed", &bo, "taken away")];
    with_app(&world, &bo).await;
    heard.lines();
    let sure = TakeFactor { sure: "on".to_owned() };
    contacts::take_second_factor(&owner, world.key(), id, &sure).await.expect("taken away");
    assert_eq!(heard.lines(), taken_away);
    world.pass(Duration::minutes(2));
    with_app(&world, &bo).await;
    heard.lines();
    let edition = contacts::find(&owner, id).await.expect("the person").edition;
    let no_user = PersonForm {
        first_name: "Bo".to_owned(),
        last_name: "Berg".to_owned(),
        email: "bo@acme.example".to_owned(),
        ..PersonForm::default()
    };
    contacts::edit(&owner, world.key(), id, edition, &no_user).await.expect("no Storefront user");
    assert_eq!(heard.lines(), taken_away);
    with_app(&world, &owner).await;
    heard.lines();
    contacts::make_owner(&world.service, "owner@keyhouse.example", &PASSWORD.into()).await.expect("reset");
    let by_the_machine = line("second_factor.changed", &owner, "taken away").replace("192.0.2.7", "local");
    assert_eq!(heard.lines(), [by_the_machine]);
}

#[tokio::test]
async fn security_8_limits_that_are_hit_and_files_that_are_taken_stand_in_the_log() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let heard = Heard::default();
    let _listens = tracing::subscriber::set_default(heard.clone());
    let hit = |limit: &str| format!("event=limit.hit network=192.0.2.7 who=unknown reason={limit}");
    let forgot = async || contacts::forgot(&world.service, &world.origin(), &Forgot { login: ADMIN.to_owned() }).await;
    for _ in 0..5 {
        forgot().await.expect("always fine").await.expect("done");
    }
    assert_eq!(heard.lines(), [""; 0]);
    assert!(matches!(forgot().await, Err(Error::TooMany { .. })));
    assert_eq!(heard.lines(), [hit("forgotten")]);

    for _ in 0..5 {
        contacts::ask_new_link(&world.service, &world.origin(), "never made").await.expect("always fine");
    }
    for reason in ["new link", "new link", "new link", "new link", "new link", "sign_in"] {
        contacts::ask_new_link(&world.service, &world.origin(), "never made").await.expect_err("too many");
        assert_eq!(heard.lines(), [hit(reason)]);
    }

    export::taken(&acme, "licenses").await.expect("written down");
    assert_eq!(heard.lines(), [line("export.taken", &acme, "file")]);
    for _ in 0..120 {
        export::may_take(&acme).expect("so many in an hour");
    }
    assert!(matches!(export::may_take(&acme), Err(Error::TooMany { .. })));
    assert_eq!(heard.lines(), [line("limit.hit", &acme, "downloads")]);
}

//! The same people as they stand in the database, and a browser with a session for each.

use domain::{ContactId, Role, accounts::SuspensionForm, actor::Due};
use service::{Cx, accounts, contacts, tokens::Token};
use store::{contacts::Contact, sessions::Session};

use super::person::{Home, Person};
use crate::{
    browser::Browser,
    test_app::{CUSTOMER, PASSWORD_DUE, TestApp},
};

/// Makes somebody; nobody is who is signed out.
pub async fn make(app: &TestApp, person: Person) -> Option<ContactId> {
    let world = &app.world;
    let contact = match person {
        Person::Anon => return None,
        Person::With(Role::Owner) => app.owner.actor.contact,
        Person::With(Role::Admin) => app.reseller.actor.contact,
        Person::With(Role::Customer) => world.contact(CUSTOMER).await.id,
        Person::With(role) => colleague(app, "one", &[role]).await,
        Person::Both(one, two) => colleague(app, "two", &[one, two]).await,
        Person::Other(Role::Customer) => customer_of(app, &world.reseller("hooli").await, "gavin@raviga.example").await,
        Person::Other(role) => {
            let other = world.reseller("umbrella").await;
            world.colleague(&other, "other@umbrella.example", &[role]).await.actor.contact
        }
        Person::Owes(Due::Proof) => colleague(app, "half", &[Role::Owner]).await,
        Person::Owes(Due::Password) => world.contact(PASSWORD_DUE).await.id,
        Person::Owes(Due::SecondFactor) => {
            let strict = world.reseller("stark").await;
            let mut tx = app.service.store.write().await.expect("a transaction");
            let account = strict.actor.account;
            store::second_factors::require(&mut tx, account, domain::contacts::Asker::Operator, Some(strict.now()))
                .await
                .expect("required");
            tx.commit().await.expect("required");
            strict.actor.contact
        }
        Person::Owes(Due::Debt) => {
            let debtor = world.reseller("soylent").await;
            let mut tx = app.service.store.write().await.expect("a transaction");
            let account = debtor.actor.account;
            let suspended = store::accounts::suspend_for_debt(&mut tx, account, "More is owed.", debtor.now()).await;
            assert!(suspended.expect("suspended"));
            tx.commit().await.expect("suspended");
            debtor.actor.contact
        }
        Person::Locked(role) => {
            let id = colleague(app, "locked", &[role]).await;
            change(app, id, |contact| Contact { locked_at: Some(app.owner.now()), ..contact }).await;
            id
        }
        Person::Inactive(role) => {
            let id = colleague(app, "away", &[role]).await;
            contacts::deactivate(&app.reseller, world.key(), id).await.expect("made inactive");
            id
        }
        Person::Suspended(role) => {
            let tyrell = world.reseller("tyrell").await;
            let id = world.colleague(&tyrell, "rachael@tyrell.example", &[role]).await.actor.contact;
            suspend(app, &tyrell).await;
            id
        }
        Person::OfSuspended => {
            let weyland = world.reseller("weyland").await;
            let id = customer_of(app, &weyland, "ripley@nostromo.example").await;
            suspend(app, &weyland).await;
            id
        }
    };
    Some(contact)
}

/// A browser with a session of that person, whether or not they could sign in now.
pub async fn browser(app: &TestApp, person: Person, contact: Option<ContactId>) -> Browser {
    let Some(contact) = contact else { return app.anon() };
    let (token, now) = (Token::new(&app.service.random), app.owner.now());
    let session = Session {
        id: app.service.random.id(now),
        contact,
        address: "192.0.2.7".to_owned(),
        browser: String::new(),
        created_at: now,
        used_at: now,
        expires_at: now + chrono::Duration::hours(12),
        second_factor_due_at: (person == Person::Owes(Due::Proof)).then_some(now),
        confirmed_at: now,
    };
    let mut tx = app.service.store.write().await.expect("a transaction");
    store::sessions::insert(&mut tx, &session, &token.hash()).await.expect("a session");
    tx.commit().await.expect("a session");
    app.anon().with_session(token.reveal())
}

async fn colleague(app: &TestApp, prefix: &str, roles: &[Role]) -> ContactId {
    let of = match Home::of(roles[0]) {
        Home::Office => &app.owner,
        _ => &app.reseller,
    };
    let words: Vec<_> = roles.iter().map(|role| role.word()).collect();
    let email = format!("{prefix}-{}@colleagues.example", words.join("-"));
    app.world.colleague(of, &email, roles).await.actor.contact
}

async fn customer_of(app: &TestApp, reseller: &Cx, email: &str) -> ContactId {
    app.world.customer(reseller, email).await;
    app.world.as_customer(email).await.actor.contact
}

async fn suspend(app: &TestApp, of: &Cx) {
    let reason = SuspensionForm { reason: "Overdue".to_owned() };
    accounts::suspend(&app.owner, app.world.key(), of.actor.account, &reason).await.expect("suspended");
}

async fn change(app: &TestApp, id: ContactId, by: impl FnOnce(Contact) -> Contact) {
    let mut tx = app.service.store.write().await.expect("a transaction");
    let contact = store::contacts::by_id(&mut tx, id).await.expect("an answer").expect("a contact");
    store::contacts::save(&mut tx, &by(contact)).await.expect("saved");
    tx.commit().await.expect("saved");
}

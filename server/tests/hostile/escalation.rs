//! Nobody becomes more than they are by a request that no page offers (A8, A9).

use domain::{FormKey, Role, Roles};

use crate::{
    browser::Browser,
    test_app::{BUYER, CUSTOMER, OTHER_RESELLER, OWNER, RESELLER, SUPPORT, TestApp},
};

/// Posts a form as a page would that this person has never been shown. Gives the status.
async fn post(app: &TestApp, browser: &mut Browser, endpoint: &str, fields: &[(&str, &str)]) -> u16 {
    let key = app.service.random.uuid().to_string();
    let fields = [&[(FormKey::FIELD, key.as_str())], fields].concat();
    browser.call(endpoint, &fields).await.status.as_u16()
}

async fn id_of(app: &TestApp, login: &str) -> String {
    app.world.contact(login).await.id.to_string()
}

async fn roles_of(app: &TestApp, login: &str) -> Roles {
    app.world.contact(login).await.roles
}

const NEW: [(&str, &str); 3] = [("first_name", "Mal"), ("last_name", "Ory"), ("email", "mal@ory.example")];

#[tokio::test]
async fn a8_a_simple_user_makes_nobody_an_admin_themselves_least_of_all() {
    let app = TestApp::new().await;
    let mut buyer = app.signed_in(BUYER).await;
    let (me, admin) = (id_of(&app, BUYER).await, id_of(&app, RESELLER).await);
    let to_admin = [("id", me.as_str()), ("edition", "0"), ("user_type", "admin")];
    assert_eq!(post(&app, &mut buyer, "contacts/set_roles", &to_admin).await, 404);
    let colleague = [&NEW[..], &[("user_type", "admin")]].concat();
    assert_eq!(post(&app, &mut buyer, "contacts/add_to_own", &colleague).await, 404);
    // Nor by taking over the admin's sign-in.
    let address = [("id", admin.as_str()), ("edition", "0")];
    let address = [&address[..], &NEW].concat();
    assert_eq!(post(&app, &mut buyer, "contacts/edit", &address).await, 404);
    for helped in ["send_reset", "copy_link", "resend_link", "deactivate", "unlock"] {
        let answer = post(&app, &mut buyer, &format!("contacts/{helped}"), &[("id", &admin)]).await;
        assert_eq!(answer, 404, "{helped}");
    }
    assert_eq!(roles_of(&app, BUYER).await, Roles::of(&[Role::Buyer]));
    assert_eq!(app.world.mails().await, [("anna@northwind.example".to_owned(), "Activate your sign-in".to_owned())]);
    assert_eq!(app.world.written_down(me).await, [""; 0]);
}

#[tokio::test]
async fn a9_an_admin_gives_no_staff_role_to_its_customers_people_or_its_own() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in(RESELLER).await;
    let customer = id_of(&app, CUSTOMER).await;
    for role in ["owner", "account-manager", "finance", "catalog", "support", "buyer"] {
        let form = [("id", customer.as_str()), ("edition", "0"), ("user_type", "simple"), (role, "on")];
        assert_eq!(post(&app, &mut admin, "contacts/set_roles", &form).await, 404, "{role}");
    }
    let admin_of_it = [("id", customer.as_str()), ("edition", "0"), ("user_type", "admin")];
    assert_eq!(post(&app, &mut admin, "contacts/set_roles", &admin_of_it).await, 404);
    assert_eq!(roles_of(&app, CUSTOMER).await, Roles::of(&[Role::Customer]));
    // A role of the other side is none for one's own people, alone or beside a good one.
    let buyer = id_of(&app, BUYER).await;
    for role in ["owner", "account-manager", "finance", "catalog", "support"] {
        for beside in ["buyer", "billing-agent"] {
            let form =
                [("id", buyer.as_str()), ("edition", "0"), ("user_type", "simple"), (role, "on"), (beside, "on")];
            assert_eq!(post(&app, &mut admin, "contacts/set_roles", &form).await, 422, "{role} and {beside}");
        }
    }
    assert_eq!(roles_of(&app, BUYER).await, Roles::of(&[Role::Buyer]));
    // And nobody is added to the operator's account, or to a customer's.
    for account in [app.owner.actor.account, app.customer, app.reseller.actor.account] {
        let account = account.to_string();
        let form = [&NEW[..], &[("account", account.as_str()), ("storefront_user", "on")]].concat();
        assert_eq!(post(&app, &mut admin, "contacts/add", &form).await, 404);
    }
}

#[tokio::test]
async fn a9_an_account_manager_becomes_no_owner_and_takes_no_owners_sign_in() {
    const MANAGER: &str = "manager@keyhouse.example";
    let app = TestApp::new().await;
    app.world.colleague(&app.owner, MANAGER, &[Role::AccountManager]).await;
    let mut manager = app.signed_in(MANAGER).await;
    let (me, owner) = (id_of(&app, MANAGER).await, id_of(&app, OWNER).await);
    let operator = app.owner.actor.account.to_string();
    for (endpoint, form) in [
        ("contacts/set_roles", vec![("id", me.as_str()), ("edition", "0"), ("owner", "on")]),
        ("contacts/set_roles", vec![("id", owner.as_str()), ("edition", "0"), ("support", "on")]),
        ("contacts/add_to_own", [&NEW[..], &[("owner", "on")]].concat()),
        ("contacts/add", [&NEW[..], &[("account", &operator), ("storefront_user", "on")]].concat()),
        ("contacts/edit", [&NEW[..], &[("id", &owner), ("edition", "0"), ("storefront_user", "on")]].concat()),
        ("contacts/find", vec![("id", owner.as_str())]),
        ("contacts/list", vec![("account", operator.as_str())]),
        ("contacts/send_reset", vec![("id", owner.as_str())]),
        ("contacts/copy_link", vec![("id", owner.as_str())]),
        ("contacts/resend_link", vec![("id", owner.as_str())]),
        ("contacts/deactivate", vec![("id", owner.as_str())]),
        ("contacts/reactivate", vec![("id", owner.as_str())]),
        ("contacts/unlock", vec![("id", owner.as_str())]),
        ("contacts/end_sessions", vec![("id", owner.as_str())]),
        ("contacts/take_second_factor", vec![("id", owner.as_str()), ("sure", "on")]),
        ("contacts/require_second_factor", vec![("account", operator.as_str()), ("required", "on")]),
        // The operator's own account is none that is edited here.
        ("accounts/find", vec![("id", operator.as_str())]),
        ("accounts/suspend", vec![("id", operator.as_str()), ("reason", "Mine now")]),
    ] {
        assert_eq!(post(&app, &mut manager, endpoint, &form).await, 404, "{endpoint} {form:?}");
    }
    assert_eq!(roles_of(&app, MANAGER).await, Roles::of(&[Role::AccountManager]));
    assert_eq!(app.world.contact(OWNER).await.email, OWNER);
    assert_eq!(app.world.written_down(owner).await, ["contact.owner_made"]);
}

/// Whoever reads a link of an owner's mail is the owner, and whoever reads a key has the license.
#[tokio::test]
async fn a9_staff_read_no_link_and_no_key_in_the_outbox_whatever_became_of_the_mail() {
    let app = TestApp::new().await;
    let (_, license) = app.order().await;
    let key = app.service.random.uuid().into();
    service::licenses::send(&app.reseller, key, license).await.expect("the key is sent");
    let owner = app.world.contact(OWNER).await.id;
    app.world.colleague(&app.owner, "second@keyhouse.example", &[Role::Owner]).await;
    let mut second = app.signed_in("second@keyhouse.example").await;
    assert_eq!(post(&app, &mut second, "contacts/send_reset", &[("id", &owner.to_string())]).await, 200);
    let texts: Vec<_> = app.world.letters().await.into_iter().filter_map(|letter| letter.body).collect();
    let after = |mark: &str| {
        let rest = texts.iter().find_map(|text| text.split(mark).nth(1)).expect("a secret");
        rest.split_whitespace().next().expect("a secret").to_owned()
    };
    let terms = "Permanent license, updates included until 21 May 2027\n";
    let secrets = [after("/activate/"), after("/reset/"), after(terms)];
    assert!(secrets.iter().all(|secret| secret.len() > 20), "{secrets:?}");
    let mut support = app.signed_in(SUPPORT).await;
    for became in ["waiting", "retrying", "failed", "sent"] {
        for letter in app.world.letters().await {
            let noted = match became {
                "retrying" => service::mail::failed(&app.service, letter.id, "451 greylisted").await,
                "failed" => service::mail::given_up(&app.service, letter.id, "550 no such person").await,
                "sent" => service::mail::sent(&app.service, letter.id).await,
                _ => Ok(()),
            };
            noted.expect("noted");
        }
        for reader in [&mut support, &mut second] {
            let read = [reader.get("/office/mail").await.text, reader.call("mail/outbox", &[]).await.text];
            for read in read {
                for shown in ["Choose a new password", "[link left out]", "[key left out]"] {
                    assert!(read.contains(shown), "{became}, {shown}: {read}");
                }
                for secret in &secrets {
                    assert!(!read.contains(secret), "{became}: {read}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a9_a_reseller_does_nothing_of_the_office_to_its_own_account_or_anothers() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in(RESELLER).await;
    let (own, option) = (app.reseller.actor.account.to_string(), app.service.random.uuid().to_string());
    let other = app.world.contact(OTHER_RESELLER).await.account.to_string();
    let mut tx = app.service.store.read().await.expect("a transaction");
    let before = store::accounts::by_id(&mut tx, app.reseller.actor.account).await.expect("an account");
    drop(tx);
    for account in [own.as_str(), other.as_str()] {
        for (endpoint, form) in [
            ("accounts/set_credit_limit", vec![("id", account), ("unlimited", "on")]),
            ("accounts/edit", vec![("id", account), ("edition", "0"), ("unpaid_cap", "1000")]),
            ("accounts/assign_price_list", vec![("id", account), ("edition", "0")]),
            ("accounts/suspend", vec![("id", account), ("reason", "A rival")]),
            ("price_lists/seen_as", vec![("account", account)]),
            ("products/switch", vec![("id", option.as_str()), ("edition", "0")]),
            ("audit/list", vec![]),
            ("mail/outbox", vec![]),
        ] {
            assert_eq!(post(&app, &mut admin, endpoint, &form).await, 404, "{endpoint} {form:?}");
        }
    }
    let mut tx = app.service.store.read().await.expect("a transaction");
    let after = store::accounts::by_id(&mut tx, app.reseller.actor.account).await.expect("an account");
    assert_eq!(after, before);
}

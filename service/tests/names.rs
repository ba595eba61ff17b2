//! The names by which people sign in, across accounts (A10, A11): nobody takes the sign-in of another one, and nobody lists who there is.

use chrono::Duration;
use domain::{
    DraftId, FieldErrors, FormKey, Refusal, Role,
    contacts::{Forgot, PersonForm, RolesForm, SignIn},
    customers::{CustomerForm, NewCustomerForm},
};
use service::{
    Cx, Error, contacts, customers, sessions,
    testing::{PASSWORD, World, on_both, person, rounds, twice},
};

async fn try_as(world: &World, login: &str, password: &str) -> Result<sessions::SignedIn, Error> {
    let form = SignIn { login: login.to_owned(), password: password.into(), next: String::new() };
    sessions::sign_in(&world.service, &world.origin(), &form).await
}

async fn draft(cx: &Cx) -> (DraftId, FormKey) {
    let draft = customers::begin(cx, None).await.expect("a draft");
    (draft, FormKey::parse(&draft.to_string()).expect("a key"))
}

/// Creates a customer with a password that its reseller chose.
async fn create(cx: &Cx, username: &str, email: &str, password: &str) -> Result<(), Error> {
    let form = NewCustomerForm { username: username.to_owned(), ..person(email) };
    let (_, key) = draft(cx).await;
    customers::create(cx, key, &form, &twice(password)).await.map(|_| ())
}

fn at<T>(field: &str, message: &str, result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Fields(errors)) if *errors == FieldErrors::at(field, message))
}

async fn nobody_takes_the_sign_in_of_another_tenants_customer(world: World) {
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    create(&acme, "vera", "vera@x.example", PASSWORD).await.expect("created");
    create(&acme, "", "wim@x.example", PASSWORD).await.expect("created");
    create(&globex, "vera-too", "vera@x.example", "quiet meadow lantern").await.expect("one address, two people");
    let taken = "This username is taken. Choose another one.";
    assert!(at("username", taken, &create(&globex, "WIM@x.example", "else@x.example", PASSWORD).await));
    assert!(at("username", taken, &create(&globex, "vera@x.example", "else@x.example", PASSWORD).await));
    let email = "Somebody else signs in with this address. Use another one.";
    assert!(at("email", email, &create(&globex, "wim-too", "wim@x.example", PASSWORD).await));

    let vera = try_as(&world, "vera@x.example", PASSWORD).await.expect("by her address");
    assert_eq!(vera.actor.contact, world.contact("vera").await.id);
    let other = try_as(&world, "vera@x.example", "quiet meadow lantern").await.expect("the password decides");
    assert_eq!(other.actor.contact, world.contact("vera-too").await.id);
    assert_eq!(try_as(&world, "wim@x.example", PASSWORD).await.expect("wim").actor.name, "wim Berg");

    let before = world.mails().await.len();
    let form = Forgot { login: "VERA@x.example".to_owned() };
    contacts::forgot(&world.service, &world.origin(), &form).await.expect("always fine").await.expect("done");
    let letters = world.letters().await.split_off(before);
    assert!(letters.iter().all(|mail| mail.recipient == "vera@x.example"));
    let texts: Vec<_> = letters.into_iter().filter_map(|mail| mail.body).collect();
    assert_eq!(texts.len(), 2, "each of them is mailed, with the username that the link is for");
    for named in ["your sign-in vera.", "your sign-in vera-too."] {
        assert_eq!(texts.iter().filter(|text| text.contains(named)).count(), 1, "{named}");
    }
}
on_both!(
    a10_nobody_takes_the_sign_in_of_another_tenants_customer,
    nobody_takes_the_sign_in_of_another_tenants_customer
);

#[tokio::test]
async fn a6_who_shares_an_address_with_the_guesser_is_not_guessed_at_faster() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    create(&acme, "vera", "vera@x.example", PASSWORD).await.expect("created");
    create(&globex, "planted", "vera@x.example", "quiet meadow lantern").await.expect("created");
    // The guesser knows the password of the planted one, which forgets the planted one's wrong ones alone.
    for _ in 0..3 {
        try_as(&world, "vera@x.example", "a guess").await.expect_err("wrong");
        try_as(&world, "vera@x.example", "quiet meadow lantern").await.expect("the planted one");
    }
    try_as(&world, "vera@x.example", "a guess").await.expect_err("the fourth");
    assert!(matches!(try_as(&world, "vera", PASSWORD).await, Err(Error::TooMany { seconds: 900 })));
}

#[tokio::test]
async fn a10_a_person_is_told_of_twenty_taken_names_an_hour_and_then_of_none() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    for at in 0..25 {
        world.customer(&acme, &format!("c{at}@x.example")).await;
    }
    let (id, _) = draft(&globex).await;
    let save = async |email: &str| customers::save_draft(&globex, id, &person(email)).await;
    let taken = "This username is taken. Choose another one.";
    for number in 0..20 {
        save(&format!("free{number}@x.example")).await.expect("a free name does not count");
        assert!(at("username", taken, &save(&format!("c{number}@x.example")).await), "{number}");
        assert!(at("username", taken, &save("c0@x.example").await), "being told again does not count");
    }
    for email in ["c20@x.example", "free@x.example"] {
        assert!(matches!(save(email).await, Err(Error::TooMany { .. })), "taken or free: {email}");
        let wizard = customers::wizard(&globex, id).await.expect("the page");
        assert_eq!((wizard.form.email.as_str(), wizard.username_taken), (email, false), "the page says no more");
        let (_, key) = draft(&globex).await;
        let created = customers::create(&globex, key, &person(email), &twice(PASSWORD)).await;
        assert!(matches!(created, Err(Error::TooMany { .. })), "nor does creating: {email}");
        let form = PersonForm {
            email: email.to_owned(),
            first_name: "A".to_owned(),
            last_name: "B".to_owned(),
            ..PersonForm::default()
        };
        let roles = RolesForm { user_type: "admin".to_owned(), ..RolesForm::default() };
        let added = contacts::add_to_own(&globex, world.key(), &form, &roles).await;
        assert!(matches!(added, Err(Error::TooMany { .. })), "nor a new user: {email}: {added:?}");
    }
    world.pass(Duration::minutes(61));
    assert!(at("username", taken, &save("c20@x.example").await));
    save("free@x.example").await.expect("free");
    create(&acme, "", "new@x.example", PASSWORD).await.expect("others are not held up");
}

#[tokio::test]
async fn a10_all_people_of_an_account_together_are_told_of_sixty() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    for at in 0..61 {
        world.customer(&acme, &format!("c{at}@x.example")).await;
    }
    let mut told = 0;
    for colleague in 0..4 {
        let buyer = world.colleague(&globex, &format!("b{colleague}@globex.example"), &[Role::Buyer]).await;
        let (id, _) = draft(&buyer).await;
        for at in 0..20 {
            let name = format!("c{}@x.example", (colleague * 20 + at) % 61);
            let saved = customers::save_draft(&buyer, id, &person(&name)).await;
            told += usize::from(matches!(saved, Err(Error::Fields(_))));
        }
    }
    assert_eq!(told, 60);
}

#[tokio::test]
async fn a10_d11_an_import_tells_own_customers_apart_and_lists_no_others() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    for at in 0..30 {
        world.customer(&acme, &format!("c{at}@x.example")).await;
    }
    world.customer(&globex, "own@globex.example").await;
    let upload = async |emails: &[String]| {
        let lines: String = emails.iter().map(|email| format!("{email},A,B\n")).collect();
        let table = format!("E-mail address,First name,Last name\n{lines}");
        let draft = customers::upload(&globex, table.as_bytes()).await.expect("a table");
        let page = customers::dry_run(&globex, draft).await.expect("a dry run");
        (FormKey::parse(&draft.to_string()).expect("a key"), page)
    };
    let mut emails: Vec<_> = (0..30).map(|at| format!("c{at}@x.example")).collect();
    emails.insert(0, "own@globex.example".to_owned());
    emails.push("free@x.example".to_owned());
    let (key, page) = upload(&emails).await;
    let messages: Vec<_> = page.findings.iter().map(|found| (found.line, found.message.as_str())).collect();
    let own =
        "You have a customer or a user who signs in with this already. Take the line out, or choose another username.";
    assert_eq!(messages[0], (2, own));
    assert!(messages[1..21].iter().all(|(_, message)| *message == "This username is taken. Choose another one."));
    assert_eq!((messages.len(), messages[21].0), (22, 23), "and no more");
    assert!(messages[21].1.starts_with("From here on, usernames were not looked up: no more than 20 that are taken"));
    assert!(messages[21].1.ends_with("open this page again in 60 minutes."), "{}", messages[21].1);
    assert!(customers::import(&globex, key).await.is_err());

    for email in ["c25@x.example", "free@x.example"] {
        let (key, page) = upload(&[email.to_owned()]).await;
        let found: Vec<_> = page.findings.iter().map(|found| (found.line, found.column)).collect();
        assert_eq!(found, [(2, None)], "taken or free: {email}");
        assert!(customers::import(&globex, key).await.is_err());
    }
    world.pass(Duration::minutes(61));
    let (key, page) = upload(&["free@x.example".to_owned()]).await;
    assert_eq!(page.findings, []);
    assert_eq!(customers::import(&globex, key).await.expect("imported"), 1);
}

async fn correcting_a_customer_tells_no_more(world: World) {
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    for at in 0..21 {
        world.customer(&acme, &format!("c{at}@x.example")).await;
    }
    let own = world.customer(&globex, "own@globex.example").await;
    let page = async || customers::edit_page(&globex, own).await.expect("the form");
    let rename = async |username: &str| {
        let page = page().await;
        let form = CustomerForm { username: username.to_owned(), ..page.form };
        customers::edit(&globex, world.key(), own, page.edition, &form).await
    };
    let taken = "This username is taken. Choose another one.";
    for number in 0..20 {
        assert!(at("username", taken, &rename(&format!("c{number}@x.example")).await), "{number}");
    }
    for name in ["c20@x.example", "free"] {
        let renamed = rename(name).await;
        assert!(matches!(renamed, Err(Error::TooMany { .. })), "taken or free: {name}: {renamed:?}");
    }
    let shown = page().await;
    let form = CustomerForm { phone: "+49 30 1".to_owned(), ..shown.form };
    customers::edit(&globex, world.key(), own, shown.edition, &form).await.expect("it is no question of names");
    world.pass(Duration::minutes(61));
    rename("free").await.expect("free");
}
on_both!(a10_correcting_a_customer_tells_no_more_taken_names_than_creating_one, correcting_a_customer_tells_no_more);

async fn giving_roles_tells_no_more(world: World) {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    for at in 0..21 {
        world.customer(&acme, &format!("c{at}@x.example")).await;
    }
    let form = |email: &str| PersonForm {
        email: email.to_owned(),
        first_name: "Bo".to_owned(),
        last_name: "Lind".to_owned(),
        ..PersonForm::default()
    };
    let account = globex.actor.account;
    let bo = contacts::add(&owner, world.key(), account, &form("bo@globex.example")).await.expect("no user");
    let make_user = async |email: &str| {
        let edition = contacts::find(&globex, bo).await.expect("the page").edition;
        // By the operator, who sees everybody: what the reseller asks is the next thing only.
        contacts::edit(&owner, world.key(), bo, edition, &form(email))
            .await
            .expect("who does not sign in takes no name");
        let edition = contacts::find(&globex, bo).await.expect("the page").edition;
        let roles = RolesForm { user_type: "admin".to_owned(), ..RolesForm::default() };
        contacts::set_roles(&globex, world.key(), bo, edition, &roles).await
    };
    let taken = "Somebody signs in with this address already. Use another one.";
    for number in 0..20 {
        assert!(at("email", taken, &make_user(&format!("c{number}@x.example")).await), "{number}");
    }
    for email in ["c20@x.example", "free@x.example"] {
        let made = make_user(email).await;
        assert!(matches!(made, Err(Error::TooMany { .. })), "taken or free: {email}: {made:?}");
    }
}
on_both!(a10_making_somebody_a_user_tells_no_more_taken_names_than_adding_one, giving_roles_tells_no_more);

async fn who_may_not_come_in_is_in_nobodys_way(world: World) {
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    create(&acme, "vera", "vera@x.example", PASSWORD).await.expect("created");
    create(&globex, "vera-too", "vera@x.example", PASSWORD).await.expect("one address and one password, two people");
    let came = async || try_as(&world, "vera@x.example", PASSWORD).await.map(|came| came.actor.contact);
    let first = came().await.expect("one of them");
    let mut both = [world.contact("vera").await, world.contact("vera-too").await];
    both.sort_by_key(|one| one.id != first);
    let [first, other] = both;
    let mut tx = world.service.store.write().await.expect("a transaction");
    assert!(store::accounts::suspend(&mut tx, first.account, "unpaid", acme.now()).await.expect("an answer"));
    tx.commit().await.expect("a commit");
    assert_eq!(came().await.expect("whose account is not suspended"), other.id);
    world.lock(&other.username).await;
    let refused = came().await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::Suspended { .. }))), "{refused:?}");
}
on_both!(a6_of_several_with_one_password_one_who_may_come_in_does, who_may_not_come_in_is_in_nobodys_way);

async fn a_right_password_counts_for_its_own_alone(world: World) {
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    create(&acme, "vera", "vera@x.example", PASSWORD).await.expect("created");
    create(&globex, "vera-too", "vera@x.example", "quiet meadow lantern").await.expect("created");
    world.lock("vera").await;
    for _ in 0..3 {
        let refused = try_as(&world, "vera@x.example", PASSWORD).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::SignInFailed))), "{refused:?}");
    }
    let fourth = try_as(&world, "vera@x.example", PASSWORD).await;
    assert!(matches!(fourth, Err(Error::TooMany { .. })), "told as a wrong one: {fourth:?}");
    assert_eq!(world.contact("vera-too").await.wrong_passwords, 0);
    let other = try_as(&world, "vera@x.example", "quiet meadow lantern").await.expect("she does not wait");
    assert_eq!(other.actor.contact, world.contact("vera-too").await.id);
}
on_both!(
    a6_the_right_password_of_who_may_not_come_in_is_no_wrong_one_of_somebody_else,
    a_right_password_counts_for_its_own_alone
);

async fn names_accounts_and_people_are_held_in_one_order(world: World) {
    let acme = world.reseller("acme").await;
    let bo = world.colleague(&acme, "bo@acme.example", &[Role::Buyer]).await.actor.contact;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    for round in 0..rounds(4) {
        let page = customers::edit_page(&acme, anna).await.expect("the form");
        let (shown, corrected) = (page.edition, CustomerForm { phone: format!("+49 30 {round}"), ..page.form });
        let edition = contacts::find(&acme, bo).await.expect("the page").edition;
        let person = PersonForm {
            email: format!("bo{round}@acme.example"),
            first_name: "Bo".to_owned(),
            last_name: "Lind".to_owned(),
            ..PersonForm::default()
        };
        let (corrects, edits, [one, other]) = (acme.clone(), acme.clone(), [acme.clone(), acme.clone()]);
        let keys = [world.key(), world.key()];
        let (_, first) = draft(&acme).await;
        let (_, second) = draft(&acme).await;
        let new = |nth: i64| self::person(&format!("new{nth}@x.example"));
        let (new_one, new_other) = (new(round * 2), new(round * 2 + 1));
        let done = tokio::join!(
            tokio::spawn(async move { customers::edit(&corrects, keys[0], anna, shown, &corrected).await.map(|_| ()) }),
            tokio::spawn(async move { contacts::edit(&edits, keys[1], bo, edition, &person).await }),
            tokio::spawn(async move { customers::create(&one, first, &new_one, &twice(PASSWORD)).await.map(|_| ()) }),
            tokio::spawn(
                async move { customers::create(&other, second, &new_other, &twice(PASSWORD)).await.map(|_| ()) }
            ),
        );
        for done in [done.0, done.1, done.2, done.3] {
            done.expect("it ran").expect("nobody waits for who waits for them");
        }
    }
}
on_both!(
    a10_who_corrects_creates_and_edits_at_once_is_not_in_each_others_way,
    names_accounts_and_people_are_held_in_one_order
);

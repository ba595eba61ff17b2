//! Creating customers: the wizard, once, and only one's own (A10, A11).

use domain::{
    AccountId, FieldErrors, FormKey, Refusal, Role,
    contacts::{Activation, NewPassword, SignIn, State},
    customers::{CustomerEdit, CustomerForm, CustomersQuery, SignInEdit},
    licenses::LicensesQuery,
    products::{Billing, Kind},
};
use service::{
    Cx, Error, contacts, customers, licenses, sessions,
    testing::{PASSWORD, World, errors, is_not_found, on_both, person, refusal, twice},
    verify::verify,
};

fn key(draft: domain::DraftId) -> FormKey {
    FormKey::parse(&draft.to_string()).expect("a draft's id is a key")
}

#[tokio::test]
async fn a10_a_customer_with_a_link_is_pending_and_has_one_mail() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let page = customers::find(&acme, anna).await.expect("the customer");
    assert_eq!(
        (page.row.state, page.row.person.as_str(), page.row.name.as_str()),
        (State::PendingActivation, "anna Berg", "northwind.example")
    );
    assert_eq!(world.mails().await, [("anna@northwind.example".to_owned(), "Activate your sign-in".to_owned())]);
    assert_eq!(world.written_down(anna).await, ["customer.created"]);
}

#[tokio::test]
async fn o2_the_same_wizard_sent_twice_makes_one_customer() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let draft = customers::begin(&acme, None).await.expect("a draft");
    let form = person("anna@northwind.example");
    let first = customers::create(&acme, key(draft), &form, &twice(PASSWORD)).await.expect("created");
    let again = customers::create(&acme, key(draft), &form, &twice(PASSWORD)).await.expect("created before");
    assert_eq!(first, again);
    let wizard = customers::wizard(&acme, draft).await.expect("the wizard");
    assert_eq!((wizard.created, wizard.username_taken), (Some(first), false));
    let all = customers::list(&acme, &CustomersQuery::default()).await.expect("a list");
    assert_eq!(all.rows.len(), 1);
}

#[tokio::test]
async fn o2_a_wizard_that_made_a_customer_is_refused_with_other_entries_and_makes_no_second_one() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let draft = customers::begin(&acme, None).await.expect("a draft");
    let form = person("anna@northwind.example");
    customers::save_draft(&acme, draft, &form).await.expect("saved");
    let first = customers::create(&acme, key(draft), &form, &twice(PASSWORD)).await.expect("created");
    let other = person("bea@northwind.example");
    let refused = [
        customers::create(&acme, key(draft), &other, &twice(PASSWORD)).await.map(drop),
        customers::save_draft(&acme, draft, &other).await,
    ];
    assert!(
        refused.iter().all(|refused| matches!(refused, Err(Error::Refused(Refusal::FormSentBefore)))),
        "{refused:?}"
    );
    let wizard = customers::wizard(&acme, draft).await.expect("the wizard");
    assert_eq!((wizard.created, wizard.form), (Some(first), form));
    assert_eq!(customers::list(&acme, &CustomersQuery::default()).await.expect("a list").rows.len(), 1);
}

#[tokio::test]
async fn a10_a_username_that_somebody_has_is_refused_at_the_field_whoever_has_it() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    world.customer(&globex, "anna@northwind.example").await;
    let draft = customers::begin(&acme, None).await.expect("a draft");
    let form = domain::customers::NewCustomerForm {
        username: "ANNA@northwind.example".to_owned(),
        ..person("other@northwind.example")
    };
    let taken = FieldErrors::at("username", "This username is taken. Choose another one.");
    let saved = customers::save_draft(&acme, draft, &form).await;
    assert!(matches!(saved, Err(Error::Fields(errors)) if errors == taken));
    let created = customers::create(&acme, key(draft), &form, &twice(PASSWORD)).await;
    assert!(matches!(created, Err(Error::Fields(errors)) if errors == taken));
    let wizard = customers::wizard(&acme, draft).await.expect("the wizard");
    assert_eq!((wizard.form, wizard.username_taken), (form, true));
    assert_eq!(customers::list(&acme, &CustomersQuery::default()).await.expect("a list").rows, []);
}

#[tokio::test]
async fn x3_a_password_that_is_easily_guessed_is_refused() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let draft = customers::begin(&acme, None).await.expect("a draft");
    for weak in ["password123", "qwertyuiop", "northwind1"] {
        let created = customers::create(&acme, key(draft), &person("anna@northwind.example"), &twice(weak)).await;
        assert!(matches!(created, Err(Error::Fields(errors)) if errors.get("password").is_some()), "{weak}");
    }
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn a_draft_of_somebody_else_is_not_known() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    let draft = customers::begin(&acme, None).await.expect("a draft");
    assert!(matches!(customers::wizard(&globex, draft).await, Err(Error::Refused(Refusal::FormUnknown))));
    let created = customers::create(&globex, key(draft), &person("a@b.example"), &NewPassword::default()).await;
    assert!(matches!(created, Err(Error::Refused(Refusal::FormUnknown))));
}

#[tokio::test]
async fn l1_a_customer_created_in_the_middle_of_a_license_wizard_is_chosen_there() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let license = licenses::begin(&acme, option.id, None).await.expect("a draft");
    let draft = customers::begin(&acme, Some(license)).await.expect("a draft");
    let anna = customers::create(&acme, key(draft), &person("anna@northwind.example"), &twice(PASSWORD))
        .await
        .expect("created");
    let wizard = licenses::wizard(&acme, license).await.expect("the wizard");
    assert_eq!(wizard.user.map(|user| user.id), Some(anna));
}

#[tokio::test]
async fn a11_the_search_finds_ones_own_customers_by_the_beginnings_of_words() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    world.customer(&acme, "anna@northwind.example").await;
    world.customer(&acme, "ben@contoso.example").await;
    world.customer(&globex, "carl@northwind.example").await;
    let found = |q: &'static str| {
        let acme = acme.clone();
        async move {
            let rows = customers::search(&acme, q).await.expect("a search");
            rows.into_iter().map(|row| row.email).collect::<Vec<_>>()
        }
    };
    assert_eq!(found("").await, ["ben@contoso.example", "anna@northwind.example"]);
    assert_eq!(found("NORTH").await, ["anna@northwind.example"]);
    assert_eq!(found("anna north").await, ["anna@northwind.example"]);
    assert_eq!(found("carl").await, [""; 0]);
    assert_eq!(found("\"*").await, [""; 0]);
}

#[tokio::test]
async fn o2_a_draft_that_nobody_touched_for_seven_days_is_swept_and_a_younger_one_stays() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let old = customers::begin(&acme, None).await.expect("a draft");
    world.pass(chrono::Duration::days(4));
    let young = customers::begin(&acme, None).await.expect("a draft");
    world.pass(chrono::Duration::days(4));
    assert_eq!(service::drafts::sweep(&world.service).await.expect("swept"), 1);
    assert!(matches!(customers::wizard(&acme, old).await, Err(Error::Refused(Refusal::FormUnknown))));
    customers::wizard(&acme, young).await.expect("the wizard");
}

/// The token of the activation link in the newest mail, and to whom that went.
async fn invited(world: &World) -> (String, String) {
    let mail = world.letters().await.pop().expect("a mail");
    let text = mail.body.expect("a text");
    let token = text.split("/activate/").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link");
    (mail.recipient, token.to_owned())
}

async fn shown(cx: &Cx, id: AccountId) -> CustomerEdit {
    customers::edit_page(cx, id).await.expect("the form")
}

on_both!(a12_a_mistyped_address_is_corrected_and_what_was_sent_there_opens_nothing, corrected);
async fn corrected(world: World) {
    let (acme, globex) = (world.reseller("acme").await, world.reseller("globex").await);
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@nothrwind.example").await;
    world.create(&acme, option, anna, 2, "permanent").await.expect("licenses");
    let (_, wrong) = invited_first(&world).await;
    let page = shown(&acme, anna).await;
    assert_eq!((page.sign_in, page.form.username.as_str()), (SignInEdit::NotYet, ""), "it follows the address");
    let form = CustomerForm {
        email: "anna@northwind.example".to_owned(),
        first_name: "Anna".to_owned(),
        company: "Northwind".to_owned(),
        phone: "+49 30 1234".to_owned(),
        ..page.form.clone()
    };
    let key = world.key();
    assert!(is_not_found(customers::edit(&globex, key, anna, page.edition, &form).await), "A11");
    assert!(customers::edit(&acme, key, anna, page.edition, &form).await.expect("corrected"), "invited anew");
    let mails = world.mails().await;
    let again = customers::edit(&acme, key, anna, page.edition, &form).await;
    assert!(again.expect("the same form again"), "O2: whoever lost the answer is told that a new link went out");
    assert_eq!(world.mails().await, mails, "once");
    let (to, right) = invited(&world).await;
    assert_eq!(to, "anna@northwind.example");
    let (service, origin) = (&world.service, world.origin());
    assert!(contacts::invitation(service, &origin, &wrong).await.is_err(), "the stranger's link is void");
    contacts::invitation(service, &origin, &right).await.expect("the new one works");
    let found = customers::find(&acme, anna).await.expect("the customer");
    assert_eq!(
        (found.row.name.as_str(), found.row.person.as_str(), found.username.as_str(), found.phone.as_deref()),
        ("Northwind", "Anna Berg", "anna@northwind.example", Some("+49 30 1234"))
    );
    // It is found by its new words, and so are its licenses; by the mistyped ones nothing is.
    let search = async |q: &str| {
        let query = LicensesQuery { q: q.to_owned(), ..LicensesQuery::default() };
        let licenses = licenses::list(&acme, &query).await.expect("a list").rows.len();
        (customers::search(&acme, q).await.expect("a list").len(), licenses)
    };
    assert_eq!((search("anna@northwind").await, search("nothrwind").await), ((1, 2), (0, 0)));
    let person = world.contact("anna@northwind.example").await.id;
    assert!(world.written_down(person).await.contains(&"contact.edited"));
    // Two at once: the second is told what the first has changed.
    let late = CustomerForm { phone: "+49 30 99".to_owned(), ..form.clone() };
    let refused = refusal(customers::edit(&acme, world.key(), anna, page.edition, &late).await);
    assert!(matches!(&refused, Refusal::ChangedMeanwhile { changed, .. } if !changed.is_empty()), "{refused:?}");
    let now = shown(&acme, anna).await.edition;
    assert!(!customers::edit(&acme, world.key(), anna, now, &late).await.expect("saved"), "the link goes on");
    contacts::invitation(service, &origin, &right).await.expect("it still works");
    let taken = CustomerForm { username: "admin@globex.example".to_owned(), ..late };
    let now = shown(&acme, anna).await.edition;
    let errors = errors(customers::edit(&acme, world.key(), anna, now, &taken).await);
    assert_eq!(errors.get("username"), Some("This username is taken. Choose another one."));
    assert_eq!(verify(service).await.expect("recounted"), []);
}

async fn invited_first(world: &World) -> (String, String) {
    let mail = world.letters().await.into_iter().find(|mail| mail.subject == "Activate your sign-in").expect("a mail");
    let text = mail.body.expect("a text");
    let token = text.split("/activate/").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link");
    (mail.recipient, token.to_owned())
}

on_both!(a12_who_read_the_link_at_the_wrong_address_and_chose_a_password_is_out_after_the_correction, stranger);
async fn stranger(world: World) {
    let acme = world.reseller("acme").await;
    let anna = world.customer(&acme, "anna@nothrwind.example").await;
    let (_, token) = invited_first(&world).await;
    let (service, origin) = (&world.service, world.origin());
    let chosen = Activation { token: token.as_str().into(), new: twice(PASSWORD) };
    contacts::activate(service, &origin, &chosen).await.expect("activated by whoever reads there");
    let page = shown(&acme, anna).await;
    let form = CustomerForm {
        email: "anna@northwind.example".to_owned(),
        // The username stays: the password must not.
        username: "anna@nothrwind.example".to_owned(),
        ..page.form
    };
    assert!(customers::edit(&acme, world.key(), anna, page.edition, &form).await.expect("corrected"));
    let sign_in = SignIn { login: "anna@nothrwind.example".to_owned(), password: PASSWORD.into(), next: String::new() };
    let refused = sessions::sign_in(service, &origin, &sign_in).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::SignInFailed))), "{refused:?}");
    let state = customers::find(&acme, anna).await.expect("the customer").row.state;
    assert_eq!((state, invited(&world).await.0.as_str()), (State::PendingActivation, "anna@northwind.example"));
}

on_both!(a12_a_username_that_is_the_address_but_for_capitals_hinders_no_correction, capitals);
async fn capitals(world: World) {
    let acme = world.reseller("acme").await;
    let draft = customers::begin(&acme, None).await.expect("a draft");
    let form = domain::customers::NewCustomerForm {
        username: "Anna@Northwind.example".to_owned(),
        ..person("anna@northwind.example")
    };
    let anna = customers::create(&acme, key(draft), &form, &twice(PASSWORD)).await.expect("created");
    let sign_in = SignIn { login: "anna@northwind.example".to_owned(), password: PASSWORD.into(), next: String::new() };
    sessions::sign_in(&world.service, &world.origin(), &sign_in).await.expect("signed in");
    let page = shown(&acme, anna).await;
    assert_eq!((page.sign_in, page.form.username.as_str()), (SignInEdit::Closed, ""), "it follows the address");
    let named = CustomerForm { last_name: "Borg".to_owned(), ..page.form };
    assert!(!customers::edit(&acme, world.key(), anna, page.edition, &named).await.expect("saved"));
    let found = customers::find(&acme, anna).await.expect("the customer");
    assert_eq!((found.row.person.as_str(), found.username.as_str()), ("anna Borg", "Anna@Northwind.example"));
}

on_both!(a10_a12_an_address_that_is_anothers_username_is_refused_at_the_address, at_the_address);
async fn at_the_address(world: World) {
    let (acme, globex) = (world.reseller("acme").await, world.reseller("globex").await);
    let carl = world.customer(&globex, "carl@contoso.example").await;
    let page = shown(&globex, carl).await;
    let renamed = CustomerForm { username: "carl@elsewhere.example".to_owned(), ..page.form };
    customers::edit(&globex, world.key(), carl, page.edition, &renamed).await.expect("renamed");
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let page = shown(&acme, anna).await;
    let moved = CustomerForm {
        email: "Carl@Elsewhere.example".to_owned(),
        username: "anna@northwind.example".to_owned(),
        ..page.form
    };
    let said = errors(customers::edit(&acme, world.key(), anna, page.edition, &moved).await);
    assert_eq!(said, FieldErrors::at("email", domain::customers::import::EMAIL_TAKEN));
}

on_both!(a12_after_the_first_sign_in_the_reseller_corrects_names_and_the_operator_the_address, signed_in);
async fn signed_in(world: World) {
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let anna = world.customer(&acme, "anna@northwind.example").await;
    world.as_customer("anna@northwind.example").await;
    let (service, origin) = (&world.service, world.origin());
    let sign_in = SignIn { login: "anna@northwind.example".to_owned(), password: PASSWORD.into(), next: String::new() };
    sessions::sign_in(service, &origin, &sign_in).await.expect("signed in");
    let page = shown(&acme, anna).await;
    assert_eq!(page.sign_in, SignInEdit::Closed);
    let named = CustomerForm { last_name: "Borg".to_owned(), ..page.form.clone() };
    assert!(!customers::edit(&acme, world.key(), anna, page.edition, &named).await.expect("saved"));
    let moved = CustomerForm { email: "anna@contoso.example".to_owned(), ..named.clone() };
    let page = shown(&acme, anna).await;
    let said = errors(customers::edit(&acme, world.key(), anna, page.edition, &moved).await);
    assert_eq!(said.get("email"), Some("This customer has signed in. Only the operator can change how they sign in."));
    let renamed = CustomerForm { username: "anna".to_owned(), ..named };
    let said = errors(customers::edit(&acme, world.key(), anna, page.edition, &renamed).await);
    assert!(said.get("username").is_some());
    // Staff may, and the former address is told.
    assert_eq!(shown(&owner, anna).await.sign_in, SignInEdit::ByOperator);
    customers::edit(&owner, world.key(), anna, page.edition, &moved).await.expect("corrected");
    let (to, subject) = world.mails().await.pop().expect("a mail");
    assert_eq!((to.as_str(), subject.as_str()), ("anna@northwind.example", "Your e-mail address has been changed"));
    let person = world.contact("anna@contoso.example").await;
    assert_eq!((person.email.as_str(), person.last_name.as_str()), ("anna@contoso.example", "Borg"));
    assert!(world.written_down(person.id).await.ends_with(&["contact.edited"]));
    let support = world.colleague(&owner, "sue@keyhouse.example", &[Role::Support]).await;
    assert!(is_not_found(customers::edit_page(&support, anna).await));
    assert_eq!(verify(service).await.expect("recounted"), []);
}

//! Creating customers: the wizard, once, and only one's own (A10, A11).

use domain::{FieldErrors, FormKey, Refusal, contacts::NewPassword, contacts::State, customers::CustomersQuery};
use service::{
    Error, customers, licenses,
    testing::{PASSWORD, World, person, twice},
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
    let option =
        world.option("Store Manager", domain::products::Kind::Primary, domain::products::Billing::OneTime).await;
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

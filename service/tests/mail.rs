//! Who is told, and who answers (X2).

use domain::{
    accounts::AccountForm,
    contacts::{NewPassword, PersonForm},
    customers::NewCustomerForm,
};
use service::{
    accounts, contacts, customers, mail,
    testing::{World, person},
};

#[tokio::test]
async fn x2_what_a_customer_answers_goes_to_its_reseller_and_what_a_reseller_answers_to_the_operator() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let next = async || mail::due(&world.service).await.expect("the outbox").expect("a mail");
    let answers = |letter: mail::Letter| (letter.to, letter.reseller, letter.reply_to);
    let text = |text: &str| Some(text.to_owned());

    // Without an address of its own, the first of its people.
    world.customer(&acme, "anna@northwind.example").await;
    let anna = "anna@northwind.example".to_owned();
    assert_eq!(answers(next().await), (anna, text("acme"), text("admin@acme.example")));

    let page = accounts::find(&owner, acme.actor.account).await.expect("an account");
    let form = AccountForm { email: "sales@acme.example".to_owned(), ..page.form };
    accounts::edit(&owner, world.key(), acme.actor.account, page.edition, &form).await.expect("changed");
    world.customer(&acme, "lee@contoso.example").await;
    let lee = "lee@contoso.example".to_owned();
    assert_eq!(answers(next().await), (lee, text("acme"), text("sales@acme.example")));

    // The operator says no address, and the staff are named to nobody.
    let bo = PersonForm {
        first_name: "Bo".to_owned(),
        last_name: "Lind".to_owned(),
        email: "bo@acme.example".to_owned(),
        storefront_user: "on".to_owned(),
        ..PersonForm::default()
    };
    contacts::add(&owner, world.key(), acme.actor.account, &bo).await.expect("invited");
    assert_eq!(answers(next().await), ("bo@acme.example".to_owned(), None, None));

    // Whom two resellers know is answered by the one whose customer each mail goes to.
    let globex = world.reseller("globex").await;
    for (reseller, username, name, email) in [
        (&acme, "mia.of.acme", "acme", "sales@acme.example"),
        (&globex, "mia.of.globex", "globex", "admin@globex.example"),
    ] {
        let draft = customers::begin(reseller, None).await.expect("a draft");
        let form = NewCustomerForm {
            username: username.to_owned(),
            send_link: "on".to_owned(),
            ..person("mia@northwind.example")
        };
        let key = draft.to_string().parse::<uuid::Uuid>().expect("an id").into();
        customers::create(reseller, key, &form, &NewPassword::default()).await.expect("a customer");
        assert_eq!(answers(next().await), ("mia@northwind.example".to_owned(), text(name), text(email)));
    }
}

service::on_both!(x2_no_reseller_is_named_to_staff_or_applicants_whose_address_a_customer_of_it_has, same_address);

async fn same_address(world: World) {
    let owner = world.owner().await;
    let globex = world.reseller("globex").await;
    let anna = "anna@northwind.example";
    let draft = customers::begin(&globex, None).await.expect("a draft");
    let form = NewCustomerForm { username: "anna.of.globex".to_owned(), send_link: "on".to_owned(), ..person(anna) };
    let key = draft.to_string().parse::<uuid::Uuid>().expect("an id").into();
    customers::create(&globex, key, &form, &NewPassword::default()).await.expect("a customer");
    // The same address belongs to one of the staff, and somebody applies with it.
    let now = world.service.clock.now();
    let mut tx = world.service.store.write().await.expect("a transaction");
    let operator =
        store::accounts::by_id(&mut tx, owner.actor.account).await.expect("an answer").expect("the operator");
    let staff = store::contacts::Contact {
        username: "anna of the staff".to_owned(),
        activated_at: Some(now),
        ..store::contacts::Contact::new(world.service.random.id(now), &operator, anna, ["Anna", "Berg"], now)
    };
    assert!(store::contacts::insert(&mut tx, &staff).await.expect("a contact"));
    tx.commit().await.expect("a commit");
    let form = domain::applications::Apply {
        organisation: "Initech".to_owned(),
        first_name: "Anna".to_owned(),
        last_name: "Berg".to_owned(),
        email: anna.to_owned(),
        phone: "+49 30 1234".to_owned(),
        country: "Germany".to_owned(),
        ..domain::applications::Apply::default()
    };
    service::applications::apply(&world.service, &world.origin(), world.key(), &form).await.expect("applied");

    let mut told = Vec::new();
    while let Some(letter) = mail::due(&world.service).await.expect("the outbox") {
        if letter.to == anna {
            told.push((letter.subject, letter.reseller, letter.reply_to));
        }
    }
    told.sort();
    let globex = (Some("globex".to_owned()), Some("admin@globex.example".to_owned()));
    assert_eq!(
        told,
        [
            ("Activate your sign-in".to_owned(), globex.0, globex.1),
            ("An application is waiting".to_owned(), None, None),
            ("We have received your application".to_owned(), None, None),
        ]
    );
}

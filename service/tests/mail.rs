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

    // Whom two resellers know is answered by neither of them by mistake.
    let globex = world.reseller("globex").await;
    for (reseller, username, others) in [(&acme, "mia of acme", 1), (&globex, "mia of globex", 2)] {
        let draft = customers::begin(reseller, None).await.expect("a draft");
        let form = NewCustomerForm {
            username: username.to_owned(),
            send_link: "on".to_owned(),
            ..person("mia@northwind.example")
        };
        let key = draft.to_string().parse::<uuid::Uuid>().expect("an id").into();
        customers::create(reseller, key, &form, &NewPassword::default()).await.expect("a customer");
        let reseller = text("acme").filter(|_| others == 1);
        let reply_to = text("sales@acme.example").filter(|_| others == 1);
        assert_eq!(answers(next().await), ("mia@northwind.example".to_owned(), reseller, reply_to));
    }
}

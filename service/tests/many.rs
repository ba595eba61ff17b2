//! One thing done with many licenses at once (L8, L14, L15).

use domain::{
    AccountId, FieldErrors, LicenseId, OptionId,
    licenses::{Act, LicensesQuery, Many, ManyForm},
    products::{Billing, Kind},
};
use service::{Cx, Error, licenses, orders, testing::World, verify::verify};

fn form(act: Act, ids: &[LicenseId]) -> ManyForm {
    let mut fields: std::collections::BTreeMap<_, _> =
        ids.iter().map(|id| (ManyForm::name(*id), "on".to_owned())).collect();
    fields.insert(ManyForm::ACT.to_owned(), act.word().to_owned());
    fields.insert(ManyForm::DATE.to_owned(), "2026-11-20".to_owned());
    ManyForm(fields)
}

async fn sold(world: &World, cx: &Cx, option: OptionId, to: AccountId, quantity: u32) -> Vec<LicenseId> {
    let order = world.create(cx, option, to, quantity, "permanent").await.expect("licenses");
    let executed = orders::executed(cx, order).await.expect("the order");
    executed.licenses.iter().map(|license| license.row.id).collect()
}

#[tokio::test]
async fn l8_many_are_marked_paid_once_and_what_is_paid_or_anothers_stays() {
    let world = World::new().await;
    let (acme, globex) = (world.reseller("acme").await, world.reseller("globex").await);
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let carl = world.customer(&globex, "carl@c.example").await;
    let mut ids = sold(&world, &acme, option, anna, 3).await;
    let other = sold(&world, &globex, option, carl, 1).await[0];
    let first = licenses::change_many(&acme, world.key(), &form(Act::MarkPaid, &ids[..1])).await;
    assert_eq!(first.expect("marked"), Many { act: Act::MarkPaid, done: 1, of: 1 });
    world.pass(chrono::Duration::days(1));
    let unpaid = licenses::list(&acme, &LicensesQuery::default()).await.expect("a list").unpaid;
    let mails = world.mails().await;
    ids.push(other);
    let mut again = form(Act::MarkPaid, &ids);
    again.0.insert(ManyForm::DATE.to_owned(), "2026-11-22".to_owned());
    let key = world.key();
    for _ in 0..2 {
        let done = licenses::change_many(&acme, key, &again).await.expect("marked");
        assert_eq!(done, Many { act: Act::MarkPaid, done: 2, of: 4 });
    }
    let paid = |id| {
        let acme = acme.clone();
        async move { licenses::find(&acme, id).await.expect("a license").customer_paid.map(|day| day.to_string()) }
    };
    assert_eq!(paid(ids[0]).await.as_deref(), Some("2026-11-20"));
    assert_eq!(paid(ids[1]).await.as_deref(), Some("2026-11-22"));
    assert_eq!(licenses::find(&globex, other).await.expect("a license").customer_paid, None);
    for id in &ids[..3] {
        assert_eq!(world.written_down(id).await, ["license.created", "license.customer_paid"]);
    }
    assert_eq!(licenses::list(&acme, &LicensesQuery::default()).await.expect("a list").unpaid, unpaid, "L8");
    assert_eq!(world.mails().await, mails);
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}

#[tokio::test]
async fn l15_each_customer_gets_one_mail_with_all_that_was_ticked() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let manager = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let backup = world.option("Cloud Backup", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let ben = world.customer(&acme, "ben@contoso.example").await;
    let mut ids = sold(&world, &acme, manager, anna, 2).await;
    ids.extend(sold(&world, &acme, backup, anna, 1).await);
    ids.extend(sold(&world, &acme, backup, ben, 1).await);
    let before = world.letters().await.len();
    let key = world.key();
    for _ in 0..2 {
        let done = licenses::change_many(&acme, key, &form(Act::Resend, &ids)).await.expect("sent");
        assert_eq!(done, Many { act: Act::Resend, done: 4, of: 4 });
    }
    let letters = world.letters().await.split_off(before);
    let heads: Vec<_> = letters.iter().map(|mail| (mail.recipient.as_str(), mail.subject.as_str())).collect();
    assert_eq!(heads, [("anna@northwind.example", "Your license keys"), ("ben@contoso.example", "Your license key")]);
    let text = letters[0].body.as_deref().expect("its text");
    assert!(text.contains("your 3 license keys"), "{text}");
    for id in &ids {
        let key = licenses::find(&acme, *id).await.expect("a license").license.key.grouped();
        assert_eq!(text.contains(&key), *id != ids[3], "{text}");
        assert_eq!(world.written_down(id).await, ["license.created", "license.sent"]);
    }
}

#[tokio::test]
async fn x3_a_date_in_the_future_changes_nothing() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let ids = sold(&world, &acme, option, anna, 1).await;
    let mut late = form(Act::MarkPaid, &ids);
    late.0.insert(ManyForm::DATE.to_owned(), "2026-11-22".to_owned());
    let refused = licenses::change_many(&acme, world.key(), &late).await;
    let future = FieldErrors::at(ManyForm::DATE, "This date is in the future.");
    assert!(matches!(refused, Err(Error::Fields(errors)) if errors == future));
    assert_eq!(world.written_down(ids[0]).await, ["license.created"]);
    let customer = world.as_customer("anna@northwind.example").await;
    let refused = licenses::change_many(&customer, world.key(), &form(Act::Resend, &ids)).await;
    assert!(matches!(refused, Err(Error::NotFound)));
}

//! The deeds at each step of which the program is killed: what is there before, and what makes it act.

use chrono::Duration;
use domain::{
    FormKey,
    billing::{InvoiceNumber, PriceForm, Reference},
    licenses::Type,
    orders::HeldForm,
};
use service::{billing::subscriptions, customers, orders};

use super::{Cause, Shop};

/// Two licenses, one of which is paid ahead.
pub async fn order(shop: &Shop) -> Cause {
    shop.world.receive(&shop.acme, 10_000).await;
    let key = shop.wizard().await;
    shop.form_of(&shop.acme, key, "licenses/create", &[("total", "14000".to_owned())]).await
}

/// Two licenses where nothing may be owed.
pub async fn order_over_the_credit(shop: &Shop) -> Cause {
    shop.world.limit(&shop.acme, 0).await;
    let key = shop.wizard().await;
    shop.form_of(&shop.acme, key, "licenses/create", &[("total", "14000".to_owned())]).await
}

/// One license for good, and one by the month.
pub async fn basket(shop: &Shop) -> Cause {
    for (option, license_type) in [(shop.once, Type::Permanent), (shop.monthly, Type::Subscription)] {
        orders::add_to_basket(&shop.acme, shop.world.key(), option, license_type, "1").await.expect("added");
    }
    let draft = orders::basket(&shop.acme).await.expect("a basket").draft.expect("a draft");
    let key = draft.to_string().parse::<uuid::Uuid>().expect("an id").into();
    let fields = [("total", "14000".to_owned()), ("user", shop.anna.to_string())];
    shop.form_of(&shop.acme, key, "basket/place", &fields).await
}

/// A held order, executed over the credit by staff.
pub async fn held_executed(shop: &Shop) -> Cause {
    let number = shop.held().await;
    let form = HeldForm { anyway: "on".to_owned(), reason: "Paid by phone".to_owned() };
    let fields = [("number", number.to_string()), ("anyway", form.anyway), ("reason", form.reason)];
    shop.form(&shop.owner, "orders/execute", &fields).await
}

/// A held order, canceled by staff.
pub async fn held_canceled(shop: &Shop) -> Cause {
    let number = shop.held().await;
    let fields = [("number", number.to_string()), ("reason", "A double order".to_owned())];
    shop.form(&shop.owner, "orders/cancel_held", &fields).await
}

/// Two licenses on an invoice that somebody begins to pay.
pub async fn payment(shop: &Shop) -> Cause {
    shop.bought().await;
    let terms = shop.world.terms_of_payments().await;
    let fields = [
        ("invoice", "INV-000001"),
        ("total", "14000"),
        ("method", "bank-transfer"),
        ("accept", "on"),
        ("terms", &terms),
    ];
    shop.form(&shop.acme, "payments/begin", &fields.map(|(name, value)| (name, value.to_owned()))).await
}

/// The money for an invoice of two licenses.
pub async fn receipt(shop: &Shop) -> Cause {
    shop.bought().await;
    let text = Reference::Invoice(InvoiceNumber(1)).to_string();
    let fields =
        [("received_on", "2026-11-20"), ("amount", "140"), ("currency", "EUR"), ("text", &text), ("bank_id", "B-1")];
    shop.form(&shop.owner, "receipts/record", &fields.map(|(name, value)| (name, value.to_owned()))).await
}

/// One of two licenses, given back unpaid.
pub async fn refund(shop: &Shop) -> Cause {
    let license = shop.bought().await;
    let fields = [("id", license.to_string()), ("reason", "Bought by mistake".to_owned())];
    shop.form(&shop.acme, "licenses/refund", &fields).await
}

/// Another price, from today on, for two licenses by the month.
pub async fn price(shop: &Shop) -> Cause {
    let order = shop.world.create(&shop.acme, shop.monthly, shop.anna, 2, "subscription").await.expect("executed");
    let license = orders::executed(&shop.acme, order).await.expect("the order").licenses[0].row.id;
    let form = PriceForm { price: "60".to_owned(), from: "today".to_owned(), reason: "Agreed".to_owned() };
    let page = subscriptions::price(&shop.owner, license, form).await.expect("the page");
    let shown = page.preview.expect("asked for").expect("possible");
    let fields = [("price", "60".to_owned()), ("from", "today".to_owned()), ("reason", "Agreed".to_owned())];
    let seen = [("id", license.to_string()), ("seen", shown.seen)];
    shop.form(&shop.owner, "subscriptions/reprice", &[&fields[..], &seen].concat()).await
}

/// The second month of two licenses.
pub async fn period(shop: &Shop) -> Cause {
    shop.world.create(&shop.acme, shop.monthly, shop.anna, 2, "subscription").await.expect("executed");
    // Its drafts are gone by then.
    shop.world.pass(Duration::days(8));
    service::drafts::sweep(&shop.world.service).await.expect("swept");
    Cause::Time("2026-12-22T10:00:00Z")
}

/// A wizard, and the one that made its customer, which nobody has touched for a week.
pub async fn old_drafts(shop: &Shop) -> Cause {
    shop.wizard().await;
    Cause::Time("2026-11-29T10:00:00Z")
}

/// A table of two customers that was looked through.
pub async fn import(shop: &Shop) -> Cause {
    let table = b"E-mail address,First name,Last name\nlee@b.example,Lee,Park\nmia@c.example,Mia,Roth\n";
    let draft = customers::upload(&shop.acme, table).await.expect("a table");
    let key = FormKey::parse(&draft.to_string()).expect("a key");
    shop.form_of(&shop.acme, key, "customers/import", &[]).await
}

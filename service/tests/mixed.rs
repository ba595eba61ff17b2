//! An order of several products: each key stands with its own product, option, type and end, wherever it is told (O1, L1, L15).

use domain::{
    FormKey, OptionId, OrderId,
    licenses::{Act, EditForm, LicensesQuery, ManyForm, Type},
    orders::{CheckoutForm, HeldForm, OrdersQuery, State},
    products::{Billing, Kind},
};
use service::{
    Cx, licenses, orders,
    testing::{World, on_both},
};

/// Acme, which has put three products into its basket: the backup first, though it comes last by name.
struct Shop {
    world: World,
    owner: Cx,
    acme: Cx,
    anna: domain::AccountId,
}

async fn shop(world: World) -> Shop {
    let (owner, acme) = (world.owner().await, world.reseller("acme").await);
    let manager = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let more = world.another_option(&manager.product, Kind::Additional, Billing::OneTime).await.id;
    let backup = world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let shop = Shop { world, owner, acme, anna };
    shop.add(backup, Type::Subscription, "1").await;
    shop.add(manager.id, Type::Permanent, "1").await;
    shop.add(more, Type::Permanent, "2").await;
    shop
}

impl Shop {
    async fn add(&self, option: OptionId, license_type: Type, quantity: &str) {
        orders::add_to_basket(&self.acme, self.world.key(), option, license_type, quantity).await.expect("added");
    }

    async fn place(&self) -> OrderId {
        let page = orders::basket(&self.acme).await.expect("a basket");
        let key = FormKey::parse(&page.draft.expect("a draft").to_string()).expect("a key");
        let form = CheckoutForm {
            user: self.anna.to_string(),
            customer_details: "Install on the server.".to_owned(),
            ..CheckoutForm::default()
        };
        orders::place_basket(&self.acme, key, page.takes.minor, &form).await.expect("placed")
    }

    /// The newest mail, with its keys numbered as the order has them.
    async fn newest(&self, keys: &[String]) -> (String, String) {
        let mail = self.world.letters().await.pop().expect("a mail");
        let mut text = mail.body.expect("a text");
        for (at, key) in keys.iter().enumerate() {
            text = text.replace(key, &format!("KEY {at}"));
        }
        (mail.subject, text)
    }

    async fn keys(&self, order: OrderId) -> Vec<String> {
        let order = orders::executed(&self.acme, order).await.expect("the result");
        order.licenses.iter().map(|license| license.key.grouped()).collect()
    }
}

const DETAILS: &str = r"Hello anna,

acme sends you your 4 license keys:

Cloud Backup, Primary license
Subscription, valid until 20 Dec 2026
KEY 0

Store Manager, Primary license
Permanent license, updates included until 21 May 2027
KEY 1

Store Manager, Additional license
Permanent license, updates included until 21 May 2027
KEY 2
KEY 3

Install on the server.

You find your licenses at any time at http://127.0.0.1:3000
";

on_both!(l15_each_key_of_a_mixed_order_is_sent_with_its_own_product_type_and_end, sent);
async fn sent(world: World) {
    let shop = shop(world).await;
    let order = shop.place().await;
    let result = orders::executed(&shop.acme, order).await.expect("the result");
    assert_eq!(result.option, None, "there is no one option to create another of");
    let row = |at: usize| (result.licenses[at].row.product.as_str(), result.licenses[at].row.option.as_str());
    let manager = ("Store Manager", "Additional license");
    let expected = [("Cloud Backup", "Primary license"), ("Store Manager", "Primary license"), manager, manager];
    assert_eq!([row(0), row(1), row(2), row(3)], expected, "as they stood in the basket");
    orders::send(&shop.acme, shop.world.key(), order).await.expect("sent");
    let keys = shop.keys(order).await;
    let (subject, text) = shop.newest(&keys).await;
    assert_eq!((subject.as_str(), text.trim_end()), ("Your license keys", DETAILS.trim_end()));
    // Ticked in the list, they are sent in the same words.
    let mut ticked: std::collections::BTreeMap<_, _> =
        result.licenses.iter().map(|license| (ManyForm::name(license.row.id), "on".to_owned())).collect();
    ticked.insert(ManyForm::ACT.to_owned(), Act::Resend.word().to_owned());
    licenses::change_many(&shop.acme, shop.world.key(), &ManyForm(ticked)).await.expect("sent");
    assert_eq!(shop.newest(&keys).await, (subject, text));
    // One of them alone says its own.
    licenses::send(&shop.acme, shop.world.key(), result.licenses[0].row.id).await.expect("sent");
    let (subject, text) = shop.newest(&keys).await;
    let only = "acme sends you your license key:\n\nCloud Backup, Primary license\nSubscription, valid until 20 Dec 2026\nKEY 0\n";
    assert!(subject == "Your license key" && text.contains(only), "{subject}: {text}");
}

on_both!(l15_what_is_said_of_some_of_the_keys_keeps_its_lines, said_of_one);
async fn said_of_one(world: World) {
    let shop = shop(world).await;
    let order = shop.place().await;
    let first = orders::executed(&shop.acme, order).await.expect("the result").licenses[0].row.id;
    let details = "Shop 2:\r\n1. Call us.\r\n2. Install.".to_owned();
    let form = EditForm { customer_details: details, ..EditForm::default() };
    licenses::edit(&shop.acme, shop.world.key(), first, &form).await.expect("changed");
    orders::send(&shop.acme, shop.world.key(), order).await.expect("sent");
    let (_, text) = shop.newest(&shop.keys(order).await).await;
    let said = "KEY 0\n\nShop 2:\n1. Call us.\n2. Install.\n\nStore Manager, Primary license\n";
    assert!(text.contains(said), "{text}");
}

on_both!(c4_a_mixed_order_that_staff_execute_later_names_what_it_made, held);
async fn held(world: World) {
    let shop = shop(world).await;
    shop.world.limit(&shop.acme, 0).await;
    let order = shop.place().await;
    let held = orders::executed(&shop.acme, order).await.expect("the result");
    assert_eq!((held.state, held.licenses.len()), (State::Submitted, 0));
    let anyway = HeldForm { anyway: "on".to_owned(), reason: "Paid by phone".to_owned() };
    orders::execute(&shop.owner, shop.world.key(), held.number, &anyway).await.expect("executed");
    let keys = shop.keys(order).await;
    let (subject, text) = shop.newest(&keys).await;
    assert_eq!(subject, format!("Order {} has been executed", held.number));
    let made = "which was held, has been executed:

1 × Cloud Backup, Primary license
Subscription, valid until 20 Dec 2026

1 × Store Manager, Primary license
Permanent license, updates included until 21 May 2027

2 × Store Manager, Additional license
Permanent license, updates included until 21 May 2027

The license keys are here: ";
    assert!(text.contains(made) && !text.contains("KEY"), "{text}");
    orders::send(&shop.acme, shop.world.key(), order).await.expect("sent");
    assert_eq!(shop.newest(&keys).await.1.trim_end(), DETAILS.trim_end());
}

on_both!(o1_lists_of_orders_say_what_is_mixed, listed);
async fn listed(world: World) {
    let shop = shop(world).await;
    shop.place().await;
    let what =
        "1 × Cloud Backup, Primary license; 1 × Store Manager, Primary license; 2 × Store Manager, Additional license";
    let own = orders::list(&shop.acme, &OrdersQuery::default()).await.expect("a list");
    assert_eq!(own.rows.iter().map(|row| row.what.as_str()).collect::<Vec<_>>(), [what]);
    let office = orders::list_all(&shop.owner, &OrdersQuery::default()).await.expect("a list");
    assert_eq!(office.rows.iter().map(|row| row.row.what.as_str()).collect::<Vec<_>>(), [what]);
    let page = orders::find_any(&shop.owner, own.rows[0].number).await.expect("a page");
    assert_eq!(page.row.row.what, what);
    let list = licenses::list(&shop.acme, &LicensesQuery::default()).await.expect("a list");
    assert_eq!(list.rows.len(), 4);
}

//! One license: storing, finding, changing; what a customer has of a product.

use domain::{
    licenses::{CustomerFacts, CustomerPaid, Life, PaymentStatus, Type},
    products::Kind,
};
use store::licenses::{self, License, Named};

use crate::world::{World, at_once, days, noon, operator};

on_both! {
    async fn l16_a_license_is_found_by_its_reseller_its_customer_and_the_operator_only(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let contoso = world.customer(&acme, "Contoso", "bo@contoso.example").await;
        let option = world.option("Store Manager").await;
        let bare = world.sell(&acme, &northwind, &option, 1, |_, _| {}).await.remove(0);
        let full = world.sell(&acme, &northwind, &option, 1, |_, license| {
            license.kind = Kind::Additional;
            license.license_type = Type::Subscription;
            license.payment = Some(PaymentStatus::Refunded);
            license.customer_paid = CustomerPaid(Some("2026-11-20".parse().expect("a day")));
            license.reseller_notes = Some("PO 2026-118\n</textarea>".to_owned());
            license.customer_details = Some("Call us 👩‍💻".to_owned());
            license.updates_until = Some(noon() + days(180));
            license.life = Life {
                valid_until: Some(noon() + days(30)),
                suspended: Some(noon()),
                revoked: Some(noon() + days(1)),
                transferred: Some(noon() + days(2)),
            };
        });
        let full = full.await.remove(0);
        let mut tx = world.read().await;
        for named in [bare, full] {
            for scope in [acme.scope, northwind.scope, operator()] {
                let found = licenses::find(&mut tx, &scope, named.license.id).await.expect("an answer");
                assert_eq!(found, Some(named.clone()));
            }
            for scope in [globex.scope, contoso.scope] {
                assert_eq!(licenses::find(&mut tx, &scope, named.license.id).await.expect("an answer"), None);
            }
        }
        assert_eq!(licenses::find(&mut tx, &acme.scope, world.id()).await.expect("an answer"), None);
    }

    async fn l2_the_licenses_of_a_line_come_in_the_order_of_their_creation(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let sold = world.sell(&acme, &northwind, &option, 12, |_, _| {}).await;
        world.sell(&acme, &northwind, &option, 3, |_, _| {}).await;
        let line = sold[0].license.order_line;
        let mut tx = world.read().await;
        for scope in [acme.scope, northwind.scope, operator()] {
            assert_eq!(licenses::of_line(&mut tx, &scope, line).await.expect("licenses"), sold);
        }
        assert_eq!(licenses::of_line(&mut tx, &globex.scope, line).await.expect("licenses"), []);
    }

    async fn l3_a_key_is_given_once(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let sold = world.sell(&acme, &northwind, &option, 1, |_, _| {}).await.remove(0).license;
        let twin = License { id: world.id(), ..sold };
        licenses::insert(&mut world.write().await, &twin).await.expect_err("the key exists");
    }

    async fn l8_saving_changes_notes_details_and_customer_paid_and_nothing_else(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let sold = world.sell(&acme, &northwind, &option, 2, |_, _| {}).await;
        let mut edited = sold[0].license.clone();
        edited.reseller_notes = Some("PO 7".to_owned());
        edited.customer_details = Some("Hello".to_owned());
        edited.customer_paid = CustomerPaid(Some("2026-11-21".parse().expect("a day")));
        for license in [edited, sold[0].license.clone()] {
            let asked = License { payment: None, license_type: Type::Trial, created_at: noon() + days(9), ..license.clone() };
            let mut tx = world.write().await;
            licenses::save(&mut tx, &asked).await.expect("saved");
            let found = licenses::find(&mut tx, &acme.scope, license.id).await.expect("an answer");
            assert_eq!(found, Some(Named { license, ..sold[0].clone() }));
            let other = licenses::find(&mut tx, &acme.scope, sold[1].license.id).await.expect("an answer");
            assert_eq!(other.as_ref(), Some(&sold[1]));
            tx.commit().await.expect("a commit");
        }
    }

    async fn l6_the_facts_of_a_customer_tell_live_primaries_from_trials_and_from_what_is_over(world: World) {
        let acme = world.reseller("acme").await;
        let option = world.option("Store Manager").await;
        let other = world.option("Cloud Backup").await;
        let nothing = CustomerFacts::default();
        let live = CustomerFacts { has_live: true, ..nothing };
        let primary = CustomerFacts { has_live_primary: true, ..live };
        type Edit = fn(&mut License);
        let stories: [(&str, Edit, CustomerFacts); 9] = [
            ("a primary", |_| {}, primary),
            ("an additional", |l| l.kind = Kind::Additional, live),
            ("a subscription", |l| {
                l.license_type = Type::Subscription;
                l.life.valid_until = Some(noon() + days(1));
            }, primary),
            ("a subscription that ends now", |l| {
                l.license_type = Type::Subscription;
                l.life.valid_until = Some(noon());
            }, nothing),
            ("a trial", |l| {
                l.license_type = Type::Trial;
                l.payment = None;
                l.life.valid_until = Some(noon() + days(1));
            }, CustomerFacts { had_trial: true, ..live }),
            ("a trial that is over", |l| {
                l.license_type = Type::Trial;
                l.payment = None;
                l.life.valid_until = Some(noon() - days(1));
            }, CustomerFacts { had_trial: true, ..nothing }),
            ("suspended", |l| l.life.suspended = Some(noon()), nothing),
            ("revoked", |l| l.life.revoked = Some(noon()), nothing),
            ("transferred", |l| l.life.transferred = Some(noon()), nothing),
        ];
        for (number, (name, edit, facts)) in stories.into_iter().enumerate() {
            let customer = world.customer(&acme, name, &format!("c{number}@acme.example")).await;
            world.sell(&acme, &customer, &option, 1, |_, license| edit(license)).await;
            let mut tx = world.read().await;
            let id = customer.account.id;
            let found = licenses::facts(&mut tx, id, option.product.id, noon()).await.expect("facts");
            assert_eq!(found, facts, "{name}");
            let found = licenses::facts(&mut tx, id, other.product.id, noon()).await.expect("facts");
            assert_eq!(found, nothing, "{name}, of another product");
        }
    }

    async fn l4_a_trial_is_taken_once_per_product_and_customer_however_many_ask(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let contoso = world.customer(&acme, "Contoso", "bo@contoso.example").await;
        let (manager, backup) = (world.option("Store Manager").await, world.option("Cloud Backup").await);
        let license = world.sell(&acme, &northwind, &manager, 1, |_, _| {}).await.remove(0).license;
        let taken = at_once(10, |_| {
            let (store, license) = (world.store.clone(), license.clone());
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let taken = licenses::take_trial(&mut tx, &license).await.expect("an answer");
                tx.commit().await.expect("a commit");
                taken
            }
        });
        assert_eq!(taken.await.into_iter().filter(|taken| *taken).count(), 1);
        let mut tx = world.write().await;
        let of_product = License { product: backup.product.id, ..license.clone() };
        let of_customer = License { customer: contoso.account.id, ..license };
        for other in [of_product, of_customer] {
            assert!(licenses::take_trial(&mut tx, &other).await.expect("an answer"));
            assert!(!licenses::take_trial(&mut tx, &other).await.expect("an answer"));
        }
    }

    async fn l8_customer_paid_is_set_once_on_ones_own_and_on_nothing_final(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let open = world.sell(&acme, &northwind, &option, 1, |_, _| {}).await.remove(0).license.id;
        let ended = |life: Life| world.sell(&acme, &northwind, &option, 1, move |_, license| license.life = life);
        let revoked = ended(Life { revoked: Some(noon()), ..Life::default() }).await.remove(0).license.id;
        let moved = ended(Life { transferred: Some(noon()), ..Life::default() }).await.remove(0).license.id;
        let (first, second) = ("2026-11-20".parse().expect("a day"), "2026-11-21".parse().expect("a day"));
        let mut tx = world.write().await;
        for scope in [globex.scope, northwind.scope, operator()] {
            assert!(!licenses::set_customer_paid(&mut tx, &scope, open, first).await.expect("an answer"));
        }
        for (id, on, done) in [(open, first, true), (open, second, false), (revoked, first, false), (moved, first, false)] {
            let set = licenses::set_customer_paid(&mut tx, &acme.scope, id, on).await.expect("an answer");
            assert_eq!(set, done);
        }
        let named = licenses::find(&mut tx, &acme.scope, open).await.expect("an answer").expect("a license");
        assert_eq!(named.license.customer_paid, CustomerPaid(Some(first)));
        assert_eq!(named.license.payment, Some(PaymentStatus::Pending), "the operator is another matter");
    }
}

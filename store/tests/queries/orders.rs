//! Orders and their lines.

use domain::{
    BasisPoints, Currency, Money, Scope,
    licenses::Type,
    orders::{Consent, OrderNumber, State},
};
use store::orders::{self, Line, Order};

use crate::world::{World, minutes, noon, operator, untaxed};

on_both! {
    async fn o1_an_order_is_found_by_its_reseller_and_nobody_else(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let mut tx = world.write().await;
        let mut executed = world.order(&acme, &northwind);
        let mut held = Order { state: State::Submitted, executed_at: None, ..world.order(&acme, &northwind) };
        executed.number = orders::insert(&mut tx, &executed).await.expect("a number");
        held.number = orders::insert(&mut tx, &held).await.expect("a number");
        assert_eq!(held.number, OrderNumber(executed.number.0 + 1));
        for order in [executed, held] {
            assert_eq!(orders::find(&mut tx, &acme.scope, order.id).await.expect("an answer"), Some(order.clone()));
            let of_draft = orders::of_draft(&mut tx, &acme.scope, order.draft).await.expect("an answer");
            assert_eq!(of_draft, Some(order.clone()));
            for scope in [globex.scope, northwind.scope, operator()] {
                assert_eq!(orders::find(&mut tx, &scope, order.id).await.expect("an answer"), None);
                assert_eq!(orders::of_draft(&mut tx, &scope, order.draft).await.expect("an answer"), None);
            }
        }
        assert_eq!(orders::find(&mut tx, &acme.scope, world.id()).await.expect("an answer"), None);
        assert_eq!(orders::of_draft(&mut tx, &acme.scope, world.id()).await.expect("an answer"), None);
    }

    async fn o2_a_draft_becomes_one_order(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let first = world.order(&acme, &northwind);
        let second = Order { draft: first.draft, ..world.order(&acme, &northwind) };
        let mut tx = world.write().await;
        orders::insert(&mut tx, &first).await.expect("a number");
        tx.commit().await.expect("a commit");
        let mut tx = world.write().await;
        orders::insert(&mut tx, &second).await.expect_err("the draft is an order already");
        drop(tx);
        let mut tx = world.read().await;
        assert_eq!(orders::find(&mut tx, &acme.scope, second.id).await.expect("an answer"), None);
    }

    async fn o1_lines_are_those_of_one_order_in_the_order_they_came(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let (order, other) = (world.order(&acme, &northwind), world.order(&acme, &northwind));
        let line = |order: &Order, license_type, quantity, unit| Line {
            id: world.id(),
            order: order.id,
            option: option.id,
            license_type,
            quantity,
            unit,
            amount: untaxed(unit.times(quantity).expect("countable")),
            rate: BasisPoints::new(1_900).expect("19 %"),
            added_to: None,
            upgrades: None,
        };
        let lines = [
            line(&order, Type::Permanent, 1_000, Money::new(13_930, Currency::EUR)),
            line(&order, Type::Trial, 1, Money::zero(Currency::EUR)),
            line(&order, Type::Subscription, 2, Money::new(99, Currency::JPY)),
        ];
        let mut tx = world.write().await;
        orders::insert(&mut tx, &order).await.expect("a number");
        orders::insert(&mut tx, &other).await.expect("a number");
        for line in &lines {
            orders::insert_line(&mut tx, line).await.expect("a line");
        }
        orders::insert_line(&mut tx, &line(&other, Type::Permanent, 7, option.list_price)).await.expect("a line");
        assert_eq!(orders::lines(&mut tx, &order).await.expect("lines"), lines);
    }

    async fn o1_the_consent_to_terms_of_use_is_kept_with_its_order(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let (with, without) = (world.order(&acme, &northwind), world.order(&acme, &northwind));
        let mut tx = world.write().await;
        for order in [&with, &without] {
            orders::insert(&mut tx, order).await.expect("a number");
        }
        let consent = Consent {
            by: acme.person.id,
            at: noon(),
            address: "192.0.2.7".to_owned(),
            browser: String::new(),
            terms: "Broom:\nSweep.".to_owned(),
        };
        orders::accept(&mut tx, with.id, &consent).await.expect("kept");
        assert_eq!(orders::accepted(&mut tx, &with).await.expect("an answer"), Some(consent));
        assert_eq!(orders::accepted(&mut tx, &without).await.expect("an answer"), None);
    }

    async fn c4_what_was_decided_is_listed_without_what_is_held_for_the_operator_alone(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let mut tx = world.write().await;
        let mut numbers = Vec::new();
        for state in [State::Executed, State::Submitted, State::Canceled, State::Submitted] {
            let order = Order { state, executed_at: None, ..world.order(&acme, &northwind) };
            numbers.push(orders::insert(&mut tx, &order).await.expect("a number"));
        }
        let mut page = async |scope: &Scope, after| {
            let listed = orders::decided(&mut tx, scope, after, 9).await.expect("a page");
            listed.iter().map(|listed| listed.order.number).collect::<Vec<_>>()
        };
        assert_eq!(page(&operator(), None).await, [numbers[2], numbers[0]]);
        assert_eq!(page(&operator(), Some(numbers[2])).await, [numbers[0]]);
        assert_eq!(page(&acme.scope, None).await, []);
    }

    async fn l15_an_order_knows_when_its_keys_were_last_sent(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let mut tx = world.write().await;
        let mut order = world.order(&acme, &northwind);
        order.number = orders::insert(&mut tx, &order).await.expect("a number");
        for sent in [noon(), noon() + minutes(9)] {
            orders::sent(&mut tx, &order, sent).await.expect("noted");
            let found = orders::find(&mut tx, &acme.scope, order.id).await.expect("an answer");
            assert_eq!(found, Some(Order { sent_at: Some(sent), ..order.clone() }));
        }
    }

    async fn l1_a_line_has_from_1_to_1000_licenses_at_no_less_than_nothing(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let order = world.order(&acme, &northwind);
        let mut tx = world.write().await;
        orders::insert(&mut tx, &order).await.expect("a number");
        tx.commit().await.expect("a commit");
        for (quantity, minor) in [(0, 1), (1_001, 1), (1, -1)] {
            let unit = Money::new(minor, Currency::EUR);
            let (id, amount, rate) = (world.id(), untaxed(option.list_price), BasisPoints::new(0).expect("none"));
            let line = Line {
                id,
                order: order.id,
                option: option.id,
                license_type: Type::Permanent,
                quantity,
                unit,
                amount,
                rate,
                added_to: None,
                upgrades: None,
            };
            orders::insert_line(&mut world.write().await, &line).await.expect_err("the table refuses it");
        }
    }
}

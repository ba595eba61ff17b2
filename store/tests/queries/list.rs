//! The license list: each filter, each order, page by page (L14).

use domain::{
    Timestamp,
    licenses::{CustomerPaid, PaidFilter, PaymentStatus, Sort, State, Type},
    products::Kind,
};
use store::licenses::{self, License, Named, Page, Place};

use crate::world::{Customer, Reseller, World, days, minutes, noon, operator};

/// Acme with licenses of every sort, and Globex with as many.
struct Shop {
    world: World,
    acme: Reseller,
    northwind: Customer,
    manager: store::products::PricedOption,
    /// Acme's, oldest first.
    all: Vec<Named>,
}

/// The eight licenses of an order, each of another sort; the order of day `day`.
fn sort_of(day: i64) -> impl Fn(u32, &mut License) {
    move |at, license| {
        license.created_at = noon() + days(day) + minutes(i64::from(at));
        match at {
            0 => {}
            1 => license.payment = Some(PaymentStatus::Paid),
            2 => license.payment = Some(PaymentStatus::Refunded),
            3 => license.customer_paid = CustomerPaid(Some("2026-11-20".parse().expect("a day"))),
            4 => license.kind = Kind::Additional,
            5 => license.life.suspended = Some(noon()),
            6 => license.life.revoked = Some(noon()),
            _ => license.life.transferred = Some(noon()),
        }
    }
}

/// A subscription that ends `ends` days from noon, or a trial when it is the first.
fn ending(created: i64, ends: i64) -> impl Fn(u32, &mut License) {
    move |at, license| {
        license.created_at = noon() + days(created);
        license.license_type = if at == 0 { Type::Trial } else { Type::Subscription };
        license.payment = (at > 0).then_some(PaymentStatus::Paid);
        license.life.valid_until = Some(noon() + days(ends) + minutes(i64::from(at)));
    }
}

impl Shop {
    async fn new(world: World) -> Self {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let contoso = world.customer(&acme, "Contoso", "bo@contoso.example").await;
        let theirs = world.customer(&globex, "Initech", "cy@initech.example").await;
        let (manager, backup) = (world.option("Store Manager").await, world.option("Cloud Backup").await);
        let mut all = Vec::new();
        for (customer, option, day) in [(&northwind, &manager, -9), (&contoso, &backup, -6)] {
            all.extend(world.sell(&acme, customer, option, 8, sort_of(day)).await);
            world.sell(&globex, &theirs, option, 8, sort_of(day)).await;
        }
        for (customer, option, created, ends) in [
            (&northwind, &backup, -3, -1),
            (&contoso, &manager, -2, 5),
            (&northwind, &manager, -1, 20),
            (&contoso, &backup, 0, 3),
        ] {
            all.extend(world.sell(&acme, customer, option, 3, ending(created, ends)).await);
            world.sell(&globex, &theirs, option, 3, ending(created, ends)).await;
        }
        Self { world, acme, northwind, manager, all }
    }

    /// The list must show what the test picks out of all, which is some but not all; and count it.
    async fn shows(&self, wanted: &Page, fits: impl Fn(&License) -> bool) {
        let picked = self.all.iter().filter(|named| fits(&named.license)).count();
        assert!(picked > 0 && picked < self.all.len(), "the story shows something of {wanted:?}");
        self.agrees(wanted, fits).await;
    }

    /// The list must show what the test picks out of all, in the order of `wanted.sort`; and count it.
    async fn agrees(&self, wanted: &Page, fits: impl Fn(&License) -> bool) {
        let mut expected: Vec<_> = self.all.iter().filter(|named| fits(&named.license)).cloned().collect();
        match wanted.sort.unwrap_or(Sort::Newest) {
            Sort::Newest => expected.reverse(),
            Sort::Oldest => {}
            Sort::Ending => {
                expected.retain(|named| named.license.life.valid_until > Some(noon()));
                expected.sort_by_key(|named| (named.license.life.valid_until, named.seq));
            }
        }
        let mut tx = self.world.read().await;
        let wanted = Page { most: 100, ..wanted.clone() };
        let page = licenses::page(&mut tx, &self.acme.scope, &wanted, noon()).await.expect("a page");
        assert_eq!(page, expected, "{wanted:?}");
        let rows = licenses::rows(&mut tx, &self.acme.scope, &wanted, noon()).await.expect("rows");
        assert_eq!(rows, expected.iter().map(Named::listed).collect::<Vec<_>>(), "{wanted:?}");
        let count = licenses::count(&mut tx, &self.acme.scope, &wanted, noon(), 1_000).await.expect("a count");
        assert_eq!(count, expected.len() as i64, "{wanted:?}");
        let few = licenses::count(&mut tx, &self.acme.scope, &wanted, noon(), 2).await.expect("a count");
        assert_eq!(few, count.min(2), "{wanted:?}");
    }
}

/// Nothing, and each.
fn options<T: Copy>(all: &[T]) -> impl Iterator<Item = Option<T>> {
    std::iter::once(None).chain(all.iter().copied().map(Some))
}

/// The filters of a view, said once more.
fn fits(view: &Page, license: &License) -> bool {
    view.payment.is_none_or(|payment| license.payment == Some(payment))
        && view.paid.is_none_or(|paid| (paid == PaidFilter::Yes) == license.customer_paid.0.is_some())
        && view.license_type.is_none_or(|license_type| license.license_type == license_type)
        && view.kind.is_none_or(|kind| license.kind == kind)
        && view.state.is_none_or(|wanted| state(license) == wanted)
        && view.product.is_none_or(|product| license.product == product)
        && view.customer.is_none_or(|customer| license.customer == customer)
        && view.from.is_none_or(|from| license.created_at >= from)
        && view.before.is_none_or(|before| license.created_at < before)
        && view.ends_by.is_none_or(|end| license.life.valid_until.is_some_and(|valid| valid <= end))
        && (view.sort != Some(Sort::Ending) || license.life.valid_until > Some(noon()))
}

fn state(license: &License) -> State {
    license.life.state(noon())
}

on_both! {
    async fn l14_each_filter_alone_shows_what_fits_it(world: World) {
        let shop = Shop::new(world).await;
        for payment in PaymentStatus::ALL {
            let page = Page { payment: Some(*payment), ..Page::default() };
            shop.shows(&page, |license| license.payment == Some(*payment)).await;
        }
        for paid in PaidFilter::ALL {
            let page = Page { paid: Some(*paid), ..Page::default() };
            shop.shows(&page, |license| license.customer_paid.0.is_some() == (*paid == PaidFilter::Yes)).await;
        }
        for license_type in Type::ALL {
            let page = Page { license_type: Some(*license_type), ..Page::default() };
            shop.shows(&page, |license| license.license_type == *license_type).await;
        }
        for kind in Kind::ALL {
            let page = Page { kind: Some(*kind), ..Page::default() };
            shop.shows(&page, |license| license.kind == *kind).await;
        }
        for wanted in State::ALL {
            let page = Page { state: Some(*wanted), ..Page::default() };
            shop.shows(&page, |license| state(license) == *wanted).await;
        }
        let product = shop.manager.product.id;
        shop.shows(&Page { product: Some(product), ..Page::default() }, |license| license.product == product).await;
        let customer = shop.northwind.account.id;
        shop.shows(&Page { customer: Some(customer), ..Page::default() }, |license| license.customer == customer).await;
        let ends_by = Some(noon() + days(5));
        shop.shows(&Page { ends_by, ..Page::default() }, |license| {
            license.life.valid_until.is_some_and(|end| Some(end) <= ends_by)
        })
        .await;
    }

    async fn l14_a_filter_by_days_includes_its_first_moment_and_not_its_last(world: World) {
        let shop = Shop::new(world).await;
        let micro = chrono::Duration::microseconds(1);
        let first = noon() + days(-6);
        for from in [first - micro, first, first + micro, first + minutes(3), noon() - days(2)] {
            shop.shows(&Page { from: Some(from), ..Page::default() }, |license| license.created_at >= from).await;
        }
        for before in [first + micro, first + minutes(3), noon() - days(4), noon()] {
            shop.shows(&Page { before: Some(before), ..Page::default() }, |license| license.created_at < before).await;
            let sort = Some(Sort::Oldest);
            shop.shows(&Page { before: Some(before), sort, ..Page::default() }, |license| license.created_at < before).await;
        }
        let (from, before) = (noon() - days(6), noon() - days(1));
        shop.shows(&Page { from: Some(from), before: Some(before), ..Page::default() }, |license| {
            (from..before).contains(&license.created_at)
        })
        .await;
    }

    async fn l14_a_filter_by_days_goes_by_the_day_and_not_by_who_was_stored_first(world: World) {
        let mut shop = Shop::new(world).await;
        let northwind = shop.northwind.clone();
        for day in [-30, -7, -400] {
            let sold = shop.world.sell(&shop.acme, &northwind, &shop.manager, 2, |at, license| {
                license.created_at = noon() + days(day) + minutes(i64::from(at));
            });
            shop.all.extend(sold.await);
        }
        for day in [-31, -8, -6, -2] {
            let from = noon() + days(day);
            shop.shows(&Page { from: Some(from), ..Page::default() }, |license| license.created_at >= from).await;
            shop.shows(&Page { before: Some(from), ..Page::default() }, |license| license.created_at < from).await;
        }
    }

    async fn l14_filters_together_show_what_fits_them_all(world: World) {
        let shop = Shop::new(world).await;
        let product = shop.manager.product.id;
        let customer = shop.northwind.account.id;
        shop.shows(
            &Page { payment: Some(PaymentStatus::Pending), product: Some(product), ..Page::default() },
            |license| license.payment == Some(PaymentStatus::Pending) && license.product == product,
        )
        .await;
        shop.shows(
            &Page { license_type: Some(Type::Trial), state: Some(State::Active), ..Page::default() },
            |license| license.license_type == Type::Trial && state(license) == State::Active,
        )
        .await;
        shop.shows(
            &Page { license_type: Some(Type::Trial), state: Some(State::Expired), customer: Some(customer), ..Page::default() },
            |license| license.license_type == Type::Trial && state(license) == State::Expired && license.customer == customer,
        )
        .await;
        shop.shows(
            &Page { kind: Some(Kind::Primary), paid: Some(PaidFilter::No), state: Some(State::Suspended), ..Page::default() },
            |license| license.kind == Kind::Primary && license.customer_paid.0.is_none() && state(license) == State::Suspended,
        )
        .await;
        shop.shows(
            &Page {
                payment: Some(PaymentStatus::Pending),
                paid: Some(PaidFilter::No),
                license_type: Some(Type::Permanent),
                kind: Some(Kind::Primary),
                state: Some(State::Active),
                product: Some(product),
                customer: Some(customer),
                from: Some(noon() - days(10)),
                before: Some(noon()),
                sort: Some(Sort::Oldest),
                ..Page::default()
            },
            |license| {
                license.payment == Some(PaymentStatus::Pending)
                    && license.customer_paid.0.is_none()
                    && license.kind == Kind::Primary
                    && state(license) == State::Active
                    && license.customer == customer
            },
        )
        .await;
        shop.shows(
            &Page { license_type: Some(Type::Trial), state: Some(State::Active), ends_by: Some(noon() + days(7)), ..Page::default() },
            |license| {
                license.license_type == Type::Trial
                    && state(license) == State::Active
                    && license.life.valid_until <= Some(noon() + days(7))
            },
        )
        .await;
    }

    async fn l14_whatever_filters_come_together_the_list_agrees_with_a_look_at_every_row(world: World) {
        let shop = Shop::new(world).await;
        let mut turn = 0_usize;
        let mut pick = move |of: usize| {
            turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (turn >> 33) % of
        };
        for payment in options(PaymentStatus::ALL) {
            for (paid, license_type) in options(PaidFilter::ALL).flat_map(|paid| options(Type::ALL).map(move |of| (paid, of))) {
                for (kind, state) in options(Kind::ALL).flat_map(|kind| options(State::ALL).map(move |of| (kind, of))) {
                    let view = Page {
                        search: [None, None, domain::licenses::SearchText::of("example o")][pick(3)].clone(),
                        payment,
                        paid,
                        license_type,
                        kind,
                        state,
                        product: [None, None, Some(shop.manager.product.id)][pick(3)],
                        customer: [None, None, Some(shop.northwind.account.id)][pick(3)],
                        from: [None, None, Some(noon() - days(5))][pick(3)],
                        before: [None, None, Some(noon() - days(1))][pick(3)],
                        ends_by: [None, None, None, Some(noon() + days(4))][pick(4)],
                        sort: [None, Some(Sort::Newest), Some(Sort::Oldest), Some(Sort::Ending)][pick(4)],
                        ..Page::default()
                    };
                    shop.agrees(&view, |license| fits(&view, license)).await;
                }
            }
        }
    }

    async fn l14_ending_first_shows_what_still_ends_and_takes_every_filter(world: World) {
        let shop = Shop::new(world).await;
        let sort = Some(Sort::Ending);
        let ends = |license: &License| license.life.valid_until > Some(noon());
        shop.shows(&Page { sort, ..Page::default() }, ends).await;
        let trial = Some(Type::Trial);
        shop.shows(&Page { sort, license_type: trial, ..Page::default() }, |l| ends(l) && l.license_type == Type::Trial).await;
        let product = shop.manager.product.id;
        shop.shows(&Page { sort, product: Some(product), ..Page::default() }, |l| ends(l) && l.product == product).await;
        let from = noon() - days(1);
        shop.shows(&Page { sort, from: Some(from), ..Page::default() }, |l| ends(l) && l.created_at >= from).await;
        let paid = Some(PaymentStatus::Paid);
        shop.shows(&Page { sort, payment: paid, ..Page::default() }, |l| ends(l) && l.payment == paid).await;
    }

    async fn l14_a_filter_that_nothing_fits_shows_nothing(world: World) {
        let shop = Shop::new(world).await;
        let nobody = shop.world.id();
        let nothing = [
            Page { customer: Some(nobody), ..Page::default() },
            Page { product: Some(shop.world.id()), ..Page::default() },
            Page { from: Some(noon() + days(1)), ..Page::default() },
            Page { before: Some(noon() - days(100)), ..Page::default() },
            Page { payment: Some(PaymentStatus::Paid), license_type: Some(Type::Trial), ..Page::default() },
            Page { kind: Some(Kind::Additional), state: Some(State::Expired), ..Page::default() },
        ];
        let mut tx = shop.world.read().await;
        for wanted in nothing {
            let wanted = Page { most: 50, ..wanted };
            let page = licenses::page(&mut tx, &shop.acme.scope, &wanted, noon()).await.expect("a page");
            assert_eq!(page, [], "{wanted:?}");
            let count = licenses::count(&mut tx, &shop.acme.scope, &wanted, noon(), 1_000).await.expect("a count");
            assert_eq!(count, 0, "{wanted:?}");
        }
    }

    async fn l16_a_customer_sees_its_own_and_the_operator_all_with_filters_too(world: World) {
        let shop = Shop::new(world).await;
        let mut tx = shop.world.read().await;
        let own = |named: &&Named| named.license.customer == shop.northwind.account.id;
        let newest: Vec<_> = shop.all.iter().rev().filter(own).cloned().collect();
        let plain = Page { most: 100, ..Page::default() };
        let page = licenses::page(&mut tx, &shop.northwind.scope, &plain, noon()).await.expect("a page");
        assert_eq!(page, newest);
        let expired = Page { state: Some(State::Expired), from: Some(noon() - days(4)), ..plain.clone() };
        let page = licenses::page(&mut tx, &shop.northwind.scope, &expired, noon()).await.expect("a page");
        let over: Vec<_> = newest.iter().filter(|named| state(&named.license) == State::Expired).cloned().collect();
        assert_eq!(page, over);
        let all = licenses::page(&mut tx, &operator(), &plain, noon()).await.expect("a page");
        assert_eq!(all.len(), shop.all.len() * 2);
        let paid = Page { payment: Some(PaymentStatus::Paid), ..plain };
        let count = licenses::count(&mut tx, &operator(), &paid, noon(), 1_000).await.expect("a count");
        assert_eq!(count, 20);
    }
}

/// Pages through a view, with something else happening between the pages; gives what was seen.
async fn walk(world: &World, of: &Reseller, view: &Page, between: impl AsyncFn(usize)) -> Vec<Named> {
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let wanted = Page { after, most: 50, ..view.clone() };
        let mut tx = world.read().await;
        let page = licenses::page(&mut tx, &of.scope, &wanted, noon()).await.expect("a page");
        drop(tx);
        let Some(last) = page.last() else { return seen };
        let address = Place::of(last).text();
        after = Some(Place::parse(&address).expect("a place reads back from its address"));
        seen.extend(page);
        between(seen.len()).await;
    }
}

fn end(named: &Named) -> (Option<Timestamp>, i64) {
    (named.license.life.valid_until, named.seq)
}

on_both! {
    async fn l14_paging_shows_each_of_230_once_in_order_while_more_are_created(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        // Ends repeat, so that their order is also that of the rows.
        let edit = |at: u32, license: &mut License| {
            license.created_at = noon() + minutes(i64::from(at));
            license.life.valid_until = (!at.is_multiple_of(3)).then(|| noon() + days(i64::from(at * 7 % 40) - 3));
        };
        let mut all = world.sell(&acme, &northwind, &option, 230, edit).await;
        let between = async |seen| {
            if seen > 300 {
                return;
            }
            let soon = |_: u32, license: &mut License| {
                license.created_at = noon() - days(30);
                license.life.valid_until = Some(noon() + minutes(1));
            };
            world.sell(&acme, &northwind, &option, 3, soon).await;
        };
        let search = domain::licenses::SearchText::of("northwind");
        let pending = Some(PaymentStatus::Pending);
        for view in [Page::default(), Page { search, ..Page::default() }, Page { payment: pending, ..Page::default() }] {
            for sort in Sort::ALL {
                let mut wanted = all.clone();
                let view = Page { sort: Some(*sort), ..view.clone() };
                let mut seen = walk(&world, &acme, &view, between).await;
                match sort {
                    Sort::Newest => wanted.reverse(),
                    Sort::Oldest => {}
                    Sort::Ending => {
                        wanted.retain(|named| named.license.life.valid_until > Some(noon()));
                        wanted.sort_by_key(end);
                    }
                }
                seen.retain(|named| wanted.contains(named));
                assert_eq!(seen, wanted, "{view:?}");
            }
            let mut tx = world.read().await;
            let oldest = Page { sort: Some(Sort::Oldest), most: 1_000, ..Page::default() };
            all = licenses::page(&mut tx, &acme.scope, &oldest, noon()).await.expect("all");
        }
    }
}

#[test]
fn l14_a_place_that_is_none_is_none() {
    for nonsense in ["", "7", "7.", ".7", "a.b", "7.8.9", "7,8", "99999999999999999999.0", "７.８"] {
        assert_eq!(Place::parse(nonsense), None, "{nonsense:?}");
    }
    assert_eq!(Place::parse("7.-8"), Some(Place { seq: 7, end: -8 }));
}

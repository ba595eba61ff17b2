//! Searching licenses: beginnings of words, of keys and of order numbers (L14).

use domain::licenses::{PaidFilter, PaymentStatus, SearchText, Sort, State};
use store::licenses::{self, License, Named, Page};

use crate::world::{Customer, Reseller, World, days, key, noon, operator};

async fn found_by(world: &World, of: &Reseller, typed: &str) -> Vec<Named> {
    let search = SearchText::of(typed);
    assert!(search.is_some(), "{typed:?} is no search");
    let wanted = Page { search, most: 100, ..Page::default() };
    let mut tx = world.read().await;
    let page = licenses::page(&mut tx, &of.scope, &wanted, noon()).await.expect("a page");
    let count = licenses::count(&mut tx, &of.scope, &wanted, noon(), 1_000).await.expect("a count");
    assert_eq!(count, page.len() as i64, "{typed:?}");
    page
}

/// Puts a license into the search again, as it is now.
async fn index(world: &World, of: &Customer, named: &Named) {
    let words = store::customers::words(&of.account, &of.person);
    let mut tx = world.write().await;
    licenses::index(&mut tx, named.seq, &named.license, named.order_number, &words).await.expect("words");
    tx.commit().await.expect("a commit");
}

on_both! {
    async fn l14_a_license_is_found_by_the_beginnings_of_its_words(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Müller & Söhne GmbH", "info@mueller-soehne.example").await;
        let contoso = world.customer(&acme, "Contoso", "bo@contoso.example").await;
        let option = world.option("Store Manager").await;
        let one = world.sell(&acme, &northwind, &option, 1, |_, license| {
            license.key = key("7KQ2M9XV4DR3TC8WZ5NB");
            license.reseller_notes = Some("PO 2026-118, für Zürich\n日本語 заказ ÅNGSTRÖM".to_owned());
        });
        let one = one.await;
        world.sell(&acme, &contoso, &option, 1, |_, license| license.key = key("AAAAABBBBBCCCCCDDDDD")).await;
        for typed in [
            "müller", "MULLER", "muller", "mu\u{308}ller", "söh", "soh", "gmbh", "mueller", "info@mueller-soehne.example",
            "2026-118", "po 118", "118 po", "zurich", "ZÜR", "für", "日本", "зака", "angstrom", "Ångström",
            "7KQ2M", "7kq2", "7KQ2M-9XV", "7kq2m9xv4d", "7KQ2M 9XV4D", "4dr3t", "7KQ2M–9XV4D–R3TC8–WZ5NB", "müller 7kq2m",
        ] {
            let wanted: &[Named] = if typed == "4dr3t" { &[] } else { &one };
            assert_eq!(found_by(&world, &acme, typed).await, wanted, "{typed:?}");
        }
        assert_eq!(found_by(&world, &acme, &one[0].license.key.grouped()).await, one, "the whole key");
        for typed in ["üller", "oso", "müller contoso", "7kq2m zzz", "119", "r0193", "0193", "_0193", "q"] {
            if SearchText::of(typed).is_some() {
                assert_eq!(found_by(&world, &acme, typed).await, [], "{typed:?}");
            }
        }
    }

    async fn l3_a_key_is_found_as_people_mistype_it(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let sold = world.sell(&acme, &northwind, &option, 1, |_, license| license.key = key("70Q1M9XV4D")).await;
        for typed in ["70q1m", "7OQIM", "7oqlm", "7oqlm9xv", "7OQIM-9XV4D"] {
            assert_eq!(found_by(&world, &acme, typed).await, sold, "{typed:?}");
        }
    }

    async fn l14_an_order_is_found_by_its_number_and_newer_ones_that_begin_so_come_first(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let mut all = Vec::new();
        for letter in "ABCDEFGHJKMNPQRSTVWXYZ".chars().take(21) {
            // No part of a key begins with a digit, so that only numbers are found by digits.
            let letters = letter.to_string().repeat(22);
            all.extend(world.sell(&acme, &northwind, &option, 1, |_, license| license.key = key(&letters)).await);
        }
        assert_eq!(all[11].order_number.to_string(), "O-12");
        let numbers = |found: Vec<Named>| found.iter().map(|named| named.order_number.0).collect::<Vec<_>>();
        for (typed, wanted) in [
            ("O-12", vec![12]),
            ("o-12", vec![12]),
            ("o12", vec![12]),
            ("12", vec![12]),
            ("O-2", vec![21, 20, 2]),
            ("O-12 northwind", vec![12]),
            ("O-22", vec![]),
        ] {
            assert_eq!(numbers(found_by(&world, &acme, typed).await), wanted, "{typed:?}");
        }
    }

    async fn l14_nobody_finds_anothers_rows(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let option = world.option("Store Manager").await;
        let ours = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let theirs = world.customer(&globex, "Northwind", "anna2@northwind.example").await;
        let our_license = world.sell(&acme, &ours, &option, 1, |_, _| {}).await;
        let their_license = world.sell(&globex, &theirs, &option, 1, |_, _| {}).await;
        assert_eq!(found_by(&world, &acme, "northwind").await, our_license);
        assert_eq!(found_by(&world, &globex, "northwind").await, their_license);
        for typed in [globex.account.id.to_string(), format!("r{}", globex.account.id).replace('-', "")] {
            assert_eq!(found_by(&world, &acme, &typed).await, []);
            assert_eq!(found_by(&world, &globex, &typed).await, []);
        }
        let everything = Page { most: 100, ..Page::default() };
        let mut tx = world.read().await;
        let own = licenses::page(&mut tx, &ours.scope, &everything, noon()).await.expect("a page");
        assert_eq!(own, our_license);
        let all = licenses::page(&mut tx, &operator(), &everything, noon()).await.expect("a page");
        assert_eq!(all, [their_license, our_license].concat());
    }

    async fn x3_whatever_is_typed_breaks_no_query(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        world.sell(&acme, &northwind, &option, 1, |_, license| {
            license.reseller_notes = Some("हिन्दी ไทย ½ Ⓐ x² AND or NOT near".to_owned());
        })
        .await;
        let long = "x".repeat(4_000);
        for typed in [
            "\"*' OR 1", "NEAR", "NEAR(a b)", "a NOT b", "AND", "or", "near", "not", "words : a", "reseller:a", "-a", "^a", "a*", "a + b",
            "'", "''", "\\", "\\'a", "a\\", "%", "_", "a_b", "a%b", ":*", "a:*", "a & b | !c", "<->", "(a", "a)", "{a}",
            "$1", "?", "?1", "#", "# 1", "@", "👩‍👩‍👧‍👦", "a👩b", "\u{202e}abc", "\u{200b}", "\u{0}", "a\u{0}b", "½", "x²", "Ⓐ", "हिन्दी", "ไทย", "한국어",
            "ﬀ", "İstanbul", "ẞ", "\u{301}", "a\u{301}", "ß", "１２３", "٣", long.as_str(), "a b c d e f g h i j k l m n o p",
            "</textarea><script>", "Robert'); drop table licenses;--",
        ] {
            let Some(search) = SearchText::of(typed) else { continue };
            let wanted = Page { search: Some(search), most: 10, ..Page::default() };
            let mut tx = world.read().await;
            licenses::page(&mut tx, &acme.scope, &wanted, noon()).await.unwrap_or_else(|e| panic!("{typed:?}: {e}"));
            licenses::count(&mut tx, &acme.scope, &wanted, noon(), 10).await.unwrap_or_else(|e| panic!("{typed:?}: {e}"));
            let search = wanted.search.as_ref();
            let customers = store::customers::page(&mut tx, &acme.scope, search, None, 10).await;
            customers.unwrap_or_else(|e| panic!("{typed:?}: {e}"));
        }
        for typed in ["हिन्दी", "हि", "ไทย", "½", "Ⓐ", "x²", "and", "OR", "not near"] {
            assert_eq!(found_by(&world, &acme, typed).await.len(), 1, "{typed:?}");
        }
    }

    async fn x3_any_note_can_be_kept_and_found(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let wide = "字".repeat(4_000);
        let many = (0..800).map(|at| format!("w{at}")).collect::<Vec<_>>().join(" ");
        for (note, typed) in [
            ("x".repeat(4_000), "xxxxxxxxxxxxxxxxxxxxxxxx"),
            (wide, "字字字字字字字"),
            (many, "w799"),
            ("same same same SAME".to_owned(), "same"),
            (" \n\t ".to_owned(), "northwind"),
            ("👩‍💻 !? ''".to_owned(), "northwind"),
        ] {
            let sold = world.sell(&acme, &northwind, &option, 1, |_, license| license.reseller_notes = Some(note.clone())).await;
            assert_eq!(found_by(&world, &acme, typed).await.first(), sold.first(), "{typed:?}");
        }
        let long = "y".repeat(199);
        let note = format!("{long}z");
        let sold = world.sell(&acme, &northwind, &option, 1, |_, license| license.reseller_notes = Some(note.clone())).await;
        assert_eq!(found_by(&world, &acme, &long).await, sold);
    }

    async fn l14_what_is_edited_is_found_by_its_new_words_and_in_its_new_filter(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        let mut named = world.sell(&acme, &northwind, &option, 1, |_, license| {
            license.reseller_notes = Some("before".to_owned());
        }).await.remove(0);
        named.license.reseller_notes = Some("after".to_owned());
        named.license.customer_paid = domain::licenses::CustomerPaid(Some("2026-11-21".parse().expect("a day")));
        let mut tx = world.write().await;
        licenses::save(&mut tx, &named.license).await.expect("saved");
        tx.commit().await.expect("a commit");
        index(&world, &northwind, &named).await;
        assert_eq!(found_by(&world, &acme, "before").await, []);
        assert_eq!(found_by(&world, &acme, "after").await, [named.clone()]);
        assert_eq!(found_by(&world, &acme, "northwind").await, [named.clone()]);
        let paid = format!("update licenses set payment_status = 'paid' where id = '{}'", named.license.id);
        assert_eq!(world.break_by(paid).await.expect("paid"), 1);
        named.license.payment = Some(PaymentStatus::Paid);
        let mut tx = world.read().await;
        for search in [None, SearchText::of("after")] {
            for (payment, paid, found) in [
                (PaymentStatus::Paid, PaidFilter::Yes, vec![named.clone()]),
                (PaymentStatus::Pending, PaidFilter::Yes, vec![]),
                (PaymentStatus::Paid, PaidFilter::No, vec![]),
            ] {
                let (payment, paid) = (Some(payment), Some(paid));
                let wanted = Page { search: search.clone(), payment, paid, most: 9, ..Page::default() };
                let page = licenses::page(&mut tx, &acme.scope, &wanted, noon()).await.expect("a page");
                assert_eq!(page, found, "{wanted:?}");
            }
        }
    }

    async fn l14_a_search_takes_filters_orders_and_pages(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let contoso = world.customer(&acme, "Contoso", "bo@contoso.example").await;
        let (manager, backup) = (world.option("Store Manager").await, world.option("Cloud Backup").await);
        let edit = |at: u32, license: &mut License| {
            license.payment = Some(if at.is_multiple_of(2) { PaymentStatus::Paid } else { PaymentStatus::Pending });
            license.life.valid_until = (at % 4 < 2).then(|| noon() + days(9 - i64::from(at)));
            license.created_at = noon() - days(i64::from(at));
        };
        let mut ours = Vec::new();
        for option in [&manager, &backup] {
            ours.extend(world.sell(&acme, &northwind, option, 12, edit).await);
            world.sell(&acme, &contoso, option, 12, edit).await;
        }
        type Fits<'a> = &'a dyn Fn(&License) -> bool;
        let product = manager.product.id;
        let from = noon() - days(5);
        let views: [(Page, Fits<'_>); 6] = [
            (Page { payment: Some(PaymentStatus::Pending), ..Page::default() }, &|l| l.payment == Some(PaymentStatus::Pending)),
            (Page { product: Some(product), ..Page::default() }, &|l| l.product == product),
            (
                Page { product: Some(product), payment: Some(PaymentStatus::Paid), ..Page::default() },
                &|l| l.product == product && l.payment == Some(PaymentStatus::Paid),
            ),
            (Page { state: Some(State::Expired), ..Page::default() }, &|l| l.life.state(noon()) == State::Expired),
            (Page { from: Some(from), ..Page::default() }, &|l| l.created_at >= from),
            (Page { before: Some(from), ..Page::default() }, &|l| l.created_at < from),
        ];
        let mut tx = world.read().await;
        for (view, fits) in views {
            for sort in Sort::ALL {
                let mut wanted: Vec<_> = ours.iter().filter(|named| fits(&named.license)).cloned().collect();
                match sort {
                    Sort::Newest => wanted.reverse(),
                    Sort::Oldest => {}
                    Sort::Ending => {
                        wanted.retain(|named| named.license.life.valid_until > Some(noon()));
                        wanted.sort_by_key(|named| (named.license.life.valid_until, named.seq));
                    }
                }
                let search = SearchText::of("northw nor");
                let view = Page { search, sort: Some(*sort), most: 100, ..view.clone() };
                let page = licenses::page(&mut tx, &acme.scope, &view, noon()).await.expect("a page");
                assert_eq!(page, wanted, "{view:?}");
                let count = licenses::count(&mut tx, &acme.scope, &view, noon(), 1_000).await.expect("a count");
                assert_eq!(count, wanted.len() as i64, "{view:?}");
            }
        }
    }
}

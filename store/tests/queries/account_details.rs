//! What the operator keeps of accounts, and the list of them.

use chrono::NaiveDate;
use domain::{
    Currency,
    accounts::{AccountDetails, AccountForm, CreditLimit, Kind, Part},
    licenses::SearchText,
    price_lists::PriceList,
};
use store::{
    Tx,
    accounts::{self, Account, Listed},
    contacts::{self, Contact},
    price_lists,
};

use crate::world::{World, noon, operator};

fn form(name: &str) -> AccountForm {
    AccountForm { name: name.to_owned(), ..AccountForm::blank("UTC", Currency::USD) }
}

on_both! {
    async fn a1_details_are_kept_as_they_were_saved_for_the_operator_alone(world: World) {
        let acme = world.reseller("acme").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let id = acme.account.id;
        let full = AccountForm {
            first_name: "Åsa".to_owned(),
            last_name: "O'Neil".to_owned(),
            email: "office@acme.example".to_owned(),
            phone: "+49 30 1".to_owned(),
            website: "https://acme.example".to_owned(),
            address: "Hafenstr. 1\nHinterhaus".to_owned(),
            postal_code: "20457".to_owned(),
            city: "Hamburg".to_owned(),
            country: "DE".to_owned(),
            tax_number: "DE 1".to_owned(),
            prorate: "on".to_owned(),
            billing_day: "31".to_owned(),
            partial_invoicing: "billing-day".to_owned(),
            unpaid_cap: "0".to_owned(),
            ..form("ACME")
        };
        let bare = AccountForm { ordering: String::new(), reselling: String::new(), ..form("ACME") };
        for typed in [full, bare] {
            let details = typed.check().expect("details");
            let mut tx = world.write().await;
            accounts::save(&mut tx, id, &details, noon()).await.expect("saved");
            let kept = accounts::find(&mut tx, &operator(), id).await.expect("an answer").expect("an account");
            assert_eq!(kept.details, details);
            tx.commit().await.expect("a commit");
        }
        let mut tx = world.read().await;
        for scope in [acme.scope, northwind.scope] {
            assert_eq!(accounts::find(&mut tx, &scope, id).await.expect("an answer"), None);
            assert_eq!(accounts::page(&mut tx, &scope, None, None, noon(), None, 50).await.expect("a page"), []);
        }
        let customer = accounts::find(&mut tx, &operator(), northwind.account.id).await.expect("an answer");
        assert_eq!(customer, None, "a customer is reached through its reseller");
    }

    async fn c2_a_limit_is_an_amount_or_a_word(world: World) {
        let id = world.reseller("acme").await.account.id;
        let mut tx = world.write().await;
        for limit in [CreditLimit::Amount(500_000), CreditLimit::Unlimited, CreditLimit::Amount(0)] {
            accounts::set_limit(&mut tx, id, limit, noon()).await.expect("set");
            let kept = accounts::find(&mut tx, &operator(), id).await.expect("an answer").expect("an account");
            assert_eq!(kept.limit, limit);
        }
    }

    async fn an_account_is_suspended_once_and_reactivated_once(world: World) {
        let id = world.reseller("acme").await.account.id;
        let mut tx = world.write().await;
        assert!(!accounts::reactivate(&mut tx, id).await.expect("an answer"));
        assert!(accounts::suspend(&mut tx, id, "Overdue", noon()).await.expect("an answer"));
        assert!(!accounts::suspend(&mut tx, id, "Again", noon()).await.expect("an answer"));
        let kept = accounts::find(&mut tx, &operator(), id).await.expect("an answer").expect("an account");
        assert_eq!((kept.account.suspended_at, kept.reason.as_deref()), (Some(noon()), Some("Overdue")));
        assert!(accounts::reactivate(&mut tx, id).await.expect("an answer"));
        let kept = accounts::find(&mut tx, &operator(), id).await.expect("an answer").expect("an account");
        assert_eq!((kept.account.suspended_at, kept.reason), (None, None));
    }

    async fn accounts_are_listed_newest_first_filtered_searched_and_paged(world: World) {
        let mut tx = world.write().await;
        let house = world.account(Kind::Operator, None, "Keyhouse");
        accounts::insert(&mut tx, &house).await.expect("an account");
        for at in 0..25 {
            let ordering_since = (at % 2 == 0).then(noon);
            let account = Account { ordering_since, ..world.account(Kind::Reseller, None, &format!("Partner {at}")) };
            let seq = accounts::insert(&mut tx, &account).await.expect("an account");
            let details = form(&account.name).check().expect("details");
            accounts::index(&mut tx, house.id, seq, &details.person).await.expect("words");
            if at == 3 {
                accounts::suspend(&mut tx, account.id, "Overdue", noon()).await.expect("an answer");
            }
        }
        tx.commit().await.expect("a commit");
        let acme = world.reseller("acme").await;
        world.customer(&acme, "Partner of acme", "p@acme.example").await;
        let mut tx = world.read().await;
        let all: Vec<_> = (0..25).rev().map(|at| format!("Partner {at}")).collect();
        let some = |wanted: fn(usize) -> bool| {
            (0..25).rev().filter(|at| wanted(*at)).map(|at| format!("Partner {at}")).collect::<Vec<_>>()
        };
        let words = SearchText::of("partn");
        for (search, show, expected) in [
            (words.as_ref(), None, all),
            (words.as_ref(), Some(Part::Suspended), some(|at| at == 3)),
            (words.as_ref(), Some(Part::Ordering), some(|at| at % 2 == 0)),
            (words.as_ref(), Some(Part::NotReady), some(|at| at != 3)),
            (words.as_ref(), Some(Part::Ready), vec![]),
            (SearchText::of("partner 3").as_ref(), Some(Part::Suspended), some(|at| at == 3)),
            (SearchText::of("partner 4").as_ref(), Some(Part::Suspended), vec![]),
            (None, Some(Part::Suspended), some(|at| at == 3)),
            (SearchText::of("partner 24").as_ref(), None, some(|at| at == 24)),
            (SearchText::of("nobody").as_ref(), None, vec![]),
        ] {
            let (mut names, mut after) = (Vec::new(), None);
            loop {
                let page = accounts::page(&mut tx, &operator(), search, show, noon(), after, 10).await.expect("a page");
                let Some(last) = page.last() else { break };
                after = Some(last.seq);
                names.extend(page.into_iter().map(|listed| listed.account.name));
            }
            assert_eq!(names, expected, "{show:?}");
        }
        let newest = accounts::page(&mut tx, &operator(), None, None, noon(), None, 1).await.expect("a page");
        let [Listed { account, user, .. }] = newest.as_slice() else { panic!("one account: {newest:?}") };
        assert_eq!((account.name.as_str(), *user), ("acme", true));
    }

    async fn a_reseller_has_ordered_or_not_and_its_history_is_its_own(world: World) {
        let acme = world.reseller("acme").await;
        let globex = world.reseller("globex").await;
        let northwind = world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let option = world.option("Store Manager").await;
        world.sell(&acme, &northwind, &option, 1, |_, _| {}).await;
        let mut tx = world.write().await;
        assert!(store::orders::any_of(&mut tx, acme.account.id).await.expect("an answer"));
        assert!(!store::orders::any_of(&mut tx, globex.account.id).await.expect("an answer"));
        for (account, what) in [(&acme, "account.edited"), (&globex, "account.edited"), (&acme, "account.suspended")] {
            let what = domain::audit::What::from_word(what).expect("a word");
            let mut event = world.event(what, account.account.id.to_string());
            event.account = Some(account.account.id);
            store::audit::append(&mut tx, &event).await.expect("an entry");
        }
        let page = store::audit::of_account(&mut tx, acme.account.id, None, 10).await.expect("a history");
        let words: Vec<_> = page.iter().map(|(_, event)| event.what.word()).collect();
        assert_eq!(words, ["account.suspended", "account.edited"]);
        let older = store::audit::of_account(&mut tx, acme.account.id, Some(page[0].0), 10).await.expect("a history");
        assert_eq!(older, page[1..]);
    }

    async fn price_lists_that_can_be_assigned_are_those_of_the_currency_that_are_active_and_not_over(world: World) {
        let mut tx = world.write().await;
        let list = |name: &str, currency| PriceList { name: name.to_owned(), currency, ..list(&world) };
        let (b, a, dollars) = (list("B", Currency::EUR), list("A", Currency::EUR), list("C", Currency::USD));
        let over = PriceList { ends: Some(day("2026-11-20")), ..list("Over", Currency::EUR) };
        for list in [&b, &a, &dollars, &over] {
            price_lists::insert(&mut tx, list, "").await.expect("a price list");
        }
        let today = noon().date_naive();
        let offered = price_lists::assignable(&mut tx, Some(Currency::EUR), today).await.expect("price lists");
        assert_eq!(offered, [a.clone(), b.clone()]);
        let anywhere = price_lists::assignable(&mut tx, None, today).await.expect("price lists");
        assert_eq!(anywhere, [a, b, dollars.clone()]);
        let off = PriceList { active: false, ..dollars };
        assert!(price_lists::save(&mut tx, &off, "", Some(noon()), 1).await.expect("saved"));
        assert_eq!(price_lists::assignable(&mut tx, Some(Currency::USD), today).await.expect("price lists"), []);
    }

    async fn a2_whatever_makes_an_account_ready_or_not_moves_it_from_one_part_to_the_other(world: World) {
        let acme = world.reseller("acme").await;
        let (id, person) = (acme.account.id, acme.person.clone());
        let (prices, dollars) = (list(&world), PriceList { currency: Currency::USD, ..list(&world) });
        let mut tx = world.write().await;
        for list in [&prices, &dollars] {
            price_lists::insert(&mut tx, list, "").await.expect("a price list");
        }
        price_lists::assign(&mut tx, id, Some(prices.id)).await.expect("assigned");
        assert_eq!(parts(&mut tx).await, (0, 1), "ordering is off");
        accounts::save(&mut tx, id, &on("acme"), noon()).await.expect("saved");
        assert_eq!(parts(&mut tx).await, (1, 0), "with all it needs");

        price_lists::assign(&mut tx, id, Some(dollars.id)).await.expect("assigned");
        assert_eq!(parts(&mut tx).await, (0, 1), "in another currency");
        price_lists::assign(&mut tx, id, Some(prices.id)).await.expect("assigned");

        for (ordering, reselling, ready) in [("", "on", (0, 1)), ("on", "", (0, 1)), ("on", "on", (1, 0))] {
            let mut details = on("acme");
            details.ordering.ordering = ordering == "on";
            details.ordering.reselling = reselling == "on";
            accounts::save(&mut tx, id, &details, noon()).await.expect("saved");
            assert_eq!(parts(&mut tx).await, ready);
        }

        accounts::suspend(&mut tx, id, "Overdue", noon()).await.expect("an answer");
        assert_eq!(parts(&mut tx).await, (0, 0), "suspended is a part of its own");
        accounts::reactivate(&mut tx, id).await.expect("an answer");

        for (change, edition, ready) in [
            (PriceList { active: false, ..prices.clone() }, 1, (0, 1)),
            (PriceList { starts: day("2026-11-24"), ..prices.clone() }, 2, (0, 1)),
            (PriceList { ends: Some(day("2026-11-19")), ..prices.clone() }, 3, (0, 1)),
            (PriceList { ends: None, ..prices.clone() }, 4, (1, 0)),
        ] {
            let since = (!change.active).then(noon);
            assert!(price_lists::save(&mut tx, &change, "", since, edition).await.expect("saved"));
            assert_eq!(parts(&mut tx).await, ready, "{change:?}");
        }
        for (locked_at, ready) in [(Some(noon()), (0, 1)), (None, (1, 0))] {
            contacts::save(&mut tx, &Contact { locked_at, ..person.clone() }).await.expect("saved");
            assert_eq!(parts(&mut tx).await, ready);
        }
        let mate = Contact { activated_at: Some(noon()), ..world.contact(&acme.account, "bo@acme.example") };
        assert!(contacts::insert(&mut tx, &mate).await.expect("a contact"));
        contacts::save(&mut tx, &Contact { locked_at: Some(noon()), ..person }).await.expect("saved");
        assert_eq!(parts(&mut tx).await, (1, 0), "another one can sign in");
    }

    async fn a2_what_is_not_ready_is_one_list_whatever_is_missing_newest_first(world: World) {
        let (early, over, holds) = (
            PriceList { starts: day("2026-12-01"), ..list(&world) },
            PriceList { ends: Some(day("2026-10-31")), ..list(&world) },
            list(&world),
        );
        let mut wanted = Vec::new();
        for at in 0..24 {
            let reseller = world.reseller(&format!("r{at}")).await;
            let mut tx = world.write().await;
            if at == 0 {
                for list in [&early, &over, &holds] {
                    price_lists::insert(&mut tx, list, "").await.expect("a price list");
                }
            }
            let assigned = [None, Some(early.id), Some(over.id), Some(holds.id)][at % 4];
            accounts::save(&mut tx, reseller.account.id, &on(&reseller.account.name), noon()).await.expect("saved");
            price_lists::assign(&mut tx, reseller.account.id, assigned).await.expect("assigned");
            tx.commit().await.expect("a commit");
            if at % 4 != 3 {
                wanted.push(reseller.account.name);
            }
        }
        wanted.reverse();
        let (mut names, mut after) = (Vec::new(), None);
        let mut tx = world.read().await;
        loop {
            let show = Some(Part::NotReady);
            let page = accounts::page(&mut tx, &operator(), None, show, noon(), after, 5).await.expect("a page");
            let Some(last) = page.last() else { break };
            after = Some(last.seq);
            names.extend(page.into_iter().map(|listed| listed.account.name));
        }
        assert_eq!(names, wanted);
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// An account in euros that may order and resell.
fn on(name: &str) -> AccountDetails {
    let blank = AccountForm::blank("Europe/Berlin", Currency::EUR);
    AccountForm { name: name.to_owned(), ..blank }.check().expect("details")
}

/// A price list that holds.
fn list(world: &World) -> PriceList {
    PriceList {
        id: world.id(),
        name: "Partner".to_owned(),
        currency: Currency::EUR,
        starts: day("2026-01-01"),
        ends: None,
        active: true,
        percent_off: None,
    }
}

/// How many are ready, and how many are not.
async fn parts(tx: &mut Tx) -> (usize, usize) {
    let mut found = Vec::new();
    for show in [Part::Ready, Part::NotReady] {
        let page = accounts::page(tx, &operator(), None, Some(show), noon(), None, 10).await.expect("a page");
        found.push(page.len());
    }
    (found[0], found[1])
}

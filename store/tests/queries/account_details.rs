//! What the operator keeps of accounts, and the list of them.

use domain::{
    Currency,
    accounts::{AccountForm, CreditLimit, Kind, Part},
    licenses::SearchText,
};
use store::accounts::{self, Account, Listed};

use crate::world::{World, at_once, noon, operator};

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
            assert_eq!(accounts::page(&mut tx, &scope, None, None, None, 50).await.expect("a page"), []);
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

    async fn of_twenty_who_change_one_edition_one_makes_the_next(world: World) {
        let id = world.reseller("acme").await.account.id;
        let raised = at_once(20, |_| {
            let store = world.store.clone();
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let raised = accounts::raise_edition(&mut tx, id, 1).await.expect("an answer");
                tx.commit().await.expect("a commit");
                raised
            }
        });
        assert_eq!(raised.await.into_iter().filter(|raised| *raised).count(), 1);
        let mut tx = world.write().await;
        assert!(!accounts::raise_edition(&mut tx, id, 1).await.expect("an answer"));
        assert!(accounts::raise_edition(&mut tx, id, 2).await.expect("an answer"));
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
            (None, Some(Part::Suspended), some(|at| at == 3)),
            (SearchText::of("partner 24").as_ref(), None, some(|at| at == 24)),
            (SearchText::of("nobody").as_ref(), None, vec![]),
        ] {
            let (mut names, mut after) = (Vec::new(), None);
            loop {
                let page = accounts::page(&mut tx, &operator(), search, show, after, 10).await.expect("a page");
                let Some(last) = page.last() else { break };
                after = Some(last.seq);
                names.extend(page.into_iter().map(|listed| listed.account.name));
            }
            assert_eq!(names, expected, "{show:?}");
        }
        let newest = accounts::page(&mut tx, &operator(), None, None, None, 1).await.expect("a page");
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

    async fn price_lists_that_can_be_assigned_are_those_of_the_currency_that_are_active(world: World) {
        let mut tx = world.write().await;
        let list = |name: &str, currency| domain::price_lists::PriceList {
            id: world.id(),
            name: name.to_owned(),
            currency,
            starts: "2026-01-01".parse().expect("a day"),
            ends: None,
            active: true,
            percent_off: None,
        };
        let (b, a, dollars) = (list("B", Currency::EUR), list("A", Currency::EUR), list("C", Currency::USD));
        for list in [&b, &a, &dollars] {
            store::price_lists::insert(&mut tx, list, "").await.expect("a price list");
        }
        let offered = store::price_lists::assignable_in(&mut tx, Currency::EUR).await.expect("price lists");
        assert_eq!(offered, [(a.id, "A".to_owned()), (b.id, "B".to_owned())]);
    }
}

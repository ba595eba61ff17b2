//! Accounts in the back office: adding, changing, suspending (A1, A2, C1).

use domain::{
    AccountId, Refusal, Role, Roles,
    accounts::{AccountForm, AccountsQuery, CreditForm, CreditLimit, Missing, Part, SuspensionForm},
    contacts::SignIn,
    editions::{Changed, Meanwhile},
    products::{Billing, Kind},
    ticks::{Tally, Ticks},
};
use service::{
    Cx, Error, accounts,
    live::Whose,
    office, sessions,
    testing::{PASSWORD, World, errors, refusal},
};

fn form(name: &str) -> AccountForm {
    AccountForm {
        name: name.to_owned(),
        email: format!("office@{}.example", name.to_lowercase()),
        ..AccountForm::blank("Europe/Berlin", domain::Currency::EUR)
    }
}

fn amount(limit: &str) -> CreditForm {
    CreditForm { credit_limit: limit.to_owned(), credit_unlimited: String::new() }
}

fn reason(words: &str) -> SuspensionForm {
    SuspensionForm { reason: words.to_owned() }
}

/// The same person with another role.
fn with(cx: &Cx, role: Role) -> Cx {
    let mut cx = cx.clone();
    cx.actor.roles = Roles::of(&[role]);
    cx
}

async fn add(world: &World, owner: &Cx, name: &str) -> AccountId {
    accounts::create(owner, world.key(), &form(name), &amount("0")).await.expect("an account")
}

/// What the owner has changed of a field meanwhile.
fn by_owner(owner: &Cx, name: &str, before: &str, after: &str) -> Meanwhile {
    Meanwhile { who: owner.actor.name.clone(), changed: Changed::new(name, before, after) }
}

async fn sign_in(world: &World, password: &str) -> Result<sessions::SignedIn, Error> {
    let form = SignIn { login: "admin@acme.example".to_owned(), password: password.into(), next: String::new() };
    sessions::sign_in(&world.service, &world.origin(), &form).await
}

#[tokio::test]
async fn a1_an_account_is_added_once_and_says_what_it_needs_before_it_can_order() {
    let world = World::new().await;
    let owner = world.owner().await;
    let (key, typed) = (world.key(), form("Initech"));
    let id = accounts::create(&owner, key, &typed, &amount("5,000.00")).await.expect("an account");
    let again = accounts::create(&owner, key, &typed, &amount("5,000.00")).await.expect("the same");
    assert_eq!(id, again);
    let page = accounts::find(&owner, id).await.expect("its page");
    assert_eq!(page.form, typed);
    assert_eq!(page.limit, CreditLimit::Amount(500_000));
    assert_eq!(page.head.missing, [Missing::StorefrontUser, Missing::PriceList]);
    assert_eq!(world.written_down(id).await, ["account.created"]);
    assert_eq!(world.mails().await, []);
    let home = office::home(&owner).await.expect("the office").not_ready.expect("accounts");
    assert_eq!(home.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
}

#[tokio::test]
async fn a1_the_list_is_newest_first_and_finds_by_name_and_address() {
    let world = World::new().await;
    let owner = world.owner().await;
    add(&world, &owner, "Initech").await;
    let umbrella = add(&world, &owner, "Umbrella").await;
    let off = AccountForm { ordering: String::new(), reselling: String::new(), ..form("Hooli") };
    accounts::create(&owner, world.key(), &off, &amount("0")).await.expect("an account");
    accounts::suspend(&owner, world.key(), umbrella, &reason("Overdue")).await.expect("suspended");
    let found = |query: AccountsQuery| {
        let owner = owner.clone();
        async move {
            let page = accounts::list(&owner, &query).await.expect("a list");
            page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        }
    };
    let all = AccountsQuery::default;
    assert_eq!(found(all()).await, ["Hooli", "Umbrella", "Initech"]);
    assert_eq!(found(AccountsQuery { q: "office init".to_owned(), ..all() }).await, ["Initech"]);
    assert_eq!(found(AccountsQuery { q: "\"*".to_owned(), ..all() }).await, [""; 0]);
    assert_eq!(found(AccountsQuery { show: Some(Part::Suspended), ..all() }).await, ["Umbrella"]);
    assert_eq!(found(AccountsQuery { show: Some(Part::NotOrdering), ..all() }).await, ["Hooli"]);
    assert_eq!(found(AccountsQuery { show: Some(Part::Ordering), ..all() }).await, ["Umbrella", "Initech"]);
    assert!(matches!(accounts::list(&world.reseller("acme").await, &all()).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn a1_of_two_who_change_an_account_the_second_is_told_and_overwrites_nothing() {
    let world = World::new().await;
    let owner = world.owner().await;
    let id = add(&world, &owner, "Initech").await;
    let first = AccountForm { city: "Berlin".to_owned(), ..form("Initech") };
    accounts::edit(&owner, world.key(), id, 1, &first).await.expect("changed");
    let second = AccountForm { phone: "+49 30 1".to_owned(), ..form("Initech") };
    let told = refusal(accounts::edit(&owner, world.key(), id, 1, &second).await);
    let city = by_owner(&owner, "city", "", "Berlin");
    assert_eq!(told, Refusal::ChangedMeanwhile { changed: vec![city], edition: 2 });
    assert_eq!(accounts::find(&owner, id).await.expect("its page").form, first);
    assert_eq!(world.written_down(id).await, ["account.created", "account.edited"]);

    // A third change in between is told as well; who was told of all overwrites it knowingly.
    let third = AccountForm { city: "Bonn".to_owned(), ..form("Initech") };
    accounts::edit(&owner, world.key(), id, 2, &third).await.expect("changed");
    let told = refusal(accounts::edit(&owner, world.key(), id, 2, &second).await);
    let city = by_owner(&owner, "city", "Berlin", "Bonn");
    assert_eq!(told, Refusal::ChangedMeanwhile { changed: vec![city], edition: 3 });
    accounts::edit(&owner, world.key(), id, 3, &second).await.expect("changed");
    assert_eq!(accounts::find(&owner, id).await.expect("its page").form, second);
    // What came and went since is no change for who saw neither.
    let late = refusal(accounts::edit(&owner, world.key(), id, 1, &first).await);
    let phone = by_owner(&owner, "phone", "", "+49 30 1");
    assert_eq!(late, Refusal::ChangedMeanwhile { changed: vec![phone], edition: 4 });
    assert_eq!(world.mails().await, []);
}

#[tokio::test]
async fn c1_of_two_who_set_a_credit_limit_the_second_is_told_and_overwrites_nothing() {
    let world = World::new().await;
    let owner = world.owner().await;
    let id = add(&world, &owner, "Initech").await;
    accounts::set_credit_limit(&owner, world.key(), id, 1, &amount("500")).await.expect("set");
    let told = refusal(accounts::set_credit_limit(&owner, world.key(), id, 1, &amount("7")).await);
    let limit = by_owner(&owner, "credit limit", "€ 0.00", "€ 500.00");
    assert_eq!(told, Refusal::ChangedMeanwhile { changed: vec![limit], edition: 2 });
    assert_eq!(accounts::find(&owner, id).await.expect("its page").limit, CreditLimit::Amount(50_000));
    assert_eq!(world.written_down(id).await, ["account.created", "account.credit_limit_set"]);
    accounts::set_credit_limit(&owner, world.key(), id, 2, &amount("7")).await.expect("set");
    assert_eq!(accounts::find(&owner, id).await.expect("its page").limit, CreditLimit::Amount(700));
}

#[tokio::test]
async fn x3_what_there_is_not_is_refused_at_its_field() {
    let world = World::new().await;
    let owner = world.owner().await;
    let create = |form: AccountForm| {
        let (owner, key) = (owner.clone(), world.key());
        async move { errors(accounts::create(&owner, key, &form, &amount("0")).await) }
    };
    let nowhere = AccountForm { time_zone: "Mars/Olympus".to_owned(), country: "XX".to_owned(), ..form("Initech") };
    let at = create(nowhere).await;
    assert!(at.get("time_zone").is_some() && at.get("country").is_some(), "{at:?}");
    let alone = AccountForm { ordering: String::new(), ..form("Initech") };
    assert!(create(alone).await.get("reselling").is_some());
    let list = accounts::list(&owner, &AccountsQuery::default()).await.expect("a list");
    assert_eq!(list.rows, []);
}

#[tokio::test]
async fn c1_who_edits_accounts_sets_no_limit_and_who_sets_limits_edits_no_account() {
    let world = World::new().await;
    let owner = world.owner().await;
    let manager = with(&owner, Role::AccountManager);
    let finance = with(&owner, Role::Finance);
    let refused = accounts::create(&manager, world.key(), &form("Initech"), &amount("1")).await;
    assert!(errors(refused).get("credit_limit").is_some());
    let blank = CreditForm::default();
    let id = accounts::create(&manager, world.key(), &form("Initech"), &blank).await.expect("an account");
    let limit = accounts::set_credit_limit(&manager, world.key(), id, 1, &amount("1")).await;
    assert!(matches!(limit, Err(Error::NotFound)));
    let edit = accounts::edit(&finance, world.key(), id, 1, &form("Other")).await;
    assert!(matches!(edit, Err(Error::NotFound)));
    let unlimited = CreditForm { credit_unlimited: "on".to_owned(), ..blank };
    accounts::set_credit_limit(&finance, world.key(), id, 1, &unlimited).await.expect("unlimited");
    let page = accounts::find(&finance, id).await.expect("its page");
    assert_eq!((page.limit, page.choices, page.head.may_edit), (CreditLimit::Unlimited, None, false));
    assert_eq!(accounts::find(&manager, id).await.expect("its page").limit_form, None);
    assert_eq!(world.written_down(id).await, ["account.created", "account.credit_limit_set"]);
}

#[tokio::test]
async fn a1_the_currency_stays_once_the_account_has_ordered() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    world.create(&acme, option.id, anna, 1, "permanent").await.expect("a license");
    let id = acme.actor.account;
    let page = accounts::find(&owner, id).await.expect("its page");
    let dollars = AccountForm { currency: "USD".to_owned(), ..page.form };
    let refused = errors(accounts::edit(&owner, world.key(), id, 1, &dollars).await);
    assert_eq!(refused.get("currency"), Some("This account has ordered in EUR, so its currency stays."));
    let (customers, licenses) =
        (accounts::customers(&owner, id, None).await, accounts::licenses(&owner, id, None).await);
    assert_eq!(customers.expect("customers").rows.len(), 1);
    assert_eq!(licenses.expect("licenses").rows.len(), 1);
    assert!(matches!(accounts::find(&owner, anna).await, Err(Error::NotFound)), "a customer is no account here");
}

#[tokio::test]
async fn a1_a_suspended_account_is_out_at_once_and_back_when_it_is_reactivated() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let open = sign_in(&world, PASSWORD).await.expect("signed in");
    let id = acme.actor.account;
    let mut ended = world.service.live.endings();
    assert!(errors(accounts::suspend(&owner, world.key(), id, &reason(" ")).await).get("reason").is_some());
    accounts::suspend(&owner, world.key(), id, &reason("Overdue")).await.expect("suspended");
    let again = refusal(accounts::suspend(&owner, world.key(), id, &reason("Overdue")).await);
    assert_eq!(again, Refusal::AccountIs { state: "suspended".to_owned() });

    let resolved = sessions::resolve(&world.service, open.token.reveal(), &world.origin()).await;
    assert_eq!(resolved.expect("an answer"), None, "an open session is refused");
    assert_eq!(ended.try_recv().ok(), Some(Whose::Account(id)), "its open pages hear of it");
    assert_eq!(refusal(sign_in(&world, "wrong").await), Refusal::SignInFailed);
    let told = refusal(sign_in(&world, PASSWORD).await);
    assert_eq!(told, Refusal::Suspended { operator: "the operator".to_owned() });
    // Who was in the middle of ordering does not get through either.
    let order = refusal(world.create(&acme, option.id, anna, 1, "permanent").await);
    assert_eq!(order, Refusal::NotReady { missing: vec![Missing::Reactivation] });
    world.as_customer("anna@northwind.example").await;
    let form = SignIn { login: "anna@northwind.example".to_owned(), password: PASSWORD.into(), next: String::new() };
    sessions::sign_in(&world.service, &world.origin(), &form).await.expect("its customers sign in");

    accounts::reactivate(&owner, world.key(), id, &reason("Paid")).await.expect("reactivated");
    let resolved = sessions::resolve(&world.service, open.token.reveal(), &world.origin()).await;
    assert_eq!(resolved.expect("an answer"), None, "the session has ended for good");
    sign_in(&world, PASSWORD).await.expect("signed in again");
    assert_eq!(world.written_down(id).await, ["account.suspended", "account.reactivated"]);
    let history = accounts::history(&owner, id, None).await.expect("a history");
    let details: Vec<_> = history.entries.into_iter().filter_map(|entry| entry.detail).collect();
    assert_eq!(details, ["Paid", "Overdue"]);
}

#[tokio::test]
async fn p2_a_price_list_is_assigned_and_taken_away_by_whoever_saw_the_newest_edition() {
    let world = World::new().await;
    let owner = world.owner().await;
    world.reseller("acme").await;
    let id = add(&world, &owner, "Initech").await;
    let prices = accounts::prices(&owner, id).await.expect("its prices");
    assert_eq!((prices.assigned, prices.edition), (None, 1));
    let [(list, name)] = prices.lists.as_slice() else { panic!("one price list: {:?}", prices.lists) };
    assert_eq!(name, "Prices of acme");
    let list = list.to_string();
    for wrong in ["", "nothing", "01935f6e-7b1c-7000-8000-00000badcafe"] {
        let refused = accounts::assign_price_list(&owner, world.key(), id, 1, wrong).await;
        assert!(errors(refused).get("price_list").is_some(), "{wrong}");
    }
    accounts::assign_price_list(&owner, world.key(), id, 1, &list).await.expect("assigned");
    assert_eq!(accounts::find(&owner, id).await.expect("its page").head.missing, [Missing::StorefrontUser]);
    let late = refusal(accounts::assign_price_list(&owner, world.key(), id, 1, "none").await);
    assert!(late.to_string().contains("changed price list from nothing to \u{201c}Prices of acme\u{201d}"), "{late}");
    accounts::assign_price_list(&owner, world.key(), id, 2, "none").await.expect("taken away");
    assert_eq!(accounts::prices(&owner, id).await.expect("its prices").assigned, None);
    assert_eq!(
        world.written_down(id).await,
        ["account.created", "account.price_list_assigned", "account.price_list_assigned"]
    );
}

#[tokio::test]
async fn a2_ready_and_not_ready_are_parts_of_the_list_and_the_rule_decides_at_midnight_of_the_account() {
    let world = World::new().await;
    let owner = world.owner().await;
    let reseller = world.reseller("acme").await;
    let initech = add(&world, &owner, "Initech").await;
    let umbrella = add(&world, &owner, "Umbrella").await;
    accounts::suspend(&owner, world.key(), umbrella, &reason("Overdue")).await.expect("suspended");
    let found = |show: Part| {
        let (owner, query) = (owner.clone(), AccountsQuery { show: Some(show), ..AccountsQuery::default() });
        async move {
            let page = accounts::list(&owner, &query).await.expect("a list");
            page.rows.into_iter().map(|row| (row.name, row.ready)).collect::<Vec<_>>()
        }
    };
    assert_eq!(found(Part::Ready).await, [("acme".to_owned(), true)]);
    assert_eq!(found(Part::NotReady).await, [("Initech".to_owned(), false)]);
    let table = accounts::export(&owner, &AccountsQuery::default()).await.expect("a table").rows;
    let states: Vec<_> = table.iter().map(|row| [row[0].as_str(), &row[2], &row[3], &row[5]]).collect();
    let lacks = "Add a Storefront user who is active; Assign a price list that holds today";
    assert_eq!(states[0], ["Umbrella", "Suspended", &format!("Reactivate the account; {lacks}"), ""]);
    assert_eq!(states[1], ["Initech", "Not ready", lacks, ""]);
    assert_eq!(states[2], ["acme", "Ready", "", "Prices of acme"]);
    let home = office::home(&owner).await.expect("the office").not_ready.expect("accounts");
    assert_eq!(home.iter().map(|row| row.id).collect::<Vec<_>>(), [initech]);

    // The last day of the price list is today, 21 November; it is noon in Berlin.
    let acme = reseller.actor.account;
    let list = accounts::prices(&owner, acme).await.expect("its prices").assigned.expect("a price list").id;
    let mut tx = world.service.store.write().await.expect("a transaction");
    let stored = store::price_lists::edited(&mut tx, list).await.expect("an answer").expect("a price list");
    let today = world.service.clock.now().date_naive();
    let last_day = domain::price_lists::PriceList { ends: Some(today), ..stored.list };
    assert!(store::price_lists::save(&mut tx, &last_day, "", None, stored.edition).await.expect("saved"));
    tx.commit().await.expect("a commit");
    assert_eq!(found(Part::Ready).await.len(), 1, "its last day");
    world.pass(chrono::Duration::hours(14));
    assert_eq!(found(Part::Ready).await, [], "past midnight in Berlin");
    assert_eq!(found(Part::NotReady).await.len(), 2);
    let west =
        AccountForm { name: "acme".to_owned(), ..AccountForm::blank("America/Los_Angeles", domain::Currency::EUR) };
    accounts::edit(&owner, world.key(), acme, 1, &west).await.expect("moved");
    assert_eq!(found(Part::Ready).await.len(), 1, "not yet midnight in Los Angeles");
}

#[tokio::test]
async fn p2_a_price_list_is_assigned_to_all_that_are_ticked_once_and_what_has_another_currency_stays() {
    let world = World::new().await;
    let owner = world.owner().await;
    let reseller = world.reseller("acme").await;
    let [one, two] = [add(&world, &owner, "Initech").await, add(&world, &owner, "Umbrella").await];
    let dollars = AccountForm { currency: "USD".to_owned(), ..form("Hooli") };
    let hooli = accounts::create(&owner, world.key(), &dollars, &amount("0")).await.expect("an account");
    let lists = accounts::list(&owner, &AccountsQuery::default()).await.expect("a list").price_lists;
    let [(list, name)] = lists.as_slice() else { panic!("one price list: {lists:?}") };
    assert_eq!(name, "Prices of acme (EUR)");
    let ticked = |list: &str| {
        let mut fields: std::collections::BTreeMap<_, _> =
            [one, two, hooli].iter().map(|id| (Ticks::name("account", id), "on".to_owned())).collect();
        fields.insert(Ticks::ALL.to_owned(), reseller.actor.account.to_string());
        fields.insert("price_list".to_owned(), list.to_owned());
        Ticks(fields)
    };
    let form = ticked(&list.to_string());
    for cx in [&reseller, &with(&owner, Role::Support), &with(&owner, Role::Finance)] {
        assert!(matches!(accounts::assign_to_many(cx, world.key(), &form).await, Err(Error::NotFound)));
    }
    for wrong in ["", "none", "01935f6e-7b1c-7000-8000-00000badcafe"] {
        let refused = accounts::assign_to_many(&owner, world.key(), &ticked(wrong)).await;
        assert!(errors(refused).get("price_list").is_some(), "{wrong}");
    }
    let nothing = accounts::assign_to_many(&owner, world.key(), &Ticks::default()).await;
    assert!(errors(nothing).get("all").is_some());
    assert_eq!(world.written_down(one).await, ["account.created"]);

    let key = world.key();
    for _ in 0..2 {
        let done = accounts::assign_to_many(&owner, key, &form).await.expect("assigned");
        assert_eq!(done, Tally { done: 2, of: 4 });
    }
    for id in [one, two] {
        let prices = accounts::prices(&owner, id).await.expect("its prices");
        assert_eq!((prices.assigned.map(|assigned| assigned.id), prices.edition), (Some(*list), 2));
        assert_eq!(world.written_down(id).await, ["account.created", "account.price_list_assigned"]);
    }
    assert_eq!(accounts::prices(&owner, hooli).await.expect("its prices").assigned, None);
    assert_eq!(world.written_down(hooli).await, ["account.created"]);
    assert_eq!(world.mails().await, []);
}

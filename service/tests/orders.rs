//! Orders and credit: executed or held, decided by hand, settled by what is paid; on both databases.

use domain::{
    BasisPoints, Currency, Money, Refusal, Role,
    accounts::{CreditForm, Missing, SuspensionForm, Unpaid},
    billing::{Decision, Shortfall},
    licenses::{LicensesQuery, PaymentStatus},
    orders::{HeldForm, OrderNumber, OrdersQuery, State},
    products::{Billing, Kind},
};
use service::{
    Cx, Error, accounts, licenses, orders,
    testing::{World, errors, is_not_found, on_both, refusal},
    verify::verify,
};

/// Acme with one product at 70.00, one customer, and staff.
struct Shop {
    world: World,
    owner: Cx,
    acme: Cx,
    option: domain::OptionId,
    anna: domain::AccountId,
}

async fn shop(world: World) -> Shop {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    Shop { world, owner, acme, option, anna }
}

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

impl Shop {
    /// Orders so many and says which order that is, and in which state.
    async fn order(&self, quantity: u32) -> (OrderNumber, State) {
        let id = self.world.create(&self.acme, self.option, self.anna, quantity, "permanent").await.expect("placed");
        let placed = orders::executed(&self.acme, id).await.expect("the result");
        assert_eq!(placed.licenses.is_empty(), placed.state != State::Executed);
        (placed.number, placed.state)
    }

    async fn execute(&self, number: OrderNumber, form: &HeldForm) -> Result<(), Error> {
        orders::execute(&self.owner, self.world.key(), number, form).await
    }

    /// Licenses, unpaid ones, and what is owed.
    async fn standing(&self) -> (usize, i64, i64) {
        let list = licenses::list(&self.acme, &LicensesQuery::default()).await.expect("a list");
        (list.rows.len(), list.unpaid.count, self.world.billed(&self.acme).await.balance.minor)
    }

    async fn is_sound(&self) {
        assert_eq!(verify(&self.world.service).await.expect("recounted"), []);
    }

    /// The mails after the activation of the customer.
    async fn mails(&self) -> Vec<(String, String)> {
        self.world.mails().await.into_iter().skip(1).collect()
    }
}

fn mail(to: &str, about: &str) -> (String, String) {
    (to.to_owned(), about.to_owned())
}

fn anyway(reason: &str) -> HeldForm {
    HeldForm { anyway: "on".to_owned(), reason: reason.to_owned() }
}

on_both!(c3_equal_to_the_credit_is_executed_and_one_more_is_held_without_licenses_or_charges, held);
async fn held(world: World) {
    let shop = shop(world).await;
    shop.world.limit(&shop.acme, 21_000).await;
    assert_eq!(shop.order(2).await.1, State::Executed);
    assert_eq!(shop.order(1).await.1, State::Executed);
    assert_eq!(shop.mails().await, []);
    let (number, state) = shop.order(2).await;
    assert_eq!(state, State::Submitted);
    assert_eq!(shop.standing().await, (3, 3, 21_000));
    let page = orders::find(&shop.acme, number).await.expect("the order");
    let why = Shortfall { total: euros(14_000), available: euros(0), missing: euros(14_000) };
    assert_eq!((page.order.held, page.order.now), (Some(why), Some(Decision::Hold(why))));
    assert_eq!(page.order.licenses.len(), 0);
    assert_eq!(shop.world.written_down(page.order.id).await, ["order.held"]);
    let reseller = mail("admin@acme.example", &format!("Order {number} is held"));
    let staff = mail("owner@keyhouse.example", "An order waits for a decision");
    assert_eq!(shop.mails().await, [reseller, staff]);
    let text = shop.world.letters().await.into_iter().nth(1).and_then(|letter| letter.body).expect("a text");
    assert!(text.contains("exceeds your available credit of € 0.00 by € 140.00"), "{text}");
    assert!(text.contains("The operator executes held orders."), "{text}");
    shop.is_sound().await;
}

on_both!(x2_staff_are_mailed_of_held_orders_once_in_ten_minutes_and_find_all_of_them_in_the_list, quiet);
async fn quiet(world: World) {
    let shop = shop(world).await;
    shop.world.limit(&shop.acme, 0).await;
    let told = async || {
        let mails = shop.mails().await;
        let of = |address: &str| mails.iter().filter(|(to, _)| to == address).count();
        (of("admin@acme.example"), of("owner@keyhouse.example"))
    };
    let (first, _) = shop.order(1).await;
    for _ in 0..2 {
        shop.order(1).await;
    }
    assert_eq!(told().await, (3, 1), "who placed them is told of each");
    let letters = shop.world.letters().await;
    let waits = letters.iter().find(|mail| mail.recipient == "owner@keyhouse.example").expect("a mail");
    let text = waits.body.as_deref().expect("a text");
    assert!(text.contains(&format!("order {first} of acme is held: € 70.00 of credit are missing")), "{text}");
    assert!(text.contains(&format!("/office/orders/{}\n", first.0)), "{text}");
    assert!(text.trim_end().ends_with("All that wait are here: http://127.0.0.1:3000/office/orders"), "{text}");
    shop.world.pass(chrono::Duration::minutes(10));
    shop.order(1).await;
    assert_eq!(told().await, (4, 2));
    let list = orders::list_all(&shop.owner, &OrdersQuery::default()).await.expect("the list");
    assert_eq!((list.held, list.waiting.len()), (4, 4), "nothing is lost");
}

on_both!(x2_of_orders_of_two_accounts_that_are_held_at_once_each_of_the_staff_is_mailed_once, two_accounts);
async fn two_accounts(world: World) {
    let shop = shop(world).await;
    let globex = shop.world.reseller("globex").await;
    shop.world.colleague(&shop.owner, "amy@keyhouse.example", &[Role::AccountManager]).await;
    for of in [&shop.acme, &globex] {
        shop.world.limit(of, 0).await;
    }
    for round in 1..=8 {
        let mut wizards = Vec::new();
        for of in [&shop.acme, &globex] {
            let draft = shop.world.draft(of, shop.option, of.actor.account, 1, "permanent").await.expect("a draft");
            wizards.push((of.clone(), domain::FormKey::parse(&draft.to_string()).expect("a key")));
        }
        let send = |(cx, key): (Cx, domain::FormKey)| async move { licenses::create(&cx, key, 7_000).await };
        let sent: Vec<_> = wizards.into_iter().map(|wizard| tokio::spawn(send(wizard))).collect();
        for one in sent {
            one.await.expect("ran").expect("placed");
        }
        let mails = shop.mails().await;
        for staff in ["owner@keyhouse.example", "amy@keyhouse.example"] {
            let told = mail(staff, "An order waits for a decision");
            assert_eq!(mails.iter().filter(|mail| **mail == told).count(), round, "{staff}");
        }
        shop.world.pass(chrono::Duration::minutes(10));
    }
    let list = orders::list_all(&shop.owner, &OrdersQuery::default()).await.expect("the list");
    assert_eq!(list.held, 16);
}

on_both!(c3_a_hundred_orders_of_an_account_wait_and_no_more_however_many_come_at_once, a_hundred);
async fn a_hundred(world: World) {
    let shop = shop(world).await;
    shop.world.limit(&shop.acme, 0).await;
    for _ in 0..95 {
        assert_eq!(shop.order(1).await.1, State::Submitted);
    }
    let (last, _) = shop.order(1).await;
    let mut tries = Vec::new();
    for _ in 0..8 {
        let draft = shop.world.draft(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("a draft");
        let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
        let cx = shop.acme.clone();
        tries.push(tokio::spawn(async move { licenses::create(&cx, key, 7_000).await }));
    }
    let (full, mut held) = (Refusal::TooManyHeld { most: 100 }, 0);
    for one in tries {
        match one.await.expect("ran") {
            Ok(_) => held += 1,
            refused => assert_eq!(refusal(refused), full),
        }
    }
    assert_eq!(held, 4);
    let acme = shop.acme.actor.account;
    // What is not held is executed, another account has places of its own, and each that is decided makes room.
    let trial = shop.world.create(&shop.acme, shop.option, acme, 1, "trial").await.expect("free");
    assert_eq!(orders::executed(&shop.acme, trial).await.expect("the result").state, State::Executed);
    let globex = shop.world.reseller("globex").await;
    shop.world.limit(&globex, 0).await;
    shop.world.create(&globex, shop.option, globex.actor.account, 1, "permanent").await.expect("held");
    orders::cancel_own(&shop.acme, shop.world.key(), last).await.expect("canceled");
    assert_eq!(shop.order(1).await.1, State::Submitted);
    let refused = shop.world.create(&shop.acme, shop.option, shop.anna, 1, "permanent").await;
    assert_eq!(refusal(refused), full);
    shop.is_sound().await;
}

on_both!(c4_a_held_order_is_executed_once_it_is_affordable, affordable);
async fn affordable(world: World) {
    let shop = shop(world).await;
    shop.world.limit(&shop.acme, 0).await;
    let (number, _) = shop.order(2).await;
    let over = Shortfall { total: euros(14_000), available: euros(0), missing: euros(14_000) };
    assert_eq!(refusal(shop.execute(number, &HeldForm::default()).await), Refusal::OverCredit { shortfall: over });
    let queue = |state| OrdersQuery { state, after: None };
    let held = orders::list_all(&shop.owner, &queue(Some(State::Submitted))).await.expect("the queue");
    assert_eq!((held.held, held.rows.len(), held.rows[0].now), (1, 1, Some(Decision::Hold(over))));
    shop.world.receive(&shop.acme, 14_000).await;
    let held = orders::list_all(&shop.owner, &queue(None)).await.expect("the queue");
    assert_eq!(held.waiting[0].now, Some(Decision::Execute));
    let own = orders::find(&shop.acme, number).await.expect("the order").order;
    assert_eq!((own.held, own.now), (Some(over), Some(Decision::Execute)));
    let key = shop.world.key();
    for _ in 0..2 {
        orders::execute(&shop.owner, key, number, &HeldForm::default()).await.expect("executed, or executed before");
    }
    let again = refusal(shop.execute(number, &HeldForm::default()).await);
    assert_eq!(again.to_string(), "This order is executed already.");
    // What was paid ahead has paid for both licenses, so they take no slot.
    assert_eq!(shop.standing().await, (2, 0, 0));
    let page = orders::find(&shop.acme, number).await.expect("the order");
    assert!(page.order.licenses.iter().all(|license| license.row.payment == Some(PaymentStatus::Paid)));
    assert_eq!(shop.world.written_down(page.order.id).await, ["order.held", "order.executed"]);
    let told = mail("admin@acme.example", &format!("Order {number} has been executed"));
    assert_eq!(shop.mails().await.last(), Some(&told));
    shop.is_sound().await;
}

on_both!(c4_the_office_sees_what_is_held_first_and_then_the_others_newest_first, held_first);
async fn held_first(world: World) {
    let shop = shop(world).await;
    shop.world.limit(&shop.acme, 7_000).await;
    let (executed, _) = shop.order(1).await;
    let (held, _) = shop.order(2).await;
    let trial = shop.world.create(&shop.acme, shop.option, shop.acme.actor.account, 1, "trial").await.expect("free");
    let trial = orders::executed(&shop.acme, trial).await.expect("the result").number;
    let numbers = |rows: &[domain::orders::OfficeRow]| rows.iter().map(|row| row.row.number).collect::<Vec<_>>();
    let first = orders::list_all(&shop.owner, &OrdersQuery::default()).await.expect("the list");
    assert_eq!((numbers(&first.waiting), numbers(&first.rows)), (vec![held], vec![trial, executed]));
    let further = OrdersQuery { state: None, after: Some(trial.0) };
    let further = orders::list_all(&shop.owner, &further).await.expect("the list");
    assert_eq!((numbers(&further.waiting), numbers(&further.rows)), (vec![], vec![executed]));
}

on_both!(c4_the_orders_of_one_reseller_stand_with_its_account_by_state, of_account);
async fn of_account(world: World) {
    let shop = shop(world).await;
    let globex = shop.world.reseller("globex").await;
    shop.world.create(&globex, shop.option, globex.actor.account, 1, "permanent").await.expect("placed");
    shop.world.limit(&shop.acme, 7_000).await;
    let (executed, _) = shop.order(1).await;
    let (canceled, _) = shop.order(2).await;
    let (held, _) = shop.order(3).await;
    orders::cancel_own(&shop.acme, shop.world.key(), canceled).await.expect("canceled");
    let acme = shop.acme.actor.account;
    let of = |state| {
        let (owner, query) = (shop.owner.clone(), OrdersQuery { state, after: None });
        async move {
            let page = accounts::orders(&owner, acme, &query).await.expect("the orders");
            assert_eq!((page.head.name.as_str(), page.next), ("acme", None));
            page.rows.into_iter().map(|row| (row.row.number, row.now)).collect::<Vec<_>>()
        }
    };
    let short = Decision::Hold(Shortfall { total: euros(21_000), available: euros(0), missing: euros(21_000) });
    assert_eq!(of(None).await, [(held, Some(short)), (canceled, None), (executed, None)]);
    assert_eq!(of(Some(State::Submitted)).await, [(held, Some(short))]);
    assert_eq!(of(Some(State::Canceled)).await, [(canceled, None)]);
    assert_eq!(of(Some(State::Executed)).await, [(executed, None)]);
    let below = OrdersQuery { state: None, after: Some(canceled.0) };
    let page = accounts::orders(&shop.owner, acme, &below).await.expect("the orders");
    assert_eq!(page.rows.iter().map(|row| row.row.number).collect::<Vec<_>>(), [executed]);
    for stranger in [&shop.acme, &globex] {
        assert!(is_not_found(accounts::orders(stranger, acme, &OrdersQuery::default()).await));
    }
    shop.is_sound().await;
}

on_both!(c6_a_top_up_is_offered_at_a_held_order_where_it_helps, top_up);
async fn top_up(world: World) {
    let shop = shop(world).await;
    // The pages offer it while something is missing.
    let offered = |number| {
        let acme = shop.acme.clone();
        async move {
            let page = orders::find(&acme, number).await.expect("the order");
            matches!(page.order.now, Some(Decision::Hold(_)))
        }
    };
    let (executed, _) = shop.order(1).await;
    shop.world.limit(&shop.acme, 7_000).await;
    let (held, _) = shop.order(2).await;
    assert_eq!((offered(executed).await, offered(held).await), (false, true));
    // Who may owe anything needs no top-up; staff execute what was held before.
    let unlimited = CreditForm { credit_limit: String::new(), credit_unlimited: "on".to_owned() };
    let account = shop.acme.actor.account;
    let edition = accounts::find(&shop.owner, account).await.expect("the account").edition;
    accounts::set_credit_limit(&shop.owner, shop.world.key(), account, edition, &unlimited).await.expect("set");
    assert!(!offered(held).await);
    shop.world.limit(&shop.acme, 7_000).await;
    assert!(offered(held).await);
    orders::cancel_own(&shop.acme, shop.world.key(), held).await.expect("canceled");
    assert!(!offered(held).await);
}

on_both!(a1_a_held_order_of_a_suspended_reseller_waits_until_it_is_reactivated, suspended);
async fn suspended(world: World) {
    let shop = shop(world).await;
    shop.world.limit(&shop.acme, 0).await;
    let (number, _) = shop.order(1).await;
    let reason = SuspensionForm { reason: "Unpaid".to_owned() };
    let acme = shop.acme.actor.account;
    accounts::suspend(&shop.owner, shop.world.key(), acme, &reason).await.expect("suspended");
    let refused = refusal(shop.execute(number, &anyway("Yes")).await);
    assert_eq!(refused, Refusal::NotReady { missing: vec![Missing::Reactivation] });
    assert_eq!(shop.standing().await, (0, 0, 0));
    accounts::reactivate(&shop.owner, shop.world.key(), acme, &reason).await.expect("reactivated");
    shop.execute(number, &anyway("Yes")).await.expect("executed");
    assert_eq!(shop.standing().await, (1, 1, 7_000));
    shop.is_sound().await;
}

on_both!(c4_over_the_credit_it_takes_a_tick_and_a_reason_which_is_kept, over_the_credit);
async fn over_the_credit(world: World) {
    let shop = shop(world).await;
    shop.world.limit(&shop.acme, 0).await;
    let (number, _) = shop.order(1).await;
    let nothing = errors(shop.execute(number, &anyway(" ")).await);
    assert_eq!(nothing.get("reason"), Some("Enter why it is executed over the credit."));
    assert_eq!(shop.standing().await, (0, 0, 0));
    shop.execute(number, &anyway("Paid by phone")).await.expect("executed");
    assert_eq!(shop.standing().await, (1, 1, 7_000));
    let page = orders::find_any(&shop.owner, number).await.expect("the order");
    assert_eq!((page.reason.as_deref(), page.row.row.state), (Some("Paid by phone"), State::Executed));
    assert_eq!(page.credit.available().to_string(), "-€ 70.00");
    shop.is_sound().await;
}

on_both!(o2_a_held_order_is_canceled_with_a_reason_that_the_reseller_is_told, canceled);
async fn canceled(world: World) {
    let shop = shop(world).await;
    shop.world.limit(&shop.acme, 0).await;
    let (number, _) = shop.order(1).await;
    let cancel = |reason: &str| {
        let form = HeldForm { anyway: String::new(), reason: reason.to_owned() };
        let (cx, key) = (shop.owner.clone(), shop.world.key());
        async move { orders::cancel(&cx, key, number, &form).await }
    };
    assert!(errors(cancel("").await).get("reason").is_some());
    cancel("A double order").await.expect("canceled");
    assert_eq!(refusal(cancel("Once more").await), Refusal::OrderIs { state: "canceled".to_owned() });
    assert_eq!(refusal(shop.execute(number, &anyway("Yes")).await), Refusal::OrderIs { state: "canceled".to_owned() });
    assert_eq!(shop.standing().await, (0, 0, 0));
    let page = orders::find(&shop.acme, number).await.expect("the order");
    assert_eq!(page.canceled.map(|(_, reason)| reason).as_deref(), Some("A double order"));
    assert_eq!(
        shop.mails().await.last(),
        Some(&mail("admin@acme.example", &format!("Order {number} has been canceled")))
    );
    shop.is_sound().await;
}

#[tokio::test]
async fn o2_who_placed_a_held_order_cancels_it_and_nobody_else_of_another_account() {
    let shop = shop(World::new().await).await;
    shop.world.limit(&shop.acme, 0).await;
    let (number, _) = shop.order(1).await;
    let globex = shop.world.reseller("globex").await;
    assert!(is_not_found(orders::cancel_own(&globex, shop.world.key(), number).await));
    assert!(is_not_found(orders::find(&globex, number).await));
    assert!(is_not_found(orders::find_any(&shop.acme, number).await));
    orders::cancel_own(&shop.acme, shop.world.key(), number).await.expect("canceled");
    let list = orders::list(&shop.acme, &OrdersQuery::default()).await.expect("a list");
    assert_eq!(list.rows.iter().map(|row| row.state).collect::<Vec<_>>(), [State::Canceled]);
    shop.is_sound().await;
}

on_both!(c2_with_a_limit_of_0_only_what_is_free_or_paid_ahead_is_executed, prepaid);
async fn prepaid(world: World) {
    let shop = shop(world).await;
    shop.world.limit(&shop.acme, 0).await;
    let trial = shop.world.create(&shop.acme, shop.option, shop.anna, 1, "trial").await.expect("a trial");
    assert_eq!(orders::executed(&shop.acme, trial).await.expect("the result").state, State::Executed);
    shop.world.receive(&shop.acme, 10_000).await;
    assert_eq!(shop.order(1).await.1, State::Executed);
    assert_eq!(shop.standing().await, (2, 0, -3_000));
    let (_, state) = shop.order(1).await;
    assert_eq!(state, State::Submitted);
    shop.world.receive(&shop.acme, 1_000).await;
    assert_eq!(shop.standing().await, (2, 0, -4_000));
    shop.is_sound().await;
}

on_both!(b5_money_settles_the_oldest_charge_and_frees_slots_at_once, oldest_first);
async fn oldest_first(world: World) {
    let shop = shop(world).await;
    shop.order(2).await;
    shop.world.pass(chrono::Duration::hours(1));
    shop.order(1).await;
    assert_eq!(shop.standing().await, (3, 3, 21_000));
    shop.world.receive(&shop.acme, 10_000).await;
    assert_eq!(shop.standing().await, (3, 2, 11_000));
    shop.is_sound().await;
    shop.world.receive(&shop.acme, 4_000).await;
    assert_eq!(shop.standing().await, (3, 1, 7_000));
    shop.world.receive(&shop.acme, 7_001).await;
    assert_eq!(shop.standing().await, (3, 0, -1));
    shop.is_sound().await;
}

#[tokio::test]
async fn l7_the_cap_refuses_also_what_would_be_held() {
    let shop = shop(World::new().await).await;
    shop.world.limit(&shop.acme, 0).await;
    let refused = refusal(shop.world.create(&shop.acme, shop.option, shop.anna, 11, "permanent").await);
    assert_eq!(refused, Refusal::UnpaidCap { cap: 10, left: 10, asked: 11 });
    assert_eq!((shop.standing().await, shop.mails().await), ((0, 0, 0), vec![]));
}

#[tokio::test]
async fn l7_a_held_order_that_no_longer_fits_the_cap_is_not_executed() {
    let shop = shop(World::new().await).await;
    shop.world.limit(&shop.acme, 0).await;
    let (number, _) = shop.order(8).await;
    shop.world.limit(&shop.acme, 1_000_000).await;
    shop.order(5).await;
    let refused = refusal(shop.execute(number, &HeldForm::default()).await);
    assert_eq!(refused, Refusal::UnpaidCap { cap: 10, left: Unpaid { count: 5, cap: 10 }.left(), asked: 8 });
    assert_eq!(orders::find(&shop.acme, number).await.expect("the order").order.state, State::Submitted);
    shop.is_sound().await;
}

on_both!(b1_a_held_subscription_is_charged_for_the_days_that_are_left_when_it_is_executed, days_left);
async fn days_left(world: World) {
    let shop = shop(world).await;
    let monthly = shop.world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    prorated(&shop, 1_900).await;
    shop.world.limit(&shop.acme, 0).await;
    // 21 to 30 November: 10 of 30 days of 70.00, and 19 %.
    let draft = shop.world.draft(&shop.acme, monthly, shop.anna, 1, "subscription").await.expect("a draft");
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    let shown = licenses::wizard(&shop.acme, draft).await.expect("the wizard");
    assert_eq!(shown.preview.period_until.map(|at| at.date).as_deref(), Some("30 Nov 2026"));
    let refused = refusal(licenses::create(&shop.acme, key, 7_000).await);
    assert_eq!(refused, Refusal::PriceChanged { now: "€ 27.76".to_owned() });
    let id = licenses::create(&shop.acme, key, 2_776).await.expect("held");
    let number = orders::executed(&shop.acme, id).await.expect("the result").number;
    shop.world.pass(chrono::Duration::days(5));
    // The lists say what it comes to today, as its page does.
    let own = orders::list(&shop.acme, &OrdersQuery::default()).await.expect("the list");
    let office = orders::list_all(&shop.owner, &OrdersQuery::default()).await.expect("the list");
    let shown = orders::find(&shop.acme, number).await.expect("the order").order.total;
    assert_eq!([own.rows[0].total, office.waiting[0].row.total, shown], [euros(1_389); 3]);
    shop.world.receive(&shop.acme, 1_389).await;
    shop.execute(number, &HeldForm::default()).await.expect("affordable by now");
    let page = orders::find(&shop.acme, number).await.expect("the order");
    assert_eq!((page.lines[0].net, page.lines[0].tax, page.order.total), (euros(1_167), euros(222), euros(1_389)));
    assert_eq!(page.lines[0].explained, "1 × € 70.00, 5 of 30 days, 26 Nov 2026 to 30 Nov 2026");
    shop.is_sound().await;
}

on_both!(b1_a_canceled_order_shows_the_days_that_it_would_have_been_charged_for, canceled_days);
async fn canceled_days(world: World) {
    let shop = shop(world).await;
    let monthly = shop.world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    prorated(&shop, 0).await;
    shop.world.limit(&shop.acme, 0).await;
    let draft = shop.world.draft(&shop.acme, monthly, shop.anna, 1, "subscription").await.expect("a draft");
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    let id = licenses::create(&shop.acme, key, 2_333).await.expect("held");
    let number = orders::executed(&shop.acme, id).await.expect("the result").number;
    shop.world.pass(chrono::Duration::days(5));
    orders::cancel_own(&shop.acme, shop.world.key(), number).await.expect("canceled");
    let lines = orders::find(&shop.acme, number).await.expect("the order").lines;
    let explained = "1 × € 70.00, 10 of 30 days, 21 Nov 2026 to 30 Nov 2026";
    assert_eq!((lines[0].explained.as_str(), lines[0].net), (explained, euros(2_333)));
    assert_eq!(orders::find_any(&shop.owner, number).await.expect("the order").lines, lines);
    // Settings of today say nothing of that day.
    shop.world.bill(&shop.acme, "Europe/Berlin", None, 0).await;
    let lines = orders::find(&shop.acme, number).await.expect("the order").lines;
    assert_eq!((lines[0].explained.as_str(), lines[0].net), ("1 × € 70.00", euros(2_333)));
}

on_both!(b6_an_order_asks_for_what_is_open_of_it_and_for_nothing_once_it_is_settled, what_is_open);
async fn what_is_open(world: World) {
    let shop = shop(world).await;
    let asked = async |id| {
        let done = orders::executed(&shop.acme, id).await.expect("the result");
        (done.total.minor, done.open.map(|open| open.minor))
    };
    let order = async |quantity| {
        shop.world.create(&shop.acme, shop.option, shop.anna, quantity, "permanent").await.expect("placed")
    };
    let first = order(2).await;
    assert_eq!(asked(first).await, (14_000, Some(14_000)));
    shop.world.receive(&shop.acme, 10_000).await;
    assert_eq!(asked(first).await, (14_000, Some(4_000)));
    shop.world.receive(&shop.acme, 10_000).await;
    assert_eq!(asked(first).await, (14_000, None));
    // 60.00 were paid ahead of the next one.
    assert_eq!(asked(order(1).await).await, (7_000, Some(1_000)));
    shop.is_sound().await;
}

/// Prorates Acme's account from the first of the month, with tax.
async fn prorated(shop: &Shop, points: u16) {
    let (rate, id) = (BasisPoints::new(points).expect("a rate"), shop.acme.actor.account);
    let mut tx = shop.world.service.store.write().await.expect("a transaction");
    let mut details =
        store::accounts::find(&mut tx, &shop.owner.scope(), id).await.expect("an answer").expect("it").details;
    details.ordering.prorate = true;
    store::accounts::save(&mut tx, id, &details, shop.owner.now()).await.expect("saved");
    store::accounts::set_tax(&mut tx, id, rate).await.expect("a rate");
    tx.commit().await.expect("saved");
}

on_both!(c4_sixty_four_orders_at_once_against_one_limit_never_overspend, rush);
async fn rush(world: World) {
    let shop = shop(world).await;
    let rounds = service::testing::rounds(20);
    for round in 0..rounds {
        // Of the drafts of one moment, the oldest 200 would be any of them.
        shop.world.pass(chrono::Duration::seconds(1));
        let before = shop.world.billed(&shop.acme).await.balance.minor;
        let affordable = 1 + round % 9;
        shop.world.limit(&shop.acme, before + 7_000 * affordable + 6_999).await;
        let mut tries = Vec::new();
        for _ in 0..64 {
            let draft = shop.world.draft(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("a draft");
            let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
            let cx = shop.acme.clone();
            tries.push(tokio::spawn(async move {
                let id = licenses::create(&cx, key, 7_000).await.expect("executed or held");
                let placed = orders::executed(&cx, id).await.expect("the result");
                (placed.number, placed.state)
            }));
        }
        let (mut executed, mut held) = (0, Vec::new());
        for one in tries {
            match one.await.expect("ran") {
                (_, State::Executed) => executed += 1,
                (number, _) => held.push(number),
            }
        }
        assert_eq!(executed, affordable, "round {round}");
        let after = shop.world.billed(&shop.acme).await.balance.minor;
        assert_eq!(after, before + 7_000 * affordable, "round {round}");
        // The slots are freed again, and so are the places of what is held.
        shop.world.receive(&shop.acme, after).await;
        for number in held {
            orders::cancel_own(&shop.acme, shop.world.key(), number).await.expect("canceled");
        }
    }
    shop.is_sound().await;
}

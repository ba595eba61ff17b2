//! The end of a month: equal to the ledger, on the calendar of whoever reads it; on both databases.

use chrono::{Days, Duration};
use domain::{
    Currency, Money,
    billing::{Month, MonthEnd, MonthQuery, Tally, What},
    licenses::{EditForm, LicensesQuery},
    price_lists::ResaleForm,
    products::{Billing, Kind},
};
use service::{
    Cx,
    billing::month,
    licenses, orders, products,
    testing::{World, is_not_found, on_both},
    verify::verify,
};

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

const fn tally(count: i64, minor: i64) -> Tally {
    Tally { count, amount: euros(minor) }
}

fn of(word: &str) -> MonthQuery {
    MonthQuery { month: Month::from_word(word), after: None }
}

async fn month_of(cx: &Cx, word: &str) -> MonthEnd {
    month::own(cx, &of(word)).await.expect("a month").month_end
}

/// A row of the table, without month and currency.
fn cells(row: &[String]) -> String {
    row[row.len() - 4..row.len() - 1].join(" | ")
}

on_both!(c1_a_month_is_what_its_ledger_says_on_screen_and_as_csv, as_the_ledger);
async fn as_the_ledger(world: World) {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    world.create(&acme, option, anna, 2, "permanent").await.expect("placed");
    world.create(&acme, option, acme.actor.account, 1, "permanent").await.expect("placed");
    world.receive(&acme, 10_000).await;
    // 31 November days later it is the new year in Berlin, though not in UTC.
    world.pass(Duration::days(40) + Duration::hours(13) + Duration::minutes(30));
    world.create(&acme, option, anna, 1, "permanent").await.expect("placed");
    world.receive(&acme, 20_000).await;

    let november = month_of(&acme, "2026-11").await;
    assert_eq!((november.opening, november.closing()), (euros(0), euros(11_000)));
    assert_eq!((november.tally(What::Bought), november.tally(What::Paid)), (tally(3, 21_000), tally(1, 10_000)));
    assert_eq!((november.tally(What::SoldOn), november.tally(What::Renewed)), (tally(2, 0), tally(0, 0)));
    assert_eq!(november.unpaid, tally(0, 0));
    let december = month_of(&acme, "2026-12").await;
    assert_eq!((december.opening, december.closing()), (euros(11_000), euros(11_000)));
    // It was paid in January, which the end of December does not know.
    assert_eq!(december.unpaid, tally(2, 11_000));
    let january = month_of(&acme, "2027-01").await;
    assert_eq!((january.opening, january.closing()), (euros(11_000), world.billed(&acme).await.balance));
    assert_eq!((january.tally(What::Bought), january.closing()), (tally(1, 7_000), euros(-2_000)));
    assert_eq!(january.unpaid, tally(0, 0));

    // The operator sees the same, and so does who takes it home.
    let page = month::own(&acme, &of("2026-12")).await.expect("a month");
    assert_eq!(month::find(&owner, acme.actor.account, &of("2026-12")).await.expect("a month"), page);
    let listed = month::list(&owner, &of("2026-12")).await.expect("all").rows;
    assert_eq!(listed.iter().map(|row| &row.month_end).collect::<Vec<_>>(), [&december]);
    let table = month::of_own(&acme, &of("2026-12")).await.expect("a table").rows;
    assert_eq!(table, december.rows());
    assert_eq!(month::of_any(&owner, acme.actor.account, &of("2026-12")).await.expect("a table").rows, table);
    let all = month::all(&owner, &of("2026-12")).await.expect("a table").rows;
    assert!(all.iter().all(|row| row[0] == "acme"));
    assert_eq!(
        all.iter().map(|row| cells(row)).collect::<Vec<_>>(),
        table.iter().map(|row| cells(row)).collect::<Vec<_>>()
    );

    // Twelve bars, the last of this month, and no month before there was the account or after today.
    let year: Vec<_> = page.year.iter().map(|spend| (spend.spent.minor, spend.licenses)).collect();
    assert_eq!(year[9..], [(0, 0), (21_000, 3), (0, 0)]);
    assert_eq!((page.before, page.after), (Month::from_word("2026-11"), Month::from_word("2027-01")));
    for (asked, shown) in [("1999-01", "2026-11"), ("2200-01", "2027-01"), ("nonsense", "2027-01")] {
        assert_eq!(month_of(&acme, asked).await.month.word(), shown);
    }
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}

on_both!(p4_what_was_sold_on_and_what_customers_paid_is_told_at_the_resale_price_of_its_order, resale);
async fn resale(world: World) {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let takes = |price: &str| {
        let (acme, key, form) = (acme.clone(), world.key(), ResaleForm { resale_price: price.to_owned() });
        async move { products::set_resale(&acme, key, option, &form).await.expect("recorded") }
    };
    world.create(&acme, option, anna, 1, "permanent").await.expect("placed");
    takes("95.00").await;
    let sold = world.create(&acme, option, anna, 2, "permanent").await.expect("placed");
    // For the own organisation nobody is asked for anything.
    world.create(&acme, option, acme.actor.account, 1, "permanent").await.expect("placed");
    takes("120.00").await;
    let november = month_of(&acme, "2026-11").await;
    assert_eq!((november.tally(What::Bought), november.tally(What::SoldOn)), (tally(4, 28_000), tally(3, 19_000)));
    let first = orders::executed(&acme, sold).await.expect("the order").licenses.remove(0);
    let paid =
        EditForm { customer_paid: "on".to_owned(), customer_paid_date: "2026-11-20".to_owned(), ..EditForm::default() };
    licenses::edit(&acme, world.key(), first.row.id, &paid).await.expect("paid by the customer");
    let november = month_of(&acme, "2026-11").await;
    assert_eq!(november.tally(What::CustomerPaid), tally(1, 9_500));
    let seen = month::find(&owner, acme.actor.account, &of("2026-11")).await.expect("a month").month_end;
    assert_eq!(seen, november);
}

on_both!(c1_the_month_of_all_resellers_is_the_sum_of_theirs_each_on_its_own_calendar, of_all);
async fn of_all(world: World) {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    let hooli = world.reseller_in("hooli", Currency::USD).await;
    world.bill(&globex, "Pacific/Auckland", None, 0).await;
    world.bill(&hooli, "America/Los_Angeles", None, 0).await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let price = Money::new(10_000, Currency::USD);
    let product = world.option("Store Guard", Kind::Primary, Billing::OneTime).await.product;
    let dollars = world.option_at(&product, Kind::Primary, Billing::OneTime, price).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let resale = ResaleForm { resale_price: "95.00".to_owned() };
    products::set_resale(&acme, world.key(), option, &resale).await.expect("recorded");
    // Each time it is the last day of November somewhere and the first of December elsewhere.
    for hours in [9 * 24, 0, 3, 8, 8, 8, 8] {
        world.pass(Duration::hours(hours));
        world.create(&acme, option, anna, 1, "permanent").await.expect("placed");
        world.create(&globex, option, globex.actor.account, 1, "permanent").await.expect("placed");
        world.create(&hooli, dollars, hooli.actor.account, 1, "permanent").await.expect("placed");
        world.receive(&acme, 4_000).await;
        world.receive(&globex, 7_000).await;
    }
    for word in ["2026-11", "2026-12"] {
        let page = month::list(&owner, &of(word)).await.expect("all");
        let codes: Vec<_> = page.totals.iter().map(|total| total.currency.code()).collect();
        assert_eq!(codes, ["EUR", "USD"], "{word}");
        for total in &page.totals {
            for what in What::ALL {
                let told = page.rows.iter().map(|row| row.month_end.tally(*what));
                let sum = Tally::sum(total.currency, told).expect("countable");
                assert_eq!(total.tally(*what), sum, "{word} {what:?}");
            }
        }
        let bought: i64 = page.totals.iter().map(|total| total.tally(What::Bought).count).sum();
        assert!(bought > 3, "{word}: {bought}");
    }
    let later = MonthQuery { after: Some(i64::MAX), ..of("2026-11") };
    assert_eq!(month::list(&owner, &later).await.expect("all").totals, []);
}

on_both!(b1_renewals_and_ends_are_told_apart_from_what_was_bought, ends);
async fn ends(world: World) {
    let acme = world.reseller("acme").await;
    let option = world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    world.create(&acme, option, anna, 2, "subscription").await.expect("placed");
    let tried = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    world.create(&acme, tried, anna, 1, "trial").await.expect("placed");
    let november = month_of(&acme, "2026-11").await;
    // A trial is not bought; it ends in December. The subscription goes on after its first period.
    assert_eq!((november.tally(What::Bought), november.tally(What::Ending)), (tally(2, 14_000), tally(0, 0)));
    let list = licenses::list(&acme, &LicensesQuery::default()).await.expect("a list");
    assert_eq!(list.rows.len(), 3);
    world.pass(Duration::days(20));
    let december = month_of(&acme, "2026-12").await;
    assert_eq!((december.tally(What::Bought), december.tally(What::Ending)), (tally(0, 0), tally(1, 0)));
}

on_both!(c1_the_months_of_five_years_follow_each_other_and_sum_to_the_ledger, five_years);
async fn five_years(world: World) {
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let (mut charged, mut paid) = (0, 0);
    for round in 0..30_i64 {
        // Nobody is at the end of their slots: of each round's one or two licenses, more or less is paid, by turns.
        let quantity = 1 + u32::from(round % 3 == 0);
        world.create(&acme, option, anna, quantity, "permanent").await.expect("placed");
        charged += 7_000 * i64::from(quantity);
        world.receive(&acme, 6_999 + 2_400 * (round % 4)).await;
        paid += 6_999 + 2_400 * (round % 4);
        world.pass(Duration::days(59) + Duration::hours(round * 7));
    }
    let running = month::own(&acme, &MonthQuery::default()).await.expect("a month").month_end.month;
    let (mut at, mut owed, mut sums) = (Month::from_word("2026-11").expect("a month"), euros(0), (0, 0));
    while at <= running {
        let end = month_of(&acme, &at.word()).await;
        assert_eq!((end.month, end.opening), (at, owed));
        sums.0 += end.tally(What::Bought).amount.minor;
        sums.1 += end.tally(What::Paid).amount.minor;
        (owed, at) = (end.closing(), at.next());
    }
    assert_eq!((sums, owed), ((charged, paid), euros(charged - paid)));
    assert_eq!(owed, world.billed(&acme).await.balance);
    assert_eq!(verify(&world.service).await.expect("recounted"), []);
}

on_both!(a11_a_month_of_another_is_not_found_and_staff_page_through_all, of_others);
async fn of_others(world: World) {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    let customer = world.as_customer("anna@northwind.example").await;
    assert!(is_not_found(month::own(&customer, &MonthQuery::default()).await));
    assert!(is_not_found(month::find(&globex, acme.actor.account, &MonthQuery::default()).await));
    assert!(is_not_found(month::all(&globex, &MonthQuery::default()).await));
    // A customer has no month, and neither has the operator.
    for none in [anna, owner.actor.account] {
        assert!(is_not_found(month::find(&owner, none, &MonthQuery::default()).await));
        assert!(is_not_found(month::of_any(&owner, none, &MonthQuery::default()).await));
    }
    for name in 0..20 {
        world.reseller(&format!("more-{name}")).await;
    }
    let first = month::list(&owner, &MonthQuery::default()).await.expect("a page");
    let rest = month::list(&owner, &MonthQuery { month: None, after: first.next }).await.expect("a page");
    assert_eq!((first.rows.len(), rest.rows.len(), rest.next), (20, 2, None));
    let last: Vec<_> = rest.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(last, ["globex", "acme"]);
    assert_eq!(month::all(&owner, &MonthQuery::default()).await.expect("a table").rows.len(), 22 * 10);
}

on_both!(b5_what_is_open_for_more_than_thirty_days_is_unpaid_to_the_day, unpaid);
async fn unpaid(world: World) {
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    world.create(&acme, option, anna, 1, "permanent").await.expect("placed");
    let bought = "2026-11-21".parse::<chrono::NaiveDate>().expect("a day");
    for (days, count) in [(30, 0), (1, 1)] {
        world.pass(Duration::days(days));
        let running = month::own(&acme, &MonthQuery::default()).await.expect("a month").month_end;
        assert_eq!((running.month, running.unpaid), (Month::of(bought + Days::new(31)), tally(count, 7_000 * count)));
    }
    world.receive(&acme, 3_000).await;
    let running = month::own(&acme, &MonthQuery::default()).await.expect("a month").month_end;
    assert_eq!(running.unpaid, tally(1, 4_000));
}

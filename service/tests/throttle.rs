//! Wrong passwords make their network wait, and nobody else (A6): the holder of a name is not locked out by strangers.

use chrono::Duration;
use domain::{
    Refusal,
    contacts::{PasswordChange, SignIn, State},
};
use service::{
    Cx, Error, Origin, contacts, sessions,
    testing::{PASSWORD, World, on_both, refusal, twice},
};

const ADMIN: &str = "admin@acme.example";
const HOME: &str = "203.0.113.5";

async fn try_from(world: &World, origin: &Origin, login: &str, password: &str) -> Result<sessions::SignedIn, Error> {
    let form = SignIn { login: login.to_owned(), password: password.into(), next: String::new() };
    sessions::sign_in(&world.service, origin, &form).await
}

/// A wrong password: how many seconds the next try waits.
async fn wrong(world: &World, origin: &Origin, login: &str) -> u64 {
    match try_from(world, origin, login, "wrong").await {
        Err(Error::Refused(Refusal::SignInFailed)) => 0,
        Err(Error::TooMany { seconds }) => seconds,
        other => panic!("{other:?}"),
    }
}

async fn after_the_fourth_the_network_waits_and_others_do_not(world: World) {
    let acme = world.reseller("acme").await;
    let stranger = world.origin_at("2001:db8:1:2::1");
    for times in 1..=3 {
        assert_eq!(wrong(&world, &stranger, ADMIN).await, 0, "{times}");
    }
    try_from(&world, &stranger, ADMIN, PASSWORD).await.expect("three are forgotten when somebody comes in");
    for wait in [0, 0, 0, 900, 900] {
        assert_eq!(wrong(&world, &stranger, ADMIN).await, wait);
    }
    let next_door = world.origin_at("2001:db8:1:2:ffff::9");
    let waits = try_from(&world, &next_door, ADMIN, PASSWORD).await;
    assert!(matches!(waits, Err(Error::TooMany { seconds: 900 })), "the same network, and nobody looks: {waits:?}");
    try_from(&world, &world.origin_at(HOME), ADMIN, PASSWORD).await.expect("another network");
    let told = (ADMIN.to_owned(), "Somebody enters wrong passwords for your sign-in".to_owned());
    assert_eq!(world.mails().await, std::slice::from_ref(&told));
    assert_eq!(world.written_down(acme.actor.contact).await, ["contact.throttled"]);

    for (pass, wait) in [(900, 1_800), (1_800, 3_600), (3_600, 7_200), (7_200, 14_400), (14_400, 28_800)] {
        world.pass(Duration::seconds(pass));
        assert_eq!(wrong(&world, &stranger, ADMIN).await, wait, "it doubles");
    }
    assert_eq!(world.mails().await, std::slice::from_ref(&told), "told once");
    for (pass, wait) in [(28_800, 57_600), (57_600, 86_400), (86_400, 86_400)] {
        world.pass(Duration::seconds(pass));
        assert_eq!(wrong(&world, &stranger, ADMIN).await, wait, "24 hours at most");
    }
    assert_eq!(world.contact(ADMIN).await.state(), State::Active);
    world.pass(Duration::seconds(86_400));
    try_from(&world, &stranger, ADMIN, PASSWORD).await.expect("the right password after the wait");
    assert_eq!(wrong(&world, &stranger, ADMIN).await, 0, "the count begins anew");
}
on_both!(a6_after_the_fourth_the_network_waits_and_others_do_not, after_the_fourth_the_network_waits_and_others_do_not);

async fn a_stranger_is_told_the_same_whoever_it_is(world: World) {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    world.customer(&acme, "pending@x.example").await;
    let off = world.colleague(&acme, "off@acme.example", &[domain::Role::Buyer]).await;
    contacts::deactivate(&owner, world.key(), off.actor.contact).await.expect("switched off");
    world.colleague(&acme, "locked@acme.example", &[domain::Role::Buyer]).await;
    world.lock("locked@acme.example").await;
    for login in [ADMIN, "nobody@x.example", "pending@x.example", "off@acme.example", "locked@acme.example"] {
        let stranger = world.origin_at("192.0.2.200");
        for wait in [0, 0, 0, 900, 900] {
            assert_eq!(wrong(&world, &stranger, login).await, wait, "{login}");
        }
        if login != ADMIN {
            let right = try_from(&world, &world.origin_at("192.0.2.201"), login, PASSWORD).await;
            assert_eq!(refusal(right), Refusal::SignInFailed, "{login}");
        }
    }
}
on_both!(a6_a_stranger_is_told_the_same_whoever_it_is, a_stranger_is_told_the_same_whoever_it_is);

async fn a_hundred_over_all_networks_lock(world: World) {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    for network in 0..99 {
        wrong(&world, &world.origin_at(&format!("198.51.100.{network}")), ADMIN).await;
    }
    try_from(&world, &world.origin_at(HOME), ADMIN, PASSWORD).await.expect("99 do not lock, and are forgotten");
    world.lock(ADMIN).await;
    assert_eq!(world.contact(ADMIN).await.state(), State::Locked);
    assert_eq!(refusal(try_from(&world, &world.origin_at(HOME), ADMIN, PASSWORD).await), Refusal::SignInFailed);
    let subjects: Vec<_> = world.mails().await.into_iter().map(|(_, subject)| subject).collect();
    assert_eq!(subjects, ["Your sign-in is locked"]);
    assert_eq!(world.written_down(acme.actor.contact).await, ["contact.locked"]);
    contacts::unlock(&owner, world.key(), acme.actor.contact).await.expect("unlocked");
    try_from(&world, &world.origin_at(HOME), ADMIN, PASSWORD).await.expect("let in");
}
on_both!(a6_a_hundred_over_all_networks_lock, a_hundred_over_all_networks_lock);

async fn many_at_once_get_four_looks(world: World) {
    world.reseller("acme").await;
    let tries = (0..12).map(|_| {
        let (service, origin) = (world.service.clone(), world.origin());
        tokio::spawn(async move {
            let form = SignIn { login: ADMIN.to_owned(), password: "wrong".into(), next: String::new() };
            sessions::sign_in(&service, &origin, &form).await.expect_err("wrong")
        })
    });
    let mut looked_at = 0;
    for tried in tries.collect::<Vec<_>>() {
        looked_at += usize::from(matches!(tried.await.expect("the task"), Error::Refused(Refusal::SignInFailed)));
    }
    assert_eq!(looked_at, 3, "the fourth is told to wait, like all after it");
    assert_eq!(world.contact(ADMIN).await.wrong_passwords, 4);
    let right = (0..8).map(|_| {
        let (service, origin) = (world.service.clone(), world.origin_at(HOME));
        tokio::spawn(async move {
            let form = SignIn { login: ADMIN.to_owned(), password: PASSWORD.into(), next: String::new() };
            sessions::sign_in(&service, &origin, &form).await
        })
    });
    for one in right.collect::<Vec<_>>() {
        one.await.expect("the task").expect("right passwords at once are all let in");
    }
}
on_both!(a6_many_at_once_get_four_looks, many_at_once_get_four_looks);

/// What the database wrote of wrong passwords: for somebody, and for nobody.
async fn counted(world: &World) -> (i64, i64) {
    let mut tx = world.service.store.read().await.expect("a transaction");
    let mut sum = async |of: &str| store::testing::number(&mut tx, of).await.expect("a sum");
    let somebody = sum("select cast(sum(wrong_passwords) as bigint) from contacts").await;
    (somebody, sum("select cast(sum(written) as bigint) from sign_in_padding").await)
}

async fn as_much_is_written_for_nobody_as_for_somebody(world: World) {
    world.reseller("acme").await;
    assert_eq!(counted(&world).await, (0, 0));
    for (at, after) in [(1, (1, 0)), (2, (2, 0))] {
        wrong(&world, &world.origin_at(HOME), ADMIN).await;
        assert_eq!(counted(&world).await, after, "{at}");
    }
    for at in 1..=3 {
        wrong(&world, &world.origin_at(HOME), "nobody@acme.example").await;
        assert_eq!(counted(&world).await, (2, at), "a name that nobody has");
    }
    world.lock(ADMIN).await;
    let (somebody, nobody) = counted(&world).await;
    wrong(&world, &world.origin_at(HOME), ADMIN).await;
    assert_eq!(counted(&world).await, (somebody, nobody + 1), "somebody who is not active");
}
on_both!(a6_as_much_is_written_for_nobody_as_for_somebody, as_much_is_written_for_nobody_as_for_somebody);

#[tokio::test]
async fn a6_a_browser_that_signed_in_before_does_not_wait_for_strangers_on_its_network() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let globex = world.reseller("globex").await;
    let device = sessions::device(&world.service, acme.actor.contact).await.expect("a cookie");
    let stranger = world.origin();
    let known = |device: String| Origin { device: Some(device), ..world.origin() };
    for _ in 0..4 {
        wrong(&world, &stranger, ADMIN).await;
    }
    try_from(&world, &known(device.clone()), ADMIN, PASSWORD).await.expect("the known browser");
    assert_eq!(wrong(&world, &stranger, ADMIN).await, 900, "the stranger goes on waiting");
    for wait in [0, 0, 0, 900] {
        assert_eq!(wrong(&world, &known(device.clone()), ADMIN).await, wait, "it has a counter of its own");
    }
    try_from(&world, &world.origin_at(HOME), ADMIN, PASSWORD).await.expect("another network");

    let another_ones = sessions::device(&world.service, globex.actor.contact).await.expect("a cookie");
    let (nonce, rest) = device.split_once('.').expect("three parts");
    let forged = format!("{}.{rest}", "0".repeat(nonce.len()));
    let later = format!("{nonce}.99999.{}", rest.split_once('.').expect("two parts").1);
    for cookie in [another_ones, forged, later, String::new(), ".".repeat(500), "a.b".to_owned()] {
        let tried = try_from(&world, &known(cookie.clone()), ADMIN, PASSWORD).await;
        assert!(matches!(tried, Err(Error::TooMany { .. })), "{cookie}");
    }
    world.pass(Duration::days(sessions::DEVICE_DAYS + 1));
    for _ in 0..4 {
        wrong(&world, &stranger, ADMIN).await;
    }
    let old = sessions::device(&world.service, acme.actor.contact).await.expect("a cookie");
    assert!(matches!(try_from(&world, &known(device), ADMIN, PASSWORD).await, Err(Error::TooMany { .. })), "too old");
    try_from(&world, &known(old), ADMIN, PASSWORD).await.expect("a fresh one");
}

#[tokio::test]
async fn a7_a_new_password_ends_the_wait() {
    let world = World::new().await;
    world.reseller("acme").await;
    for _ in 0..4 {
        wrong(&world, &world.origin(), ADMIN).await;
    }
    let forgot = domain::contacts::Forgot { login: ADMIN.to_owned() };
    contacts::forgot(&world.service, &world.origin(), &forgot).await.expect("always fine").await.expect("done");
    let letters = world.letters().await;
    let text = letters.iter().rev().find_map(|mail| mail.body.clone().filter(|body| body.contains("/reset/")));
    let text = text.expect("a mail");
    let token = text.split("/reset/").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link");
    let form = domain::contacts::Activation { token: token.into(), new: twice("another velvet orbit") };
    contacts::reset(&world.service, &world.origin(), &form).await.expect("reset");
    try_from(&world, &world.origin(), ADMIN, "another velvet orbit").await.expect("at once, from there");
}

#[tokio::test]
async fn a6_a_wrong_current_password_counts_like_one_at_the_sign_in() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let change = async |current: &str| {
        let form = PasswordChange { current: current.into(), new: twice("another velvet orbit") };
        contacts::change_password(&acme, world.key(), &form).await
    };
    for _ in 0..4 {
        assert!(matches!(change("wrong").await, Err(Error::Fields(_))));
    }
    assert!(matches!(change(PASSWORD).await, Err(Error::TooMany { seconds: 900 })));
    let waits = try_from(&world, &world.origin(), ADMIN, PASSWORD).await;
    assert!(matches!(waits, Err(Error::TooMany { seconds: 900 })));
    let home = world.origin_at(HOME);
    let signed_in = try_from(&world, &home, ADMIN, PASSWORD).await.expect("signed in from another network");
    let elsewhere = Cx::new(world.service.clone(), signed_in.actor, home);
    let form = PasswordChange { current: PASSWORD.into(), new: twice("another velvet orbit") };
    contacts::change_password(&elsewhere, world.key(), &form).await.expect("changed from another network");
    try_from(&world, &world.origin(), ADMIN, "another velvet orbit").await.expect("and the wait is over");
}

#[tokio::test]
async fn r8_new_passwords_of_one_person_are_judged_so_often_and_use_up_no_try_of_the_current_one() {
    let world = World::new().await;
    let acme = world.reseller("acme").await;
    let bo = world.colleague(&acme, "bo@acme.example", &[domain::Role::Buyer]).await;
    let change = async |cx: &Cx, new: &str| {
        let form = PasswordChange { current: "wrong".into(), new: twice(new) };
        contacts::change_password(cx, world.key(), &form).await
    };
    let mut judged = 0;
    // Some are there again after a second.
    while judged < 500 {
        match change(&acme, "keyhouse-keyhouse").await {
            Err(Error::Fields(errors)) if errors.get("password").is_some() => judged += 1,
            Err(Error::TooMany { .. }) => break,
            other => panic!("{other:?}"),
        }
    }
    assert!((60..500).contains(&judged), "{judged}");
    let others = change(&bo, "keyhouse-keyhouse").await;
    assert!(matches!(others, Err(Error::Fields(_))), "{others:?}");
    assert_eq!(world.contact(ADMIN).await.wrong_passwords, 0);
    try_from(&world, &world.origin(), ADMIN, PASSWORD).await.expect("signing in goes on");
}

#[tokio::test]
async fn a6_the_counters_are_swept_and_a_suspended_person_is_told_so_each_time() {
    let world = World::new().await;
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let reason = domain::accounts::SuspensionForm { reason: "unpaid".to_owned() };
    service::accounts::suspend(&owner, world.key(), acme.actor.account, &reason).await.expect("suspended");
    for _ in 0..5 {
        let refused = refusal(try_from(&world, &world.origin(), ADMIN, PASSWORD).await);
        assert!(matches!(refused, Refusal::Suspended { .. }), "{refused:?}");
    }
    wrong(&world, &world.origin(), ADMIN).await;
    wrong(&world, &world.origin(), "nobody@x.example").await;
    assert_eq!(sessions::sweep_tries(&world.service).await.expect("swept"), 0);
    world.pass(Duration::hours(49));
    assert_eq!(sessions::sweep_tries(&world.service).await.expect("swept"), 2);
}

async fn a_new_password_makes_all_browsers_strangers(world: World) {
    let acme = world.reseller("acme").await;
    let signed_in = try_from(&world, &world.origin_at(HOME), ADMIN, PASSWORD).await.expect("signed in");
    let cx = Cx::new(world.service.clone(), signed_in.actor, world.origin_at(HOME));
    let former = sessions::device(&world.service, acme.actor.contact).await.expect("a cookie");
    let form = PasswordChange { current: PASSWORD.into(), new: twice("another velvet orbit") };
    contacts::change_password(&cx, world.key(), &form).await.expect("changed");
    let fresh = sessions::device(&world.service, acme.actor.contact).await.expect("a cookie");
    for _ in 0..4 {
        wrong(&world, &world.origin(), ADMIN).await;
    }
    let known = |device: String| Origin { device: Some(device), ..world.origin() };
    let waits = try_from(&world, &known(former), ADMIN, "another velvet orbit").await;
    assert!(matches!(waits, Err(Error::TooMany { .. })), "it waits like its network: {waits:?}");
    try_from(&world, &known(fresh), ADMIN, "another velvet orbit").await.expect("known since the change");
}
on_both!(a6_a_browser_of_before_a_new_password_is_not_known, a_new_password_makes_all_browsers_strangers);

async fn a_wait_of_a_wrong_clock(world: World) {
    world.reseller("acme").await;
    let ahead = Duration::days(400);
    world.pass(ahead);
    for _ in 0..4 {
        wrong(&world, &world.origin(), ADMIN).await;
    }
    world.pass(-ahead);
    try_from(&world, &world.origin(), ADMIN, PASSWORD).await.expect("nobody waits for more than a year");
}
on_both!(a6_a_wait_that_began_while_the_clock_was_ahead_is_none, a_wait_of_a_wrong_clock);

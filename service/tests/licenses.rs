//! Creating licenses: all or none, once, within the rules; on both databases.

use domain::{
    Refusal,
    audit::What,
    licenses::{Act, CustomerPaid, EditForm, LicensesQuery, ManyForm, NewLicensesForm, PaymentStatus, State, Type},
    products::{Billing, Kind},
};
use service::{
    Cx, Error, licenses, orders,
    testing::{World, errors, on_both, refusal},
    verify::verify,
};

/// Acme with one product and one customer.
struct Shop {
    world: World,
    acme: Cx,
    option: domain::OptionId,
    product: store::products::Product,
    anna: domain::AccountId,
}

async fn shop(world: World) -> Shop {
    world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    Shop { world, acme, option: option.id, product: option.product, anna }
}

async fn count(shop: &Shop) -> (usize, i64) {
    let list = licenses::list(&shop.acme, &LicensesQuery::default()).await.expect("a list");
    (list.rows.len(), list.unpaid.count)
}

on_both!(l2_three_licenses_have_three_keys_three_charges_and_one_order, three_licenses);
async fn three_licenses(world: World) {
    let shop = shop(world).await;
    let order = shop.world.create(&shop.acme, shop.option, shop.anna, 3, "permanent").await.expect("created");
    let executed = orders::executed(&shop.acme, order).await.expect("the result");
    assert_eq!(executed.total.to_string(), "€ 210.00");
    assert_eq!(executed.user.name, "northwind.example");
    let mut keys: Vec<_> = executed.licenses.iter().map(|license| license.key.grouped()).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 3);
    for license in &executed.licenses {
        assert_eq!((license.row.license_type, license.row.state), (Type::Permanent, State::Active));
        assert_eq!(license.row.payment, Some(PaymentStatus::Pending));
        assert_eq!(license.row.valid_until, None);
        assert_eq!(license.updates_until.as_ref().map(|m| m.date.as_str()), Some("21 May 2027"));
        assert_eq!(shop.world.written_down(license.row.id).await, ["license.created"]);
    }
    assert_eq!(shop.world.written_down(order).await, ["order.executed"]);
    assert_eq!(count(&shop).await, (3, 3));
    assert_eq!(verify(&shop.world.service).await.expect("recounted"), []);
    let mails = shop.world.mails().await;
    assert_eq!(mails, [("anna@northwind.example".to_owned(), "Activate your sign-in".to_owned())]);
}

on_both!(o2_a_wizard_that_was_ordered_is_refused_with_other_entries_and_orders_no_more, ordered_and_changed);
async fn ordered_and_changed(world: World) {
    let shop = shop(world).await;
    let bea = shop.world.customer(&shop.acme, "bea@contoso.example").await;
    let draft = shop.world.draft(&shop.acme, shop.option, shop.anna, 2, "permanent").await.expect("a draft");
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    let order = licenses::create(&shop.acme, key, 14_000).await.expect("created");
    let typed = licenses::wizard(&shop.acme, draft).await.expect("the wizard").form;
    // The same entries sent again lead to the order.
    licenses::save_details(&shop.acme, draft, &typed).await.expect("nothing has changed");
    licenses::pick_user(&shop.acme, draft, &shop.anna.to_string()).await.expect("nothing has changed");
    assert_eq!(licenses::create(&shop.acme, key, 14_000).await.expect("created before"), order);
    let more = NewLicensesForm { quantity: "5".to_owned(), ..typed.clone() };
    let refused = [
        licenses::save_details(&shop.acme, draft, &more).await,
        licenses::autosave(&shop.acme, draft, &more).await,
        licenses::pick_user(&shop.acme, draft, &bea.to_string()).await,
    ];
    assert!(
        refused.iter().all(|refused| matches!(refused, Err(Error::Refused(Refusal::FormSentBefore)))),
        "{refused:?}"
    );
    let wizard = licenses::wizard(&shop.acme, draft).await.expect("the wizard");
    assert_eq!((wizard.executed, wizard.form), (Some(order), typed));
    assert_eq!(count(&shop).await, (2, 2));
}

on_both!(o2_twenty_identical_requests_at_once_make_one_order, twenty_identical);
async fn twenty_identical(world: World) {
    let shop = shop(world).await;
    let draft = shop.world.draft(&shop.acme, shop.option, shop.anna, 2, "permanent").await.expect("a draft");
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    let tries = (0..20).map(|_| {
        let cx = shop.acme.clone();
        tokio::spawn(async move { licenses::create(&cx, key, 14_000).await })
    });
    let mut orders = Vec::new();
    for one in tries.collect::<Vec<_>>() {
        orders.push(one.await.expect("ran").expect("created, or created before"));
    }
    orders.dedup();
    assert_eq!(orders.len(), 1);
    assert_eq!(count(&shop).await, (2, 2));
    assert_eq!(verify(&shop.world.service).await.expect("recounted"), []);
}

on_both!(l7_twenty_requests_at_once_with_three_slots_left_make_exactly_three, three_slots_left);
async fn three_slots_left(world: World) {
    let shop = shop(world).await;
    shop.world.create(&shop.acme, shop.option, shop.anna, 7, "permanent").await.expect("seven of ten");
    let mut tries = Vec::new();
    for _ in 0..20 {
        let draft = shop.world.draft(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("a draft");
        let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
        let cx = shop.acme.clone();
        tries.push(tokio::spawn(async move { licenses::create(&cx, key, 7_000).await }));
    }
    let (mut created, mut refused) = (0, 0);
    for one in tries {
        match one.await.expect("ran") {
            Ok(_) => created += 1,
            Err(Error::Refused(Refusal::UnpaidCap { cap: 10, left: 0, asked: 1 })) => refused += 1,
            other => panic!("neither created nor refused: {other:?}"),
        }
    }
    assert_eq!((created, refused), (3, 17));
    assert_eq!(count(&shop).await, (10, 10));
    assert_eq!(verify(&shop.world.service).await.expect("recounted"), []);
}

#[tokio::test]
async fn l7_a_request_that_passes_the_cap_is_refused_whole_and_nothing_is_stored_or_sent() {
    let shop = shop(World::new().await).await;
    shop.world.create(&shop.acme, shop.option, shop.anna, 8, "permanent").await.expect("eight of ten");
    let mails = shop.world.mails().await;
    let refused = refusal(shop.world.create(&shop.acme, shop.option, shop.anna, 3, "permanent").await);
    assert_eq!(refused, Refusal::UnpaidCap { cap: 10, left: 2, asked: 3 });
    assert_eq!(count(&shop).await, (8, 8));
    assert_eq!(shop.world.mails().await, mails);
}

#[tokio::test]
async fn o2_the_same_draft_changed_after_it_was_executed_stays_one_order() {
    let shop = shop(World::new().await).await;
    let draft = shop.world.draft(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("a draft");
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    let first = licenses::create(&shop.acme, key, 7_000).await.expect("created");
    let form = NewLicensesForm {
        quantity: "5".to_owned(),
        license_type: "permanent".to_owned(),
        ..NewLicensesForm::default()
    };
    assert_eq!(refusal(licenses::autosave(&shop.acme, draft, &form).await), Refusal::FormSentBefore);
    assert_eq!(licenses::create(&shop.acme, key, 35_000).await.expect("the same"), first);
    let wizard = licenses::wizard(&shop.acme, draft).await.expect("the wizard");
    assert_eq!(wizard.executed, Some(first));
    assert_eq!(count(&shop).await, (1, 1));
}

#[tokio::test]
async fn o2_a_missing_or_unknown_key_does_nothing_and_says_so() {
    let shop = shop(World::new().await).await;
    let refused = refusal(licenses::create(&shop.acme, shop.world.key(), 7_000).await);
    assert_eq!(refused, Refusal::FormUnknown);
    let globex = shop.world.reseller("globex").await;
    let draft = shop.world.draft(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("a draft");
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    assert_eq!(refusal(licenses::create(&globex, key, 7_000).await), Refusal::FormUnknown);
    assert_eq!(count(&shop).await, (0, 0));
}

#[tokio::test]
async fn p3_a_price_that_changed_since_it_was_seen_is_shown_again_before_anything_is_bought() {
    let shop = shop(World::new().await).await;
    let draft = shop.world.draft(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("a draft");
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    let refused = refusal(licenses::create(&shop.acme, key, 6_999).await);
    assert_eq!(refused, Refusal::PriceChanged { now: "€ 70.00".to_owned() });
    assert_eq!(count(&shop).await, (0, 0));
}

on_both!(l4_a_trial_is_free_takes_no_slot_and_comes_once, trial);
async fn trial(world: World) {
    let shop = shop(world).await;
    let order = shop.world.create(&shop.acme, shop.option, shop.anna, 1, "trial").await.expect("a trial");
    let executed = orders::executed(&shop.acme, order).await.expect("the result");
    let trial = &executed.licenses[0];
    assert_eq!(executed.total.to_string(), "€ 0.00");
    assert_eq!((trial.row.payment, trial.row.state), (None, State::Active));
    let end = trial.row.valid_until.as_ref().map(|m| m.exact.clone());
    assert_eq!(end.as_deref(), Some("21 Dec 2026, 23:59:59 CET"), "the day that it names is included");
    assert_eq!(count(&shop).await, (1, 0));
    let again = refusal(shop.world.create(&shop.acme, shop.option, shop.anna, 1, "trial").await);
    assert_eq!(again, Refusal::TrialUsed { product: "Store Manager".to_owned() });
    // Thirty days later it is the last day, at 11 o'clock.
    let (day, second) = (chrono::Duration::days(30), chrono::Duration::seconds(1));
    for (passed, state) in
        [(day, State::Active), (chrono::Duration::hours(13) - second, State::Active), (second, State::Expired)]
    {
        shop.world.pass(passed);
        let later = licenses::find(&shop.acme, trial.row.id).await.expect("the license");
        assert_eq!(later.license.row.state, state);
    }
    let again = refusal(shop.world.create(&shop.acme, shop.option, shop.anna, 1, "trial").await);
    assert_eq!(again, Refusal::TrialUsed { product: "Store Manager".to_owned() });
    assert_eq!(verify(&shop.world.service).await.expect("recounted"), []);
}

on_both!(l4_ten_requests_for_a_trial_at_once_give_one, one_trial);
async fn one_trial(world: World) {
    let shop = shop(world).await;
    let mut tries = Vec::new();
    for _ in 0..10 {
        let draft = shop.world.draft(&shop.acme, shop.option, shop.anna, 1, "trial").await.expect("a draft");
        let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
        let cx = shop.acme.clone();
        tries.push(tokio::spawn(async move { licenses::create(&cx, key, 0).await }));
    }
    let mut created = 0;
    for one in tries {
        match one.await.expect("ran") {
            Ok(_) => created += 1,
            Err(Error::Refused(Refusal::TrialUsed { .. } | Refusal::TrialNotNeeded { .. })) => {}
            other => panic!("neither created nor refused: {other:?}"),
        }
    }
    assert_eq!(created, 1);
    assert_eq!(count(&shop).await, (1, 0));
}

#[tokio::test]
async fn l4_there_is_no_trial_beside_a_live_license() {
    let shop = shop(World::new().await).await;
    shop.world.create(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("created");
    let refused = refusal(shop.world.create(&shop.acme, shop.option, shop.anna, 1, "trial").await);
    assert_eq!(refused, Refusal::TrialNotNeeded { product: "Store Manager".to_owned() });
}

#[tokio::test]
async fn l6_an_additional_license_waits_for_a_live_primary_that_is_no_trial() {
    let shop = shop(World::new().await).await;
    let more = shop.world.another_option(&shop.product, Kind::Additional, Billing::OneTime).await;
    let ask = || shop.world.create(&shop.acme, more.id, shop.anna, 1, "permanent");
    let missing = Refusal::PrimaryMissing { product: "Store Manager".to_owned() };
    assert_eq!(refusal(ask().await), missing);
    shop.world.create(&shop.acme, shop.option, shop.anna, 1, "trial").await.expect("a trial");
    assert_eq!(refusal(ask().await), missing);
    shop.world.create(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("a primary");
    ask().await.expect("an additional one");
}

#[tokio::test]
async fn l1_a_license_of_the_own_organisation_is_the_resellers_own() {
    let shop = shop(World::new().await).await;
    let order =
        shop.world.create(&shop.acme, shop.option, shop.acme.actor.account, 1, "permanent").await.expect("created");
    let executed = orders::executed(&shop.acme, order).await.expect("the result");
    assert!(executed.user.own);
    assert_eq!(verify(&shop.world.service).await.expect("recounted"), []);
}

#[tokio::test]
async fn b2_a_subscription_is_charged_for_its_first_period_and_valid_until_its_end() {
    let shop = shop(World::new().await).await;
    let monthly = shop.world.option("Cloud Backup", Kind::Primary, Billing::Monthly).await;
    let order = shop.world.create(&shop.acme, monthly.id, shop.anna, 1, "subscription").await.expect("created");
    let executed = orders::executed(&shop.acme, order).await.expect("the result");
    let until = executed.licenses[0].row.valid_until.as_ref().map(|m| m.date.as_str());
    assert_eq!((until, executed.total.to_string().as_str()), (Some("20 Dec 2026"), "€ 70.00"));
    assert_eq!(executed.licenses[0].updates_until, None);
}

#[tokio::test]
async fn a2_without_a_price_list_that_holds_nothing_can_be_ordered_and_the_reason_is_said() {
    let shop = shop(World::new().await).await;
    let draft = shop.world.draft(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("a draft");
    let mut tx = shop.world.service.store.write().await.expect("a transaction");
    store::price_lists::assign(&mut tx, shop.acme.actor.account, None).await.expect("taken away");
    tx.commit().await.expect("taken away");
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    let refused = refusal(licenses::create(&shop.acme, key, 7_000).await);
    assert_eq!(refused.to_string(), "Ordering is not possible yet: no price list is assigned to you at present.");
    let catalog = service::products::catalog(&shop.acme).await.expect("a catalog");
    assert_eq!((catalog.shelves.len(), catalog.refusal), (0, Some(refused)));
}

#[tokio::test]
async fn x3_what_is_typed_wrong_stays_in_the_draft_and_no_license_comes_of_it() {
    let shop = shop(World::new().await).await;
    let draft = shop.world.draft(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("a draft");
    let typed = NewLicensesForm {
        quantity: "1e3".to_owned(),
        license_type: "permanent".to_owned(),
        reseller_notes: "x".repeat(10_240),
        customer_paid: "on".to_owned(),
        customer_paid_date: "2026-11-22".to_owned(),
        customer_details: "</textarea><script>".to_owned(),
        ..NewLicensesForm::default()
    };
    let wrong = errors(licenses::save_details(&shop.acme, draft, &typed).await);
    let fields: Vec<_> = wrong.iter().map(|e| e.field.as_str()).collect();
    assert_eq!(fields, ["quantity", "reseller_notes", "customer_paid_date"]);
    let kept = licenses::wizard(&shop.acme, draft).await.expect("the wizard").form;
    assert_eq!(kept, NewLicensesForm { option: shop.option.to_string(), user: shop.anna.to_string(), ..typed });
    let key = domain::FormKey::parse(&draft.to_string()).expect("a key");
    assert_eq!(errors(licenses::create(&shop.acme, key, 7_000).await), wrong);
    assert_eq!(count(&shop).await, (0, 0));
}

#[tokio::test]
async fn a11_another_resellers_customer_license_order_and_draft_are_not_there() {
    let shop = shop(World::new().await).await;
    let order = shop.world.create(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("created");
    let license = orders::executed(&shop.acme, order).await.expect("the result").licenses[0].row.id;
    let globex = shop.world.reseller("globex").await;
    let key = || shop.world.key();
    let edit = EditForm::default();
    assert!(matches!(licenses::begin(&globex, shop.option, Some(shop.anna)).await, Err(Error::NotFound)));
    assert!(matches!(licenses::find(&globex, license).await, Err(Error::NotFound)));
    assert!(matches!(licenses::edit(&globex, key(), license, &edit).await, Err(Error::NotFound)));
    assert!(matches!(licenses::send(&globex, key(), license).await, Err(Error::NotFound)));
    assert!(matches!(orders::executed(&globex, order).await, Err(Error::NotFound)));
    assert!(matches!(orders::send(&globex, key(), order).await, Err(Error::NotFound)));
    assert!(matches!(service::customers::find(&globex, shop.anna).await, Err(Error::NotFound)));
    assert_eq!(licenses::list(&globex, &LicensesQuery::default()).await.expect("a list").rows, []);
    let draft = licenses::begin(&globex, shop.option, None).await.expect("a draft");
    let picked = errors(licenses::pick_user(&globex, draft, &shop.anna.to_string()).await);
    assert!(picked.get("user").is_some());
}

#[tokio::test]
async fn l16_a_customer_sees_its_own_license_without_notes_prices_or_payments() {
    let shop = shop(World::new().await).await;
    let order = shop.world.create(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("created");
    let license = orders::executed(&shop.acme, order).await.expect("the result").licenses[0].row.id;
    let edit = EditForm {
        reseller_notes: "owes us".to_owned(),
        customer_details: "Hamburg shop".to_owned(),
        ..EditForm::default()
    };
    licenses::edit(&shop.acme, shop.world.key(), license, &edit).await.expect("edited");
    let anna = shop.world.as_customer("anna@northwind.example").await;
    let (rows, next) = licenses::mine(&anna, None).await.expect("own licenses");
    assert_eq!((rows.len(), rows[0].id, next), (1, license, None));
    let page = licenses::find_mine(&anna, license).await.expect("the license");
    assert_eq!(page.customer_details.as_deref(), Some("Hamburg shop"));
    let sent = serde_json::to_string(&(&rows, &page)).expect("json");
    // Any digits may stand in those.
    let sent = sent.replace(&license.to_string(), "").replace(&rows[0].key.grouped(), "");
    for secret in ["owes us", "70", "7000", "pending", "acme", "paid"] {
        assert!(!sent.to_lowercase().contains(secret), "{secret} in {sent}");
    }
    assert!(matches!(licenses::find(&anna, license).await, Err(Error::NotFound)));
    let ben = shop.world.customer(&shop.acme, "ben@other.example").await;
    assert_ne!(ben, shop.anna);
    let ben = shop.world.as_customer("ben@other.example").await;
    assert!(matches!(licenses::find_mine(&ben, license).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn l8_customer_paid_changes_later_and_never_touches_what_is_owed() {
    let shop = shop(World::new().await).await;
    let order = shop.world.create(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("created");
    let id = orders::executed(&shop.acme, order).await.expect("the result").licenses[0].row.id;
    let edit = EditForm {
        reseller_notes: "PO 7".to_owned(),
        customer_paid: "on".to_owned(),
        customer_paid_date: "2026-11-20".to_owned(),
        ..EditForm::default()
    };
    let key = shop.world.key();
    licenses::edit(&shop.acme, key, id, &edit).await.expect("edited");
    licenses::edit(&shop.acme, key, id, &edit).await.expect("the same form again");
    let page = licenses::find(&shop.acme, id).await.expect("the license");
    assert_eq!(page.customer_paid, CustomerPaid("2026-11-20".parse().ok()).0);
    assert_eq!(page.license.row.payment, Some(PaymentStatus::Pending));
    assert_eq!(count(&shop).await, (1, 1));
    let written = shop.world.written_down(id).await;
    assert_eq!(written, ["license.created", "license.customer_paid", "license.edited"]);
    let found = LicensesQuery { q: "po 7".to_owned(), ..LicensesQuery::default() };
    assert_eq!(licenses::list(&shop.acme, &found).await.expect("a list").rows.len(), 1);
}

#[tokio::test]
async fn l15_the_details_are_sent_once_for_a_form_and_say_all_keys() {
    let shop = shop(World::new().await).await;
    let order = shop.world.create(&shop.acme, shop.option, shop.anna, 2, "permanent").await.expect("created");
    let executed = orders::executed(&shop.acme, order).await.expect("the result");
    let key = shop.world.key();
    orders::send(&shop.acme, key, order).await.expect("sent");
    orders::send(&shop.acme, key, order).await.expect("the same form again");
    let letters = shop.world.letters().await;
    let sent: Vec<_> = letters.iter().filter(|mail| mail.subject == "Your license keys").collect();
    assert_eq!(sent.len(), 1);
    let text = sent[0].body.as_deref().expect("a text");
    for license in &executed.licenses {
        assert!(text.contains(&license.key.grouped()));
        assert_eq!(shop.world.written_down(license.row.id).await, ["license.created", "license.sent"]);
    }
    let again = orders::executed(&shop.acme, order).await.expect("the result");
    assert_eq!(again.sent.map(|m| m.at), Some(shop.world.service.clock.now()));
    assert!(matches!(
        licenses::send(&shop.acme, key, executed.licenses[0].row.id).await,
        Err(Error::Refused(Refusal::FormSentBefore))
    ));
}

on_both!(l15_details_that_were_sent_one_by_one_or_by_ticks_count_for_their_order, sent_one_by_one);
async fn sent_one_by_one(world: World) {
    let shop = shop(world).await;
    let order = shop.world.create(&shop.acme, shop.option, shop.anna, 2, "permanent").await.expect("created");
    let executed = async || orders::executed(&shop.acme, order).await.expect("the result");
    let sent = async || {
        let done = executed().await;
        (done.sent.is_some(), done.sent_licenses)
    };
    let ids: Vec<_> = executed().await.licenses.iter().map(|license| license.row.id).collect();
    assert_eq!(sent().await, (false, 0));
    licenses::send(&shop.acme, shop.world.key(), ids[0]).await.expect("sent");
    assert_eq!(sent().await, (false, 1));
    let ticked = [(ManyForm::name(ids[1]), "on"), (ManyForm::ACT.to_owned(), Act::Resend.word())];
    let ticked = ManyForm(ticked.map(|(name, value)| (name, value.to_owned())).into());
    licenses::change_many(&shop.acme, shop.world.key(), &ticked).await.expect("sent");
    assert_eq!(sent().await, (true, 2));
}

#[tokio::test]
async fn x1_no_key_stands_in_the_audit_log() {
    let shop = shop(World::new().await).await;
    let order = shop.world.create(&shop.acme, shop.option, shop.anna, 1, "permanent").await.expect("created");
    let license = orders::executed(&shop.acme, order).await.expect("the result").licenses[0].clone();
    licenses::send(&shop.acme, shop.world.key(), license.row.id).await.expect("sent");
    let mut tx = shop.world.service.store.read().await.expect("a transaction");
    for subject in [license.row.id.to_string(), order.to_string()] {
        for event in store::audit::of_subject(&mut tx, &subject, 100).await.expect("events") {
            assert!(!format!("{event:?}").contains(&license.key.grouped()));
            assert_ne!(event.what, What::SignedIn);
        }
    }
}

//! Orders of any size, decisions of staff and payments of one account, all at once (C3, C4, L7); on both databases.

use std::sync::Arc;

use domain::{
    FormKey, Refusal,
    billing::EntryKind,
    orders::{HeldForm, OrderNumber, OrdersQuery, State},
    products::{Billing, Kind},
};
use service::{
    Cx, Error, licenses, orders,
    testing::{World, on_both, refusal, rounds},
    verify::verify,
};

/// What a license costs.
const PRICE: i64 = 7_000;

/// Acme with one product, one customer, and staff.
struct Shop {
    world: World,
    owner: Cx,
    acme: Cx,
    option: domain::OptionId,
    anna: domain::AccountId,
}

async fn shop(world: World) -> Arc<Shop> {
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    Arc::new(Shop { world, owner, acme, option, anna })
}

impl Shop {
    /// A wizard at its last step.
    async fn wizard(&self, quantity: u32) -> FormKey {
        let draft = self.world.draft(&self.acme, self.option, self.anna, quantity, "permanent").await.expect("a draft");
        FormKey::parse(&draft.to_string()).expect("a key")
    }

    /// Sends it: the number of the order, and what became of it at once.
    async fn send(&self, wizard: FormKey, quantity: u32) -> Result<(OrderNumber, State), Error> {
        let id = licenses::create(&self.acme, wizard, PRICE * i64::from(quantity)).await?;
        let order = orders::executed(&self.acme, id).await?;
        Ok((order.number, order.state))
    }

    async fn owed(&self) -> i64 {
        self.world.billed(&self.acme).await.balance.minor
    }

    async fn unpaid(&self) -> i64 {
        let mut tx = self.world.service.store.read().await.expect("a transaction");
        let account = store::accounts::by_id(&mut tx, self.acme.actor.account).await.expect("an answer");
        account.expect("an account").unpaid.count
    }

    /// The cap of unpaid licenses is not what these stories are about.
    async fn many_slots(&self) {
        let (scope, account, now) = (self.owner.scope(), self.acme.actor.account, self.owner.now());
        let mut tx = self.world.service.store.write().await.expect("a transaction");
        let found = store::accounts::find(&mut tx, &scope, account).await.expect("an answer");
        let mut details = found.expect("an account").details;
        details.ordering.unpaid_cap = 1_000;
        store::accounts::save(&mut tx, account, &details, now).await.expect("saved");
        tx.commit().await.expect("saved");
    }

    /// Makes room for more: of an account no more than 100 orders wait.
    async fn cancel_held(&self) {
        let held = OrdersQuery { state: Some(State::Submitted), after: None };
        loop {
            let rows = orders::list(&self.acme, &held).await.expect("a list").rows;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                orders::cancel_own(&self.acme, self.world.key(), row.number).await.expect("canceled");
            }
        }
    }

    async fn is_sound(&self) {
        assert_eq!(verify(&self.world.service).await.expect("recounted"), []);
    }

    /// The last entry of the ledger.
    async fn last_entry(&self) -> i64 {
        self.newest_entries(1).await.first().map_or(0, |stored| stored.seq)
    }

    /// The most that was owed at any moment after an entry, when `owed` was owed.
    async fn most_owed_since(&self, entry: i64, mut owed: i64) -> i64 {
        let entries = self.newest_entries(500).await.into_iter().filter(|stored| stored.seq > entry);
        let mut most = owed;
        for stored in entries.rev() {
            let amount = stored.entry.amount.minor;
            owed += if stored.entry.kind == EntryKind::Charge { amount } else { -amount };
            most = most.max(owed);
        }
        most
    }

    async fn newest_entries(&self, most: i64) -> Vec<store::ledger::Stored> {
        let (scope, account) = (self.owner.scope(), self.acme.actor.account);
        let mut tx = self.world.service.store.read().await.expect("a transaction");
        store::ledger::page(&mut tx, &scope, account, None, most).await.expect("the ledger")
    }
}

on_both!(l7_sixty_four_orders_of_any_size_at_once_take_all_unpaid_slots_and_no_more, slots);
async fn slots(world: World) {
    let shop = shop(world).await;
    for round in 0..rounds(2) {
        let mut tries = Vec::new();
        for nth in 0..64 {
            let (quantity, shop) = (1 + nth % 3, shop.clone());
            let wizard = shop.wizard(quantity).await;
            tries.push((quantity, tokio::spawn(async move { shop.send(wizard, quantity).await })));
        }
        let mut made = 0;
        for (quantity, one) in tries {
            match one.await.expect("ran") {
                Ok((_, state)) => {
                    assert_eq!(state, State::Executed, "round {round}");
                    made += i64::from(quantity);
                }
                // Whoever was refused would not have fitted, and is told so with the numbers of then.
                Err(error) => match refusal::<()>(Err(error)) {
                    Refusal::UnpaidCap { cap: 10, left, asked } if asked == i64::from(quantity) && left < asked => {}
                    other => panic!("round {round}: {other}"),
                },
            }
        }
        assert_eq!((made, shop.unpaid().await), (10, 10), "round {round}");
        assert_eq!(shop.owed().await, PRICE * 10, "round {round}");
        shop.world.receive(&shop.acme, PRICE * 10).await;
        assert_eq!((shop.unpaid().await, shop.owed().await), (0, 0), "round {round}");
    }
    shop.is_sound().await;
}

/// What one of those did who came at once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Came {
    /// An order is executed by it.
    Executed,
    /// Money has come in.
    Paid,
    /// Nothing is owed more or less: it was held, canceled or refused.
    Else,
}

impl Shop {
    /// The first eight pay, the next sixteen execute held orders, eight cancel them, and all others order.
    async fn comes(&self, nth: usize, held: OrderNumber, wizard: FormKey) -> Came {
        let (key, form) = (self.world.key(), HeldForm { anyway: String::new(), reason: "Late".to_owned() });
        let done = match nth / 8 {
            0 => {
                self.world.receive(&self.acme, PRICE).await;
                return Came::Paid;
            }
            1 | 2 => orders::execute(&self.owner, key, held, &form).await.map(|()| State::Executed),
            3 => orders::cancel(&self.owner, key, held, &form).await.map(|()| State::Canceled),
            _ => self.send(wizard, 1).await.map(|(_, state)| state),
        };
        match done {
            Ok(State::Executed) => Came::Executed,
            Ok(State::Submitted | State::Canceled) => Came::Else,
            Err(error) => match refusal::<()>(Err(error)) {
                Refusal::OrderIs { .. } | Refusal::OverCredit { .. } | Refusal::UnpaidCap { .. } => Came::Else,
                other => panic!("{other}"),
            },
        }
    }
}

on_both!(c4_sixty_four_orders_decisions_and_payments_at_once_never_owe_more_than_the_limit, mixed);
async fn mixed(world: World) {
    let shop = shop(world).await;
    shop.many_slots().await;
    for round in 0..rounds(2) {
        // Eight licenses are owed for, and eight orders held. Then five licenses can be afforded, and one more with each payment
        // that comes in meanwhile.
        let before = PRICE * 8;
        shop.world.limit(&shop.acme, before).await;
        assert_eq!(shop.send(shop.wizard(8).await, 8).await.expect("executed").1, State::Executed, "round {round}");
        let mut held = Vec::new();
        for _ in 0..8 {
            let (number, state) = shop.send(shop.wizard(1).await, 1).await.expect("accepted");
            assert_eq!(state, State::Submitted, "round {round}");
            held.push(number);
        }
        let (limit, entry) = (before + PRICE * 6 - 1, shop.last_entry().await);
        shop.world.limit(&shop.acme, limit).await;
        let mut tries = Vec::new();
        for nth in 0..64 {
            let (shop, held, wizard) = (shop.clone(), held[nth % 8], shop.wizard(1).await);
            tries.push(tokio::spawn(async move { shop.comes(nth, held, wizard).await }));
        }
        let mut came = Vec::new();
        for one in tries {
            came.push(one.await.expect("ran"));
        }
        let count = |what| came.iter().filter(|came| **came == what).map(|_| PRICE).sum::<i64>();
        let after = shop.owed().await;
        assert_eq!(after, before + count(Came::Executed) - count(Came::Paid), "round {round}");
        let most = shop.most_owed_since(entry, before).await;
        assert!(most <= limit, "round {round}: {most} was owed, {limit} is the limit");
        assert_eq!(shop.unpaid().await, after / PRICE, "round {round}");
        if after > 0 {
            shop.world.receive(&shop.acme, after).await;
        }
        shop.cancel_held().await;
    }
    shop.is_sound().await;
}

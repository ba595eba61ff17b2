//! Tables of customers that were accepted, and the names in them.

use std::slice;

use domain::{DraftId, accounts::Kind};
use store::{
    Tx,
    contacts::{self, Clash},
    imports::{self, Import, Line},
};

use crate::world::{Reseller, World, at_once};

fn import(id: DraftId, of: &Reseller, lines: usize) -> Import {
    Import {
        id,
        contact: of.person.id,
        account: of.account.id,
        who: "Anna Nord".to_owned(),
        address: "192.0.2.7".to_owned(),
        request: "a request".to_owned(),
        lines: lines as i64,
    }
}

/// Lines of these usernames and addresses, from the second line of the table on.
fn lines(names: &[(&str, &str)]) -> Vec<Line> {
    let line = |(at, (username, email)): (usize, &(&str, &str))| Line {
        line: at as i64 + 2,
        username: (*username).to_owned(),
        email: (*email).to_owned(),
        fields: format!("line {at}"),
    };
    names.iter().enumerate().map(line).collect()
}

async fn accept(tx: &mut Tx, world: &World, of: &Reseller, names: &[(&str, &str)]) -> bool {
    imports::accept(tx, &import(world.id(), of, names.len()), &lines(names)).await.expect("an answer")
}

on_both! {
    async fn a10_a_table_is_accepted_only_where_all_its_names_are_free(world: World) {
        let acme = world.reseller("acme").await;
        world.customer(&acme, "Northwind", "anna@northwind.example").await;
        let mut person = world.contact(&acme.account, "bo@bo.example");
        person.username = "bo".to_owned();
        let mut tx = world.write().await;
        assert!(contacts::insert(&mut tx, &person).await.expect("a contact"));
        assert!(accept(&mut tx, &world, &acme, &[("lee", "lee@lee.example"), ("mia", "mia@mia.example")]).await);
        tx.commit().await.expect("a commit");
        for (taken, why) in [
            (("anna@northwind.example", "new@new.example"), "somebody's username"),
            (("bo@bo.example", "new@new.example"), "somebody's address"),
            (("new", "bo"), "its address is somebody's username"),
            (("lee", "new@new.example"), "a username of another table"),
            (("lee@lee.example", "new@new.example"), "an address of another table"),
            (("new", "lee"), "its address is a username of another table"),
        ] {
            let mut tx = world.write().await;
            assert!(!accept(&mut tx, &world, &acme, &[("free", "free@free.example"), taken]).await, "{why}");
        }
        let mut tx = world.write().await;
        assert!(accept(&mut tx, &world, &acme, &[("new", "lee@lee.example")]).await, "several may have one address");
    }

    async fn a10_nobody_else_is_given_a_name_that_a_table_has_taken(world: World) {
        let acme = world.reseller("acme").await;
        let mut tx = world.write().await;
        assert!(accept(&mut tx, &world, &acme, &[("lee", "lee@lee.example")]).await);
        tx.commit().await.expect("a commit");
        for (username, email, clash) in [
            ("lee", "new@new.example", Clash { username: true, email: false }),
            ("lee@lee.example", "new@new.example", Clash { username: true, email: false }),
            ("new", "lee", Clash { username: false, email: true }),
            ("new", "lee@lee.example", Clash::default()),
        ] {
            let mut tx = world.write().await;
            assert_eq!(contacts::clash(&mut tx, None, username, email).await.expect("an answer"), clash);
            let account = world.account(Kind::Customer, Some(acme.account.id), "New");
            store::accounts::insert(&mut tx, &account).await.expect("an account");
            let mut person = world.contact(&account, email);
            person.username = username.to_owned();
            let given = contacts::insert(&mut tx, &person).await.expect("an answer");
            assert_eq!(given, clash == Clash::default(), "{username} {email}");
        }
    }

    async fn a10_each_line_becomes_a_customer_once_and_the_table_goes_with_its_last(world: World) {
        let acme = world.reseller("acme").await;
        let names: Vec<_> = (0..1_001).map(|at| (format!("n{at}"), format!("n{at}@n.example"))).collect();
        let names: Vec<_> = names.iter().map(|(username, email)| (username.as_str(), email.as_str())).collect();
        let table = import(world.id(), &acme, names.len());
        let mut tx = world.write().await;
        assert!(imports::accept(&mut tx, &table, &lines(&names)).await.expect("an answer"));
        tx.commit().await.expect("a commit");
        let mut tx = world.read().await;
        assert_eq!(imports::open(&mut tx).await.expect("the open ones"), slice::from_ref(&table));
        let next = imports::next(&mut tx, table.id, 3).await.expect("lines");
        assert_eq!(next, [(2, "line 0".to_owned()), (3, "line 1".to_owned()), (4, "line 2".to_owned())]);
        drop(tx);
        // Of four who make the same lines at once, one does.
        let taken = at_once(4, |_| {
            let (store, id) = (world.store.clone(), table.id);
            async move {
                let mut tx = store.write().await.expect("a transaction");
                let taken = imports::take(&mut tx, id, &[2, 3, 4]).await.expect("an answer");
                if taken {
                    tx.commit().await.expect("a commit");
                }
                taken
            }
        })
        .await;
        assert_eq!(taken.iter().filter(|taken| **taken).count(), 1);
        let mut tx = world.write().await;
        assert_eq!(imports::left(&mut tx, table.id).await.expect("a number"), 998);
        let rest: Vec<_> = (5..1_003).collect();
        assert!(imports::take(&mut tx, table.id, &rest).await.expect("an answer"));
        assert_eq!(imports::open(&mut tx).await.expect("the open ones"), []);
        assert!(accept(&mut tx, &world, &acme, &[("n0", "n0@n.example")]).await, "its names are free again");
    }
}

//! A program that serves a reseller who has 60 licenses, on a port of this machine.

use std::{
    fs::{self, Permissions},
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    process::{Child, ChildStdout, Command, Stdio},
};

use domain::products::{Billing, Kind};
use service::{
    clock::Clock,
    testing::{PASSWORD, World, sealing_key},
};
use tempfile::TempDir;

use super::line::Line;

/// What is served.
pub struct House(World);

/// A program that runs until it is dropped.
pub struct Program {
    child: Child,
    /// Its host and port.
    pub address: String,
    /// The session of the reseller.
    pub cookie: String,
    _said: BufReader<ChildStdout>,
    _data: TempDir,
}

impl House {
    /// A reseller with 20 customers and 3 licenses each, made now.
    pub async fn fill() -> Self {
        let world = World::new().await;
        world.pass(Clock::real().now() - world.service.clock.now());
        world.owner().await;
        let acme = world.reseller("acme").await;
        world.bill(&acme, "Europe/Berlin", None, 0).await;
        let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
        for at in 0..20 {
            let customer = world.customer(&acme, &format!("person@client{at}.example")).await;
            world.create(&acme, option, customer, 3, "permanent").await.expect("three licenses");
        }
        Self(world)
    }
}

impl Program {
    /// Starts it with a copy of the house, and signs the reseller in.
    pub async fn start(path: &str, house: &House) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        let (database, key) = (data.path().join("keyhouse.db"), data.path().join("keyhouse.key"));
        house.0.service.store.copy_into(database.to_str().expect("a path in UTF-8")).await.expect("a copy");
        fs::write(&key, sealing_key().reveal()).expect("the key");
        fs::set_permissions(&key, Permissions::from_mode(0o600)).expect("the key is ours alone");
        let mut child = Command::new(path)
            .env_clear()
            .args(["serve", "--addr", "127.0.0.1:0", "--requests-per-second", "0", "--data-dir"])
            .arg(data.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut said = BufReader::new(child.stdout.take().expect("its words"));
        let address = loop {
            let mut line = String::new();
            assert!(said.read_line(&mut line).expect("its words") > 0, "{path} has ended");
            if let Some((_, address)) = line.split_once("http://") {
                break address.trim().trim_end_matches('/').to_owned();
            }
        };
        let cookie = sign_in(&address);
        Self { child, address, cookie, _said: said, _data: data }
    }
}

fn sign_in(address: &str) -> String {
    let form = format!("login=admin@acme.example&password={}&next=", PASSWORD.replace(' ', "+"));
    let request = format!(
        "POST /api/sessions/sign_in HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    );
    Line::to(address).ask(&request).cookie.expect("a session")
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

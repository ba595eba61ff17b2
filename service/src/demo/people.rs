//! The people of the demo: three resellers with their price lists, ACME's customers, and a colleague with one role on each side.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use domain::{
    AccountId, Actor, BasisPoints, Currency, Money, PriceListId, Role, Roles,
    accounts::{AccountForm, CreditLimit, Kind},
    contacts::{NewPassword, Password},
    customers::NewCustomerForm,
    price_lists::{Entry, PriceList, Rule},
};
use store::{accounts::Account, contacts::Contact};

use super::{PASSWORD, SIGN_INS, products::Options};
use crate::{Cx, Error, Origin, Service, customers, idempotency::key_of};

/// Who takes part.
pub(super) struct People {
    pub owner: Cx,
    pub acme: Cx,
    pub globex: Cx,
    pub umbrella: Cx,
    pub customers: Vec<Customer>,
}

/// A customer of ACME.
pub(super) struct Customer {
    pub account: AccountId,
}

impl People {
    pub(super) async fn make(service: &Arc<Service>, options: &Options) -> Result<Self, Error> {
        let year = service.clock.now().year();
        let partner = price_list(service, year, "Partner, 30 % off", 3_000);
        let standard = price_list(service, year, "Standard, 20 % off", 2_000);
        let mut tx = service.store.write().await?;
        store::price_lists::insert(&mut tx, &partner, "30 % off everything, half price from 10 licenses on").await?;
        let half = Entry { from: 10, rule: Rule::PercentOff(BasisPoints::new(5_000).expect("50 %")) };
        store::price_lists::insert_entry(&mut tx, partner.id, options.prestashop, &half).await?;
        let fixed = Entry { from: 1, rule: Rule::Fixed(Money::new(4_500, Currency::EUR)) };
        store::price_lists::insert_entry(&mut tx, partner.id, options.import, &fixed).await?;
        store::price_lists::insert(&mut tx, &standard, "20 % off everything").await?;
        tx.commit().await?;
        let limit = CreditLimit::Amount(500_000);
        let acme = reseller(service, "ACME Ltd", SIGN_INS[1].0, ["Alex", "Meyer"], partner.id, limit).await?;
        let none = CreditLimit::default();
        let globex =
            reseller(service, "Globex Corporation", SIGN_INS[2].0, ["Gina", "Rossi"], standard.id, none).await?;
        let (name, email, limit) = ("Umbrella Web GmbH", "admin@umbrella.example", CreditLimit::Amount(200_000));
        let umbrella = reseller(service, name, email, ["Uma", "Brandt"], standard.id, limit).await?;
        let mut customers = Vec::new();
        for (email, first, last, company, access) in [
            ("anna@northwind.example", "Anna", "Berg", "Northwind Traders", "on"),
            (SIGN_INS[3].0, "Carla", "Client", "Client Software Studio", ""),
            ("lee@contoso.example", "Lee", "Park", "Contoso Retail", "on"),
            ("buero@fabrikam.example", "Jürgen", "Vogel", "Fabrikam GmbH", "on"),
        ] {
            customers.push(customer(&acme, email, first, last, company, access).await?);
        }
        can_sign_in(service, customers[1].account).await?;
        colleague(service, acme.actor.account, SIGN_INS[4].0, ["Bea", "Lindqvist"], Role::Buyer).await?;
        let mut tx = service.store.read().await?;
        let operator = store::accounts::operator(&mut tx).await?.ok_or(Error::NotFound)?;
        drop(tx);
        colleague(service, operator.id, SIGN_INS[5].0, ["Sam", "Okafor"], Role::Support).await?;
        Ok(Self { owner: signed_in(service, SIGN_INS[0].0).await?, acme, globex, umbrella, customers })
    }
}

fn price_list(service: &Service, year: i32, name: &str, points: u16) -> PriceList {
    PriceList {
        id: service.random.id(service.clock.now()),
        name: name.to_owned(),
        currency: Currency::EUR,
        starts: NaiveDate::from_ymd_opt(year, 1, 1).expect("a day of the calendar"),
        ends: None,
        active: true,
        percent_off: BasisPoints::new(points),
    }
}

async fn reseller(
    service: &Arc<Service>,
    name: &str,
    email: &str,
    person: [&str; 2],
    list: PriceListId,
    limit: CreditLimit,
) -> Result<Cx, Error> {
    let now = service.clock.now();
    let account = Account {
        ordering_since: Some(now),
        reselling_since: Some(now),
        price_list: Some(list),
        ..Account::new(service.random.id(now), Kind::Reseller, name, now)
    };
    let contact = Contact {
        password_hash: Some(service.hasher.hash(&Password::from(PASSWORD), &service.random).await?),
        activated_at: Some(now),
        ..Contact::new(service.random.id(now), &account, email, person, now)
    };
    let mut tx = service.store.write().await?;
    let operator = store::accounts::operator(&mut tx).await?.ok_or(Error::NotFound)?;
    let seq = store::accounts::insert(&mut tx, &account).await?;
    let form = AccountForm {
        name: name.to_owned(),
        first_name: person[0].to_owned(),
        last_name: person[1].to_owned(),
        email: email.to_owned(),
        ..AccountForm::blank(&account.time_zone, account.currency)
    };
    let details = form.check()?;
    store::accounts::save(&mut tx, account.id, &details, now).await?;
    store::accounts::set_limit(&mut tx, account.id, limit, now).await?;
    store::accounts::index(&mut tx, operator.id, seq, &details.person).await?;
    store::contacts::insert(&mut tx, &contact).await?;
    tx.commit().await?;
    signed_in(service, email).await
}

/// Somebody who can do things.
async fn signed_in(service: &Arc<Service>, login: &str) -> Result<Cx, Error> {
    let now = service.clock.now();
    let mut tx = service.store.read().await?;
    let contact = store::contacts::by_login(&mut tx, login).await?.ok_or(Error::NotFound)?;
    let account = store::accounts::by_id(&mut tx, contact.account).await?.ok_or(Error::NotFound)?;
    let actor = Actor {
        contact: contact.id,
        account: account.id,
        side: account.kind,
        roles: contact.roles.clone(),
        session: service.random.id(now),
        name: contact.name(),
        organisation: account.name,
        due: None,
        confirmed_at: now,
    };
    Ok(Cx::new(service.clone(), actor, Origin::command_line(service)))
}

/// One more person of an account, with one role.
async fn colleague(
    service: &Arc<Service>,
    account: AccountId,
    email: &str,
    person: [&str; 2],
    role: Role,
) -> Result<(), Error> {
    let now = service.clock.now();
    let hash = service.hasher.hash(&Password::from(PASSWORD), &service.random).await?;
    let mut tx = service.store.write().await?;
    let account = store::accounts::by_id(&mut tx, account).await?.ok_or(Error::NotFound)?;
    let contact = Contact {
        password_hash: Some(hash),
        activated_at: Some(now),
        roles: Roles::of(&[role]),
        ..Contact::new(service.random.id(now), &account, email, person, now)
    };
    store::contacts::insert(&mut tx, &contact).await?;
    Ok(tx.commit().await?)
}

async fn customer(
    cx: &Cx,
    email: &str,
    first: &str,
    last: &str,
    company: &str,
    send_link: &str,
) -> Result<Customer, Error> {
    let form = NewCustomerForm {
        email: email.to_owned(),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        company: company.to_owned(),
        send_link: send_link.to_owned(),
        ..NewCustomerForm::default()
    };
    let given = Password::from("until the first sign-in");
    let password = NewPassword { password: given.clone(), password_confirmation: given };
    let draft = customers::begin(cx, None).await?;
    let account = customers::create(cx, key_of(draft), &form, &password).await?;
    Ok(Customer { account })
}

/// The demo's customer has chosen the demo's password already.
async fn can_sign_in(service: &Arc<Service>, account: AccountId) -> Result<(), Error> {
    let hash = service.hasher.hash(&Password::from(PASSWORD), &service.random).await?;
    let mut tx = service.store.write().await?;
    let mut contact = store::contacts::first_of(&mut tx, account).await?.ok_or(Error::NotFound)?;
    contact.password_hash = Some(hash);
    contact.password_given_at = None;
    contact.first_signed_in_at = Some(service.clock.now());
    store::contacts::save(&mut tx, &contact).await?;
    Ok(tx.commit().await?)
}

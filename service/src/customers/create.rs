//! Creating a customer (A10, A11).

use domain::{
    AccountId, Deed, DraftId, FieldErrors, FormKey, Refusal,
    accounts::{Kind, Unpaid},
    audit::What,
    contacts::NewPassword,
    customers::{Access, NewCustomer, NewCustomerForm, import::USERNAME_TAKEN},
    licenses::NewLicensesForm,
};
use serde_json::{Value, json};
use store::{Tx, accounts::Account, contacts::Contact, drafts};

use super::wizard::said;
use crate::{
    Cx, Error, Service, accounts,
    contacts::{guess_proof_by, invite, names::ask},
    drafts as typed,
    idempotency::draft_of,
    live::Change,
    orders,
};

/// Creates a customer with its person, assigned to the actor's account, and puts it into the
/// license wizard or the checkout that waits for it. The same draft sent again gives the same customer, and is refused with another
/// name or address (O2). Passwords are not compared: not even a hash of one stands beside a form's key.
///
/// # Errors
/// Messages at the fields; [`Refusal::FormUnknown`] without a draft of the actor; [`Refusal::FormSentBefore`].
pub async fn create(cx: &Cx, key: FormKey, form: &NewCustomerForm, password: &NewPassword) -> Result<AccountId, Error> {
    cx.may(Deed::CreateCustomers)?;
    let mut tx = cx.service.store.read().await?;
    typed::load::<NewCustomerForm>(cx, &mut tx, drafts::Kind::Customer, draft_of(key)).await?;
    if let Some(id) = cx.sent_before(&mut tx, key, What::CustomerCreated.word(), form).await? {
        return id.parse().map_err(|_| Error::NotFound);
    }
    drop(tx);
    let new = form.check(password)?;
    let hash = match &new.access {
        Access::Link => None,
        Access::Password(password) => {
            let reseller = cx.actor.organisation.clone();
            let known = [&new.username, &new.email, &new.first_name, &new.last_name, &new.account_name(), &reseller];
            let _seat = guess_proof_by(cx, password, known.map(ToString::to_string).to_vec()).await?;
            Some(cx.service.hasher.hash(password, &cx.service.random).await?)
        }
    };
    let mut tx = cx.service.store.write().await?;
    // Before the key, which refers to who sends it.
    store::contacts::hold_names(&mut tx).await?;
    if let Some(id) = cx.once(&mut tx, key, What::CustomerCreated.word(), form).await? {
        return id.parse().map_err(|_| Error::NotFound);
    }
    let (reseller, _) = accounts::own(cx, &mut tx).await?;
    let question = ask(cx, &[&new.username, &new.email])?;
    let customer = match store_customer(cx, &mut tx, &reseller, &new, hash).await {
        Err(Error::Fields(errors)) => {
            question.taken();
            return Err(errors.into());
        }
        customer => customer?,
    };
    drop(question);
    let account = customer.id;
    store::accounts::count_customer(&mut tx, reseller.id).await?;
    let change = Change {
        account: reseller.id,
        version: store::accounts::raise_version(&mut tx, reseller.id).await?,
        words: format!("{} was created", customer.name),
    };
    let (draft, _) = typed::load::<NewCustomerForm>(cx, &mut tx, drafts::Kind::Customer, draft_of(key)).await?;
    if let Some(waiting) = draft.parent {
        choose_user(cx, &mut tx, waiting, account).await?;
        orders::choose_user(cx, &mut tx, waiting, account).await?;
    }
    if new.access == Access::Link {
        cx.may_mail(&mut tx, &new.email)?;
    }
    cx.settle(&mut tx, key, account).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    cx.service.live.announce(change);
    Ok(account)
}

/// Stores a customer of `reseller` with its person; one without a password is sent its link.
/// Whoever calls counts it.
async fn store_customer(
    cx: &Cx,
    tx: &mut Tx,
    reseller: &Account,
    new: &NewCustomer,
    hash: Option<String>,
) -> Result<Account, Error> {
    let (account, person) = new_customer(&cx.service, reseller, new, hash);
    let seq = store::accounts::insert(tx, &account).await?;
    if !store::contacts::insert(tx, &person).await? {
        said(store::contacts::clash(tx, None, &person.username, &person.email).await?)?;
        // Whoever had it gave it back meanwhile.
        return Err(FieldErrors::at("username", USERNAME_TAKEN).into());
    }
    store::customers::index(tx, seq, reseller.id, &account, &person).await?;
    cx.write_down(tx, What::CustomerCreated, account.id, reseller.id, created(&account, &person)).await?;
    if new.access == Access::Link {
        invite(&cx.service, tx, &person, &reseller.name).await?;
        cx.write_down(tx, What::Invited, person.id, account.id, ()).await?;
    }
    Ok(account)
}

/// A customer of `reseller` and its person, who signs in at once if there is a password. Nothing is stored.
pub(super) fn new_customer(
    service: &Service,
    reseller: &Account,
    new: &NewCustomer,
    hash: Option<String>,
) -> (Account, Contact) {
    let now = service.clock.now();
    let account = Account {
        reseller: Some(reseller.id),
        time_zone: reseller.time_zone.clone(),
        currency: reseller.currency,
        unpaid: Unpaid { count: 0, cap: 0 },
        ..Account::new(service.random.id(now), Kind::Customer, new.account_name(), now)
    };
    let given = hash.is_some().then_some(now);
    let person = Contact {
        username: new.username.clone(),
        phone: new.phone.clone(),
        password_hash: hash,
        password_given_at: given,
        activated_at: given,
        ..Contact::new(service.random.id(now), &account, &new.email, [&new.first_name, &new.last_name], now)
    };
    (account, person)
}

/// What is written down of a customer that was created.
pub(super) fn created(account: &Account, person: &Contact) -> Value {
    json!({ "name": account.name, "username": person.username })
}

/// The license wizard that waited goes on with the new customer.
async fn choose_user(cx: &Cx, tx: &mut Tx, license: DraftId, account: AccountId) -> Result<(), Error> {
    match typed::load::<NewLicensesForm>(cx, tx, drafts::Kind::License, license).await {
        Ok((draft, mut form)) => {
            form.user = account.to_string();
            typed::save(cx, tx, draft, form).await
        }
        // It is a basket that waits, or the wizard was swept meanwhile.
        Err(Error::Refused(Refusal::FormUnknown)) => Ok(()),
        Err(error) => Err(error),
    }
}

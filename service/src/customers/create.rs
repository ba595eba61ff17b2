//! Creating a customer (A10, A11).

use domain::{
    AccountId, Deed, DraftId, FieldErrors, FormKey, Refusal,
    accounts::{Kind, Unpaid},
    audit::What,
    contacts::NewPassword,
    customers::{Access, NewCustomer, NewCustomerForm, import::USERNAME_TAKEN},
    licenses::NewLicensesForm,
};
use serde_json::json;
use store::{Tx, accounts::Account, contacts::Contact, drafts};

use super::wizard::said;
use crate::{
    Cx, Error, accounts,
    contacts::{guess_proof, invite, names::ask},
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
            guess_proof(&cx.service, password, known.map(ToString::to_string).to_vec()).await?;
            Some(cx.service.hasher.hash(password, &cx.service.random).await?)
        }
    };
    let mut tx = cx.service.store.write().await?;
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
        cx.may_mail(&new.email)?;
    }
    cx.settle(&mut tx, key, account).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    cx.service.live.announce(change);
    Ok(account)
}

/// A customer that was stored, and its person.
pub(super) struct Stored {
    pub account: Account,
    pub person: Contact,
    /// Its place in the lists.
    pub seq: i64,
}

/// Stores a customer of `reseller` with its person; one without a password is sent its link.
/// Whoever calls counts it.
pub(super) async fn store_customer(
    cx: &Cx,
    tx: &mut Tx,
    reseller: &Account,
    new: &NewCustomer,
    hash: Option<String>,
) -> Result<Account, Error> {
    let stored = insert_customer(cx, tx, reseller, new, hash).await?;
    store::customers::index(tx, stored.seq, reseller.id, &stored.account, &stored.person).await?;
    if new.access == Access::Link {
        invite(&cx.service, tx, &stored.person, &reseller.name).await?;
        cx.write_down(tx, What::Invited, stored.person.id, stored.account.id, ()).await?;
    }
    Ok(stored.account)
}

/// The part of it that is the same for one and for many: they are neither in the search yet nor invited.
pub(super) async fn insert_customer(
    cx: &Cx,
    tx: &mut Tx,
    reseller: &Account,
    new: &NewCustomer,
    hash: Option<String>,
) -> Result<Stored, Error> {
    let now = cx.now();
    let account = Account {
        reseller: Some(reseller.id),
        time_zone: reseller.time_zone.clone(),
        currency: reseller.currency,
        unpaid: Unpaid { count: 0, cap: 0 },
        ..Account::new(cx.service.random.id(now), Kind::Customer, new.account_name(), now)
    };
    let given = hash.is_some().then_some(now);
    let contact = Contact {
        username: new.username.clone(),
        phone: new.phone.clone(),
        password_hash: hash,
        password_given_at: given,
        activated_at: given,
        ..Contact::new(cx.service.random.id(now), &account, &new.email, [&new.first_name, &new.last_name], now)
    };
    // Before the accounts, as everywhere; storing the account refers to the reseller's.
    store::contacts::hold_names(tx).await?;
    let seq = store::accounts::insert(tx, &account).await?;
    if !store::contacts::insert(tx, &contact).await? {
        said(store::contacts::clash(tx, None, &contact.username, &contact.email).await?)?;
        // Whoever had it gave it back meanwhile.
        return Err(FieldErrors::at("username", USERNAME_TAKEN).into());
    }
    cx.write_down(
        tx,
        What::CustomerCreated,
        account.id,
        reseller.id,
        json!({ "name": account.name, "username": contact.username }),
    )
    .await?;
    Ok(Stored { account, person: contact, seq })
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

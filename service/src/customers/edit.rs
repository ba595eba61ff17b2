//! Correcting a customer (A12, N2): its reseller, or staff. Its name, company and phone at any time; its address and username by the
//! reseller until the customer has signed in, and by staff also later.

use domain::{
    AccountId, Deed, FieldErrors, FormKey, Scope,
    accounts::Kind,
    audit::What,
    customers::{CustomerEdit, CustomerForm, NewCustomer, SIGN_IN_CLOSED, SignInEdit, import::USERNAME_TAKEN},
};
use store::{
    Tx,
    accounts::Account,
    contacts::{Contact, Saved},
    customers::Customer,
    editions::Of,
};

use super::wizard::said;
use crate::{
    Cx, Error,
    contacts::{
        invite,
        names::{Question, ask},
    },
    editions::{Changes, changed_meanwhile},
    live::{Change, Whose},
    mail,
    orders::customer_words,
};

/// How many licenses are read at once.
const PART: i64 = 500;

/// What the page for correcting a customer shows.
///
/// # Errors
/// [`Error::NotFound`] when it is not a customer that the actor may correct (A11).
pub async fn edit_page(cx: &Cx, id: AccountId) -> Result<CustomerEdit, Error> {
    may(cx)?;
    let mut tx = cx.service.store.read().await?;
    let found = Found::load(cx, &mut tx, id).await?;
    let Found { account, person, .. } = &found;
    Ok(CustomerEdit {
        id,
        name: account.name.clone(),
        form: CustomerForm {
            email: person.email.clone(),
            // What is left empty follows the address.
            username: if same(&person.username, &person.email) { String::new() } else { person.username.clone() },
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            company: if account.name == person.name() { String::new() } else { account.name.clone() },
            phone: person.phone.clone().unwrap_or_default(),
        },
        edition: person.edition,
        sign_in: found.sign_in(cx),
    })
}

/// Corrects a customer. When the address or the username changes before the first sign-in, whoever was invited is invited anew, and
/// what was sent to the wrong address, or chosen by who read it there, opens nothing any more. Says whether a new link was sent.
///
/// # Errors
/// Messages at the fields; [`domain::Refusal::ChangedMeanwhile`]; [`Error::Unconfirmed`] for staff who change how somebody signs in;
/// [`Error::NotFound`] as for [`edit_page`].
pub async fn edit(cx: &Cx, key: FormKey, id: AccountId, edition: i64, form: &CustomerForm) -> Result<bool, Error> {
    may(cx)?;
    let mut tx = cx.service.store.write().await?;
    // The names, the reseller, the customer: in the order of all others. Who is just signing in for the first time has done so, or
    // waits: it is one or the other (A12).
    store::contacts::hold_names(&mut tx).await?;
    let account = store::accounts::by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
    store::accounts::hold(&mut tx, account.reseller.ok_or(Error::NotFound)?).await?;
    store::accounts::hold(&mut tx, id).await?;
    if let Some(link_sent) = cx.once(&mut tx, key, What::ContactEdited.word(), (id, edition, form)).await? {
        return Ok(link_sent.parse().unwrap_or_default());
    }
    let found = Found::load(cx, &mut tx, id).await?;
    let becomes = form.check()?;
    let (name, after) = (becomes.account_name(), changed(&found.person, becomes, edition));
    found.allows(cx, &after)?;
    let changes = changes(&found, &name, &after);
    if changes.is_empty() && found.person.edition == edition {
        tx.commit().await?;
        return Ok(false);
    }
    let reseller = found.reseller()?;
    let question =
        (!same_names(&found.person, &after)).then(|| ask(cx, &[&after.username, &after.email])).transpose()?;
    if begins_anew(&found.person, &after) {
        // Before the person is held, as whoever signs in does.
        store::sign_in_tries::forget_contact(&mut tx, after.id).await?;
    }
    match store::contacts::change(&mut tx, &after, domain::Role::Customer).await? {
        Saved::Done => {}
        Saved::Taken => {
            question.into_iter().for_each(Question::taken);
            // Where the database has refused it, it says no more, and the username is what it holds unique.
            let clash = store::contacts::clash(&mut tx, Some(after.id), &after.username, &after.email).await;
            said(clash.unwrap_or_default())?;
            return Err(FieldErrors::at("username", USERNAME_TAKEN).into());
        }
        Saved::Stale | Saved::LastChief => {
            return Err(changed_meanwhile(&mut tx, Of::Contact(after.id), edition).await);
        }
    }
    store::accounts::rename(&mut tx, id, &name).await?;
    cx.write_down(&mut tx, What::ContactEdited, after.id, reseller, changes.detail(edition)).await?;
    let anew = follow(cx, &mut tx, &found, &after).await?;
    index(&mut tx, &found, reseller, &Account { name: name.clone(), ..found.account.clone() }, &after).await?;
    let version = store::accounts::raise_version(&mut tx, reseller).await?;
    let link_sent = anew && after.deactivated_at.is_none();
    cx.settle(&mut tx, key, link_sent).await?;
    tx.commit().await?;
    if anew {
        cx.service.live.sessions_ended(Whose::Contact(after.id));
    }
    cx.service.post.notify_one();
    cx.service.live.announce(Change { account: reseller, version, words: format!("{name} was changed") });
    Ok(link_sent)
}

/// Who creates customers corrects their own; staff who edit contacts correct everybody's.
fn may(cx: &Cx) -> Result<(), Error> {
    match cx.actor.side {
        Kind::Operator => cx.may(Deed::EditContacts),
        Kind::Reseller | Kind::Customer => cx.may(Deed::CreateCustomers),
    }
}

/// A customer with its account and its person.
struct Found {
    customer: Customer,
    account: Account,
    person: Contact,
    scope: Scope,
}

impl Found {
    async fn load(cx: &Cx, tx: &mut Tx, id: AccountId) -> Result<Self, Error> {
        let account = store::accounts::by_id(tx, id).await?.ok_or(Error::NotFound)?;
        let scope = match account.reseller {
            Some(reseller) if cx.actor.side == Kind::Operator => cx.scope().narrowed(reseller),
            _ => Some(cx.scope()),
        };
        let scope = scope.ok_or(Error::NotFound)?;
        let customer = store::customers::find(tx, &scope, id).await?.ok_or(Error::NotFound)?;
        let person = store::contacts::first_of(tx, id).await?.ok_or(Error::NotFound)?;
        Ok(Self { customer, account, person, scope })
    }

    fn reseller(&self) -> Result<AccountId, Error> {
        self.account.reseller.ok_or(Error::NotFound)
    }

    fn sign_in(&self, cx: &Cx) -> SignInEdit {
        match (self.person.first_signed_in_at, cx.actor.side) {
            (None, _) => SignInEdit::NotYet,
            (Some(_), Kind::Operator) => SignInEdit::ByOperator,
            (Some(_), _) => SignInEdit::Closed,
        }
    }

    /// A12: how a customer signs in who has done so is changed by staff alone, who have proved a short while ago who they are.
    fn allows(&self, cx: &Cx, after: &Contact) -> Result<(), Error> {
        let (email, username) = (self.person.email != after.email, self.person.username != after.username);
        if !email && !username {
            return Ok(());
        }
        if self.sign_in(cx) == SignInEdit::Closed {
            return Err(FieldErrors::at(if email { "email" } else { "username" }, SIGN_IN_CLOSED).into());
        }
        if cx.actor.side == Kind::Operator { cx.confirmed() } else { Ok(()) }
    }
}

fn changed(before: &Contact, becomes: NewCustomer, edition: i64) -> Contact {
    let NewCustomer { username, email, first_name, last_name, phone, .. } = becomes;
    // The form leaves a username out that is the address but for capitals; nobody means to change it by that.
    let username = if same(&before.username, &username) { before.username.clone() } else { username };
    Contact { username, email, first_name, last_name, phone, edition, ..before.clone() }
}

fn changes(found: &Found, name: &str, after: &Contact) -> Changes {
    let before = &found.person;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Changes::between([
        ("Name of the account", &found.account.name, name),
        ("First name", &before.first_name, &after.first_name),
        ("Last name", &before.last_name, &after.last_name),
        ("E-mail address", &before.email, &after.email),
        ("Username", &before.username, &after.username),
        ("Phone", &text(&before.phone), &text(&after.phone)),
    ])
}

/// Whether two names are one to sign in by.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Whether somebody signs in by the same names as before.
fn same_names(before: &Contact, after: &Contact) -> bool {
    same(&before.email, &after.email) && same(&before.username, &after.username)
}

/// Whether a change before the first sign-in lets the person begin anew. A password that the reseller has given is known to nobody at
/// the wrong address. Any other was chosen there, or not at all.
fn begins_anew(before: &Contact, after: &Contact) -> bool {
    !same_names(before, after) && before.first_signed_in_at.is_none() && before.password_given_at.is_none()
}

/// What follows for the sign-in. Says whether the person begins anew.
async fn follow(cx: &Cx, tx: &mut Tx, found: &Found, after: &Contact) -> Result<bool, Error> {
    let before = &found.person;
    let moved = !same(&before.email, &after.email);
    if !moved && same(&before.username, &after.username) {
        return Ok(false);
    }
    if moved {
        // What is still to be sent does not go to the former address, and whether the rest has arrived there is nobody's concern any more.
        store::mail::people::replace(tx, after.id, None, cx.now()).await?;
    }
    if before.first_signed_in_at.is_some() {
        if moved {
            // What was sent to the former address opens nothing any more.
            store::links::void_all(tx, after.id, cx.now()).await?;
            cx.may_mail(tx, &before.email)?;
            let letter = mail::AddressChanged { name: &after.first_name, email: &after.email };
            mail::post(&cx.service, tx, &before.email, "Your e-mail address has been changed", &letter).await?;
        }
        return Ok(false);
    }
    store::links::void_all(tx, after.id, cx.now()).await?;
    if !begins_anew(before, after) {
        return Ok(false);
    }
    let anew =
        Contact { password_hash: None, activated_at: None, locked_at: None, wrong_passwords: 0, ..after.clone() };
    store::contacts::save(tx, &anew).await?;
    store::second_factors::remove(tx, after.id).await?;
    store::sessions::end_others(tx, after.id, None, cx.now()).await?;
    if before.deactivated_at.is_none() {
        let reseller = store::accounts::by_id(tx, found.reseller()?).await?.ok_or(Error::NotFound)?;
        cx.may_mail(tx, &after.email)?;
        invite(&cx.service, tx, &anew, &reseller.name).await?;
        cx.write_down(tx, What::Invited, after.id, found.account.id, ()).await?;
    }
    Ok(true)
}

/// Puts the new words into the search, of the customer and of its licenses.
async fn index(
    tx: &mut Tx,
    found: &Found,
    reseller: AccountId,
    account: &Account,
    person: &Contact,
) -> Result<(), Error> {
    store::customers::index(tx, found.customer.seq, reseller, account, person).await?;
    let words = customer_words(tx, account.id).await?;
    let mut after = 0;
    loop {
        let part = store::licenses::of_customer(tx, &found.scope, account.id, after, PART).await?;
        let Some(last) = part.last() else { return Ok(()) };
        after = last.seq;
        for named in &part {
            store::licenses::index(tx, named.seq, &named.license, named.order_number, &words).await?;
        }
    }
}

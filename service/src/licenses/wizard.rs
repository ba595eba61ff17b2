//! The create-license wizard between its steps (L1).

use domain::{
    AccountId, Deed, DraftId, FieldErrors, Moment, OptionId, Refusal, Timestamp,
    billing::OptionBilling,
    customers::Picked,
    licenses::{CustomerFacts, NewLicensesForm, Preview, Type, Wizard, allow},
    products::Offer,
};
use store::{Tx, accounts::Account, drafts::Kind};

use super::picked;
use crate::{
    Cx, Error, accounts, drafts,
    moment::Zone,
    orders::{Bill, Item, terms, terms_of_use, updates_until},
    products,
};

/// Begins the wizard with an option, and with a user where one is known already.
///
/// # Errors
/// [`Error::NotFound`] when the option is not offered to the actor's account, or the user is not
/// one of its customers.
pub async fn begin(cx: &Cx, option: OptionId, user: Option<AccountId>) -> Result<DraftId, Error> {
    begin_as(cx, option, user, None).await
}

/// The same, with the license type that is chosen at first where the option has it: a trial.
///
/// # Errors
/// As [`begin`].
pub async fn begin_as(
    cx: &Cx,
    option: OptionId,
    user: Option<AccountId>,
    wanted: Option<Type>,
) -> Result<DraftId, Error> {
    cx.may(Deed::CreateLicenses)?;
    let mut tx = cx.service.store.write().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let offer = products::offered(&mut tx, &account, option, zone.day(cx.now())).await?;
    let first = wanted.filter(|wanted| offer.types().contains(wanted)).unwrap_or(offer.billing.sold_as());
    if let Some(user) = user {
        picked(cx, &mut tx, &account, user).await?.ok_or(Error::NotFound)?;
    }
    let form = NewLicensesForm {
        option: option.to_string(),
        user: user.map(|id| id.to_string()).unwrap_or_default(),
        quantity: "1".to_owned(),
        license_type: first.word().to_owned(),
        ..NewLicensesForm::default()
    };
    let id = drafts::begin(cx, &mut tx, Kind::License, form, None).await?;
    tx.commit().await?;
    Ok(id)
}

/// The wizard as it stands.
///
/// # Errors
/// [`domain::Refusal::FormUnknown`] when there is no such draft of the actor, and what
/// [`products::catalog`] refuses.
pub async fn wizard(cx: &Cx, draft: DraftId) -> Result<Wizard, Error> {
    cx.may(Deed::CreateLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (_, form): (_, NewLicensesForm) = drafts::load(cx, &mut tx, Kind::License, draft).await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let (now, today) = (cx.now(), zone.day(cx.now()));
    let offer = offer_of(&mut tx, &account, &form, zone, now).await?;
    let user = match form.user.parse() {
        Ok(id) => picked(cx, &mut tx, &account, id).await?,
        Err(_) => None,
    };
    let facts = facts(&mut tx, user.as_ref(), &offer, now).await?;
    let executed = store::orders::of_draft(&mut tx, &cx.scope(), draft).await?.map(|order| order.id);
    let own = picked(cx, &mut tx, &account, account.id).await?.ok_or(Error::NotFound)?;
    let bill = Bill::of(&mut tx, &account, zone, now).await?;
    let billing = terms(&mut tx, offer.option).await?;
    Ok(Wizard {
        draft,
        resale: products::of_offer(&mut tx, &account, &offer).await?,
        preview: preview(&offer, billing, &bill, zone, now)?,
        form,
        user,
        facts,
        own,
        unpaid: account.unpaid,
        today,
        billed_to: bill.billed_to,
        billing,
        credit: bill.credit,
        terms: terms_of_use(&mut tx, &[&offer]).await?,
        offer,
        executed,
    })
}

/// Saves whose licenses they will be.
///
/// # Errors
/// A message at `user` when it is none of the actor's customers; [`Refusal::FormSentBefore`] when another one has it by now (O2).
pub async fn pick_user(cx: &Cx, draft: DraftId, user: &str) -> Result<(), Error> {
    cx.may(Deed::CreateLicenses)?;
    let mut tx = cx.service.store.write().await?;
    let (stored, mut form): (_, NewLicensesForm) = drafts::load(cx, &mut tx, Kind::License, draft).await?;
    let (account, _) = accounts::own(cx, &mut tx).await?;
    let found = match user.parse() {
        Ok(id) => picked(cx, &mut tx, &account, id).await?,
        Err(_) => None,
    };
    let Some(found) = found else {
        return Err(FieldErrors::at("user", "Choose one of your customers, or your own organisation.").into());
    };
    if form.user != found.id.to_string() {
        not_ordered(cx, &mut tx, draft).await?;
    }
    form.user = found.id.to_string();
    drafts::save(cx, &mut tx, stored, form).await?;
    Ok(tx.commit().await?)
}

/// Saves the details as typed, also when they are wrong; checks nothing.
///
/// # Errors
/// [`domain::Refusal::FormUnknown`] when there is no such draft of the actor.
pub async fn autosave(cx: &Cx, draft: DraftId, typed: &NewLicensesForm) -> Result<(), Error> {
    cx.may(Deed::CreateLicenses)?;
    let mut tx = cx.service.store.write().await?;
    save(cx, &mut tx, draft, typed).await?;
    Ok(tx.commit().await?)
}

/// Saves the details as typed, then says what is wrong with them.
///
/// # Errors
/// Messages at the fields, or the rule that refuses (L4, L6, L7); saved all the same. [`Refusal::FormSentBefore`], and nothing is saved,
/// when the draft was ordered with other entries (O2).
pub async fn save_details(cx: &Cx, draft: DraftId, typed: &NewLicensesForm) -> Result<(), Error> {
    cx.may(Deed::CreateLicenses)?;
    let mut tx = cx.service.store.write().await?;
    let form = save(cx, &mut tx, draft, typed).await?;
    tx.commit().await?;
    let wizard = wizard(cx, draft).await?;
    match form.check(&wizard.offer, wizard.today) {
        Ok(order) if wizard.user.is_some() => {
            allow(&wizard.offer, order.license_type, order.quantity, wizard.facts, wizard.unpaid)?;
            Ok(())
        }
        Ok(_) => Ok(()),
        Err(errors) => {
            let errors = errors.only(&NewLicensesForm::DETAILS);
            if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
        }
    }
}

async fn save(cx: &Cx, tx: &mut Tx, draft: DraftId, typed: &NewLicensesForm) -> Result<NewLicensesForm, Error> {
    let (stored, form): (_, NewLicensesForm) = drafts::load(cx, tx, Kind::License, draft).await?;
    let typed = NewLicensesForm { option: form.option.clone(), user: form.user.clone(), ..typed.clone() };
    if typed != form {
        not_ordered(cx, tx, draft).await?;
    }
    drafts::save(cx, tx, stored, &typed).await?;
    Ok(typed)
}

/// O2: what was ordered is not changed by another entry in its wizard, and nobody is to believe so.
async fn not_ordered(cx: &Cx, tx: &mut Tx, draft: DraftId) -> Result<(), Error> {
    if cx.is_spent(tx, draft).await? { Err(Refusal::FormSentBefore.into()) } else { Ok(()) }
}

/// The offer that a draft was begun with.
pub(super) async fn offer_of(
    tx: &mut Tx,
    account: &Account,
    form: &NewLicensesForm,
    zone: Zone,
    now: Timestamp,
) -> Result<Offer, Error> {
    let option = form.option.parse().map_err(|_| Error::NotFound)?;
    match products::offered(tx, account, option, zone.day(now)).await {
        Err(Error::NotFound) => Err(Refusal::NotOffered.into()),
        offer => offer,
    }
}

async fn facts(tx: &mut Tx, user: Option<&Picked>, offer: &Offer, now: Timestamp) -> Result<CustomerFacts, Error> {
    match user {
        Some(user) => Ok(store::licenses::facts(tx, user.id, offer.product, now).await?),
        None => Ok(CustomerFacts::default()),
    }
}

/// The dates of what would be created now, each by the line that it would be.
fn preview(offer: &Offer, billing: OptionBilling, bill: &Bill, zone: Zone, now: Timestamp) -> Result<Preview, Error> {
    let until = |license_type| -> Result<Option<Moment>, Error> {
        if !offer.types().contains(&license_type) {
            return Ok(None);
        }
        let item = Item::of(offer.clone(), billing, license_type, 1, bill)?;
        Ok(item.valid_until(zone, now).map(|at| zone.until(at)))
    };
    Ok(Preview {
        trial_until: until(Type::Trial)?,
        period_until: until(Type::Subscription)?,
        updates_until: updates_until(offer.billing.sold_as(), zone, now).map(|at| zone.until(at)),
    })
}

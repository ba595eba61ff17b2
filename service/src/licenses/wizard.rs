//! The create-license wizard between its steps (L1).

use chrono::Duration;
use domain::{
    AccountId, Deed, DraftId, FieldErrors, OptionId, Refusal, Timestamp,
    customers::Picked,
    licenses::{CustomerFacts, NewLicensesForm, Preview, Type, Wizard, allow},
    products::{Offer, UPDATE_MONTHS},
    time::months_after,
};
use store::{Tx, accounts::Account, drafts::Kind};

use super::picked;
use crate::{Cx, Error, accounts, drafts, moment::Zone, products};

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
    Ok(Wizard {
        draft,
        preview: preview(&offer, zone, now),
        form,
        offer,
        user,
        facts,
        own,
        unpaid: account.unpaid,
        today,
        executed,
    })
}

/// Saves whose licenses they will be.
///
/// # Errors
/// A message at `user` when it is none of the actor's customers.
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
/// Messages at the fields, or the rule that refuses (L4, L6, L7); saved all the same.
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
    let form = NewLicensesForm { option: form.option, user: form.user, ..typed.clone() };
    drafts::save(cx, tx, stored, &form).await?;
    Ok(form)
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

fn preview(offer: &Offer, zone: Zone, now: Timestamp) -> Preview {
    let shown = |at| zone.moment(at);
    Preview {
        trial_until: valid_until(offer, Type::Trial, now).map(shown),
        period_until: valid_until(offer, Type::Subscription, now).map(shown),
        updates_until: updates_until(offer.billing.sold_as(), now).map(shown),
    }
}

/// L4: a trial lives its days; a subscription to the end of its first period; the rest for good.
pub(super) fn valid_until(offer: &Offer, license_type: Type, now: Timestamp) -> Option<Timestamp> {
    match license_type {
        Type::Permanent => None,
        Type::Trial => offer.trial_days.map(|days| now + Duration::hours(24 * i64::from(days))),
        Type::Subscription => offer.billing.months().map(|months| months_after(now, months)),
    }
}

/// L10: a permanent license includes updates for six months; the others as long as they live.
pub(super) fn updates_until(license_type: Type, now: Timestamp) -> Option<Timestamp> {
    (license_type == Type::Permanent).then(|| months_after(now, UPDATE_MONTHS))
}

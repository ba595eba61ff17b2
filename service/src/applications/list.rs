//! The queue of applications, and one of them.

use domain::{
    ApplicationId, Deed,
    applications::{ApplicationPage, ApplicationRow, Applications, ApplicationsQuery, Person, State},
};
use store::applications::Application;

use crate::{
    Cx, Error,
    accounts::{self, places},
    moment::Zone,
};

const PAGE: i64 = 50;

/// A page of applications.
///
/// # Errors
/// When the actor may not decide them.
pub async fn list(cx: &Cx, view: &ApplicationsQuery) -> Result<Applications, Error> {
    cx.may(Deed::DecideApplications)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let state = view.state.unwrap_or(State::Applied);
    let mut found = store::applications::page(&mut tx, &cx.scope(), state, view.after, PAGE + 1).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|last| last.seq);
    Ok(Applications { rows: found.into_iter().map(|found| row(found, zone)).collect(), next })
}

/// One application, with the price lists that can be assigned when it is approved.
///
/// # Errors
/// When the actor may not decide it, or there is none.
pub async fn find(cx: &Cx, id: ApplicationId) -> Result<ApplicationPage, Error> {
    cx.may(Deed::DecideApplications)?;
    let mut tx = cx.service.store.read().await?;
    let (operator, zone) = accounts::own(cx, &mut tx).await?;
    let found = store::applications::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    let waits = found.state == State::Applied;
    let lists = match waits {
        true => accounts::assignable(&mut tx, zone.day(cx.now())).await?,
        false => Vec::new(),
    };
    let country = found.wrote.as_ref().and_then(|wrote| places::country_called(&wrote.country));
    Ok(ApplicationPage {
        account: found.account,
        price_lists: lists.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        countries: if waits { places::all_countries() } else { Vec::new() },
        country: country.unwrap_or_default().to_owned(),
        currency: operator.currency,
        may_set_limit: cx.actor.may(Deed::SetCreditLimits),
        row: row(found, zone),
    })
}

fn row(found: Application, zone: Zone) -> ApplicationRow {
    ApplicationRow {
        id: found.id,
        state: found.state,
        person: found.wrote.map(|wrote| Person {
            name: format!("{} {}", wrote.first_name, wrote.last_name),
            organisation: wrote.organisation,
            email: wrote.email,
            phone: wrote.phone,
            country: wrote.country,
            website: wrote.website,
            message: wrote.message,
        }),
        created: zone.moment(found.created_at),
        decided: found.decided_at.map(|at| (zone.moment(at), found.decided_by.unwrap_or_default())),
    }
}

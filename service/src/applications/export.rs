//! The applications of one state as a table.

use domain::{
    Deed,
    applications::{ApplicationsQuery, State},
};
use store::applications::Application;

use crate::{
    Cx, Error, accounts,
    export::{self, PART, Part},
    moment::Zone,
};

/// Its columns, in the words of the screen.
pub const COLUMNS: [&str; 11] = [
    "Organisation",
    "Name",
    "E-mail",
    "Phone",
    "Country",
    "Website",
    "Message",
    "State",
    "Applied",
    "Decided",
    "Decided by",
];

/// The part that begins where the view does. Of those that were rejected nothing is left but when, and by whom.
///
/// # Errors
/// When the actor may not decide them.
pub async fn export(cx: &Cx, view: &ApplicationsQuery) -> Result<Part<11>, Error> {
    cx.may(Deed::DecideApplications)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let state = view.state.unwrap_or(State::Applied);
    let mut found = store::applications::page(&mut tx, &cx.scope(), state, view.after, PART as i64 + 1).await?;
    let next = export::next(&mut found, PART, |last| last.seq.to_string());
    Ok(Part { rows: found.into_iter().map(|found| row(found, zone)).collect(), next })
}

fn row(found: Application, zone: Zone) -> [String; 11] {
    let [organisation, name, email, phone, country, website, message] = match found.wrote {
        Some(wrote) => [
            wrote.organisation,
            format!("{} {}", wrote.first_name, wrote.last_name),
            wrote.email,
            wrote.phone,
            wrote.country,
            wrote.website.unwrap_or_default(),
            wrote.message.unwrap_or_default(),
        ],
        None => Default::default(),
    };
    let (state, applied) = (found.state.label().to_owned(), zone.day(found.created_at).to_string());
    let decided = found.decided_at.map(|at| zone.day(at).to_string()).unwrap_or_default();
    let by = found.decided_by.unwrap_or_default();
    [organisation, name, email, phone, country, website, message, state, applied, decided, by]
}

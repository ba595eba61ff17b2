//! All resellers together in one month, each on its own calendar.

use domain::{
    Refusal,
    billing::{Month, MonthTotal, What},
};
use store::{
    Tx,
    month_totals::{self, Zoned},
};

use super::reckon::ends;
use crate::{Cx, Error, moment::Zone};

/// What happened in a month in all resellers, in each currency: the sums of what is told of each of them.
pub(super) async fn totals(cx: &Cx, tx: &mut Tx, month: Month) -> Result<Vec<MonthTotal>, Error> {
    let zones = month_totals::zones(tx, &cx.scope()).await?;
    let zoned: Vec<_> = zones.into_iter().map(|zone| on_its_calendar(zone, month)).collect();
    let mut facts = month_totals::entries(tx, &zoned).await?;
    let ends: Vec<_> = zoned.iter().map(|zoned| ending_in(&zoned.zone, month)).collect();
    let ending = month_totals::ending(tx, &ends).await?;
    let paid = month_totals::customer_paid(tx, (month.first(), month.last())).await?;
    facts.extend(ending.into_iter().map(|tally| (What::Ending, tally)));
    facts.extend(paid.into_iter().map(|tally| (What::CustomerPaid, tally)));
    Ok(MonthTotal::of(&facts).map_err(Refusal::from)?)
}

fn on_its_calendar(zone: String, month: Month) -> Zoned {
    let there = Zone::named(&zone);
    Zoned { time: there.start_of(month.first())..there.start_of(month.next().first()), zone }
}

fn ending_in(zone: &str, month: Month) -> Zoned {
    Zoned { time: ends(Zone::named(zone), month), zone: zone.to_owned() }
}

//! A running subscription as staff look at it who change its price: what its licenses were charged for today, and what another price does.

use chrono::NaiveDate;
use domain::{
    LicenseId, Refusal,
    billing::{NewPrice, PricePreview, Reprices, Running, Taxed},
};
use store::{
    Tx,
    accounts::{Account, Billed},
    charges::OfToday,
    licenses::Named,
    subscriptions::Stored,
};

use super::find::next;
use crate::{
    Cx, Error,
    billing::refunds::{of_invoice, take},
    moment::Zone,
};

/// A subscription on the day of its reseller.
pub(super) struct Pricing {
    /// One of its licenses.
    pub named: Named,
    /// Its reseller.
    pub account: Account,
    /// Where the days are.
    pub zone: Zone,
    /// Which one it is there.
    pub today: NaiveDate,
    /// Its tax.
    pub billed: Billed,
    /// The subscription.
    pub stored: Stored,
    /// What its licenses were charged for today, each with what is left of it.
    pub running: Vec<(OfToday, Taxed)>,
}

impl Pricing {
    /// Of a license of any account that the actor sees.
    pub(super) async fn of(cx: &Cx, tx: &mut Tx, id: LicenseId) -> Result<Self, Error> {
        let named = store::licenses::find(tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
        let line = named.license.order_line;
        let stored = store::subscriptions::find(tx, line).await?.ok_or(Error::NotFound)?;
        let account = store::accounts::by_id(tx, stored.account).await?.ok_or(Error::NotFound)?;
        let billed = store::accounts::billed(tx, stored.account).await?.ok_or(Error::NotFound)?;
        let zone = Zone::of(&account);
        let today = zone.day(cx.now());
        let (mut running, mut invoices, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for charge in store::charges::of_today(tx, line, today).await? {
            let share = match charge.invoiced {
                None => charge.amount,
                Some((invoice, line)) => {
                    let lines = of_invoice(tx, &mut invoices, &mut left, invoice).await?;
                    take(lines.get_mut(line).ok_or(Error::NotFound)?, charge.amount)?
                }
            };
            running.push((charge, share));
        }
        Ok(Self { named, account, zone, today, billed, stored, running })
    }

    /// What becomes of it by that price.
    pub(super) fn reprices(&self, new: NewPrice) -> Result<Reprices, Refusal> {
        let running = self.running.iter().map(|(charge, left)| Running { left: *left, rate: charge.rate });
        self.stored.subscription.repriced(self.today, new, self.billed.tax, &running.collect::<Vec<_>>())
    }

    /// The same as a screen shows it beforehand.
    pub(super) fn preview(&self, new: NewPrice) -> Result<Result<PricePreview, Refusal>, Error> {
        let reprices = match self.reprices(new) {
            Ok(reprices) => reprices,
            Err(refusal) => return Ok(Err(refusal)),
        };
        Ok(Ok(PricePreview {
            new,
            from: reprices.from,
            next: next(&reprices.becomes, self.billed.tax)?,
            seen: self.seen(&reprices)?,
            at_once: reprices.at_once,
        }))
    }

    /// What tells whether all is as it was shown: the subscription, the day, and what is owed more.
    pub(super) fn seen(&self, reprices: &Reprices) -> Result<String, Error> {
        let total =
            reprices.at_once.as_ref().map(domain::billing::Repriced::total).transpose().map_err(Refusal::from)?;
        let total = total.map_or(0, |total| total.minor);
        Ok(format!("{} {} {total}", self.stored.edition, reprices.from))
    }
}

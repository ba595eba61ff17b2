//! A line of an order with the option that it is of: what it costs, which licenses it makes, and how long they live.

use chrono::Duration;
use domain::{
    LicenseId, Money, OptionId, OrderLineId, Refusal, Timestamp,
    billing::{OptionBilling, Subscription, Taxed},
    licenses::{PaymentStatus, Type},
    orders::{Basket, BasketLine, Quote, QuotedLine},
    products::{Offer, UPDATE_MONTHS},
    time::day_after_months,
};
use store::{Tx, orders::Line, subscriptions::Kept};

use super::Bill;
use crate::{Error, moment::Zone};

/// A line with the option that it is of.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// The option, as it is offered.
    pub offer: Offer,
    /// What it costs.
    pub quoted: QuotedLine,
    /// B2: the line of the running subscription to which it is added.
    pub added_to: Option<OrderLineId>,
    /// L5: the trial that it upgrades, in place of a new license.
    pub upgrades: Option<LicenseId>,
}

impl Item {
    /// So many of an option at the price of now.
    pub(crate) fn of(
        offer: Offer,
        billing: OptionBilling,
        license_type: Type,
        quantity: u32,
        bill: &Bill,
    ) -> Result<Self, Error> {
        let mut basket = Basket::default();
        basket.add(&offer, license_type, quantity)?;
        let line = *basket.lines().first().ok_or(Refusal::BasketEmpty)?;
        Self::at(offer, billing, line, bill)
    }

    /// A line at the price that was seen.
    pub(crate) fn at(offer: Offer, billing: OptionBilling, line: BasketLine, bill: &Bill) -> Result<Self, Error> {
        let quoted = QuotedLine::of(line, &offer, billing, &bill.billed_to).map_err(Refusal::from)?;
        Ok(Self { offer, quoted, added_to: None, upgrades: None })
    }

    /// B2: a line that is added to a running subscription: for the days that are left, with its periods and its end.
    pub(crate) async fn added(
        tx: &mut Tx,
        to: OrderLineId,
        offer: Offer,
        line: BasketLine,
        bill: &Bill,
    ) -> Result<Self, Error> {
        let running = store::subscriptions::find(tx, to).await?.ok_or(Error::NotFound)?;
        let quoted = QuotedLine::added_to(&running.subscription.schedule, line, &bill.billed_to)?;
        Ok(Self { offer, quoted, added_to: Some(to), upgrades: None })
    }

    /// A line of a held order, at the price at which it was placed and the days of now (P3, O2).
    pub(crate) async fn of_line(tx: &mut Tx, line: &Line, bill: &Bill) -> Result<Self, Error> {
        let sold = store::products::sold(tx, line.option).await?.ok_or(Error::NotFound)?;
        let wanted = BasketLine {
            option: line.option,
            license_type: line.license_type,
            quantity: line.quantity,
            seen: line.unit,
        };
        let offer = sold.offered_at(line.unit);
        let Some(to) = line.added_to else {
            return Ok(Self { upgrades: line.upgrades, ..Self::at(offer, sold.terms, wanted, bill)? });
        };
        match Self::added(tx, to, offer.clone(), wanted, bill).await {
            // It is shown as it would be charged by itself; executing it is refused.
            Err(Error::Refused(Refusal::NotRunning)) => Self::at(offer, sold.terms, wanted, bill),
            item => item,
        }
    }

    /// The subscription that begins with it, and what is kept beside that; `None` for what is charged once.
    pub(super) fn subscription(&self, zone: Zone) -> Option<(Subscription, Kept)> {
        let begins = self.quoted.subscription()?;
        let amount = self.quoted.charge.amount().gross();
        let arrears = if self.quoted.is_charged_at_once() { Money::zero(amount.currency) } else { amount };
        let due_at = begins.next_charge_on().map(|day| zone.start_of(day));
        Some((begins, Kept { due_at, arrears }))
    }

    /// What each license is charged now: nothing for a trial, and nothing yet in arrears.
    pub(super) fn charges(&self) -> Vec<Option<Taxed>> {
        let charged = self.quoted.is_charged_at_once() && self.quoted.line.license_type != Type::Trial;
        match charged {
            true => self.quoted.charge.each().into_iter().map(Some).collect(),
            false => vec![None; self.quoted.line.quantity as usize],
        }
    }

    /// Whether the operator has been paid for a license that is charged so much: there is nothing to pay for a trial, and
    /// nothing left for what is free. What is charged in arrears waits for it.
    pub(super) fn payment(&self, charged: Option<Taxed>) -> Option<PaymentStatus> {
        let owes = charged.map_or(self.quoted.line.seen, Taxed::gross).is_positive();
        match self.quoted.line.license_type {
            Type::Trial => None,
            Type::Permanent | Type::Subscription if owes => Some(PaymentStatus::Pending),
            Type::Permanent | Type::Subscription => Some(PaymentStatus::Paid),
        }
    }

    /// L4, B2: a trial lives its days from today, and ends with the last of them; a subscription goes to the end of its first period; the
    /// rest is for good.
    pub(crate) fn valid_until(&self, zone: Zone, now: Timestamp) -> Option<Timestamp> {
        match self.quoted.line.license_type {
            Type::Permanent => None,
            Type::Trial => {
                let days = self.offer.trial_days?;
                Some(zone.end_of(zone.day(now) + Duration::days(i64::from(days))))
            }
            Type::Subscription => Some(zone.at_the_time_of(now, self.quoted.charge.part()?.days().end)),
        }
    }
}

/// What all lines come to.
pub(crate) fn quote(items: &[Item], nothing: Money) -> Result<Quote, Error> {
    let lines = items.iter().map(|item| item.quoted).collect();
    Ok(Quote::of(nothing.currency, lines).map_err(Refusal::from)?)
}

/// L10: a permanent license includes updates for six months, with the day that they name; the others as long as they live.
pub(crate) fn updates_until(license_type: Type, zone: Zone, now: Timestamp) -> Option<Timestamp> {
    (license_type == Type::Permanent).then(|| zone.end_of(day_after_months(zone.day(now), UPDATE_MONTHS)))
}

/// What an option says of its own billing (B4).
pub(crate) async fn terms(tx: &mut Tx, option: OptionId) -> Result<OptionBilling, Error> {
    Ok(store::products::sold(tx, option).await?.ok_or(Error::NotFound)?.terms)
}

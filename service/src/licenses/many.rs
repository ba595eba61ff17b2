//! One thing done with many licenses at once, in one transaction (L14).

use chrono::NaiveDate;
use domain::{
    AccountId, Deed, FieldErrors, FormKey, LicenseId,
    audit::What,
    licenses::{Act, Many, ManyForm, State, ToDo},
    mail::Lane,
};
use serde_json::json;
use store::{Tx, licenses::Named, mail::people::Of};

use super::{Sending, send_details};
use crate::{Cx, Error, accounts, live::Change, moment::Zone};

/// Marks the ticked licenses as paid by their customers, or sends their details. What it makes no sense for is
/// left alone: what is not of the actor's account, is paid already, or has ended for good.
///
/// # Errors
/// Messages at the fields.
pub async fn change_many(cx: &Cx, key: FormKey, form: &ManyForm) -> Result<Many, Error> {
    if !cx.actor.may(Deed::EditLicenses) {
        // Who only pays has the same form, with one button of it.
        cx.may(Deed::Pay)?;
        return Err(FieldErrors::at(ManyForm::ALL, "Choose what to do with them.").into());
    }
    let mut tx = cx.service.store.write().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let to_do = form.check(zone.day(cx.now()))?;
    if let Some(done) = cx.once(&mut tx, key, "license.many", form).await? {
        return done.parse().map_err(|()| Error::NotFound);
    }
    let many = match to_do {
        ToDo::MarkPaid(ids, on) => {
            let done = mark_paid(cx, &mut tx, account.id, &ids, on).await?;
            Many { act: Act::MarkPaid, done, of: ids.len() }
        }
        // That is a page, and no deed of this one.
        ToDo::Pay(_) => return Err(Error::NotFound),
        ToDo::Resend(ids) => Many { act: Act::Resend, done: resend(cx, &mut tx, zone, &ids).await?, of: ids.len() },
    };
    cx.settle(&mut tx, key, many).await?;
    let changed = many.act == Act::MarkPaid && many.done > 0;
    let version = if changed { store::accounts::raise_version(&mut tx, account.id).await? } else { account.version };
    tx.commit().await?;
    cx.service.post.notify_one();
    if changed {
        let words = match many.done {
            1 => "Customer paid was set for 1 license".to_owned(),
            n => format!("Customer paid was set for {n} licenses"),
        };
        cx.service.live.announce(Change { account: account.id, version, words });
    }
    Ok(many)
}

/// Sets customer paid where it is not set. Nothing happens to what is owed to the operator (L8).
async fn mark_paid(cx: &Cx, tx: &mut Tx, account: AccountId, ids: &[LicenseId], on: NaiveDate) -> Result<usize, Error> {
    let mut done = 0;
    for id in ids {
        if store::licenses::set_customer_paid(tx, &cx.scope(), *id, on).await? {
            let detail = json!({ "changed": ["customer paid"], "before": null, "after": on });
            cx.write_down(tx, What::LicenseCustomerPaid, id, account, detail).await?;
            done += 1;
        }
    }
    Ok(done)
}

/// One mail for each customer, with all that was ticked of it (L15).
async fn resend(cx: &Cx, tx: &mut Tx, zone: Zone, ids: &[LicenseId]) -> Result<usize, Error> {
    let mut found = Vec::new();
    for id in ids {
        found.extend(store::licenses::find(tx, &cx.scope(), *id).await?);
    }
    found.retain(|named| matches!(named.license.life.state(cx.now()), State::Active | State::Expired));
    found.sort_by_key(|named| named.seq);
    let done = found.len();
    let mut customers: Vec<Vec<Named>> = Vec::new();
    for named in found {
        let whose = named.license.customer;
        match customers.iter_mut().find(|of| of.iter().all(|other| other.license.customer == whose)) {
            Some(licenses) => licenses.push(named),
            None => customers.push(vec![named]),
        }
    }
    for licenses in &customers {
        let of = match licenses.as_slice() {
            [one] => Of::License(one.license.id, one.order),
            _ => Of::Several,
        };
        send_details(cx, tx, &Sending { licenses, of, zone, lane: Lane::Bulk }).await?;
    }
    Ok(done)
}

//! The reseller's license list (L14).

use domain::{
    Deed, Timestamp,
    licenses::{COUNTED, Licenses, LicensesQuery, ResellerRow, SearchText},
};
use store::licenses::{Listed, Page, Place};

use crate::{Cx, Error, accounts, moment::Zone};

const PAGE: usize = 50;

/// A page of the actor's licenses, in the view that the address asks for.
///
/// # Errors
/// When the actor may not see them.
pub async fn list(cx: &Cx, query: &LicensesQuery) -> Result<Licenses, Error> {
    cx.may(Deed::SeeLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let now = cx.now();
    let page = page(query, zone);
    let nothing_to_find = page.search.is_none() && !query.q.trim().is_empty();
    let mut rows =
        if nothing_to_find { Vec::new() } else { store::licenses::rows(&mut tx, &cx.scope(), &page, now).await? };
    let next = most(&mut rows, PAGE, Listed::place);
    let narrowed = query.narrowed() || query.sort.is_some();
    let matching = match (narrowed, &page.after, &next) {
        _ if nothing_to_find => 0,
        (false, ..) => account.licenses,
        // What fits on one page is counted by it.
        (true, None, None) => rows.len() as i64,
        (true, ..) => store::licenses::count(&mut tx, &cx.scope(), &page, now, COUNTED).await?,
    };
    let customer = match query.customer {
        Some(id) => store::customers::find(&mut tx, &cx.scope(), id).await?.map(|customer| customer.name),
        None => None,
    };
    Ok(Licenses {
        rows: rows.into_iter().map(|listed| row(listed, zone, now)).collect(),
        next,
        matching,
        at_least: narrowed && matching == COUNTED,
        unpaid: account.unpaid,
        products: store::products::names(&mut tx, account.currency).await?,
        customer,
        today: zone.day(now),
        version: account.version,
    })
}

/// The address as a page of the store; days are those of the reader's zone.
pub(super) fn page(query: &LicensesQuery, zone: Zone) -> Page {
    Page {
        search: SearchText::of(&query.q),
        payment: query.payment,
        paid: query.paid,
        license_type: query.license_type,
        kind: query.kind,
        state: query.state,
        product: query.product,
        customer: query.customer,
        from: query.from.map(|day| zone.start_of(day)),
        before: query.to.and_then(|day| day.succ_opt()).map(|day| zone.start_of(day)),
        ends_by: None,
        sort: query.sort,
        after: query.after.as_deref().and_then(Place::parse),
        most: PAGE as i64 + 1,
    }
}

/// Cuts a page to its rows and gives the place that the next one begins after, if there is one.
pub(crate) fn most<T>(rows: &mut Vec<T>, page: usize, place: fn(&T) -> Place) -> Option<String> {
    let more = rows.len() > page;
    rows.truncate(page);
    rows.last().filter(|_| more).map(|row| place(row).text())
}

/// A license as the reseller's list shows it.
pub(crate) fn row(listed: Listed, zone: Zone, now: Timestamp) -> ResellerRow {
    ResellerRow {
        id: listed.id,
        key: listed.key.abridged(),
        product: listed.product,
        option: listed.option,
        kind: listed.kind,
        license_type: listed.license_type,
        state: listed.life.state(now),
        payment: listed.payment,
        customer_paid: listed.customer_paid,
        customer_id: listed.customer_id,
        customer: listed.customer,
        created: zone.moment(listed.created_at),
        valid_until: listed.life.valid_until.map(|at| zone.until(at)),
    }
}

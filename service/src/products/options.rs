//! License options as staff keep them (P1, L6). What was sold goes on as it was sold.

use domain::{
    Deed, FieldErrors, FormKey, OptionId, ProductId,
    accounts::BillingDay,
    audit::What,
    billing::{Proration, Timing},
    products::{Billing, Kind, OptionForm, OptionPage, OptionTerms, price_lines},
};
use serde_json::json;
use store::{Tx, editions::Of, products::EditedOption};

use super::keep::write_switch;
use crate::{
    Cx, Error,
    editions::{Changes, changed_meanwhile, still},
    tokens,
};

/// So much of a long text is told to whoever was slower, and stands in the audit log.
const SHORT: usize = 80;

/// The page of an option of a product, or of a new one.
///
/// # Errors
/// [`Error::NotFound`] when there is no such product, or no such option of it.
pub async fn option(cx: &Cx, product: ProductId, id: Option<OptionId>) -> Result<OptionPage, Error> {
    cx.may(Deed::EditPrices)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.read().await?;
    let of = store::products::product(&mut tx, product).await?.ok_or(Error::NotFound)?;
    let stored = match id {
        Some(id) => Some(of_product(&mut tx, product, id).await?),
        None => None,
    };
    Ok(OptionPage {
        product,
        product_name: of.product.name,
        add_on: of.product.add_on_of.is_some(),
        option: id,
        form: stored.as_ref().map_or_else(|| new_form(of.options), form_of),
        edition: stored.as_ref().map_or(0, |option| option.edition),
        active: stored.as_ref().is_none_or(|option| option.deactivated_at.is_none()),
        sold: stored.is_some_and(|option| option.sold),
    })
}

/// A new option stands behind the others.
fn new_form(others: i64) -> OptionForm {
    OptionForm {
        kind: Kind::Primary.word().to_owned(),
        billing: Billing::OneTime.word().to_owned(),
        timing: Timing::Advance.word().to_owned(),
        proration: Proration::PerDay.word().to_owned(),
        activations: "1".to_owned(),
        position: others.to_string(),
        ..OptionForm::default()
    }
}

/// Adds an option to a product. The same form sent again gives the same one.
///
/// # Errors
/// Messages at the fields, L6 among them; [`Error::NotFound`] when there is no such product.
pub async fn add_option(cx: &Cx, key: FormKey, product: ProductId, form: &OptionForm) -> Result<OptionId, Error> {
    cx.may(Deed::EditPrices)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if let Some(id) = cx.once(&mut tx, key, What::OptionCreated.word(), (product, form)).await? {
        return id.parse().map_err(|_| Error::NotFound);
    }
    let of = store::products::product(&mut tx, product).await?.ok_or(Error::NotFound)?;
    let terms = form.check(of.product.add_on_of.is_some())?;
    let id = cx.service.random.id(cx.now());
    let option = of_terms(id, product, terms);
    store::products::insert_edited_option(&mut tx, &option).await?;
    let detail = json!({ "name": option.name, "product": product });
    cx.write_down(&mut tx, What::OptionCreated, id, cx.actor.account, detail).await?;
    cx.settle(&mut tx, key, id).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes an option that was shown in that edition. What was sold keeps its price (P3), and an option
/// that was sold keeps its kind and its billing.
///
/// # Errors
/// Messages at the fields; [`domain::Refusal::ChangedMeanwhile`] when somebody else was faster.
pub async fn save_option(
    cx: &Cx,
    key: FormKey,
    product: ProductId,
    id: OptionId,
    edition: i64,
    form: &OptionForm,
) -> Result<(), Error> {
    cx.may(Deed::EditPrices)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::OptionEdited.word(), (id, edition, form)).await?.is_some() {
        return Ok(());
    }
    let of = store::products::product(&mut tx, product).await?.ok_or(Error::NotFound)?;
    let stored = in_edition(&mut tx, product, id, edition).await?;
    let terms = form.check(of.product.add_on_of.is_some())?;
    if stored.sold {
        fixed(&stored, &terms)?;
    }
    let option = EditedOption {
        deactivated_at: stored.deactivated_at,
        edition,
        sold: stored.sold,
        ..of_terms(id, product, terms)
    };
    let changes = changes(&stored, &option);
    if changes.is_empty() {
        return Ok(tx.commit().await?);
    }
    if !store::products::save_option(&mut tx, &option).await? {
        return Err(changed_meanwhile(&mut tx, Of::Option(id), edition).await);
    }
    cx.write_down(&mut tx, What::OptionEdited, id, cx.actor.account, changes.detail(edition)).await?;
    Ok(tx.commit().await?)
}

/// Ends the sale of an option that was shown in that edition, or resumes it. What was sold goes on.
///
/// # Errors
/// [`domain::Refusal::ChangedMeanwhile`] when somebody else was faster.
pub async fn switch_option(
    cx: &Cx,
    key: FormKey,
    product: ProductId,
    id: OptionId,
    edition: i64,
    active: bool,
) -> Result<(), Error> {
    cx.may(Deed::EditPrices)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::SaleEnded.word(), (id, edition, active)).await?.is_some() {
        return Ok(());
    }
    let mut option = in_edition(&mut tx, product, id, edition).await?;
    if option.deactivated_at.is_none() == active {
        return Ok(tx.commit().await?);
    }
    option.deactivated_at = (!active).then(|| cx.now());
    if !store::products::save_option(&mut tx, &option).await? {
        return Err(changed_meanwhile(&mut tx, Of::Option(id), edition).await);
    }
    write_switch(cx, &mut tx, id, active, edition).await?;
    Ok(tx.commit().await?)
}

async fn of_product(tx: &mut Tx, product: ProductId, id: OptionId) -> Result<EditedOption, Error> {
    let option = store::products::option(tx, id).await?;
    option.filter(|option| option.product == product).ok_or(Error::NotFound)
}

async fn in_edition(tx: &mut Tx, product: ProductId, id: OptionId, edition: i64) -> Result<EditedOption, Error> {
    let option = of_product(tx, product, id).await?;
    still(tx, Of::Option(id), edition).await?;
    Ok(option)
}

/// What was sold as one thing does not become another.
fn fixed(stored: &EditedOption, terms: &OptionTerms) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    let message = "It was sold, so this stays as it is. Add another option, and end the sale of this one.";
    if stored.kind != terms.kind {
        errors.add("kind", message);
    }
    if stored.billing != terms.billing {
        errors.add("billing", message);
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn of_terms(id: OptionId, product: ProductId, terms: OptionTerms) -> EditedOption {
    EditedOption {
        id,
        product,
        name: terms.name,
        kind: terms.kind,
        billing: terms.billing,
        activations: terms.activations,
        position: i64::from(terms.position),
        deactivated_at: None,
        edition: 1,
        sold: false,
        prices: terms.prices,
        own: terms.own,
        terms_of_use: terms.terms_of_use,
    }
}

fn form_of(option: &EditedOption) -> OptionForm {
    OptionForm {
        name: option.name.clone(),
        kind: option.kind.word().to_owned(),
        billing: option.billing.word().to_owned(),
        activations: option.activations.to_string(),
        position: option.position.to_string(),
        prices: price_lines(&option.prices),
        timing: option.own.timing.word().to_owned(),
        proration: option.own.proration.word().to_owned(),
        billing_day: option.own.billing_day.map(BillingDay::word).unwrap_or_default(),
        terms_of_use: option.terms_of_use.clone().unwrap_or_default(),
    }
}

fn changes(before: &EditedOption, after: &EditedOption) -> Changes {
    let (was, is) = (form_of(before), form_of(after));
    let day = |option: &EditedOption| option.own.billing_day.map(BillingDay::label).unwrap_or_default();
    let (day_before, day_after) = (day(before), day(after));
    let (terms_before, terms_after) = (short(&was.terms_of_use), short(&is.terms_of_use));
    Changes::between([
        ("name", &was.name, &is.name),
        ("kind", before.kind.label(), after.kind.label()),
        ("billing", before.billing.label(), after.billing.label()),
        ("computers", &was.activations, &is.activations),
        ("position", &was.position, &is.position),
        ("list prices", &was.prices, &is.prices),
        ("charged", before.own.timing.label(), after.own.timing.label()),
        ("part of a period", before.own.proration.label(), after.own.proration.label()),
        ("billing day", &day_before, &day_after),
        ("terms of use", &terms_before, &terms_after),
    ])
}

/// A long text by its beginning; two that begin alike are told apart by what follows it.
fn short(text: &str) -> String {
    if text.chars().count() <= SHORT {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(SHORT).collect();
    let mark: String = tokens::hash(text).chars().take(8).collect();
    format!("{beginning}… ({mark})")
}

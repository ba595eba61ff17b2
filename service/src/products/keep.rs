//! Products as staff keep them: the list, the page, adding, changing, ending and resuming the sale (P1).

use domain::{
    Deed, FieldErrors, FormKey, ProductId,
    audit::What,
    products::{Kind, OptionRow, ProductForm, ProductPage, ProductRow, ProductTerms, Products, allowed},
};
use serde_json::json;
use store::{
    Tx,
    editions::Of,
    products::{EditedOption, EditedProduct, Product},
};

use crate::{
    Cx, Error,
    editions::{Changes, changed_meanwhile, still},
};

const PAGE: usize = 50;

/// A page of products, newest first, sold or not.
///
/// # Errors
/// When the actor may not see them.
pub async fn list(cx: &Cx, after: Option<i64>) -> Result<Products, Error> {
    cx.may(Deed::SeePrices)?;
    let mut tx = cx.service.store.read().await?;
    let mut products = store::products::page(&mut tx, after, PAGE as i64 + 1).await?;
    let more = products.len() > PAGE;
    products.truncate(PAGE);
    let next = products.last().filter(|_| more).map(|product| product.seq);
    let rows = products.into_iter().map(|stored| ProductRow {
        id: stored.product.id,
        name: stored.product.name,
        description: stored.product.description,
        trial_days: stored.product.trial_days,
        add_on: stored.product.add_on_of.is_some(),
        active: stored.deactivated_at.is_none(),
        options: stored.options,
    });
    Ok(Products { rows: rows.collect(), next })
}

/// The page of one product.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn find(cx: &Cx, id: ProductId) -> Result<ProductPage, Error> {
    cx.may(Deed::SeePrices)?;
    let mut tx = cx.service.store.read().await?;
    let stored = store::products::product(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let options = store::products::options_of(&mut tx, id).await?;
    let mut applications = store::products::applications(&mut tx).await?;
    applications.retain(|(application, _)| *application != id);
    Ok(ProductPage {
        id,
        form: form_of(&stored.product),
        edition: stored.edition,
        active: stored.deactivated_at.is_none(),
        options: options.into_iter().map(row).collect(),
        applications,
        may_edit: cx.actor.may(Deed::EditPrices),
    })
}

fn row(option: EditedOption) -> OptionRow {
    OptionRow {
        id: option.id,
        name: option.name,
        kind: option.kind,
        billing: option.billing,
        activations: option.activations,
        active: option.deactivated_at.is_none(),
        prices: option.prices,
    }
}

/// What a new product may be an add-on of.
///
/// # Errors
/// When the actor may not add one.
pub async fn applications(cx: &Cx) -> Result<Vec<(ProductId, String)>, Error> {
    cx.may(Deed::EditPrices)?;
    let mut tx = cx.service.store.read().await?;
    Ok(store::products::applications(&mut tx).await?)
}

/// Adds a product, which is sold as soon as it has an option. The same form sent again gives the same one.
///
/// # Errors
/// Messages at the fields.
pub async fn add(cx: &Cx, key: FormKey, form: &ProductForm) -> Result<ProductId, Error> {
    cx.may(Deed::EditPrices)?;
    let mut tx = cx.service.store.write().await?;
    if let Some(id) = cx.once(&mut tx, key, What::ProductCreated.word(), form).await? {
        return id.parse().map_err(|_| Error::NotFound);
    }
    let terms = form.check()?;
    let id = cx.service.random.id(cx.now());
    check_application(&mut tx, id, &terms).await?;
    let product = of_terms(id, terms);
    store::products::insert(&mut tx, &product).await?;
    let detail = json!({ "name": product.name });
    cx.write_down(&mut tx, What::ProductCreated, id, cx.actor.account, detail).await?;
    cx.settle(&mut tx, key, id).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes a product that was shown in that edition.
///
/// # Errors
/// Messages at the fields; [`domain::Refusal::ChangedMeanwhile`] when somebody else was faster.
pub async fn save(cx: &Cx, key: FormKey, id: ProductId, edition: i64, form: &ProductForm) -> Result<(), Error> {
    cx.may(Deed::EditPrices)?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::ProductEdited.word(), (id, edition, form)).await?.is_some() {
        return Ok(());
    }
    let stored = in_edition(&mut tx, id, edition).await?;
    let terms = form.check()?;
    check_application(&mut tx, id, &terms).await?;
    let product = of_terms(id, terms);
    let changes = changes(&mut tx, &stored.product, &product).await?;
    if changes.is_empty() {
        return Ok(tx.commit().await?);
    }
    if !store::products::save(&mut tx, &product, stored.deactivated_at, edition).await? {
        return Err(changed_meanwhile(&mut tx, Of::Product(id), edition).await);
    }
    cx.write_down(&mut tx, What::ProductEdited, id, cx.actor.account, changes.detail(edition)).await?;
    Ok(tx.commit().await?)
}

/// Ends the sale of a product that was shown in that edition, or resumes it. What was sold goes on.
///
/// # Errors
/// [`domain::Refusal::ChangedMeanwhile`] when somebody else was faster.
pub async fn switch(cx: &Cx, key: FormKey, id: ProductId, edition: i64, active: bool) -> Result<(), Error> {
    cx.may(Deed::EditPrices)?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::SaleEnded.word(), (id, edition, active)).await?.is_some() {
        return Ok(());
    }
    let stored = in_edition(&mut tx, id, edition).await?;
    if stored.deactivated_at.is_none() == active {
        return Ok(tx.commit().await?);
    }
    if !store::products::save(&mut tx, &stored.product, (!active).then(|| cx.now()), edition).await? {
        return Err(changed_meanwhile(&mut tx, Of::Product(id), edition).await);
    }
    write_switch(cx, &mut tx, id, active, edition).await?;
    Ok(tx.commit().await?)
}

/// Writes down that a product or an option is sold again, or no more.
pub(super) async fn write_switch(
    cx: &Cx,
    tx: &mut Tx,
    subject: impl ToString,
    active: bool,
    edition: i64,
) -> Result<(), Error> {
    let (what, words) = if active { (What::SaleResumed, ["off", "on"]) } else { (What::SaleEnded, ["on", "off"]) };
    let detail = Changes::between([("the sale", words[0], words[1])]).detail(edition);
    cx.write_down(tx, what, subject, cx.actor.account, detail).await
}

async fn in_edition(tx: &mut Tx, id: ProductId, edition: i64) -> Result<EditedProduct, Error> {
    still(tx, Of::Product(id), edition).await?;
    store::products::product(tx, id).await?.ok_or(Error::NotFound)
}

/// L6: an add-on is of an application, has no add-ons itself, and has no additional licenses.
async fn check_application(tx: &mut Tx, id: ProductId, terms: &ProductTerms) -> Result<(), Error> {
    let Some(of) = terms.add_on_of else { return Ok(()) };
    let wrong = |message: &str| Err(FieldErrors::at("add_on_of", message).into());
    let application = store::products::product(tx, of).await?;
    if of == id || application.is_none_or(|application| application.product.add_on_of.is_some()) {
        return wrong("Choose an application.");
    }
    if store::products::has_add_ons(tx, id).await? {
        return wrong("It has add-ons of its own, so it cannot be one.");
    }
    let kinds = store::products::options_of(tx, id).await?;
    if kinds.iter().any(|option| option.kind == Kind::Additional) {
        return wrong(&allowed(Kind::Additional, true).err().map(|no| no.to_string()).unwrap_or_default());
    }
    Ok(())
}

fn of_terms(id: ProductId, terms: ProductTerms) -> Product {
    Product {
        id,
        name: terms.name,
        description: terms.description,
        add_on_of: terms.add_on_of,
        trial_days: terms.trial_days,
    }
}

fn form_of(product: &Product) -> ProductForm {
    ProductForm {
        name: product.name.clone(),
        description: product.description.clone(),
        trial_days: product.trial_days.map(|days| days.to_string()).unwrap_or_default(),
        add_on_of: product.add_on_of.map(|id| id.to_string()).unwrap_or_default(),
    }
}

async fn changes(tx: &mut Tx, before: &Product, after: &Product) -> Result<Changes, Error> {
    let applications = [application(tx, before).await?, application(tx, after).await?];
    let (was, is) = (form_of(before), form_of(after));
    Ok(Changes::between([
        ("name", &was.name, &is.name),
        ("description", &was.description, &is.description),
        ("trial days", &was.trial_days, &is.trial_days),
        ("add-on of", &applications[0], &applications[1]),
    ]))
}

/// The application of an add-on, by name.
async fn application(tx: &mut Tx, product: &Product) -> Result<String, Error> {
    let Some(of) = product.add_on_of else { return Ok(String::new()) };
    Ok(store::products::product(tx, of).await?.map(|stored| stored.product.name).unwrap_or_default())
}

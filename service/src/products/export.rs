//! The products as a table, a line for each of their options.

use domain::{Deed, products::price_lines};
use store::products::{EditedOption, EditedProduct};

use crate::{
    Cx, Error,
    export::{self, Part},
};

/// Its columns, in the words of the screen.
pub const COLUMNS: [&str; 11] = [
    "Product",
    "Description",
    "Add-on",
    "Trial days",
    "State",
    "Option",
    "Kind",
    "Billing",
    "Computers",
    "Option state",
    "List prices",
];

/// Products of a part: each brings its options.
const PRODUCTS: usize = 100;

/// The part from below a place in the list.
///
/// # Errors
/// When the actor may not see them.
pub async fn export(cx: &Cx, after: Option<i64>) -> Result<Part<11>, Error> {
    cx.may(Deed::SeePrices)?;
    let mut tx = cx.service.store.read().await?;
    let mut products = store::products::page(&mut tx, after, PRODUCTS as i64 + 1).await?;
    let next = export::next(&mut products, PRODUCTS, |last| last.seq.to_string());
    let mut rows = Vec::new();
    for product in &products {
        let options = store::products::options_of(&mut tx, product.product.id).await?;
        match options.is_empty() {
            true => rows.push(row(product, None)),
            false => rows.extend(options.iter().map(|option| row(product, Some(option)))),
        }
    }
    Ok(Part { rows, next })
}

fn row(stored: &EditedProduct, option: Option<&EditedOption>) -> [String; 11] {
    let product = &stored.product;
    let state = |off: bool| if off { "Inactive" } else { "Active" }.to_owned();
    let [name, kind, billing, computers, option_state, prices] = match option {
        Some(option) => [
            option.name.clone(),
            option.kind.label().to_owned(),
            option.billing.label().to_owned(),
            option.activations.to_string(),
            state(option.deactivated_at.is_some()),
            price_lines(&option.prices).replace('\n', "; "),
        ],
        None => Default::default(),
    };
    [
        product.name.clone(),
        product.description.clone(),
        product.add_on_of.map(|_| "Yes".to_owned()).unwrap_or_default(),
        product.trial_days.map(|days| days.to_string()).unwrap_or_default(),
        state(stored.deactivated_at.is_some()),
        name,
        kind,
        billing,
        computers,
        option_state,
        prices,
    ]
}

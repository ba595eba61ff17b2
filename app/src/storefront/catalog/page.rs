//! The catalog of a reseller: products with their options, own prices, list prices and trials (P2).

use crate::ui::{
    Form, Load, Only, PageHead, Private, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    Deed,
    licenses::Type,
    products::{Catalog, Offer},
};
use leptos::prelude::*;

use super::{BeginButton, OnShelf, WhyEmpty};
use crate::storefront::{basket::Add, licenses, resale::ResaleLine};

/// The catalog of a reseller. Its buttons are there for those who may create licenses.
#[component]
pub fn CatalogPage() -> impl IntoView {
    let catalog = Resource::new(|| (), |()| licenses::catalog());
    view! {
        <Private deed=Deed::SeeCatalog let:actor>
            <PageHead title="Catalog">
                <Only may=Deed::CreateLicenses>
                    <a class="button" href=paths::BASKET>
                        "Basket"
                    </a>
                </Only>
            </PageHead>
            <Load from=catalog let:catalog>
                <Shelves
                    catalog=catalog
                    may_create=actor.may(Deed::CreateLicenses)
                    may_set=actor.may(Deed::SetResalePrices)
                />
            </Load>
        </Private>
    }
}

#[component]
fn Shelves(catalog: Catalog, may_create: bool, may_set: bool) -> impl IntoView {
    let resale = catalog.resale.clone();
    let buttons = move |offer: &Offer, described_by: String| {
        let resale = resale.iter().find(|resale| resale.option == offer.option).copied();
        let buttons = may_create.then(|| view! { <Buttons offer=offer.clone() described_by=described_by.clone() /> });
        view! {
            {buttons}
            <ResaleLine option=offer.option resale=resale may_set=may_set described_by=described_by />
        }
        .into_any()
    };
    let shelves = catalog.shelves.clone().into_iter().enumerate();
    let shelves = shelves.map(|(nth, shelf)| view! { <OnShelf nth=nth shelf=shelf buttons=buttons.clone() /> });
    let shelves = shelves.collect_view();
    view! {
        <WhyEmpty catalog=catalog />
        <div class="stack">
            {shelves}
        </div>
    }
}

/// Puts one into the basket, where more are asked for.
#[component]
fn AddButton(offer: Offer, described_by: String) -> impl IntoView {
    let add = ServerAction::<Add>::new();
    view! {
        <Form action=add class="" hidden=("option", offer.option.to_string())>
            <input type="hidden" name="license_type" value=offer.billing.sold_as().word() />
            <input type="hidden" name="quantity" value="1" />
            <Submit label="Add to basket" kind="" described_by=described_by />
        </Form>
    }
}

#[component]
fn Buttons(offer: Offer, described_by: String) -> impl IntoView {
    let trial = offer.types().contains(&Type::Trial).then(|| {
        let described_by = described_by.clone();
        view! { <BeginButton option=offer.option label="Start trial" license_type=Type::Trial described_by=described_by /> }
    });
    view! {
        <div class="cluster">
            {trial} <BeginButton option=offer.option label="Create license" described_by=described_by.clone() />
            <AddButton offer=offer described_by=described_by />
        </div>
    }
}

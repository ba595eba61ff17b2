//! What a reseller may order, at its own prices: the page of the catalog, and the shelves that it shares
//! with the first step of the create-license wizard (P2).

mod begin;
mod page;
mod shelf;
mod why;

pub(crate) use begin::BeginButton;
pub use page::CatalogPage;
pub(crate) use shelf::OnShelf;
pub(crate) use why::WhyEmpty;

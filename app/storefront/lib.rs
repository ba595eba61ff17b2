//! What resellers and their customers see: `storefront` of `app`, compiled by itself.
#![expect(
    missing_docs,
    reason = "public here is what the crates beside this one use; compiled as one, it is not public"
)]

#[path = "../src/storefront/mod.rs"]
pub mod storefront;
use pages_shared::shared;
use pages_ui::ui;

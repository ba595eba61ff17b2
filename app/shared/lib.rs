//! What the storefront and the back office both show: `shared` of `app`, compiled by itself.
#![expect(
    missing_docs,
    reason = "public here is what the crates beside this one use; compiled as one, it is not public"
)]

#[path = "../src/shared/mod.rs"]
pub mod shared;
use pages_ui::ui;

//! What the staff see: `office` of `app`, compiled by itself.

#[path = "../src/office/mod.rs"]
pub mod office;
use pages_shared::shared;
use pages_ui::ui;

//! Applications of those who want to become resellers (A3): the public form, the queue, and the decision.

pub mod api;
mod apply;

pub use apply::ApplyPage;

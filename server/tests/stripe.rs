//! Paying by card, against a stand-in of Stripe that is written from Stripe's public documentation: what is asked of it, what
//! it tells us, and what somebody tells us who only says to be Stripe.

mod amounts;
mod asking;
mod back;
mod hostile;
mod paying;
mod refunds;
mod shop;
mod stand_in;
mod telling;
mod till;

pub use till::Till;
